// Runs every registered test class of one folder; arguments after "--only Class" go to QtTest.
#include "tests/support/test.h"

#include <QCoreApplication>

#include <cstdio>
#include <memory>

namespace test {

namespace {

struct Entry
{
    const char *name;
    Factory factory;
};

std::vector<Entry> &entries()
{
    static std::vector<Entry> all;
    return all;
}

} // namespace

void registerTest(const char *name, Factory factory) { entries().push_back({name, factory}); }

} // namespace test

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QStringList arguments = application.arguments();
    QString only;
    if (const auto at = arguments.indexOf(QLatin1StringView("--only")); at > 0 && at + 1 < arguments.size()) {
        only = arguments.at(at + 1);
        arguments.remove(at, 2);
    }
    int failed = 0;
    int classes = 0;
    for (const auto &entry : test::entries()) {
        if (!only.isEmpty() && only != QLatin1StringView(entry.name))
            continue;
        const std::unique_ptr<QObject> object(entry.factory());
        failed += QTest::qExec(object.get(), arguments);
        ++classes;
    }
    std::printf("%d test classes, %d failed functions\n", classes, failed);
    return failed != 0 || classes == 0 ? 1 : 0;
}
