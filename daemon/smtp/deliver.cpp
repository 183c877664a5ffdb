// A message becomes rows: copies in mailboxes, what leaves in the queue, its trace, reports that were asked for.
#include "daemon/smtp/transaction.h"

#include "daemon/queue/reports.h"
#include "daemon/queue/returned_reports.h"

namespace smtp {

namespace {

Result<void> noteCopy(db::Database &db, const Delivery &delivery, const QByteArray &address, const store::Added &added)
{
    return store::addTrace(db, delivery.message->messageKey, "delivered", "inbox",
                           {{QStringLiteral("to"), QString::fromUtf8(address)},
                            {QStringLiteral("mailbox"), QStringLiteral("INBOX")},
                            {QStringLiteral("uid"), static_cast<qint64>(added.uid)}},
                           delivery.now);
}

// RFC 3461 5.2.3: who asked to hear of success hears of it from whoever delivers.
Result<void> reportSuccess(db::Database &db, store::Effects &effects, const store::Directory &directory,
                           const Delivery &delivery, const Copies &copies, qint64 contentId)
{
    const queue::Message message{.contentId = contentId,
                                 .prefix = delivery.received,
                                 .mail = delivery.mail,
                                 .accountId = delivery.account.value_or(0),
                                 .key = delivery.message->messageKey,
                                 .createdAt = delivery.now};
    if (!queue::wantsReport(message, copies.rcpt, mime::DsnAction::Delivered))
        return {};
    queue::Recipient recipient;
    recipient.rcpt = copies.rcpt;
    recipient.rcpt.forwardPath = copies.address;
    const auto report = queue::makeReport(
        db, delivery.hostname, message, mime::DsnAction::Delivered,
        {{.recipient = recipient, .result = {.enhanced = "2.0.0"}, .host = {}, .next = {}, .tryUntil = {}}},
        delivery.now);
    return report ? queue::deliverReport(db, effects, directory, *report, delivery.now) : Result<void>();
}

Result<void> addCopies(db::Database &db, store::Effects &effects, const store::Directory &directory,
                       const Delivery &delivery, const Copies &copies, qint64 contentId, QSet<qint64> &served)
{
    const QByteArray prefix = "Return-Path: <" + delivery.mail.reversePath.toBytes() +
                              ">\r\nDelivered-To: " + copies.address.toBytes() + "\r\n" + copies.prefix +
                              delivery.received;
    std::optional<Error> full;
    bool any = false;
    for (const qint64 account : copies.accounts) {
        if (served.contains(account)) { // one copy each, by whichever address it came first
            any = true;
            continue;
        }
        const auto added = store::addMessage(
            db, effects, contentId, *delivery.message,
            {.accountId = account, .mailboxId = 0, .prefix = prefix, .flags = {}, .internalDate = delivery.now});
        if (!added && copies.anyWillDo && added.error().code == QLatin1StringView("over-quota")) {
            full = added.error();
            continue;
        }
        if (!added)
            return std::unexpected(added.error());
        any = true;
        served.insert(account);
        if (auto noted = noteCopy(db, delivery, directory.addressOf(account), *added); !noted)
            return noted;
    }
    if (!any && full)
        return std::unexpected(*full);
    return any ? reportSuccess(db, effects, directory, delivery, copies, contentId) : Result<void>();
}

} // namespace

Result<void> deliver(db::Database &db, store::Effects &effects, const store::Directory &directory,
                     const Delivery &delivery)
{
    if (delivery.account) {
        if (auto counted =
                queue::countSending(db, *delivery.account, delivery.addressees, delivery.limits, delivery.now);
            !counted)
            return counted;
    }
    if (auto noted =
            store::addTrace(db, delivery.message->messageKey, "received", "smtp", delivery.story, delivery.now);
        !noted)
        return noted;
    const auto content = store::addContent(db, *delivery.message);
    if (!content)
        return std::unexpected(content.error());
    QSet<qint64> served;
    for (const bool aliases : {false, true}) { // who is addressed by name gets that copy
        for (const Copies &copies : delivery.copies) {
            if (copies.anyWillDo != aliases)
                continue;
            if (auto done = addCopies(db, effects, directory, delivery, copies, *content, served); !done)
                return done;
        }
    }
    if (delivery.mail.reversePath.isNull()) { // it may be about mail of ours
        queue::Returned returned{.accounts = served, .addresses = {}, .content = delivery.message->content};
        for (const Copies &copies : delivery.copies)
            returned.addresses.append(copies.address);
        if (auto noted = queue::noteReturned(db, effects, returned, delivery.now); !noted)
            return noted;
    }
    effects.topics.insert("status");
    if (!delivery.leaving.recipients.isEmpty())
        return queue::add(db, effects, delivery.leaving, *content, delivery.now);
    return {};
}

} // namespace smtp
