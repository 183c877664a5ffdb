// EHLO, HELO and STARTTLS: who is there, and what is offered.
#include "daemon/smtp/session.h"

namespace smtp {

namespace {

// "FUTURERELEASE" SP max-future-release-interval SP max-future-release-date-time     RFC 4865 4
QByteArray futureRelease(Timestamp now)
{
    const auto until = std::chrono::floor<std::chrono::seconds>(now + kLongestHold);
    return "FUTURERELEASE " +
           QByteArray::number(qint64(std::chrono::duration_cast<std::chrono::seconds>(kLongestHold).count())) + ' ' +
           toIso(until).toLatin1();
}

} // namespace

void Session::hello(QByteArrayView argument)
{
    const auto parsed = parseHello(argument);
    if (!parsed)
        return syntaxError("HELO", parsed.error());
    reset();
    m_hello = parsed->name;
    m_extended = false;
    out.bytes.append("250 ").append(m_services->options.hostname).append("\r\n");
}

void Session::extendedHello(QByteArrayView argument)
{
    const auto parsed = parseHello(argument);
    if (!parsed)
        return syntaxError("EHLO", parsed.error());
    reset();
    m_hello = parsed->name;
    m_extended = true;
    const Options &options = m_services->options;
    QList<QByteArray> lines{options.hostname, "PIPELINING", "SIZE " + QByteArray::number(options.mostBytes)};
    if (options.startTls && !tlsActive())
        lines << "STARTTLS"; // not last: gsasl looks for "250-STARTTLS"
    if (options.submission && tlsActive())
        lines << "AUTH " + m_signIn.mechanisms().join(' ');
    lines << "8BITMIME" << "ENHANCEDSTATUSCODES" << "SMTPUTF8" << "DSN";
    if (tlsActive())
        lines << "REQUIRETLS"; // RFC 8689 2
    if (options.submission)
        lines << futureRelease(m_services->clock.now());
    lines << "LIMITS RCPTMAX=" + QByteArray::number(options.mostRecipients) +
                 " MAILMAX=" + QByteArray::number(options.mostMessages); // RFC 9422
    lines << "CHUNKING";
    out.bytes.append(Reply{.code = 250, .enhanced = {}, .lines = lines}.toBytes());
}

void Session::startTls(QByteArrayView argument)
{
    if (!argument.isEmpty())
        return reply(501, "5.5.4", "STARTTLS takes no parameters");
    if (tlsActive())
        return reply(503, "5.5.1", "TLS is active already");
    if (!m_services->options.startTls)
        return reply(502, "5.5.1", "STARTTLS is not available");
    if (!m_input.isEmpty()) // they came in clear and would be taken for encrypted: CVE-2011-0411
        return close(501, "5.5.1", "bytes after STARTTLS");
    reply(220, "2.0.0", "go ahead");
    out.startTls = true;
}

} // namespace smtp
