// A message that was received whole: its rows, its trace and its way out in one change.
#include "daemon/smtp/session.h"

#include "daemon/queue/signing.h"
#include "shared/base/bytes.h"
#include "shared/base/metrics.h"
#include "shared/mime/header_list.h"

namespace smtp {

namespace {

const CounterFamily kMessages{
    "postroom_smtp_messages_total", "Messages offered by SMTP, by listener and result.", {"listener", "result"}};

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

// What goes to other servers; no recipient: nothing.
queue::Outgoing Session::outgoing(const std::shared_ptr<const store::Prepared> &message,
                                  const QByteArray &received) const
{
    queue::Outgoing outgoing{.message = message,
                             .prefix = received,
                             .mail = *m_mail,
                             .recipients = {},
                             .accountId = m_account.value_or(0),
                             .notBefore = {},
                             .subject = {}};
    for (const Recipient &recipient : m_recipients) {
        if (recipient.leaves)
            outgoing.recipients.append(recipient.rcpt);
    }
    return outgoing.recipients.isEmpty() ? outgoing : queue::prepareOutgoing(std::move(outgoing));
}

void Session::deliver()
{
    if (const auto simulated = std::exchange(m_afterData, {})) {
        simulate(*simulated);
        return reset();
    }
    out.work = net::Work{
        .pool = net::Pool::Check, .run = [this]() -> net::WorkResult {
            const mime::HeaderList header(m_message);
            const auto hops = std::ranges::count_if(
                header.fields(), [](const auto &field) { return bytes::equalsIgnoreCase(field.name, "Received"); });
            if (hops > kMostReceived) {
                out.commit = failure(
                    Error{.kind = ErrorKind::Permanent,
                          .text = QStringLiteral("mail loop"),
                          .publicText = QStringLiteral("more than %1 Received fields: a mail loop").arg(kMostReceived),
                          .code = QStringLiteral("loop")});
                return net::Done{};
            }
            auto message = store::prepare(std::exchange(m_message, {}), m_messageKey);
            const QByteArray received = receivedHeader(m_messageKey);
            const QByteArray returnPath = "Return-Path: <" + m_mail->reversePath.toBytes() + ">\r\n";
            const Timestamp now = m_services->clock.now();
            QList<store::Target> targets;
            for (const Recipient &recipient : std::as_const(m_recipients)) {
                for (const qint64 account : recipient.accounts) {
                    const bool twice =
                        std::ranges::any_of(targets, [account](const auto &each) { return each.accountId == account; });
                    if (!twice)
                        targets.append(
                            {.accountId = account,
                             .mailboxId = 0,
                             .prefix = returnPath + "Delivered-To: " + recipient.address.toBytes() + "\r\n" + received,
                             .flags = {},
                             .internalDate = now});
                }
            }
            const QJsonObject story{{QStringLiteral("from"), QString::fromUtf8(m_mail->reversePath.toBytes())},
                                    {QStringLiteral("ip"), m_peer.address.toString()},
                                    {QStringLiteral("size"), message->content.size()}};
            auto leaving = outgoing(message, received);
            if (m_account && !leaving.recipients.isEmpty()) {
                const auto reader = m_services->store.reader();
                auto made = reader ? queue::sign(**reader, leaving, now) : std::unexpected(reader.error());
                if (!made) {
                    out.commit = std::unexpected(made.error());
                    return net::Done{};
                }
                leaving = std::move(*made);
            }
            auto change = m_services->store.change([message, targets, leaving, story, now, &store = m_services->store](
                                                       db::Database &db, store::Effects &effects) -> Result<void> {
                if (auto noted = store::addTrace(db, message->messageKey, "received", "smtp", story, now); !noted)
                    return noted;
                const auto content = store::addContent(db, *message);
                if (!content)
                    return std::unexpected(content.error());
                for (const auto &target : targets) {
                    const auto added = store::addMessage(db, effects, *content, *message, target);
                    if (!added)
                        return std::unexpected(added.error());
                    const QJsonObject where{
                        {QStringLiteral("to"), QString::fromUtf8(store.directory.addressOf(target.accountId))},
                        {QStringLiteral("mailbox"), QStringLiteral("INBOX")},
                        {QStringLiteral("uid"), static_cast<qint64>(added->uid)}};
                    if (auto noted = store::addTrace(db, message->messageKey, "delivered", "inbox", where, now); !noted)
                        return noted;
                }
                effects.topics.insert("status");
                if (!leaving.recipients.isEmpty())
                    return queue::add(db, effects, leaving, *content, now);
                return {};
            });
            change.sizeBytes = message->content.size();
            return change;
        }};
    m_whenResumed = [this] { delivered(); };
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
        const Error &error = out.commit.error();
        count("refused");
        m_log.failed("message not stored", error);
        if (error.code == QLatin1StringView("over-quota"))
            reply(452, "4.2.2", "the mailbox is full");
        else if (error.code == QLatin1StringView("loop"))
            reply(554, "5.4.6", publicText(error).toUtf8());
        else if (error.code == QLatin1StringView("disk-full"))
            reply(452, "4.3.1", "no space left; try again later");
        else
            reply(451, "4.3.0", "could not store the message; try again later");
    }
    out.commit = {};
    reset();
    if (m_shuttingDown)
        close(421, "4.3.2", "shutting down");
}

} // namespace smtp
