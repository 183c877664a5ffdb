// Dot-stuffed message data as sent after DATA (RFC 5321 4.5.2): stream bytes in, message bytes out.
// Only CRLF.CRLF ends it, and a bare CR or LF anywhere makes the whole message unacceptable, so that no peer sees
// another end of data than we do (SMTP smuggling). What is refused is still read to its end, so that data is never
// parsed as commands. Pure. Memory: what the caller does not take; at most `most` message bytes are passed on.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace smtp {

class DataReader
{
public:
    explicit DataReader(qint64 mostBytes)
        : m_most(mostBytes)
    {}

    // Appends message bytes to `message`; returns how many stream bytes were used. finished() tells whether the end
    // came.
    qsizetype feed(QByteArrayView bytes, QByteArray &message);
    [[nodiscard]] bool finished() const { return m_finished; }
    [[nodiscard]] bool hasBareLineEnd() const { return m_bareLineEnd; }
    [[nodiscard]] bool tooLarge() const { return m_size > m_most; }
    [[nodiscard]] qint64 sizeBytes() const { return m_size; }

private:
    enum class State
    {
        LineStart,
        Dot,   // a dot at the start of a line
        DotCr, // and a CR behind it
        Text,
        Cr, // a CR inside a line
    };
    void pass(QByteArrayView bytes, QByteArray &message);

    qint64 m_most;
    qint64 m_size = 0;
    State m_state = State::LineStart;
    bool m_finished = false;
    bool m_bareLineEnd = false;
};

// Message bytes as DATA wants them: dots at line starts doubled, the end mark appended (with a CRLF if the message has
// none).
[[nodiscard]] QByteArray dotStuffed(QByteArrayView message);

} // namespace smtp
