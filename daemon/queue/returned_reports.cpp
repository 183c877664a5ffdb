#include "daemon/queue/returned_reports.h"

#include "daemon/queue/suppressions.h"
#include "daemon/store/store.h"
#include "shared/mime/dsn_read.h"

namespace queue {

namespace {

struct Sent
{
    qint64 id = 0;
    QByteArray key;
    smtp::Address recipient;
};

constexpr char kSentFields[] = "select retired_id, message_key, localpart, domain from queue_retired ";

Sent readSent(const db::Query &row)
{
    return {.id = row.integer(0),
            .key = row.text(1).toUtf8(),
            .recipient = {.localpart = row.text(2).toUtf8(), .domain = row.text(3).toUtf8()}};
}

bool isSame(const smtp::Address &one, const smtp::Address &other)
{
    return store::addressKey(one.localpart, one.domain) == store::addressKey(other.localpart, other.domain);
}

// By the id of the envelope sender. A message to one person only is that, whichever address the report names: it may
// have been forwarded.
Result<std::optional<Sent>> findById(db::Database &db, qint64 accountId, const QByteArray &fromId,
                                     const std::optional<smtp::Address> &recipient)
{
    static const QByteArray sql =
        QByteArray(kSentFields) + "where from_id = ?1 and from_id <> '' and account_id = ?2 order by retired_id";
    auto rows = db.query(sql.constData(), QString::fromUtf8(fromId), accountId);
    QList<Sent> all;
    while (rows.next())
        all.append(readSent(rows));
    if (rows.failed())
        return std::unexpected(rows.error());
    const auto found =
        std::ranges::find_if(all, [&](const Sent &each) { return recipient && isSame(each.recipient, *recipient); });
    if (found != all.end())
        return *found;
    return all.size() == 1 ? std::optional(all.first()) : std::nullopt;
}

// The newest, should a message have gone to the same address twice.
Result<std::optional<Sent>> findByMessageId(db::Database &db, qint64 accountId, const QByteArray &messageId,
                                            const smtp::Address &recipient)
{
    static const QByteArray sql =
        QByteArray(kSentFields) + "where account_id = ?1 and header_id = ?2 and domain = ?3 order by ended_at desc";
    auto rows = db.query(sql.constData(), accountId, QString::fromUtf8(messageId), QString::fromUtf8(recipient.domain));
    while (rows.next()) {
        if (Sent sent = readSent(rows); isSame(sent.recipient, recipient))
            return sent;
    }
    if (rows.failed())
        return std::unexpected(rows.error());
    return std::nullopt;
}

// The first that says something about mail of the account.
Result<std::optional<Sent>> findSent(db::Database &db, qint64 accountId, const Returned &mail,
                                     const QByteArray &messageId, const mime::ReportedRecipient &reported)
{
    const auto parsed = smtp::parseAddress(reported.address);
    const std::optional<smtp::Address> recipient = parsed ? std::optional(*parsed) : std::nullopt;
    for (const smtp::Address &address : mail.addresses) {
        const QByteArray id = detailOf(address.localpart);
        if (id.isEmpty())
            continue;
        if (auto found = findById(db, accountId, id, recipient); !found || *found)
            return found;
    }
    if (messageId.isEmpty())
        return std::nullopt;
    for (const QByteArray &name : {reported.address, reported.original}) {
        const auto address = smtp::parseAddress(name);
        if (!address)
            continue;
        if (auto found = findByMessageId(db, accountId, messageId, *address); !found || *found)
            return found;
    }
    return std::nullopt;
}

// "550 5.1.1 nobody" as the reply it was.
smtp::ClientResult resultOf(const mime::ReportedRecipient &reported)
{
    bool isCode = false;
    const int code = reported.diagnostic.left(3).toInt(&isCode);
    return {.permanent = true,
            .code = isCode ? code : 0,
            .enhanced = reported.status,
            .text = reported.diagnostic.isEmpty() ? QByteArray("reported by another server") : reported.diagnostic};
}

Result<void> noteOne(db::Database &db, store::Effects &effects, qint64 accountId, const Sent &sent,
                     const mime::ReportedRecipient &reported, Timestamp now)
{
    const smtp::ClientResult result = resultOf(reported);
    const QString words = QString::fromUtf8(result.text);
    if (auto noted = store::addTrace(db, sent.key, "reported", "",
                                     {{QStringLiteral("to"), QString::fromUtf8(sent.recipient.toBytes())},
                                      {QStringLiteral("action"), QString::fromUtf8(reported.action)},
                                      {QStringLiteral("status"), QString::fromUtf8(reported.status)},
                                      {QStringLiteral("reason"), words}},
                                     now);
        !noted)
        return noted;
    if (reported.action != "failed")
        return {};
    const auto changed = db.run("update queue_retired set outcome = 'failed', last_code = ?1, last_status = ?2, "
                                "last_text = ?3 where retired_id = ?4 and outcome = 'delivered'",
                                result.code, QString::fromUtf8(result.enhanced), words, sent.id);
    if (!changed)
        return std::unexpected(changed.error());
    effects.topics.insert("queue");
    return *changed > 0 ? noteFailed(db, effects, accountId, sent.recipient, result, now) : Result<void>();
}

} // namespace

Result<void> noteReturned(db::Database &db, store::Effects &effects, const Returned &mail, Timestamp now)
{
    if (mail.content.size() > kLargestReport)
        return {};
    const auto report = mime::readDsn(mail.content);
    if (!report)
        return {};
    for (const qint64 account : mail.accounts) {
        for (const mime::ReportedRecipient &reported : report->recipients) {
            const auto sent = findSent(db, account, mail, report->messageId, reported);
            if (!sent)
                return std::unexpected(sent.error());
            if (!*sent)
                continue;
            if (auto done = noteOne(db, effects, account, **sent, reported, now); !done)
                return done;
        }
    }
    return {};
}

} // namespace queue
