#include "daemon/queue/rows.h"

#include "daemon/queue/history.h"
#include "daemon/queue/hold_rules.h"
#include "daemon/store/store.h"
#include "shared/base/bytes.h"
#include "shared/base/json.h"
#include "shared/base/refusal.h"
#include "shared/mime/encoded_word.h"
#include "shared/mime/header_list.h"
#include "shared/mime/part.h"

#include <QJsonArray>

namespace queue {

namespace {

constexpr qsizetype kLongestSubject = 500;
QString text(const QByteArray &bytes) { return QString::fromUtf8(bytes); }

// By the sender's request (smtp::FutureRelease).
Timestamp releaseTime(Timestamp createdAt, const QByteArray &request)
{
    if (request.startsWith("for;"))
        return createdAt + std::chrono::seconds(parseNumber(QByteArrayView(request).sliced(4)).value_or(0));
    if (request.startsWith("until;"))
        return std::max(createdAt, parseIso(QByteArrayView(request).sliced(6)).value_or(createdAt));
    return createdAt;
}

Message readRow(const db::Query &row)
{
    Message message{.id = row.integer(0), .contentId = row.integer(1), .prefix = row.bytes(2)};
    if (const auto path = smtp::parseAddress(row.text(3).toUtf8()))
        message.mail.reversePath = *path;
    message.accountId = row.integer(4);
    message.key = row.text(5).toUtf8();
    message.mail.sizeBytes = row.integer(6);
    message.mail.body = row.integer(7) != 0 ? smtp::Body::EightBitMime : smtp::Body::SevenBit;
    message.mail.smtpUtf8 = row.integer(8) != 0;
    message.mail.envelopeId = row.text(9).toUtf8();
    message.mail.returnContent = row.text(10).toUtf8();
    message.createdAt = row.time(11);
    message.mail.release.request = row.text(12).toUtf8();
    message.fromId = row.text(13).toUtf8();
    message.releasedAt = releaseTime(message.createdAt, message.mail.release.request);
    return message;
}

Recipient readRecipient(const db::Query &row, int first)
{
    Recipient recipient{.id = row.integer(first)};
    recipient.rcpt.forwardPath = {.localpart = row.text(first + 1).toUtf8(), .domain = row.text(first + 2).toUtf8()};
    recipient.rcpt.notify = row.text(first + 3).toUtf8();
    recipient.rcpt.originalRecipient = row.text(first + 4).toUtf8();
    recipient.attempts = static_cast<int>(row.integer(first + 5));
    recipient.delayTold = row.integer(first + 6) != 0;
    recipient.nextAttempt = row.time(first + 7);
    recipient.tls = static_cast<SenderTls>(row.integer(first + 8));
    recipient.transport = row.text(first + 9).toUtf8();
    return recipient;
}

struct Placed
{
    qint64 messageId;
    qint64 accountId;
    Timestamp next;
    std::optional<qint64> heldBy; // a rule
};

Result<void> addRecipient(db::Database &db, const Outgoing &outgoing, const smtp::Rcpt &rcpt, const Placed &placed)
{
    return db
        .run("insert into queue_recipients(message_id, localpart, domain, notify, original_recipient, next_attempt, "
             "tls, held, held_by, account_id) values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
             placed.messageId, text(rcpt.forwardPath.localpart), text(rcpt.forwardPath.domain), text(rcpt.notify),
             text(rcpt.originalRecipient), placed.next, static_cast<int>(outgoing.tls), placed.heldBy.has_value(),
             placed.heldBy.value_or(0), placed.accountId)
        .transform([](qint64) {});
}

Result<void> noteQueued(db::Database &db, const Outgoing &outgoing, const QJsonArray &names, Timestamp now)
{
    return store::addTrace(db, outgoing.message->messageKey, "queued", "",
                           {{QStringLiteral("from"), text(outgoing.mail.reversePath.toBytes())},
                            {QStringLiteral("to"), names},
                            {QStringLiteral("subject"), outgoing.subject}},
                           now);
}

// "<a@b>" without its brackets.
QString bareMessageId(QByteArrayView value)
{
    QByteArrayView id = value.trimmed();
    if (id.startsWith('<') && id.endsWith('>'))
        id = id.sliced(1, id.size() - 2);
    return text(id.first(std::min(id.size(), kLongestSubject)).toByteArray());
}

// Puts a recipient into the job it belongs to, or into another one if there may be more. False: there may not.
bool sortIn(QList<Job> &jobs, qint64 messageId, const Recipient &recipient, qsizetype most)
{
    const auto job = std::ranges::find_if(jobs, [&](const Job &each) {
        const Recipient &first = each.recipients.first();
        return each.message.id == messageId && each.domain == recipient.rcpt.forwardPath.domain &&
               first.tls == recipient.tls && first.transport == recipient.transport;
    });
    if (job != jobs.end()) {
        job->recipients.append(recipient);
        return true;
    }
    if (jobs.size() >= most)
        return false;
    jobs.append(
        Job{.message = {.id = messageId}, .domain = recipient.rcpt.forwardPath.domain, .recipients = {recipient}});
    return true;
}

Result<QList<Job>> withMessages(db::Database &db, QList<Job> jobs)
{
    for (Job &job : jobs) {
        auto message = readMessage(db, job.message.id);
        if (!message)
            return std::unexpected(message.error());
        job.message = std::move(*message);
    }
    return jobs;
}

// Whoever sends it, or the postmaster for what has no sender; 0 = there is none.
Result<qint64> senderAccount(db::Database &db, const Outgoing &outgoing)
{
    if (outgoing.accountId != 0)
        return outgoing.accountId;
    return db
        .number("select account_id from accounts where role = 'postmaster' and state = 'active' order by account_id")
        .transform([](std::optional<qint64> id) { return id.value_or(0); });
}

Result<void> expectOwnId(db::Database &db, const QByteArray &fromId)
{
    if (fromId.isEmpty())
        return {};
    const auto used = db.number("select (select count(*) from queue_messages where from_id = ?1 and from_id <> '') + "
                                "(select count(*) from queue_retired where from_id = ?2 and from_id <> '')",
                                text(fromId), text(fromId));
    if (!used)
        return std::unexpected(used.error());
    if (used->value_or(0) == 0)
        return {};
    return refuse("bad-from-id", QStringLiteral("another message had the sender address's part behind '+'"));
}

// RFC 6531 3.2: SMTPUTF8 is for addresses and for header fields of any part; 8-bit bodies need 8BITMIME only.
bool hasUtf8Header(QByteArrayView content)
{
    std::vector<const mime::Part *> todo;
    const mime::Part root = mime::parseMessage(content);
    todo.push_back(&root);
    while (!todo.empty()) {
        const mime::Part *part = todo.back();
        todo.pop_back();
        if (!bytes::isAscii(content.sliced(part->headerStart, part->bodyStart - part->headerStart)))
            return true;
        for (const mime::Part &child : part->children)
            todo.push_back(&child);
    }
    return false;
}

// RFC 8689 4.1: the parameter, or else the field.
SenderTls senderTls(const smtp::Mail &mail, const mime::HeaderList &header)
{
    if (mail.requireTls)
        return SenderTls::Required;
    return bytes::equalsIgnoreCase(header.value("TLS-Required"), "No") ? SenderTls::Optional : SenderTls::Default;
}

} // namespace

smtp::Mail mailOnWire(const Message &message)
{
    smtp::Mail mail = message.mail;
    if (!message.fromId.isEmpty() && !mail.reversePath.isNull() &&
        detailOf(mail.reversePath.localpart) != message.fromId) // unless the sender wrote it
        mail.reversePath.localpart.append('+').append(message.fromId);
    return mail;
}

QByteArray detailOf(const QByteArray &localpart)
{
    const qsizetype plus = localpart.indexOf('+');
    return plus < 0 ? QByteArray() : localpart.sliced(plus + 1);
}

Outgoing prepareOutgoing(Outgoing outgoing)
{
    const QByteArrayView content = outgoing.message->content;
    const QByteArrayView header = content.first(std::min<qint64>(outgoing.message->headerBytes, content.size()));
    outgoing.eightBit = !bytes::isAscii(content) || !bytes::isAscii(outgoing.prefix);
    outgoing.international = !bytes::isAscii(outgoing.prefix) || outgoing.mail.reversePath.needsUtf8() ||
                             (outgoing.eightBit && hasUtf8Header(content));
    const mime::HeaderList fields(header);
    if (outgoing.tls == SenderTls::Default)
        outgoing.tls = senderTls(outgoing.mail, fields);
    outgoing.subject = mime::decodeWords(fields.value("Subject")).left(kLongestSubject);
    outgoing.headerId = bareMessageId(fields.value("Message-ID"));
    return outgoing;
}

Result<void> add(db::Database &db, store::Effects &effects, const Outgoing &outgoing, qint64 contentId, Timestamp now)
{
    const smtp::Mail &mail = outgoing.mail;
    const auto account = senderAccount(db, outgoing);
    if (!account)
        return std::unexpected(account.error());
    if (auto done = expectOwnId(db, outgoing.fromId); !done)
        return done;
    const auto added = db.run(
        "insert into queue_messages(content_id, prefix, reverse_path, account_id, message_key, size, subject, "
        "eight_bit, international, envelope_id, return_content, created_at, extra, header_id, future_release, from_id) "
        "values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
        contentId, outgoing.prefix, text(mail.reversePath.toBytes()), *account, text(outgoing.message->messageKey),
        static_cast<qint64>(outgoing.prefix.size() + outgoing.message->content.size()), outgoing.subject,
        outgoing.eightBit, outgoing.international, text(mail.envelopeId), text(mail.returnContent), now,
        text(json::compact(outgoing.extra)), outgoing.headerId, text(mail.release.request), text(outgoing.fromId));
    if (!added)
        return std::unexpected(added.error());
    const qint64 messageId = db.lastInsertId();
    const auto rules = activeRules(db, now);
    if (!rules)
        return std::unexpected(rules.error());
    MailFacts facts{.accountId = *account,
                    .sender = mail.reversePath,
                    .recipient = {},
                    .sizeBytes = outgoing.prefix.size() + outgoing.message->content.size()};
    QJsonArray names;
    QJsonArray held;
    for (const smtp::Rcpt &rcpt : outgoing.recipients) {
        facts.recipient = rcpt.forwardPath;
        const auto rule = std::ranges::find_if(*rules, [&](const HoldRule &each) { return matches(each, facts); });
        const auto heldBy = rule == rules->end() ? std::nullopt : std::optional(rule->id);
        if (auto done = addRecipient(db, outgoing, rcpt,
                                     {.messageId = messageId,
                                      .accountId = *account,
                                      .next = outgoing.notBefore.value_or(now),
                                      .heldBy = heldBy});
            !done)
            return done;
        names.append(text(rcpt.forwardPath.toBytes()));
        if (heldBy)
            held.append(names.last());
    }
    if (auto used = store::useContent(db, contentId, 1); !used)
        return used;
    effects.topics.insert("queue");
    if (auto noted = noteQueued(db, outgoing, names, now); !noted || held.isEmpty())
        return noted;
    return store::addTrace(db, outgoing.message->messageKey, "held", "rule", {{QStringLiteral("to"), held}}, now);
}

Result<QList<DomainDue>> listDomains(db::Database &db)
{
    // From one domain to the next along the index queue_recipients_due, however many rows a domain has.
    auto rows = db.query(
        "with recursive d(domain) as ("
        "select (select domain from queue_recipients where held = 0 order by domain limit 1) "
        "union all select (select q.domain from queue_recipients q where q.held = 0 and q.domain > d.domain "
        "order by q.domain limit 1) from d where d.domain is not null) "
        "select domain, (select min(n.next_attempt) from queue_recipients n where n.held = 0 and n.domain = d.domain) "
        "from d where domain is not null");
    QList<DomainDue> list;
    while (rows.next())
        list.append({.domain = rows.text(0).toUtf8(), .next = rows.time(1)});
    if (rows.failed())
        return std::unexpected(rows.error());
    return list;
}

Result<QList<Job>> listDue(db::Database &db, const QByteArray &domain, Timestamp now, const QSet<qint64> &taken,
                           qsizetype most, std::optional<qint64> account)
{
    QList<Job> jobs;
    {
        // Along queue_recipients_due, or queue_recipients_turn. Recipients of a message that go together stand
        // together.
        auto rows = account
                        ? db.query("select message_id, recipient_id, localpart, domain, notify, original_recipient, "
                                   "attempts, delay_told, next_attempt, tls, transport from queue_recipients "
                                   "where held = 0 and domain = ?1 and account_id = ?2 and next_attempt <= ?3 "
                                   "order by next_attempt, recipient_id",
                                   text(domain), *account, now)
                        : db.query("select message_id, recipient_id, localpart, domain, notify, original_recipient, "
                                   "attempts, delay_told, next_attempt, tls, transport from queue_recipients "
                                   "where held = 0 and domain = ?1 and next_attempt <= ?2 "
                                   "order by next_attempt, recipient_id",
                                   text(domain), now);
        bool room = true;
        while (room && rows.next()) {
            const Recipient recipient = readRecipient(rows, 1);
            room = taken.contains(recipient.id) || sortIn(jobs, rows.integer(0), recipient, most);
        }
        if (rows.failed())
            return std::unexpected(rows.error());
    }
    return withMessages(db, std::move(jobs));
}

Result<QList<Job>> findJobs(db::Database &db, const QList<qint64> &ids)
{
    QList<Job> jobs;
    for (const qint64 id : ids) {
        auto row = db.query("select message_id, recipient_id, localpart, domain, notify, original_recipient, attempts, "
                            "delay_told, next_attempt, tls, transport from queue_recipients where recipient_id = ?1",
                            id);
        if (row.next())
            sortIn(jobs, row.integer(0), readRecipient(row, 1), ids.size());
        else if (row.failed())
            return std::unexpected(row.error());
    }
    return withMessages(db, std::move(jobs));
}

Result<Message> readMessage(db::Database &db, qint64 messageId)
{
    auto row =
        db.query("select message_id, content_id, prefix, reverse_path, account_id, message_key, size, eight_bit, "
                 "international, envelope_id, return_content, created_at, future_release, from_id from queue_messages "
                 "where message_id = ?1",
                 messageId);
    if (row.next())
        return readRow(row);
    if (row.failed())
        return std::unexpected(row.error());
    return failure(ErrorKind::User, QStringLiteral("the message has left the queue"));
}

Result<bool> settle(db::Database &db, const Outcome &outcome, Timestamp now)
{
    if (outcome.fate != Fate::Wait)
        return retire(db, outcome, now);
    return db
        .run("update queue_recipients set attempts = attempts + 1, next_attempt = ?1, last_attempt = ?2, "
             "delay_told = max(delay_told, ?3), last_host = ?4, last_code = ?5, last_status = ?6, last_text = ?7, "
             "results = json_insert(results, '$[#]', json(?8)) where recipient_id = ?9",
             outcome.next, now, outcome.tellDelay, text(outcome.host), outcome.result.code,
             text(outcome.result.enhanced), text(outcome.result.text), attemptText(outcome, now), outcome.recipientId)
        .transform([](qint64 count) { return count > 0; });
}

Result<void> tidy(db::Database &db, qint64 messageId)
{
    const auto content = db.number("select content_id from queue_messages where message_id = ?1 and not exists "
                                   "(select 1 from queue_recipients r where r.message_id = queue_messages.message_id)",
                                   messageId);
    if (!content)
        return std::unexpected(content.error());
    if (!*content)
        return {};
    if (auto done = db.run("delete from queue_messages where message_id = ?1", messageId); !done)
        return std::unexpected(done.error());
    return store::releaseContent(db, **content);
}

Result<void> clampTimes(db::Database &db, Timestamp now, std::chrono::milliseconds most)
{
    // What was put off on purpose was never tried; it keeps its time.
    return db
        .run("update queue_recipients set next_attempt = ?1 where attempts > 0 and next_attempt > ?2", now + most,
             now + most)
        .transform([](qint64) {});
}

} // namespace queue
