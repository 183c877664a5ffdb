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

qsizetype DataReader::feed(QByteArrayView bytes, QByteArray &message)
{
    qsizetype i = 0;
    while (i < bytes.size() && !m_finished) {
        const char c = bytes[i];
        switch (m_state) {
        case State::LineStart:
            if (c == '.') {
                m_state = State::Dot; // doubled or the end: not part of the message either way
                ++i;
            } else {
                m_state = State::Text;
            }
            break;
        case State::Dot:
            m_state = c == '\r' ? State::DotCr : State::Text;
            i += c == '\r' ? 1 : 0;
            break;
        case State::DotCr:
            if (c == '\n') {
                m_finished = true;
                ++i;
            } else {
                m_bareLineEnd = true; // ".\r" in the middle of a line
                m_state = State::Text;
            }
            break;
        case State::Text: {
            const qsizetype end = findLineEnd(bytes, i);
            pass(bytes.sliced(i, end - i), message);
            i = end;
            if (i == bytes.size())
                break;
            if (bytes[i] == '\n')
                m_bareLineEnd = true;
            else
                m_state = State::Cr;
            ++i;
            break;
        }
        case State::Cr:
            if (c == '\n') {
                pass("\r\n", message);
                m_state = State::LineStart;
                ++i;
            } else {
                m_bareLineEnd = true;
                m_state = State::Text;
            }
            break;
        }
    }
    return i;
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
