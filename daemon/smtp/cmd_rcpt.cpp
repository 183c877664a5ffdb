// RCPT: who it is for, and whether mail for them is taken (RFC 5321 4.1.1.3).
#include "daemon/smtp/session.h"

namespace smtp {

namespace {

// Whether a message is taken is known when its author is, so whoever else it is for must not depend on that.
bool isSelective(const Recipient &recipient)
{
    return recipient.alias && recipient.alias->post != store::PostPolicy::Anyone;
}

} // namespace

Recipient Session::recipientFor(const Rcpt &rcpt) const
{
    const auto &directory = m_services->store.directory;
    const Options &options = m_services->options;
    Recipient recipient{.rcpt = rcpt,
                        .address =
                            rcpt.postmaster ? Address{.localpart = "postmaster", .domain = {}} : rcpt.forwardPath,
                        .accounts = {},
                        .alias = {}};
    const Address &address = recipient.address;
    if (rcpt.postmaster && directory.postmaster() != 0)
        recipient.accounts = {directory.postmaster()};
    else if (auto alias = directory.alias(store::addressKey(address.localpart, address.domain));
             alias && !directory.accountsOf(alias->members).isEmpty())
        recipient.alias = std::move(alias);
    else
        recipient.accounts = directory.resolve(address.localpart, address.domain);
    const bool here = recipient.alias || !recipient.accounts.isEmpty();
    // What is held until later waits in the queue, wherever it goes.
    recipient.leaves =
        (here && m_notBefore && !rcpt.postmaster) || (!here && options.mayRelay && !directory.hosts(address.domain));
    return recipient;
}

void Session::rcpt(QByteArrayView argument)
{
    const auto parsed = parseRcpt(argument);
    if (!parsed)
        return syntaxError("RCPT", parsed.error());
    const Options &options = m_services->options;
    if (!parsed->unknown.isEmpty()) // RFC 5321 4.1.1.11
        return reply(555, "5.5.4", "unknown parameter " + parsed->unknown);
    if (parsed->forwardPath.needsUtf8() && !m_mail->smtpUtf8)
        return reply(553, "5.6.7", "this address needs SMTPUTF8"); // RFC 6531 3.5
    if (m_recipients.size() >= options.mostRecipients)
        return reply(452, "4.5.3", "more than " + QByteArray::number(options.mostRecipients) + " recipients");
    Recipient recipient = recipientFor(*parsed);
    const auto &directory = m_services->store.directory;
    bool here = recipient.alias || !recipient.accounts.isEmpty();
    if (!here && options.acceptAnyAddress && directory.postmaster() != 0) {
        const auto simulated = simulationOf(recipient.address.localpart);
        if (simulated && simulated->stage == Simulation::Stage::Rcpt)
            return simulate(*simulated);
        if (simulated && simulated->stage == Simulation::Stage::Data)
            m_afterData = simulated;
        recipient.accounts = {directory.postmaster()};
        here = true;
    }
    if (!here && !recipient.leaves) {
        m_log.info("recipient refused", {{"recipient", QString::fromUtf8(recipient.address.toBytes())}});
        return directory.hosts(recipient.address.domain) ? reply(550, "5.1.1", "no such user here")
                                                         : reply(550, "5.7.1", "not a domain of this server");
    }
    // On submission the sender sees the answer and nobody's copy is lost by it.
    if (!options.submission && !m_recipients.isEmpty() && (isSelective(recipient) || isSelective(m_recipients.first())))
        return reply(452, "4.5.3", "this address takes messages of its own; send it in another transaction");
    if (here)
        return takeIfRoom(recipient);
    askNullMx(recipient.address.domain, [this, recipient](bool null) {
        null ? reply(556, "5.1.10", "this domain takes no mail") // RFC 7505 4.1, RFC 7504 4
             : take(recipient);
    });
}

// Whether the size that MAIL gave has no room, with all of the accounts, or with all members of an alias. On a worker.
bool Session::isFull(const Recipient &recipient, const QList<qint64> &accounts) const
{
    const auto reader = m_services->store.reader();
    if (!reader)
        return false; // the change that stores it will tell
    const auto hasRoom = [this, &reader](qint64 account) {
        const auto usage = store::usageOf(**reader, account);
        return !usage || usage->hasRoomFor(std::max<qint64>(m_mail->sizeBytes, 1));
    };
    return recipient.alias ? std::ranges::none_of(accounts, hasRoom) : !std::ranges::all_of(accounts, hasRoom);
}

// A mailbox that is full is told before the message comes. The database is asked only if there may be one.
void Session::takeIfRoom(const Recipient &recipient)
{
    const auto &directory = m_services->store.directory;
    const QList<qint64> accounts =
        recipient.alias ? directory.accountsOf(recipient.alias->members) : recipient.accounts;
    const auto hasQuota = [&directory](qint64 account) { return directory.hasQuota(account); };
    if (recipient.alias ? !std::ranges::all_of(accounts, hasQuota) : std::ranges::none_of(accounts, hasQuota))
        return take(recipient);
    const auto full = std::make_shared<bool>(false);
    out.work = net::Work{.pool = net::Pool::Store, .run = [this, recipient, accounts, full]() -> net::WorkResult {
                             *full = isFull(recipient, accounts);
                             return net::Done{};
                         }};
    m_whenResumed = [this, recipient, full] { *full ? reply(452, "4.2.2", "the mailbox is full") : take(recipient); };
}

void Session::take(const Recipient &recipient)
{
    m_recipients.append(recipient);
    reply(250, "2.1.5", "ok");
}

} // namespace smtp
