#include "shared/smtp/client_data.h"

namespace smtp {

void DataWriter::append(QByteArrayView message, QByteArray &to)
{
    to.reserve(to.size() + message.size() + message.size() / 64 + 8);
    qsizetype at = 0;
    while (at < message.size()) {
        const char c = message[at];
        if (m_afterCr || c == '\n') {
            to.append("\r\n");
            m_lineStart = true;
            at += c == '\n' ? 1 : 0; // CRLF, a bare LF, or a bare CR with something else behind it
            m_afterCr = false;
            continue;
        }
        if (c == '\r') {
            m_afterCr = true;
            ++at;
            continue;
        }
        if (m_lineStart && c == '.')
            to.append('.');
        m_lineStart = false;
        qsizetype end = at;
        while (end < message.size() && message[end] != '\r' && message[end] != '\n')
            ++end;
        to.append(message.sliced(at, end - at));
        at = end;
    }
}

void DataWriter::finish(QByteArray &to)
{
    if (m_afterCr || !m_lineStart)
        to.append("\r\n");
    to.append(".\r\n");
    m_lineStart = true;
    m_afterCr = false;
}

} // namespace smtp
