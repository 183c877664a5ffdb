// What fuzz targets of whole sessions share: an application, which Qt Sql wants to the very end, and a world with a
// real store, made anew after some inputs and gone before Qt Sql is.
#pragma once

#include <QCoreApplication>

#include <array>
#include <cstdlib>
#include <memory>

template<class World>
World &storeWorld(int mostInputs)
{
    static std::array<char, 5> name{"fuzz"};
    static std::array<char *, 2> arguments{name.data(), nullptr};
    static int count = 1;
    static const auto *const application = new QCoreApplication(count, arguments.data());
    Q_UNUSED(application)
    static std::unique_ptr<World> world;
    static int inputs = 0;
    if (!world || ++inputs > mostInputs) {
        world = std::make_unique<World>();
        inputs = 0;
    }
    static const bool ends = std::atexit([] { world.reset(); }) == 0;
    if (!ends)
        std::abort();
    return *world;
}
