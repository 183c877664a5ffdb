// MAIL: a transaction begins (RFC 5321 4.1.1.2).
#include "daemon/smtp/session.h"

namespace smtp {

void Session::mail(QByteArrayView argument)
{
    const auto parsed = parseMail(argument);
    if (!parsed)
        return syntaxError("MAIL", parsed.error());
    const Options &options = m_services->options;
    if (parsed->sizeBytes > options.mostBytes)
        return reply(552, "5.3.4", "message larger than " + QByteArray::number(options.mostBytes) + " bytes");
    if (parsed->reversePath.needsUtf8() && !parsed->smtpUtf8)
        return reply(553, "5.6.7", "this address needs SMTPUTF8"); // RFC 6531 3.5
    if (const auto simulated = simulationOf(parsed->reversePath.localpart);
        options.acceptAnyAddress && simulated && simulated->stage == Simulation::Stage::Mail)
        return simulate(*simulated);
    if (options.submission && !parsed->reversePath.isNull() &&
        m_services->store.directory.account(parsed->reversePath.toBytes()) != m_account)
        return reply(550, "5.7.1", "this sender address is not yours");
    m_mail = *parsed;
    m_messageKey = store::newMessageKey();
    reply(250, "2.1.0", "ok");
}

} // namespace smtp
