// DATA and BDAT: the message, framed by its end mark or by counted chunks.
#include "daemon/smtp/session.h"

namespace smtp {

void Session::data(QByteArrayView argument)
{
    if (!argument.isEmpty())
        return reply(501, "5.5.4", "DATA takes no parameters");
    if (m_usingChunks)
        return reply(503, "5.5.1", "DATA after BDAT"); // RFC 3030 2
    if (m_recipients.isEmpty())
        return reply(554, "5.5.1", "no valid recipients");
    m_reader.emplace(m_services->options.mostBytes);
    m_message.clear();
    m_state = State::Data;
    out.bytes.append("354 end with a dot on a line of its own\r\n");
}

void Session::dataEnded()
{
    m_state = State::Command;
    if (m_reader->hasBareLineEnd()) {
        count("bare line end");
        reply(550, "5.6.11", "message has a bare CR or LF"); // RFC 7293-registered code "Invalid characters"
        return reset();
    }
    if (m_reader->tooLarge()) {
        count("too large");
        reply(552, "5.3.4", "message larger than " + QByteArray::number(m_services->options.mostBytes) + " bytes");
        return reset();
    }
    deliver();
}

void Session::bdat(QByteArrayView argument)
{
    const auto parsed = parseBdat(argument);
    if (!parsed)
        return close(501, "5.5.4", publicText(parsed.error()).toUtf8()); // the stream can't be framed any more
    m_usingChunks = true;
    m_chunkLeft = parsed->sizeBytes;
    m_chunkLast = parsed->last;
    m_tooLarge = m_tooLarge || m_message.size() + parsed->sizeBytes > m_services->options.mostBytes;
    m_state = State::Chunk;
    if (m_chunkLeft == 0)
        chunkEnded();
}

void Session::chunkEnded()
{
    m_state = State::Command;
    if (m_recipients.isEmpty()) {
        reply(554, "5.5.1", "no valid recipients");
        if (m_chunkLast)
            reset();
        return;
    }
    if (m_tooLarge) {
        reply(552, "5.3.4", "message larger than " + QByteArray::number(m_services->options.mostBytes) + " bytes");
        if (m_chunkLast)
            reset();
        return;
    }
    if (!m_chunkLast)
        return reply(250, "2.0.0", "chunk taken");
    // BINARYMIME is not offered, so the content is lines: the same rule as for DATA.
    for (qsizetype at = m_message.indexOf('\n'); at >= 0; at = m_message.indexOf('\n', at + 1)) {
        if (at == 0 || m_message.at(at - 1) != '\r') {
            reply(550, "5.6.11", "message has a bare CR or LF");
            return reset();
        }
    }
    deliver();
}

} // namespace smtp
