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

// The newest, should a message have gone to the same address twice.
Result<std::optional<Sent>> findSent(db::Database &db, qint64 accountId, const QByteArray &messageId,
                                     const smtp::Address &recipient)
{
    auto row = db.query("select retired_id, message_key, localpart, domain from queue_retired where account_id = ?1 "
                        "and header_id = ?2 and domain = ?3 and lower(localpart) = lower(?4) "
                        "order by ended_at desc limit 1",
                        accountId, QString::fromUtf8(messageId), QString::fromUtf8(recipient.domain),
                        QString::fromUtf8(recipient.localpart));
    if (row.next())
        return Sent{.id = row.integer(0),
                    .key = row.text(1).toUtf8(),
                    .recipient = {.localpart = row.text(2).toUtf8(), .domain = row.text(3).toUtf8()}};
    if (row.failed())
        return std::unexpected(row.error());
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

Result<void> noteReturned(db::Database &db, store::Effects &effects, const QSet<qint64> &accounts,
                          const QByteArray &content, Timestamp now)
{
    if (content.size() > kLargestReport)
        return {};
    const auto report = mime::readDsn(content);
    if (!report || report->messageId.isEmpty())
        return {};
    for (const qint64 account : accounts) {
        for (const mime::ReportedRecipient &reported : report->recipients) {
            const auto recipient = smtp::parseAddress(reported.address);
            if (!recipient)
                continue;
            const auto sent = findSent(db, account, report->messageId, *recipient);
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
