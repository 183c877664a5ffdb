#include "daemon/queue/reports.h"

#include "daemon/queue/signing.h"
#include "shared/base/log.h"
#include "shared/base/metrics.h"
#include "shared/base/random.h"

namespace queue {

namespace {

const Log kReportsLog("queue");
const CounterFamily kReports{"postroom_queue_reports_total", "Reports made for senders, by what they say.", {"action"}};
constexpr qint64 kLargestReturned = 1024 * 1024; // of whole messages: larger ones come back as their header

struct Row
{
    mime::DsnAction action;
    const char *keyword; // of NOTIFY, RFC 3461 4.1
    const char *label;
    bool byDefault;
};
constexpr std::array kRows = {
    Row{mime::DsnAction::Failed, "FAILURE", "failed", true},
    Row{mime::DsnAction::Delayed, "DELAY", "delayed", true},
    Row{mime::DsnAction::Delivered, "SUCCESS", "delivered", false},
    Row{mime::DsnAction::Relayed, "SUCCESS", "relayed", false},
};

const Row &rowOf(mime::DsnAction action) { return *std::ranges::find(kRows, action, &Row::action); }

Result<QByteArray> readHead(db::Database &db, qint64 contentId)
{
    auto row = db.query("select data from chunks where content_id = ?1 and chunk = 0", contentId);
    if (row.next())
        return row.bytes(0);
    if (row.failed())
        return std::unexpected(row.error());
    return failure(ErrorKind::Server, QStringLiteral("content %1 has no chunks").arg(contentId));
}

QByteArray defaultStatus(mime::DsnAction action)
{
    return action == mime::DsnAction::Failed ? "5.0.0" : action == mime::DsnAction::Delayed ? "4.0.0" : "2.0.0";
}

mime::DsnRecipient describe(const Told &told, mime::DsnAction action)
{
    const QByteArray words = told.result.text;
    mime::DsnRecipient described{.address = told.recipient.rcpt.forwardPath.toBytes(),
                                 .originalRecipient = told.recipient.rcpt.originalRecipient,
                                 .status =
                                     told.result.enhanced.isEmpty() ? defaultStatus(action) : told.result.enhanced,
                                 .remoteHost = told.host,
                                 .attempts = told.recipient.attempts + 1};
    if (told.result.code > 0)
        described.reply = QByteArray::number(told.result.code) + ' ' +
                          (told.result.enhanced.isEmpty() ? "" : told.result.enhanced + ' ') + words;
    else
        described.reason = words;
    described.nextAttempt = told.next;
    described.retryUntil = told.tryUntil;
    return described;
}

} // namespace

bool wantsReport(const Message &message, const smtp::Rcpt &rcpt, mime::DsnAction action)
{
    if (message.mail.reversePath.isNull()) // RFC 5321 6.1: or reports would answer reports
        return false;
    const Row &row = rowOf(action);
    return rcpt.notify.isEmpty() ? row.byDefault : rcpt.notify.split(',').contains(row.keyword);
}

std::optional<Report> makeReport(db::Database &db, const QByteArray &hostname, const Message &message,
                                 mime::DsnAction action, const QList<Told> &told, Timestamp now)
{
    mime::Dsn dsn{.action = action,
                  .hostname = hostname,
                  .recipient = message.mail.reversePath.toBytes(),
                  .messageId = '<' + randomText(20) + '@' + hostname + '>',
                  .seed = randomText(16),
                  .now = now,
                  .arrival = message.createdAt,
                  .envelopeId = message.mail.envelopeId,
                  .futureRelease = message.mail.release.request};
    Report report{.outgoing = {}, .to = message.mail.reversePath, .about = {}, .action = action};
    for (const Told &each : told) {
        if (!wantsReport(message, each.recipient.rcpt, action))
            continue;
        dsn.recipients.append(describe(each, action));
        dsn.recipients.last().lastAttempt = now;
        report.about.append(each.recipient.id);
    }
    if (dsn.recipients.isEmpty())
        return {};
    dsn.attachAll = action == mime::DsnAction::Failed && message.mail.returnContent == "FULL" &&
                    message.mail.sizeBytes <= kLargestReturned; // RFC 3461 4.3
    const auto content = dsn.attachAll ? store::readContent(db, message.contentId) : readHead(db, message.contentId);
    if (!content) // the sender hears of it all the same
        kReportsLog.failed("message unreadable for a report", content.error());
    dsn.original = message.prefix + content.value_or(QByteArray());
    report.outgoing = prepareOutgoing({.message = store::prepare(mime::composeDsn(dsn), store::newMessageKey()),
                                       .prefix = {},
                                       .mail = {},
                                       .recipients = {{.forwardPath = message.mail.reversePath, .notify = "NEVER"}},
                                       .accountId = 0,
                                       .notBefore = {},
                                       .subject = {}});
    if (auto made = sign(db, report.outgoing, now))
        report.outgoing = std::move(*made);
    else
        kReportsLog.failed("report not signed", made.error());
    return report;
}

Result<void> deliverReport(db::Database &db, store::Effects &effects, const store::Directory &directory,
                           const Report &report, Timestamp now)
{
    kReports.add({rowOf(report.action).label});
    const auto content = store::addContent(db, *report.outgoing.message);
    if (!content)
        return std::unexpected(content.error());
    const QList<qint64> accounts = directory.resolve(report.to.localpart, report.to.domain);
    if (accounts.isEmpty())
        return add(db, effects, report.outgoing, *content, now);
    if (auto used = store::useContent(db, *content, 1); !used) // while it is not known whether anybody has room
        return used;
    for (const qint64 account : accounts) {
        const auto added =
            store::addMessage(db, effects, *content, *report.outgoing.message,
                              {.accountId = account,
                               .mailboxId = 0,
                               .prefix = "Return-Path: <>\r\nDelivered-To: " + report.to.toBytes() + "\r\n",
                               .flags = {},
                               .internalDate = now});
        if (!added && added.error().code == QLatin1StringView("over-quota")) {
            kReportsLog.warn("no room for a report", {{"account", account}});
            continue;
        }
        if (!added)
            return std::unexpected(added.error());
        if (auto noted = store::addTrace(db, report.outgoing.message->messageKey, "delivered", "report",
                                         {{QStringLiteral("to"), QString::fromUtf8(report.to.toBytes())},
                                          {QStringLiteral("mailbox"), QStringLiteral("INBOX")}},
                                         now);
            !noted)
            return noted;
    }
    return store::releaseContent(db, *content);
}

} // namespace queue
