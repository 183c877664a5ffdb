// Finds whole commands in the stream, literals included (RFC 9051 2.2.1, 4.3, RFC 7888). A command comes out as one
// byte string with its literals in place ("{5}\r\nhello"), so that parsing is a pure function. Over a limit the command
// is refused, the rest of its line or literal is skipped, and the next command is read as usual. Pure. Memory: one
// command.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace imap {

inline constexpr qsizetype kLongestLine = 64 * 1024;
inline constexpr qsizetype kLargestLiteral = 100 * 1024; // outside APPEND
inline constexpr int kMostLiterals = 1000;
inline constexpr qsizetype kLargestCommand = 1024 * 1024; // outside APPEND
inline constexpr qsizetype kLargestMinusLiteral = 4096;   // RFC 7888 5: LITERAL-, before sign-in

class CommandReader
{
public:
    enum class Kind
    {
        NeedMore,
        Continue, // send "+ " and go on: a synchronising literal was accepted
        Command,  // `command` is complete, without its CRLF
        Refused,  // `command` is what was read of it (for the tag), `problem` says why
    };
    struct Outcome
    {
        Kind kind = Kind::NeedMore;
        QByteArray command;
        QByteArray problem = {};
        bool tooLarge = false; // a message larger than APPEND takes: [TOOBIG]
    };

    // Uses bytes from the front of `input`; call until NeedMore.
    Outcome next(QByteArray &input);

    qint64 mostAppendBytes = 100LL * 1024 * 1024;
    bool signedIn = false;

private:
    Outcome refuse(const QByteArray &problem, bool tooLarge = false);
    Outcome lineComplete();

    QByteArray m_command;
    qint64 m_literalLeft = 0;
    qint64 m_skipLeft = 0; // of a refused non-synchronising literal
    int m_literals = 0;
    qsizetype m_lineStart = 0; // in m_command
    bool m_skippingLine = false;
};

} // namespace imap
