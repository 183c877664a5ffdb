#include "shared/imap/base_subject.h"

#include "shared/base/bytes.h"
#include "shared/mime/encoded_word.h"

namespace imap {

namespace {

// (1) encoded words become text, white space of any length one blank
QByteArray withSingleBlanks(QByteArrayView value)
{
    const QByteArray text = mime::decodeWords(value).toUtf8();
    QByteArray result;
    result.reserve(text.size());
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
        if (!blank)
            result.append(c);
        else if (!result.endsWith(' '))
            result.append(' ');
    }
    return result;
}

bool takeBlanks(QByteArrayView &text)
{
    const bool any = text.startsWith(' ');
    while (text.startsWith(' '))
        text.slice(1);
    return any;
}

// subj-blob = "[" *BLOBCHAR "]" *WSP
bool takeBlob(QByteArrayView &text)
{
    if (!text.startsWith('['))
        return false;
    qsizetype end = 1;
    while (end < text.size() && text[end] != '[' && text[end] != ']')
        ++end;
    if (end == text.size() || text[end] != ']')
        return false;
    text.slice(end + 1);
    takeBlanks(text);
    return true;
}

// subj-refwd = ("re" / ("fw" ["d"])) *WSP [subj-blob] ":"
bool takeRefwd(QByteArrayView &text)
{
    QByteArrayView rest = text;
    if (bytes::startsWithIgnoreCase(rest, "fwd"))
        rest.slice(3);
    else if (bytes::startsWithIgnoreCase(rest, "fw") || bytes::startsWithIgnoreCase(rest, "re"))
        rest.slice(2);
    else
        return false;
    takeBlanks(rest);
    takeBlob(rest);
    if (!rest.startsWith(':'))
        return false;
    text = rest.sliced(1);
    return true;
}

// (2) subj-trailer = "(fwd)" / WSP
void dropTrailers(QByteArrayView &text, bool &reply)
{
    for (;;) {
        if (text.endsWith(' ')) {
            text.chop(1);
        } else if (bytes::endsWithIgnoreCase(text, "(fwd)")) {
            text.chop(5);
            reply = true;
        } else {
            return;
        }
    }
}

// (3) to (5): subj-leader = (*subj-blob subj-refwd) / WSP, then blobs that are followed by more
void dropLeaders(QByteArrayView &text, bool &reply)
{
    for (;;) {
        takeBlanks(text);
        QByteArrayView rest = text;
        while (takeBlob(rest)) {
        }
        if (takeRefwd(rest)) {
            text = rest;
            reply = true;
            continue;
        }
        // No leader starts at any of these blobs, so they go one after the other while something is left.
        for (QByteArrayView next = text; takeBlob(next) && !next.isEmpty();)
            text = next;
        return;
    }
}

} // namespace

BaseSubject baseSubject(QByteArrayView value)
{
    const QByteArray single = withSingleBlanks(value);
    QByteArrayView text = single;
    BaseSubject result;
    for (;;) {
        dropTrailers(text, result.reply);
        dropLeaders(text, result.reply);
        // (6) subj-fwd-hdr = "[fwd:"; subj-fwd-trl = "]"
        if (!bytes::startsWithIgnoreCase(text, "[fwd:") || !text.endsWith(']'))
            break;
        text = text.sliced(5).chopped(1);
        result.reply = true;
    }
    result.text = text.toByteArray();
    return result;
}

} // namespace imap
