#include "shared/imap/fetch.h"

#include "shared/base/bytes.h"
#include "shared/imap/response.h"
#include "shared/imap/syntax.h"
#include "shared/mime/charset.h"
#include "shared/mime/header_list.h"

namespace imap {

namespace {

using Kind = FetchItem::Kind;
using What = FetchItem::What;

constexpr qsizetype kDeepestSection = 2 * mime::kDeepestPart; // numbers in a part number
constexpr quint64 kLargestNumber = 100'000;                   // in a part number: more than a message has parts

struct Simple
{
    const char *name;
    FetchItem item;
};

// Longer names before their beginnings.
const QList<Simple> &simpleItems()
{
    static const QList<Simple> items = {
        {"BODYSTRUCTURE", {.kind = Kind::BodyStructure, .path = {}, .fields = {}, .label = "BODYSTRUCTURE"}},
        {"ENVELOPE", {.kind = Kind::Envelope, .path = {}, .fields = {}, .label = "ENVELOPE"}},
        {"FLAGS", {.kind = Kind::Flags, .path = {}, .fields = {}, .label = "FLAGS"}},
        {"INTERNALDATE", {.kind = Kind::InternalDate, .path = {}, .fields = {}, .label = "INTERNALDATE"}},
        {"RFC822.SIZE", {.kind = Kind::Size, .path = {}, .fields = {}, .label = "RFC822.SIZE"}},
        {"RFC822.HEADER",
         {.kind = Kind::Section, .path = {}, .what = What::Header, .fields = {}, .label = "RFC822.HEADER"}},
        {"RFC822.TEXT",
         {.kind = Kind::Section, .peek = false, .path = {}, .what = What::Text, .fields = {}, .label = "RFC822.TEXT"}},
        {"RFC822", {.kind = Kind::Section, .peek = false, .path = {}, .fields = {}, .label = "RFC822"}},
        {"EMAILID", {.kind = Kind::EmailId, .path = {}, .fields = {}, .label = "EMAILID"}},
        {"THREADID", {.kind = Kind::ThreadId, .path = {}, .fields = {}, .label = "THREADID"}},
        {"SAVEDATE", {.kind = Kind::SaveDate, .path = {}, .fields = {}, .label = "SAVEDATE"}},
        {"MODSEQ", {.kind = Kind::ModSeq, .path = {}, .fields = {}, .label = "MODSEQ"}},
        {"UID", {.kind = Kind::Uid, .path = {}, .fields = {}, .label = "UID"}},
    };
    return items;
}

// header-list = "(" header-fld-name *(SP header-fld-name) ")"
void readFieldNames(Cursor &in, FetchItem &item)
{
    in.expect(' ');
    in.expect('(');
    item.label.append(" (");
    do {
        item.fields.append(readAString(in));
        if (item.fields.size() > 1)
            item.label.append(' ');
        appendAString(item.label, item.fields.last());
        if (item.fields.size() > kMostFetchFields)
            in.fail(QStringLiteral("more than %1 header fields").arg(kMostFetchFields));
    } while (in.take(' '));
    in.expect(')');
    item.label.append(')');
}

// section-spec = section-msgtext / (section-part ["." section-text])
void readSectionText(Cursor &in, FetchItem &item)
{
    if (in.takeIgnoreCase("HEADER.FIELDS.NOT")) {
        item.what = What::HeaderFieldsNot;
        item.label.append("HEADER.FIELDS.NOT");
        readFieldNames(in, item);
    } else if (in.takeIgnoreCase("HEADER.FIELDS")) {
        item.what = What::HeaderFields;
        item.label.append("HEADER.FIELDS");
        readFieldNames(in, item);
    } else if (in.takeIgnoreCase("HEADER")) {
        item.what = What::Header;
        item.label.append("HEADER");
    } else if (in.takeIgnoreCase("TEXT")) {
        item.what = What::Text;
        item.label.append("TEXT");
    } else if (!item.path.isEmpty() && in.takeIgnoreCase("MIME")) {
        item.what = What::Mime;
        item.label.append("MIME");
    } else {
        in.fail(QStringLiteral("not a section: %1").arg(quoted(in.rest())));
    }
}

FetchItem readSection(Cursor &in, bool peek)
{
    FetchItem item{.kind = Kind::Section, .peek = peek, .path = {}, .fields = {}, .label = "BODY["};
    while (kDigit.contains(in.peek())) {
        item.path.append(static_cast<quint32>(in.number(1, kLargestNumber, "part number")));
        bytes::appendNumber(item.label, item.path.last());
        if (item.path.size() > kDeepestSection)
            in.fail(QStringLiteral("part number deeper than %1").arg(kDeepestSection));
        if (!in.take('.'))
            break;
        item.label.append('.');
        if (!kDigit.contains(in.peek())) {
            readSectionText(in, item);
            break;
        }
    }
    if (item.path.isEmpty() && in.peek() != ']')
        readSectionText(in, item);
    in.expect(']');
    item.label.append(']');
    if (in.take('<')) {
        const auto offset = static_cast<quint32>(in.number(0, 0xffffffffU, "offset"));
        in.expect('.');
        item.partial = {offset, static_cast<quint32>(in.number(1, 0xffffffffU, "length"))};
        in.expect('>');
        item.label.append('<').append(QByteArray::number(offset)).append('>');
    }
    return item;
}

// section-binary = "[" [section-part] "]", partial     RFC 9051 9
FetchItem readBinary(Cursor &in, bool peek, Kind kind)
{
    FetchItem item = readSection(in, peek);
    if (item.what != What::All || (kind == Kind::BinarySize && item.partial))
        in.fail(QStringLiteral("BINARY takes a part number only"));
    item.kind = kind;
    item.label.replace(0, 4, kind == Kind::Binary ? "BINARY" : "BINARY.SIZE");
    return item;
}

FetchItem readItem(Cursor &in)
{
    if (in.takeIgnoreCase("BINARY.PEEK["))
        return readBinary(in, true, Kind::Binary);
    if (in.takeIgnoreCase("BINARY.SIZE["))
        return readBinary(in, true, Kind::BinarySize);
    if (in.takeIgnoreCase("BINARY["))
        return readBinary(in, false, Kind::Binary);
    if (in.takeIgnoreCase("BODY.PEEK["))
        return readSection(in, true);
    if (in.takeIgnoreCase("BODY["))
        return readSection(in, false);
    for (const Simple &simple : simpleItems()) {
        if (in.takeIgnoreCase(simple.name))
            return simple.item;
    }
    if (in.takeIgnoreCase("PREVIEW")) // "PREVIEW" [SP "(" "LAZY" ")"], RFC 8970 6
        return {
            .kind = Kind::Preview, .path = {}, .fields = {}, .lazy = in.takeIgnoreCase(" (LAZY)"), .label = "PREVIEW"};
    if (in.takeIgnoreCase("BODY"))
        return {.kind = Kind::Body, .path = {}, .fields = {}, .label = "BODY"};
    in.fail(QStringLiteral("not a fetch item: %1").arg(quoted(in.rest())));
    return {};
}

QList<FetchItem> macro(const QList<Kind> &kinds)
{
    QList<FetchItem> items;
    for (const Kind kind : kinds) {
        for (const Simple &simple : simpleItems()) {
            if (simple.item.kind == kind && kind != Kind::Section)
                items.append(simple.item);
        }
        if (kind == Kind::Body)
            items.append({.kind = Kind::Body, .path = {}, .fields = {}, .label = "BODY"});
    }
    return items;
}

QByteArray selectFields(QByteArrayView headerBytes, const FetchItem &item)
{
    const mime::HeaderList header(headerBytes);
    QByteArray result;
    for (const auto &field : header.fields()) {
        const bool listed = std::ranges::any_of(
            item.fields, [&field](const QByteArray &name) { return bytes::equalsIgnoreCase(name, field.name); });
        if (listed == (item.what == What::HeaderFields))
            result.append(headerBytes.sliced(field.start, field.end - field.start));
    }
    return result.append("\r\n");
}

// Follows part numbers; null if there is no such part.
const mime::Part *partAt(const mime::Part &root, const QList<quint32> &path)
{
    const mime::Part *part = &root;
    bool inMessage = true; // part is a message itself, not a part of a multipart
    for (const quint32 number : path) {
        const mime::Part *container = part;
        if (!inMessage && part->isMessage())
            container = &part->children[0]; // numbers count inside the embedded message, RFC 9051 6.4.5.1
        if (container->isMultipart()) {
            if (number > container->children.size())
                return nullptr;
            part = &container->children[number - 1];
        } else {
            if (number != 1)
                return nullptr;
            if (!inMessage && !part->isMessage())
                return nullptr;
            part = container; // a single part is number 1 of its message
        }
        inMessage = false;
    }
    return part;
}

} // namespace

// fetch = "FETCH" SP sequence-set SP ("ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att *(SP fetch-att) ")")
QList<FetchItem> readFetchItems(Cursor &in)
{
    if (in.takeIgnoreCase("ALL"))
        return macro({Kind::Flags, Kind::InternalDate, Kind::Size, Kind::Envelope});
    if (in.takeIgnoreCase("FULL"))
        return macro({Kind::Flags, Kind::InternalDate, Kind::Size, Kind::Envelope, Kind::Body});
    if (in.takeIgnoreCase("FAST"))
        return macro({Kind::Flags, Kind::InternalDate, Kind::Size});
    return in.take('(') ? readFetchList(in) : QList<FetchItem>{readItem(in)};
}

QList<FetchItem> readFetchList(Cursor &in)
{
    QList<FetchItem> items;
    do {
        items.append(readItem(in));
        if (items.size() > kMostFetchItems)
            in.fail(QStringLiteral("more than %1 fetch items").arg(kMostFetchItems));
    } while (in.take(' '));
    in.expect(')');
    return items;
}

std::optional<QByteArray> section(QByteArrayView message, const mime::Part &root, const FetchItem &item)
{
    const mime::Part *part = partAt(root, item.path);
    if (!part)
        return {};
    const auto cut = [&message](qsizetype from, qsizetype to) { return message.sliced(from, to - from).toByteArray(); };
    QByteArray bytes;
    if (item.path.isEmpty()) {
        switch (item.what) {
        case What::All: bytes = message.toByteArray(); break;
        case What::Header: bytes = cut(0, root.bodyStart); break;
        case What::Text: bytes = cut(root.bodyStart, root.bodyEnd); break;
        case What::HeaderFields:
        case What::HeaderFieldsNot: bytes = selectFields(message.first(root.bodyStart), item); break;
        case What::Mime: return {};
        }
    } else if (item.what == What::All) {
        bytes = cut(part->bodyStart, part->bodyEnd);
    } else if (item.what == What::Mime) {
        bytes = cut(part->headerStart, part->bodyStart);
    } else {
        if (!part->isMessage())
            return {}; // HEADER and TEXT of a part are those of the message inside
        const mime::Part &inner = part->children[0];
        if (item.what == What::Header)
            bytes = cut(inner.headerStart, inner.bodyStart);
        else if (item.what == What::Text)
            bytes = cut(inner.bodyStart, inner.bodyEnd);
        else
            bytes = selectFields(message.sliced(inner.headerStart, inner.bodyStart - inner.headerStart), item);
    }
    if (item.partial)
        bytes = bytes.mid(item.partial->first, item.partial->second);
    return bytes;
}

Decoded binarySection(QByteArrayView message, const mime::Part &root, const FetchItem &item)
{
    const mime::Part *part = partAt(root, item.path);
    if (!part)
        return {};
    Decoded result{.outcome = Decoding::Done, .bytes = {}};
    if (item.path.isEmpty()) {
        result.bytes = message.toByteArray(); // the whole message has no transfer encoding of its own
    } else {
        const QByteArrayView body = message.sliced(part->bodyStart, part->bodyEnd - part->bodyStart);
        auto decoded = mime::decodeTransfer(body, part->isMultipart() ? QByteArrayView() : part->encoding);
        if (!decoded)
            return {.outcome = Decoding::UnknownEncoding, .bytes = {}};
        result.bytes = std::move(*decoded);
    }
    if (item.partial)
        result.bytes = result.bytes.mid(item.partial->first, item.partial->second);
    return result;
}

} // namespace imap
