#include "shared/mime/address_list.h"

#include "shared/base/cursor.h"

namespace mime {

namespace {

constexpr CharClass kSpecials = CharClass::of("()<>[]:;@\\,\"");
constexpr CharClass kFoldedBlank = CharClass::of(" \t\r\n");

bool isWordCharacter(char c) { return !kSpecials.contains(c) && !kFoldedBlank.contains(c); }

// Blanks and comments; the text of the last comment is kept: it is the display name of old mailers ("a@b (Ann)").
void skipBlanks(Cursor &in, QByteArray *comment = nullptr)
{
    for (;;) {
        in.takeWhile(kFoldedBlank);
        if (!in.take('('))
            return;
        QByteArray text;
        for (int depth = 1; depth > 0 && !in.atEnd();) {
            if (in.take('\\')) {
                text.append(in.takeBytes(1));
                continue;
            }
            const char c = in.peek();
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            const auto taken = in.takeBytes(1);
            if (depth > 0)
                text.append(taken);
        }
        if (comment && comment->isEmpty())
            *comment = text;
    }
}

QByteArray quotedText(Cursor &in)
{
    QByteArray text;
    while (!in.atEnd() && !in.take('"')) {
        in.take('\\');
        text.append(in.takeBytes(1));
    }
    return text;
}

// A run of words: atoms and quoted strings, blanks between them as one blank.
struct Words
{
    QByteArray text;
    bool any = false;
};

Words readWords(Cursor &in, QByteArray *comment)
{
    Words words;
    bool blank = false;
    while (!in.atEnd()) {
        const qsizetype before = in.position();
        skipBlanks(in, comment);
        blank = blank || in.position() > before;
        const char c = in.peek();
        if (in.atEnd() || (kSpecials.contains(c) && c != '"'))
            break;
        if (blank && words.any)
            words.text.append(' ');
        blank = false;
        words.any = true;
        if (in.take('"')) {
            words.text.append(quotedText(in));
            continue;
        }
        while (!in.atEnd() && isWordCharacter(in.peek()))
            words.text.append(in.takeBytes(1));
    }
    return words;
}

QByteArray readDomain(Cursor &in, QByteArray *comment)
{
    QByteArray domain;
    skipBlanks(in, comment);
    if (in.take('[')) {
        domain = "[";
        while (!in.atEnd() && !in.take(']'))
            domain.append(in.takeBytes(1));
        domain.append(']');
        skipBlanks(in, comment);
        return domain;
    }
    while (!in.atEnd() && isWordCharacter(in.peek())) {
        while (!in.atEnd() && isWordCharacter(in.peek()))
            domain.append(in.takeBytes(1));
        skipBlanks(in, comment);
        if (!domain.endsWith('.') && in.peek() != '.')
            break;
    }
    return domain;
}

// angle-addr = "<" [obs-route] addr-spec ">"
void readAngle(Cursor &in, ListedAddress &address)
{
    skipBlanks(in);
    if (in.peek() == '@') {
        while (!in.atEnd() && in.take('@')) {
            address.route.append(address.route.isEmpty() ? "@" : ",@").append(readDomain(in, nullptr));
            in.take(',');
            skipBlanks(in);
        }
        in.take(':');
    }
    address.localpart = readWords(in, nullptr).text;
    if (in.take('@'))
        address.domain = readDomain(in, nullptr);
    while (!in.atEnd() && !in.take('>'))
        in.takeBytes(1);
}

} // namespace

// address-list = [mailbox / group] *("," [mailbox / group])     RFC 5322 3.4, 4.4
QList<ListedAddress> parseAddressList(QByteArrayView value)
{
    QList<ListedAddress> list;
    Cursor in{value};
    bool inGroup = false;
    while (!in.atEnd() && list.size() < kMostAddresses) {
        QByteArray comment;
        const Words words = readWords(in, &comment);
        ListedAddress address;
        if (in.take('<')) {
            address.name = words.text;
            readAngle(in, address);
            skipBlanks(in, &comment);
            list.append(address);
        } else if (in.take('@')) {
            address.localpart = words.text;
            address.domain = readDomain(in, &comment);
            skipBlanks(in, &comment);
            address.name = comment;
            list.append(address);
        } else if (in.peek() == ':' && words.any) {
            in.take(':');
            address.kind = ListedAddress::Kind::GroupStart;
            address.name = words.text;
            list.append(address);
            inGroup = true;
        } else if (in.take(';')) {
            if (words.any)
                list.append({.name = {}, .route = {}, .localpart = words.text, .domain = {}});
            if (inGroup)
                list.append(
                    {.kind = ListedAddress::Kind::GroupEnd, .name = {}, .route = {}, .localpart = {}, .domain = {}});
            inGroup = false;
        } else {
            if (words.any)
                list.append({.name = comment, .route = {}, .localpart = words.text, .domain = {}});
            if (!in.take(','))
                in.takeBytes(1); // a stray special
        }
    }
    if (inGroup)
        list.append({.kind = ListedAddress::Kind::GroupEnd, .name = {}, .route = {}, .localpart = {}, .domain = {}});
    return list;
}

} // namespace mime
