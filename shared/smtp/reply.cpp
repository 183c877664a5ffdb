#include "shared/smtp/reply.h"

#include "shared/base/cursor.h"

namespace smtp {

QByteArray Reply::toBytes() const
{
    QByteArray result;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        result.append(QByteArray::number(code)).append(i + 1 < lines.size() ? '-' : ' ');
        if (!enhanced.isEmpty())
            result.append(enhanced).append(' ');
        result.append(lines.at(i)).append("\r\n");
    }
    return result;
}

namespace {

// "5.1.1 " at the start of a reply's text     RFC 3463 2
QByteArray takeEnhanced(Cursor &in, int code)
{
    const qsizetype start = in.position();
    Cursor probe{in.rest()};
    const auto kind = probe.takeWhile(kDigit, 1);
    const bool shaped = kind.size() == 1 && kind[0] - '0' == code / 100 && probe.take('.') &&
                        !probe.takeWhile(kDigit, 3).isEmpty() && probe.take('.') &&
                        !probe.takeWhile(kDigit, 3).isEmpty();
    QByteArray enhanced = probe.since(0).toByteArray();
    if (!shaped || !(probe.atEnd() || probe.take(' ')))
        return {};
    in.moveTo(start + probe.position());
    return enhanced;
}

} // namespace

// Reply-line = *( Reply-code "-" [ textstring ] CRLF ) Reply-code [ SP textstring ] CRLF     RFC 5321 4.2
Result<bool> ReplyReader::takeLine(QByteArrayView line)
{
    Cursor in{line};
    const QByteArrayView digits = in.expectWhile(kDigit, 3, 3, "reply code");
    const bool more = in.take('-');
    if (!more && !in.take(' ') && !in.atEnd())
        in.fail(QStringLiteral("no blank after the reply code"));
    if (in.failed())
        return std::unexpected(in.error());
    const int code = digits.toByteArray().toInt();
    if (code < 200 || code > 599 || (m_reply.code != 0 && m_reply.code != code))
        return failure(ErrorKind::Syntax, QStringLiteral("bad reply code in %1").arg(quoted(line)));
    m_reply.code = code;
    const QByteArray enhanced = takeEnhanced(in, code);
    if (m_reply.enhanced.isEmpty())
        m_reply.enhanced = enhanced;
    m_reply.lines.append(in.rest().toByteArray());
    if (m_reply.lines.size() > kMostLines)
        return failure(ErrorKind::Syntax, QStringLiteral("reply of more than %1 lines").arg(kMostLines));
    return !more;
}

Result<qsizetype> ReplyReader::feed(QByteArrayView bytes, std::optional<Reply> &reply)
{
    qsizetype used = 0;
    while (used < bytes.size()) {
        const qsizetype end = bytes.indexOf('\n', used);
        const qsizetype stop = end < 0 ? bytes.size() : end;
        m_line.append(bytes.sliced(used, stop - used));
        used = end < 0 ? stop : stop + 1;
        if (m_line.size() > kLongestLine)
            return failure(ErrorKind::Syntax, QStringLiteral("reply line longer than %1 bytes").arg(kLongestLine));
        if (end < 0)
            break;
        if (m_line.endsWith('\r'))
            m_line.chop(1);
        const auto last = takeLine(m_line);
        m_line.clear();
        if (!last)
            return std::unexpected(last.error());
        if (*last) {
            reply = std::exchange(m_reply, {});
            break;
        }
    }
    return used;
}

} // namespace smtp
