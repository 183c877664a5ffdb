// Addresses by which the playground shows how failures look: a localpart that ends in "temperror" (451), "permerror"
// (550), "timeout" (no answer for an hour) or a reply code such as "452". With "mailfrom" or "rcptto" in front of it
// the failure comes at that command, else after the message. Pure; any thread.
#pragma once

#include <QByteArrayView>

#include <chrono>
#include <optional>

namespace smtp {

inline constexpr auto kSimulatedHang = std::chrono::hours(1);

struct Simulation
{
    enum class Stage
    {
        Mail,
        Rcpt,
        Data,
    };
    Stage stage = Stage::Data;
    int code = 0;
    bool hang = false;
};

[[nodiscard]] std::optional<Simulation> simulationOf(QByteArrayView localpart);

} // namespace smtp
