#include "shared/imap/structure.h"

#include "shared/base/bytes.h"
#include "shared/imap/response.h"
#include "shared/mime/address_list.h"
#include "shared/mime/continuations.h"

namespace imap {

namespace {

// address = "(" addr-name SP addr-adl SP addr-mailbox SP addr-host ")"     RFC 9051 9
void appendAddresses(QByteArray &out, QByteArrayView value)
{
    const auto list = mime::parseAddressList(value);
    if (list.isEmpty()) {
        out.append("NIL");
        return;
    }
    using Listed = mime::ListedAddress::Kind;
    out.append('(');
    for (const auto &address : list) {
        if (address.kind == Listed::GroupStart) {
            out.append("(NIL NIL ");
            appendString(out, address.name);
            out.append(" NIL)");
        } else if (address.kind == Listed::GroupEnd) {
            out.append("(NIL NIL NIL NIL)");
        } else {
            out.append('(');
            appendNString(out, address.name);
            out.append(' ');
            appendNString(out, address.route);
            out.append(' ');
            appendString(out, address.localpart);
            out.append(' ');
            appendString(out, address.domain);
            out.append(')');
        }
    }
    out.append(')');
}

void appendHeader(QByteArray &out, const mime::HeaderList &header, QByteArrayView name)
{
    out.append(' ');
    if (const auto *field = header.find(name))
        appendString(out, field->value());
    else
        out.append("NIL");
}

void appendParameters(QByteArray &out, const mime::Parameters &parameters)
{
    if (parameters.isEmpty()) {
        out.append("NIL");
        return;
    }
    char separator = '(';
    for (const auto &[name, value] : mime::joinContinuations(parameters)) { // RFC 2231 6
        out.append(separator);
        appendString(out, name);
        out.append(' ');
        appendString(out, value);
        separator = ' ';
    }
    out.append(')');
}

// body-fld-dsp, body-fld-lang, body-fld-loc
void appendExtension(QByteArray &out, const mime::Part &part)
{
    out.append(' ');
    if (part.disposition.kind.isEmpty()) {
        out.append("NIL ");
    } else {
        out.append('(');
        appendString(out, part.disposition.kind);
        out.append(' ');
        appendParameters(out, part.disposition.parameters);
        out.append(") ");
    }
    appendNString(out, part.language);
    out.append(' ');
    appendNString(out, part.location);
}

// body-type-basic, body-type-text, and the beginning of body-type-msg
void openLeaf(QByteArray &out, const mime::Part &part)
{
    out.append('(');
    appendString(out, part.contentType.type);
    out.append(' ');
    appendString(out, part.contentType.subtype);
    out.append(' ');
    appendParameters(out, part.contentType.parameters);
    out.append(' ');
    appendNString(out, part.id);
    out.append(' ');
    appendNString(out, part.description);
    out.append(' ');
    appendString(out, part.encoding);
    out.append(' ');
    bytes::appendNumber(out, static_cast<quint64>(part.bodyEnd - part.bodyStart));
}

void appendLines(QByteArray &out, const mime::Part &part)
{
    out.append(' ');
    bytes::appendNumber(out, static_cast<quint64>(part.lines));
}

void closeLeaf(QByteArray &out, const mime::Part &part, bool extended)
{
    if (extended) {
        out.append(' ');
        appendNString(out, part.md5);
        appendExtension(out, part);
    }
    out.append(')');
}

void closeMultipart(QByteArray &out, const mime::Part &part, bool extended)
{
    out.append(' ');
    appendString(out, part.contentType.subtype);
    if (extended) {
        out.append(' ');
        appendParameters(out, part.contentType.parameters);
        appendExtension(out, part);
    }
    out.append(')');
}

struct Frame
{
    const mime::Part *part;
    size_t next = 0; // child
};

// Writes the beginning of a part; true if it has children to come.
bool openPart(QByteArray &out, QByteArrayView message, const mime::Part &part)
{
    if (part.isMultipart()) {
        out.append('(');
        return true;
    }
    openLeaf(out, part);
    if (!part.isMessage())
        return false;
    out.append(' ')
        .append(envelope(mime::HeaderList(message.sliced(part.bodyStart, part.bodyEnd - part.bodyStart))))
        .append(' ');
    return true;
}

} // namespace

// envelope = "(" date SP subject SP from SP sender SP reply-to SP to SP cc SP bcc SP in-reply-to SP message-id ")"
QByteArray envelope(const mime::HeaderList &header)
{
    QByteArray out = "(";
    const auto *date = header.find("Date");
    if (date)
        appendString(out, date->value());
    else
        out.append("NIL");
    appendHeader(out, header, "Subject");
    const QByteArray from = header.value("From");
    for (const char *name : {"From", "Sender", "Reply-To"}) {
        out.append(' ');
        const QByteArray own = header.value(name);
        appendAddresses(out,
                        mime::parseAddressList(own).isEmpty() ? from : own); // RFC 9051 7.5.2: they default to From
    }
    for (const char *name : {"To", "Cc", "Bcc"}) {
        out.append(' ');
        appendAddresses(out, header.value(name));
    }
    appendHeader(out, header, "In-Reply-To");
    appendHeader(out, header, "Message-ID");
    return out.append(')');
}

QByteArray bodyStructure(QByteArrayView message, const mime::Part &root, bool extended)
{
    QByteArray out;
    std::vector<Frame> stack;
    if (!openPart(out, message, root)) {
        if (root.contentType.type == "text")
            appendLines(out, root);
        closeLeaf(out, root, extended);
        return out;
    }
    stack.push_back({.part = &root});
    while (!stack.empty()) {
        Frame &frame = stack.back();
        if (frame.next < frame.part->children.size()) {
            const mime::Part &child = frame.part->children[frame.next++];
            if (openPart(out, message, child)) {
                stack.push_back({.part = &child});
                continue;
            }
            if (child.contentType.type == "text")
                appendLines(out, child);
            closeLeaf(out, child, extended);
            continue;
        }
        const mime::Part &part = *frame.part;
        stack.pop_back();
        if (part.isMultipart()) {
            closeMultipart(out, part, extended);
        } else {
            appendLines(out, part); // body-type-msg: … envelope body lines
            closeLeaf(out, part, extended);
        }
    }
    return out;
}

} // namespace imap
