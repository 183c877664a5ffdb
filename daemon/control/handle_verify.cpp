// verify.run: the same check as `postroomd verify`, in the live server.
#include "daemon/control/call.h"

namespace control {

Result<api::VerifyResult> handleVerifyRun(Reading &call, const api::None &)
{
    const auto problems = store::verify(call.db);
    if (!problems)
        return std::unexpected(problems.error());
    const auto checked = call.db.number("select count(*) from messages where expunged_at = 0");
    if (!checked)
        return std::unexpected(checked.error());
    api::VerifyResult result{.ok = problems->isEmpty(), .checked = checked->value_or(0), .problems = {}};
    for (const QString &each : *problems)
        result.problems.append(
            {.what = each.section(QStringLiteral(": "), 1), .where = each.section(QStringLiteral(": "), 0, 0)});
    for (api::VerifyProblem &each : result.problems) {
        if (each.what.isEmpty())
            std::swap(each.what, each.where);
    }
    return result;
}

} // namespace control
