#include "shared/imap/command_reader.h"

#include "shared/base/bytes.h"
#include "shared/base/cursor.h"

namespace imap {

namespace {

constexpr quint64 kLargestSize = 1ULL << 40; // of a literal, as far as it is read
constexpr qsizetype kKept = 200;             // bytes of a refused command, for its tag

struct Literal
{
    qint64 size = -1; // -1 = the line does not end with one
    bool synchronising = true;
};

// literal = "{" number64 ["+"] "}" CRLF     RFC 9051 9, RFC 7888 8
Literal literalAtEnd(QByteArrayView line)
{
    if (!line.endsWith('}'))
        return {};
    const qsizetype open = line.lastIndexOf('{');
    if (open < 0)
        return {};
    Cursor in{line.sliced(open + 1).chopped(1)};
    const quint64 size = in.number(0, kLargestSize);
    const bool plus = in.take('+');
    const auto whole = in.finish(size);
    return whole ? Literal{.size = static_cast<qint64>(*whole), .synchronising = !plus} : Literal{};
}

QByteArray over(const char *what, qint64 limit)
{
    return QByteArray(what) + " larger than " + QByteArray::number(limit) + " bytes";
}

// Commands that carry messages.
bool isAppend(QByteArrayView command)
{
    const qsizetype blank = command.indexOf(' ');
    if (blank <= 0)
        return false;
    const QByteArrayView rest = command.sliced(blank + 1);
    return bytes::startsWithIgnoreCase(rest, "APPEND ") || bytes::startsWithIgnoreCase(rest, "REPLACE ") ||
           bytes::startsWithIgnoreCase(rest, "UID REPLACE ");
}

} // namespace

CommandReader::Outcome CommandReader::refuse(const QByteArray &problem, bool tooLarge)
{
    Outcome outcome{
        .kind = Kind::Refused, .command = std::exchange(m_command, {}), .problem = problem, .tooLarge = tooLarge};
    outcome.command.truncate(kKept);
    m_literals = 0;
    m_lineStart = 0;
    return outcome;
}

CommandReader::Outcome CommandReader::lineComplete()
{
    const Literal literal = literalAtEnd(QByteArrayView(m_command).sliced(m_lineStart));
    if (literal.size < 0) {
        m_literals = 0;
        m_lineStart = 0;
        return {.kind = Kind::Command, .command = std::exchange(m_command, {})};
    }
    const bool append = isAppend(m_command);
    const qint64 largest = append ? mostAppendBytes : kLargestLiteral;
    const qint64 room = kLargestCommand + (append ? mostAppendBytes : 0);
    QByteArray problem;
    if (++m_literals > kMostLiterals)
        problem = "more than " + QByteArray::number(kMostLiterals) + " literals";
    else if (!literal.synchronising && !signedIn && literal.size > kLargestMinusLiteral)
        problem = over("non-synchronising literal before sign-in", kLargestMinusLiteral);
    else if (literal.size > largest)
        problem = over(append ? "message" : "literal", largest);
    else if (m_command.size() + literal.size > room)
        problem = over("command", room);
    if (!problem.isEmpty()) {
        // A synchronising literal is simply not asked for; the other kind is on its way and is skipped with the rest of
        // its line.
        m_skipLeft = literal.synchronising ? 0 : literal.size;
        m_skippingLine = !literal.synchronising;
        return refuse(problem, append);
    }
    m_command.append("\r\n");
    m_literalLeft = literal.size;
    m_lineStart = m_command.size() + literal.size;
    return {.kind = literal.synchronising ? Kind::Continue : Kind::NeedMore, .command = {}};
}

CommandReader::Outcome CommandReader::next(QByteArray &input)
{
    while (!input.isEmpty()) {
        if (m_skipLeft > 0) {
            const qsizetype used = std::min<qsizetype>(m_skipLeft, input.size());
            input.remove(0, used);
            m_skipLeft -= used;
            continue;
        }
        if (m_literalLeft > 0) {
            const qsizetype used = std::min<qsizetype>(m_literalLeft, input.size());
            m_command.append(QByteArrayView(input).first(used));
            input.remove(0, used);
            m_literalLeft -= used;
            continue;
        }
        const qsizetype end = input.indexOf('\n');
        const qsizetype stop = end < 0 ? input.size() : end;
        if (m_skippingLine) {
            input.remove(0, end < 0 ? stop : stop + 1);
            m_skippingLine = end < 0;
            continue;
        }
        m_command.append(QByteArrayView(input).first(stop));
        input.remove(0, end < 0 ? stop : stop + 1);
        if (m_command.size() - m_lineStart > kLongestLine + (m_command.endsWith('\r') ? 1 : 0)) {
            m_skippingLine = end < 0;
            return refuse("line longer than " + QByteArray::number(kLongestLine) + " bytes");
        }
        if (end < 0)
            break;
        // A CR before the line's start is the last byte of a literal.
        if (m_command.size() > m_lineStart && m_command.endsWith('\r'))
            m_command.chop(1);
        if (const Outcome outcome = lineComplete(); outcome.kind != Kind::NeedMore)
            return outcome;
    }
    if (input.isEmpty())
        input = {};
    return {};
}

} // namespace imap
