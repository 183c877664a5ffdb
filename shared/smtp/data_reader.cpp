#include "shared/smtp/data_reader.h"

#include <cstring>

namespace smtp {

void DataReader::pass(QByteArrayView bytes, QByteArray &message)
{
    m_size += bytes.size();
    if (!tooLarge() && !m_bareLineEnd)
        message.append(bytes);
}

namespace {

// The first CR or LF, or the end.
qsizetype findLineEnd(QByteArrayView bytes, qsizetype from)
{
    const auto left = static_cast<size_t>(bytes.size() - from);
    const char *start = bytes.data() + from;
    const auto *lineFeed = static_cast<const char *>(std::memchr(start, '\n', left));
    const auto limit = lineFeed ? static_cast<size_t>(lineFeed - start) : left;
    const auto *carriageReturn = static_cast<const char *>(std::memchr(start, '\r', limit));
    return from + (carriageReturn ? carriageReturn - start : static_cast<qsizetype>(limit));
}

} // namespace

void DataReader::refuse()
{
    m_bareLineEnd = true;
    m_state = State::Text;
}

// An LF without CR before it, inside a line.
void DataReader::lineFeed(QByteArray &message)
{
    if (m_lineEnds == LineEnds::Strict)
        return refuse();
    pass("\r\n", message);
    m_state = State::MendedStart;
}

// The first byte of a line; consumed only when it is a dot or a line end.
void DataReader::lineStart(char c, QByteArray &message)
{
    const bool mended = m_state == State::MendedStart;
    if (c == '.') {
        // Doubled or the end: not part of the message either way. Behind a bare LF nothing was doubled for us.
        if (mended || m_framing == Framing::Chunk)
            pass(".", message);
        m_state = mended ? State::MendedDot : State::Dot;
    } else if (c == '\n') {
        lineFeed(message);
    } else if (c == '\r') {
        m_state = State::Cr;
    }
}

void DataReader::step(char c, QByteArray &message)
{
    switch (m_state) {
    case State::LineStart:
    case State::MendedStart: return lineStart(c, message);
    case State::Dot:
        if (c == '\n') // CRLF.LF
            return refuse();
        m_state = State::DotCr;
        return;
    case State::MendedDot: // LF.LF, LF.CR
        refuse();
        if (c == '\r') // which may begin the true end
            m_state = State::Cr;
        return;
    case State::DotCr:
        if (c != '\n')
            return refuse(); // ".\r" in the middle of a line
        m_finished = m_framing == Framing::Dots;
        if (!m_finished)
            pass("\r\n", message);
        m_state = State::LineStart;
        return;
    case State::Text:
        if (c == '\n')
            return lineFeed(message);
        m_state = State::Cr;
        return;
    case State::Cr:
        if (c != '\n')
            return refuse();
        pass("\r\n", message);
        m_state = State::LineStart;
        return;
    }
}

qsizetype DataReader::feed(QByteArrayView bytes, QByteArray &message)
{
    qsizetype i = 0;
    while (i < bytes.size() && !m_finished) {
        const char c = bytes[i];
        const bool lineEnd = c == '\r' || c == '\n';
        switch (m_state) {
        case State::LineStart:
        case State::MendedStart:
            if (lineEnd || c == '.') {
                step(c, message);
                ++i;
            } else {
                m_state = State::Text;
            }
            break;
        case State::Dot:
        case State::MendedDot:
            if (lineEnd) {
                step(c, message);
                ++i;
            } else {
                m_state = State::Text; // the dot was doubled, or the line goes on
            }
            break;
        case State::Text: {
            const qsizetype end = findLineEnd(bytes, i);
            pass(bytes.sliced(i, end - i), message);
            i = end;
            if (i < bytes.size())
                step(bytes[i++], message);
            break;
        }
        case State::DotCr:
        case State::Cr: {
            const bool expected = c == '\n';
            step(c, message);
            i += expected ? 1 : 0; // anything else is looked at again
            break;
        }
        }
    }
    return i;
}

void DataReader::endChunks()
{
    // A CR, or a dot behind a bare LF, waits for what makes it harmless; nothing more comes.
    if (m_state == State::Cr || m_state == State::DotCr || m_state == State::MendedDot)
        m_bareLineEnd = true;
    m_finished = true;
}

QByteArray dotStuffed(QByteArrayView message)
{
    QByteArray result;
    result.reserve(message.size() + message.size() / 64 + 8);
    bool lineStart = true;
    qsizetype from = 0;
    while (from < message.size()) {
        if (lineStart && message[from] == '.')
            result.append('.');
        qsizetype end = message.indexOf('\n', from);
        end = end < 0 ? message.size() : end + 1;
        result.append(message.sliced(from, end - from));
        lineStart = result.endsWith('\n');
        from = end;
    }
    if (!message.isEmpty() && !result.endsWith("\r\n"))
        result.append("\r\n");
    return result.append(".\r\n");
}

} // namespace smtp
