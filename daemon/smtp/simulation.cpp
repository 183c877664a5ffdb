#include "daemon/smtp/simulation.h"

#include "shared/base/cursor.h"

namespace smtp {

namespace {

constexpr int kLeastCode = 400;
constexpr int kGreatestCode = 599;
constexpr qsizetype kCodeDigits = 3;

} // namespace

std::optional<Simulation> simulationOf(QByteArrayView localpart)
{
    const QByteArray name = localpart.toByteArray().toLower();
    Simulation simulation;
    if (name.startsWith("mailfrom"))
        simulation.stage = Simulation::Stage::Mail;
    else if (name.startsWith("rcptto"))
        simulation.stage = Simulation::Stage::Rcpt;
    if (name.endsWith("temperror"))
        simulation.code = 451;
    else if (name.endsWith("permerror"))
        simulation.code = 550;
    else if (name.endsWith("timeout"))
        simulation.hang = true;
    else if (const auto code = parseNumber(name.last(std::min(kCodeDigits, name.size())), kLeastCode, kGreatestCode))
        simulation.code = static_cast<int>(*code);
    else
        return std::nullopt;
    return simulation;
}

} // namespace smtp
