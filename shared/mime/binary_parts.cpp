#include "shared/mime/binary_parts.h"

#include "shared/base/encoding.h"
#include "shared/mime/header_list.h"
#include "shared/mime/part.h"

namespace mime {

namespace {

constexpr qsizetype kLineBytes = 57; // of content in 76 characters, RFC 2045 6.8

struct Edit
{
    qsizetype start = 0;
    qsizetype end = 0;
    QByteArray text;
};

QByteArray base64Lines(QByteArrayView content)
{
    QByteArray lines;
    lines.reserve(content.size() / 3 * 4 + content.size() / kLineBytes * 2 + 4);
    for (qsizetype at = 0; at < content.size(); at += kLineBytes) {
        if (at > 0)
            lines.append("\r\n");
        lines.append(encoding::toBase64(content.sliced(at, std::min(kLineBytes, content.size() - at))));
    }
    return lines;
}

// What a part with binary content needs, in the order of the message.
void addEdits(QByteArrayView message, const Part &part, std::vector<Edit> &edits)
{
    if (part.encoding != "BINARY")
        return;
    const bool leaf = part.children.empty();
    const HeaderList header(message.sliced(part.headerStart, part.bodyStart - part.headerStart));
    if (const HeaderField *field = header.find("Content-Transfer-Encoding"))
        edits.push_back({.start = part.headerStart + field->start,
                         .end = part.headerStart + field->end,
                         .text = field->name.toByteArray() + (leaf ? ": base64\r\n" : ": 8bit\r\n")});
    if (leaf)
        edits.push_back({.start = part.bodyStart,
                         .end = part.bodyEnd,
                         .text = base64Lines(message.sliced(part.bodyStart, part.bodyEnd - part.bodyStart))});
}

} // namespace

std::optional<QByteArray> withoutBinary(QByteArrayView message)
{
    const Part root = parseMessage(message);
    std::vector<Edit> edits;
    std::vector<const Part *> open{&root};
    while (!open.empty()) {
        const Part &part = *open.back();
        open.pop_back();
        addEdits(message, part, edits);
        for (auto child = part.children.rbegin(); child != part.children.rend(); ++child)
            open.push_back(&*child);
    }
    QByteArray result;
    qsizetype at = 0;
    for (const Edit &edit : edits) {
        result.append(message.sliced(at, edit.start - at)).append(edit.text);
        at = edit.end;
    }
    result.append(message.sliced(at));
    return result.contains('\0') ? std::nullopt : std::optional(result);
}

} // namespace mime
