// The trace line of this server (RFC 5321 4.4).
#include "daemon/smtp/session.h"

#include "shared/mime/date.h"

namespace smtp {

QByteArray Session::receivedHeader(const QByteArray &key) const
{
    QByteArray protocol = !m_extended ? "SMTP" : m_mail->smtpUtf8 ? "UTF8SMTP" : "ESMTP"; // RFC 3848, RFC 6531 4.3
    if (tlsActive())
        protocol.append('S');
    if (m_account)
        protocol.append('A');
    const QByteArray literal = m_peer.address.isV4() ? m_peer.address.toBytes() : "IPv6:" + m_peer.address.toBytes();
    QByteArray line = "Received: from " + m_hello + " ([" + literal + "])\r\n\tby " + m_services->options.hostname +
                      " with " + protocol + " id " + key;
    if (m_recipients.size() == 1)
        line.append("\r\n\tfor <" + m_recipients.first().address.toBytes() + ">");
    return line + ";\r\n\t" + mime::formatDate(m_services->clock.now()) + "\r\n";
}

} // namespace smtp
