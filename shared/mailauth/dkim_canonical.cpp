#include "shared/mailauth/dkim_canonical.h"

#include "shared/base/bytes.h"
#include "shared/crypto/digest.h"

namespace mailauth {

namespace {

bool isBlank(char c) { return c == ' ' || c == '\t'; }

// A line of a relaxed body: runs of blanks are one space, those at the end are gone (RFC 6376 3.4.4).
void relaxLine(QByteArrayView line, QByteArray &to)
{
    while (!line.isEmpty() && isBlank(line.back()))
        line.chop(1);
    for (qsizetype at = 0; at < line.size();) {
        qsizetype end = at;
        if (isBlank(line[at])) {
            while (end < line.size() && isBlank(line[end]))
                ++end;
            to.append(' ');
        } else {
            while (end < line.size() && !isBlank(line[end]))
                ++end;
            to.append(line.sliced(at, end - at));
        }
        at = end;
    }
}

} // namespace

QByteArray canonicalField(QByteArrayView name, QByteArrayView rawValue, Canon canon)
{
    if (canon == Canon::Simple) // RFC 6376 3.4.1: nothing is changed
        return name.toByteArray() + ':' + rawValue.toByteArray();
    // RFC 6376 3.4.2: lower case, unfolded, runs of blanks are one space, none around the colon or at the end.
    QByteArray unfolded;
    unfolded.reserve(rawValue.size());
    for (const char c : rawValue) {
        if (c != '\r' && c != '\n')
            unfolded.append(c);
    }
    QByteArray result = bytes::toLower(bytes::trimmed(name)) + ':';
    relaxLine(bytes::trimmed(unfolded), result);
    return result;
}

void canonicalBody(QByteArrayView body, Canon canon, const std::function<void(QByteArrayView)> &sink)
{
    constexpr qsizetype kPiece = 32 * 1024;
    QByteArray piece;
    piece.reserve(kPiece + 1024);
    qint64 emptyLines = 0; // not written before a line that is not empty: those at the end do not count
    bool any = false;
    for (qsizetype at = 0; at < body.size();) {
        qsizetype end = at;
        while (end < body.size() && body[end] != '\r' && body[end] != '\n')
            ++end;
        const qsizetype before = piece.size();
        const QByteArrayView line = body.sliced(at, end - at);
        qsizetype pending = 0;
        while (pending < emptyLines && !line.isEmpty()) { // written again only if the line turns out to have content
            piece.append("\r\n");
            ++pending;
        }
        const qsizetype start = piece.size();
        if (canon == Canon::Relaxed)
            relaxLine(line, piece);
        else
            piece.append(line);
        if (piece.size() == start) {
            piece.truncate(before);
            ++emptyLines;
        } else {
            piece.append("\r\n");
            emptyLines = 0;
            any = true;
        }
        at = end + 1;
        if (end + 1 < body.size() && body[end] == '\r' && body[end + 1] == '\n')
            ++at;
        if (piece.size() >= kPiece) {
            sink(piece);
            piece.truncate(0);
        }
    }
    if (!any && canon == Canon::Simple)
        piece.append("\r\n"); // RFC 6376 3.4.3: an empty body is one line end, but not in 3.4.4
    if (!piece.isEmpty())
        sink(piece);
}

QByteArray bodyHash(QByteArrayView body, Canon canon, qint64 length, qint64 *total)
{
    crypto::Digest digest(crypto::Hash::Sha256);
    qint64 seen = 0;
    canonicalBody(body, canon, [&](QByteArrayView piece) {
        const qint64 wanted = length < 0 ? piece.size() : std::clamp<qint64>(length - seen, 0, piece.size());
        if (wanted > 0)
            digest.add(piece.first(wanted));
        seen += piece.size();
    });
    if (total)
        *total = seen;
    return digest.result();
}

} // namespace mailauth
