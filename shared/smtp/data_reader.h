// Message content as it comes in: dot-stuffed after DATA (RFC 5321 4.5.2), or counted by BDAT (RFC 3030); stream bytes
// in, message bytes out. Only CRLF.CRLF ends data, and a bare CR or LF makes the whole message unacceptable, so that no
// peer sees another end of data than we do (SMTP smuggling). What is refused is still read to its end, so that data is
// never parsed as commands. For devices that submit with bare LFs (LineEnds::Mend) such an LF becomes CRLF, but never
// near a dot that stands alone on its line: "LF . LF", "CRLF . LF", "LF . CRLF" and every CR without LF stay refused.
// Pure. Memory: what the caller does not take; at most `most` message bytes are passed on.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace smtp {

enum class LineEnds
{
    Strict, // CRLF and nothing else
    Mend,   // a bare LF becomes CRLF where it looks like no end of data
};
enum class Framing
{
    Dots,  // DATA: ended by CRLF.CRLF, dots at line starts are doubled
    Chunk, // BDAT: ended by its count; dots are dots
};

class DataReader
{
public:
    explicit DataReader(qint64 mostBytes, LineEnds lineEnds = LineEnds::Strict, Framing framing = Framing::Dots)
        : m_most(mostBytes)
        , m_lineEnds(lineEnds)
        , m_framing(framing)
    {}

    // Appends message bytes to `message`; returns how many stream bytes were used. finished() tells whether the end
    // came.
    qsizetype feed(QByteArrayView bytes, QByteArray &message);
    void endChunks(); // the last chunk was fed: what stands at its end is final
    [[nodiscard]] bool finished() const { return m_finished; }
    [[nodiscard]] bool hasBareLineEnd() const { return m_bareLineEnd; } // one that was not mended
    [[nodiscard]] bool tooLarge() const { return m_size > m_most; }
    [[nodiscard]] qint64 sizeBytes() const { return m_size; }

private:
    enum class State
    {
        LineStart,   // behind CRLF, or at the beginning
        MendedStart, // behind a bare LF
        Dot,         // a dot at the start of a line
        MendedDot,   // the same behind a bare LF
        DotCr,       // a dot, and a CR behind it
        Text,
        Cr, // a CR inside a line
    };
    void pass(QByteArrayView bytes, QByteArray &message);
    void step(char c, QByteArray &message);
    void lineStart(char c, QByteArray &message);
    void lineFeed(QByteArray &message);
    void refuse();

    qint64 m_most;
    LineEnds m_lineEnds;
    Framing m_framing;
    qint64 m_size = 0;
    State m_state = State::LineStart;
    bool m_finished = false;
    bool m_bareLineEnd = false;
};

// Message bytes as DATA wants them: dots at line starts doubled, the end mark appended (with a CRLF if the message has
// none).
[[nodiscard]] QByteArray dotStuffed(QByteArrayView message);

} // namespace smtp
