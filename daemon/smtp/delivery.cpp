// A message that was received whole: what it must be to be taken, and the answer to whoever sent it.
#include "daemon/smtp/session.h"

#include "daemon/queue/authors.h"
#include "daemon/queue/signing.h"
#include "daemon/smtp/submission.h"
#include "shared/base/bytes.h"
#include "shared/base/metrics.h"
#include "shared/mime/header_list.h"

namespace smtp {

namespace {

const CounterFamily kMessages{
    "postroom_smtp_messages_total", "Messages offered by SMTP, by listener and result.", {"listener", "result"}};

// What became of a message that was not taken.
struct RefusalRow
{
    const char *error; // its code
    int code;
    const char *enhanced;
    const char *text; // null: the error's own words
};
constexpr std::array kRefusals = {
    RefusalRow{"over-quota", 452, "4.2.2", "the mailbox is full"},
    RefusalRow{"disk-full", 452, "4.3.1", "no space left; try again later"},
    RefusalRow{"busy", 451, "4.3.2", "busy; try again later"},
    RefusalRow{"loop", 554, "5.4.6", nullptr}, // RFC 5321 6.3
    RefusalRow{"not-yours", 550, "5.7.1", nullptr},
    RefusalRow{"bad-header", 554, "5.6.0", nullptr},
    RefusalRow{"may-not-post", 550, "5.7.2", nullptr},
    RefusalRow{"daily-messages", 451, "4.7.1", nullptr},
    RefusalRow{"daily-recipients", 451, "4.7.1", nullptr},
};
constexpr RefusalRow kNotStored{"", 451, "4.3.0", "could not store the message; try again later"};

const RefusalRow &rowOf(const Error &error)
{
    const auto row = std::ranges::find_if(
        kRefusals, [&error](const RefusalRow &each) { return error.code == QLatin1StringView(each.error); });
    return row == kRefusals.end() ? kNotStored : *row;
}

std::unexpected<Error> refuse(const char *code, const QString &text)
{
    return failure(
        Error{.kind = ErrorKind::Permanent, .text = text, .publicText = text, .code = QLatin1StringView(code)});
}

Result<void> expectNoLoop(const mime::HeaderList &header)
{
    const auto hops = std::ranges::count_if(
        header.fields(), [](const auto &field) { return bytes::equalsIgnoreCase(field.name, "Received"); });
    if (hops > kMostReceived)
        return refuse("loop", QStringLiteral("more than %1 Received fields: a mail loop").arg(kMostReceived));
    return {};
}

QByteArray memberList(const store::Alias &alias)
{
    return alias.listMembers ? "X-Postroom-Alias-Members: " + alias.members.join(",\r\n\t") + "\r\n" : QByteArray();
}

Result<Copies> copiesFor(const store::Directory &directory, const Recipient &recipient,
                         const QList<QByteArray> &authors)
{
    Copies copies{.rcpt = recipient.rcpt, .address = recipient.address, .accounts = recipient.accounts, .prefix = {}};
    if (!recipient.alias)
        return copies;
    if (const auto verdict = store::mayPost(*recipient.alias, authors); verdict != store::PostVerdict::Allowed)
        return refuse("may-not-post", QStringLiteral("%1: %2").arg(QString::fromUtf8(recipient.address.toBytes()),
                                                                   store::describe(verdict)));
    copies.accounts = directory.accountsOf(store::readers(*recipient.alias, authors));
    copies.anyWillDo = true;
    copies.prefix = memberList(*recipient.alias);
    return copies;
}

} // namespace

void Session::count(const char *result) const
{
    kMessages.add({m_services->options.submission ? "submission" : "smtp", result});
}

// The playground's answer to an address that asks for trouble.
void Session::simulate(const Simulation &simulation)
{
    if (simulation.hang) {
        m_state = State::Hanging;
        out.deadline = m_services->clock.steady() + kSimulatedHang;
        return;
    }
    reply(simulation.code, simulation.code < 500 ? "4.3.0" : "5.3.0", "simulated by the address");
}

Result<QJsonObject> Session::completeSubmission(QByteArray &content) const
{
    const auto &directory = m_services->store.directory;
    const QByteArray own = directory.addressOf(*m_account);
    const auto ownAddress = parseAddress(own);
    SubmissionTerms terms{.mayWriteAs =
                              [this, &directory](const Address &author) {
                                  return directory.mayWriteAs(*m_account, author.localpart, author.domain);
                              },
                          .author = m_mail->reversePath.isNull() ? ownAddress.value_or(Address()) : m_mail->reversePath,
                          .messageId = '<' + m_messageKey + '@' + m_services->options.hostname + '>',
                          .now = m_services->clock.now()};
    auto submission = prepareSubmission(std::move(content), terms);
    if (!submission)
        return std::unexpected(submission.error());
    content = std::move(submission->content);
    return std::move(submission->extra);
}

// What goes to other servers, or later; no recipient: nothing.
Result<queue::Outgoing> Session::outgoing(const Delivery &delivery, QJsonObject extra) const
{
    queue::Outgoing outgoing{.message = delivery.message,
                             .prefix = delivery.received,
                             .mail = *m_mail,
                             .recipients = {},
                             .accountId = m_account.value_or(0),
                             .notBefore = m_notBefore,
                             .extra = std::move(extra),
                             .subject = {}};
    for (const Recipient &recipient : m_recipients) {
        if (recipient.leaves)
            outgoing.recipients.append(recipient.rcpt);
    }
    if (outgoing.recipients.isEmpty())
        return outgoing;
    outgoing = queue::prepareOutgoing(std::move(outgoing));
    if (!m_account)
        return outgoing;
    const auto reader = m_services->store.reader();
    return reader ? queue::sign(**reader, std::move(outgoing), delivery.now) : std::unexpected(reader.error());
}

// On a worker: checks the message and makes of it what a change needs.
Result<Delivery> Session::prepareDelivery(core::HeldBytes held) const
{
    QByteArray &content = held.bytes;
    if (auto done = expectNoLoop(mime::HeaderList(content)); !done)
        return std::unexpected(done.error());
    const char *const received = content.constData();
    auto extra = m_account ? completeSubmission(content) : QJsonObject();
    if (!extra)
        return std::unexpected(extra.error());
    if (held.owner && content.constData() != received) // another message than the one on the disk
        held = core::hold(std::exchange(content, {}), kSpoolBytes, folder());
    Delivery delivery{.message = {},
                      .copies = {},
                      .leaving = {},
                      .account = m_account,
                      .addressees = {},
                      .limits = m_services->options.sending,
                      .mail = *m_mail,
                      .received = receivedHeader(m_messageKey),
                      .hostname = m_services->options.hostname,
                      .story = {{QStringLiteral("from"), QString::fromUtf8(m_mail->reversePath.toBytes())},
                                {QStringLiteral("ip"), m_peer.address.toString()},
                                {QStringLiteral("size"), content.size()}},
                      .now = m_services->clock.now()};
    const QList<QByteArray> authors = queue::authorKeys(content);
    for (const Recipient &recipient : m_recipients) {
        delivery.addressees.append(store::addressKey(recipient.address.localpart, recipient.address.domain));
        auto copies = copiesFor(m_services->store.directory, recipient, authors); // what leaves is judged, too
        if (!copies)
            return std::unexpected(copies.error());
        if (!recipient.leaves)
            delivery.copies.append(std::move(*copies));
    }
    delivery.message = store::prepare(std::move(content), m_messageKey, std::move(held.owner));
    auto leaving = outgoing(delivery, std::move(*extra));
    if (!leaving)
        return std::unexpected(leaving.error());
    delivery.leaving = std::move(*leaving);
    return delivery;
}

void Session::deliver()
{
    if (const auto simulated = std::exchange(m_afterData, {})) {
        simulate(*simulated);
        return reset();
    }
    out.work = net::Work{.pool = net::Pool::Check, .run = [this]() -> net::WorkResult {
                             auto made = takeMessage().and_then(
                                 [this](core::HeldBytes held) { return prepareDelivery(std::move(held)); });
                             if (!made) {
                                 out.commit = std::unexpected(made.error());
                                 return net::Done{};
                             }
                             const qint64 size = made->message->content.size();
                             auto change = m_services->store.change(
                                 [delivery = std::move(*made),
                                  &directory = m_services->store.directory](db::Database &db, store::Effects &effects) {
                                     return smtp::deliver(db, effects, directory, delivery);
                                 });
                             change.sizeBytes = size;
                             return change;
                         }};
    m_whenResumed = [this] { delivered(); };
}

void Session::refuseMessage(const Error &error)
{
    const RefusalRow &row = rowOf(error);
    count("refused");
    m_log.failed("message not stored", error);
    reply(row.code, row.enhanced, row.text ? QByteArray(row.text) : publicText(error).toUtf8());
}

void Session::delivered()
{
    if (out.poolFull) {
        count("busy");
        reply(451, "4.3.2", "busy; try again later");
    } else if (out.commit) {
        count("accepted");
        m_log.info("message accepted",
                   {{"key", QString::fromLatin1(m_messageKey)}, {"recipients", m_recipients.size()}});
        reply(250, "2.6.0", "accepted as " + m_messageKey);
    } else {
        refuseMessage(out.commit.error());
    }
    out.commit = {};
    reset();
    if (m_shuttingDown)
        close(421, "4.3.2", "shutting down");
}

} // namespace smtp
