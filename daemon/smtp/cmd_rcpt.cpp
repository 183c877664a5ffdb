// RCPT: who it is for, and whether mail for them is taken (RFC 5321 4.1.1.3).
#include "daemon/smtp/session.h"

namespace smtp {

void Session::rcpt(QByteArrayView argument)
{
    const auto parsed = parseRcpt(argument);
    if (!parsed)
        return syntaxError("RCPT", parsed.error());
    if (m_recipients.size() >= m_services->options.mostRecipients)
        return reply(452, "4.5.3",
                     "more than " + QByteArray::number(m_services->options.mostRecipients) + " recipients");
    const auto &directory = m_services->store.directory;
    const Address address = parsed->postmaster ? Address{.localpart = "postmaster", .domain = {}} : parsed->forwardPath;
    Recipient recipient{.rcpt = *parsed, .address = address, .accounts = {}};
    if (parsed->postmaster && directory.postmaster() != 0)
        recipient.accounts = {directory.postmaster()};
    else
        recipient.accounts = directory.resolve(address.localpart, address.domain);
    if (recipient.accounts.isEmpty() && m_services->options.acceptAnyAddress && directory.postmaster() != 0) {
        const auto simulated = simulationOf(address.localpart);
        if (simulated && simulated->stage == Simulation::Stage::Rcpt)
            return simulate(*simulated);
        if (simulated && simulated->stage == Simulation::Stage::Data)
            m_afterData = simulated;
        recipient.accounts = {directory.postmaster()};
    }
    recipient.leaves = recipient.accounts.isEmpty() && m_services->options.mayRelay && !directory.hosts(address.domain);
    if (recipient.accounts.isEmpty() && !recipient.leaves) {
        m_log.info("recipient refused", {{"recipient", QString::fromUtf8(address.toBytes())}});
        return directory.hosts(address.domain) ? reply(550, "5.1.1", "no such user here")
                                               : reply(550, "5.7.1", "not a domain of this server");
    }
    m_recipients.append(recipient);
    reply(250, "2.1.5", "ok");
}

} // namespace smtp
