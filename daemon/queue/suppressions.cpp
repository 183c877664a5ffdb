#include "daemon/queue/suppressions.h"

#include "daemon/store/accounts.h"
#include "shared/base/refusal.h"

#include <algorithm>

namespace queue {

namespace {

constexpr std::array kFinalCodes = {521, 550, 551, 553, 556};
constexpr std::array<const char *, 6> kFinalStatuses = {".1.1", ".1.2", ".1.3", ".1.6", ".2.1", ".7.1"};
constexpr qsizetype kLongestReason = 500;

constexpr char kFields[] = "select a.localpart || '@' || a.domain, s.address, s.manual, s.reason, s.created_at, "
                           "s.base_address from queue_suppressions s join accounts a using(account_id) ";

api::Suppression read(const db::Query &row)
{
    return {.id = row.text(0) + u' ' + row.text(5),
            .account = row.text(0),
            .address = row.text(1),
            .manual = row.integer(2) != 0,
            .reason = row.text(3),
            .createdAt = row.time(4)};
}

struct Key
{
    qint64 accountId = 0;
    QString base;
    QString address;
};
Result<Key> keyOf(db::Database &db, const QString &account, const QString &address)
{
    const auto found = store::findAccount(db, account.toUtf8().toLower());
    if (!found)
        return refuse("no-such-account", QStringLiteral("there is no account %1").arg(account.left(200)),
                      QStringLiteral("accounts list shows them"), QStringLiteral("/account"));
    const auto parsed = smtp::parseAddress(address.toUtf8());
    if (!parsed || parsed->domain.isEmpty())
        return refuse("bad-address", QStringLiteral("%1 is not an address").arg(address.left(200)), {},
                      QStringLiteral("/address"));
    return Key{.accountId = found->id,
               .base = QString::fromUtf8(baseAddress(*parsed)),
               .address = QString::fromUtf8(parsed->toBytes())};
}

Result<std::optional<api::Suppression>> findOne(db::Database &db, const Key &key)
{
    static const QByteArray sql = QByteArray(kFields) + "where s.account_id = ?1 and s.base_address = ?2";
    auto row = db.query(sql.constData(), key.accountId, key.base);
    if (row.next())
        return read(row);
    if (row.failed())
        return std::unexpected(row.error());
    return std::nullopt;
}

Result<void> insert(db::Database &db, const Key &key, bool manual, const QString &reason, Timestamp now)
{
    return db
        .run("insert into queue_suppressions(account_id, base_address, address, manual, reason, created_at) "
             "values(?1, ?2, ?3, ?4, ?5, ?6) on conflict do nothing",
             key.accountId, key.base, key.address, manual, reason, now)
        .transform([](qint64) {});
}

} // namespace

QByteArray baseAddress(const smtp::Address &address)
{
    QString localpart = QString::fromUtf8(address.localpart).toLower();
    for (const QChar separator : {u'+', u'-'}) {
        const qsizetype at = localpart.indexOf(separator);
        if (at > 0)
            localpart.truncate(at);
    }
    localpart.remove(u'.');
    return localpart.toUtf8() + '@' + address.domain.toLower();
}

bool isFinal(const smtp::ClientResult &result)
{
    if (std::ranges::contains(kFinalCodes, result.code))
        return true;
    return result.code >= 500 && std::ranges::any_of(kFinalStatuses, [&result](const char *status) {
               return result.enhanced.startsWith('5') && result.enhanced.sliced(1) == status;
           });
}

Result<bool> isSuppressed(db::Database &db, qint64 accountId, const smtp::Address &address)
{
    return db
        .number("select 1 from queue_suppressions where account_id = ?1 and base_address = ?2", accountId,
                QString::fromUtf8(baseAddress(address)))
        .transform([](std::optional<qint64> found) { return found.has_value(); });
}

Result<void> noteDelivered(db::Database &db, qint64 accountId, const smtp::Address &address)
{
    return db
        .run("delete from queue_failures where account_id = ?1 and base_address = ?2", accountId,
             QString::fromUtf8(baseAddress(address)))
        .transform([](qint64) {});
}

Result<void> noteFailed(db::Database &db, store::Effects &effects, qint64 accountId, const smtp::Address &address,
                        const smtp::ClientResult &result, Timestamp now)
{
    if (accountId == 0)
        return {};
    const Key key{.accountId = accountId,
                  .base = QString::fromUtf8(baseAddress(address)),
                  .address = QString::fromUtf8(address.toBytes())};
    // Nothing for an account that is gone.
    const auto failures = db.number("insert into queue_failures(account_id, base_address, failures) "
                                    "select account_id, ?1, 1 from accounts where account_id = ?2 "
                                    "on conflict do update set failures = failures + 1 returning failures",
                                    key.base, key.accountId);
    if (!failures)
        return std::unexpected(failures.error());
    if (!*failures || (!isFinal(result) && **failures < kFailuresInARow))
        return {};
    effects.topics.insert("queue");
    const QString words = QString::fromUtf8(result.text);
    const QString reason = result.code > 0 ? QString::number(result.code) + u' ' + words : words;
    return insert(db, key, false, reason.left(kLongestReason), now);
}

Result<api::SuppressionsListResult> listSuppressions(db::Database &db, const api::SuppressionsListParams &params)
{
    static const QByteArray sql = QByteArray(kFields) + "order by s.created_at desc, s.base_address";
    QString base;
    if (!params.address.isEmpty()) {
        const auto parsed = smtp::parseAddress(params.address.toUtf8());
        if (!parsed)
            return refuse("bad-address", QStringLiteral("%1 is not an address").arg(params.address.left(200)), {},
                          QStringLiteral("/address"));
        base = QString::fromUtf8(baseAddress(*parsed));
    }
    api::SuppressionsListResult result;
    auto rows = db.query(sql.constData());
    while (rows.next()) {
        if ((base.isEmpty() || rows.text(5) == base) &&
            (params.account.isEmpty() || rows.text(0).compare(params.account, Qt::CaseInsensitive) == 0))
            result.suppressions.append(read(rows));
    }
    if (rows.failed())
        return std::unexpected(rows.error());
    return result;
}

Result<api::SuppressionResult> addSuppression(db::Database &db, store::Effects &effects,
                                              const api::SuppressionsAddParams &params, Timestamp now)
{
    const auto key = keyOf(db, params.account, params.address);
    if (!key)
        return std::unexpected(key.error());
    const auto present = findOne(db, *key);
    if (!present)
        return std::unexpected(present.error());
    if (*present)
        return refuse("exists",
                      QStringLiteral("%1 is suppressed already, as %2").arg(params.address, (*present)->address), {},
                      QStringLiteral("/address"));
    if (auto done = insert(db, *key, true, params.reason.left(kLongestReason), now); !done)
        return std::unexpected(done.error());
    effects.topics.insert("queue");
    return findOne(db, *key).transform([](const std::optional<api::Suppression> &made) {
        return api::SuppressionResult{made.value_or(api::Suppression())};
    });
}

Result<api::SuppressionResult> removeSuppression(db::Database &db, store::Effects &effects,
                                                 const api::SuppressionsRemoveParams &params)
{
    const auto key = keyOf(db, params.account, params.address);
    if (!key)
        return std::unexpected(key.error());
    const auto present = findOne(db, *key);
    if (!present)
        return std::unexpected(present.error());
    if (!*present)
        return refuse("not-found", QStringLiteral("%1 is not suppressed").arg(params.address.left(200)),
                      QStringLiteral("suppression list shows what is"), QStringLiteral("/address"));
    // From here on its failures are counted anew.
    for (const char *sql : {"delete from queue_suppressions where account_id = ?1 and base_address = ?2",
                            "delete from queue_failures where account_id = ?1 and base_address = ?2"}) {
        if (auto done = db.run(sql, key->accountId, key->base); !done)
            return std::unexpected(done.error());
    }
    effects.topics.insert("queue");
    return api::SuppressionResult{**present};
}

} // namespace queue
