// signIns.*: who signed in, and who tried.
#include "daemon/control/call.h"
#include "daemon/control/names.h"

namespace control {

namespace {

constexpr qint64 kMostSignIns = 1000;

} // namespace

Result<api::SignInsListResult> handleSignInsList(Reading &call, const api::SignInsListParams &params)
{
    if (params.most < 1)
        return failure(refusal("invalid-number", QStringLiteral("must be at least 1"), {}, QStringLiteral("/most")));
    qint64 accountId = 0; // everyone
    if (!params.account.isEmpty()) {
        const auto account =
            storedAddress(params.account, QStringLiteral("/account")).and_then([&call](const QByteArray &address) {
                return store::findAccount(call.db, address);
            });
        if (!account)
            return std::unexpected(account.error());
        accountId = account->id;
    }
    return auth::listSignIns(call.db, accountId, params.result, std::min(params.most, kMostSignIns))
        .transform([](const QList<api::SignIn> &list) { return api::SignInsListResult{list}; });
}

} // namespace control
