#include "shared/mime/header_list.h"

#include "shared/base/bytes.h"
#include "shared/base/char_class.h"

namespace mime {

namespace {

constexpr CharClass kFieldName = kVisible.without(":"); // RFC 5322 3.6.8 ftext

// The length of a field name at the start of the line; 0 if this is none.
qsizetype nameLength(QByteArrayView line)
{
    qsizetype length = 0;
    while (length < line.size() && kFieldName.contains(line[length]))
        ++length;
    qsizetype colon = length;
    while (colon < line.size() && (line[colon] == ' ' || line[colon] == '\t'))
        ++colon; // obs-optional: blanks before the colon, RFC 5322 4.5
    return length > 0 && colon < line.size() && line[colon] == ':' ? length : 0;
}

} // namespace

QByteArray HeaderField::value() const
{
    QByteArray result;
    result.reserve(rawValue.size());
    for (const char c : rawValue) {
        if (c != '\r' && c != '\n')
            result.append(c);
    }
    return bytes::trimmed(result).toByteArray();
}

HeaderList::HeaderList(QByteArrayView section)
{
    qsizetype at = 0;
    qsizetype lines = 0;
    bool full = false;
    while (at < section.size()) {
        const qsizetype lineFeed = section.indexOf('\n', at);
        const qsizetype end = lineFeed < 0 ? section.size() : lineFeed + 1;
        QByteArrayView line = section.sliced(at, end - at);
        while (!line.isEmpty() && (line.back() == '\n' || line.back() == '\r'))
            line.chop(1);
        if (line.isEmpty()) {
            at = end;
            break;
        }
        full = full || end > kLargestHeader || ++lines > kMostHeaderLines;
        const bool continued = line[0] == ' ' || line[0] == '\t';
        if (continued && !m_fields.isEmpty() && !full) {
            HeaderField &field = m_fields.last();
            if (field.end == at && end - field.start <= kLargestField) {
                const qsizetype valueStart = field.rawValue.data() - section.data();
                field.rawValue = section.sliced(valueStart, at + line.size() - valueStart);
                field.end = end;
            }
        } else if (const qsizetype length = nameLength(line); length > 0 && !full) {
            const qsizetype colon = line.indexOf(':', length);
            const QByteArrayView value = line.sliced(colon + 1);
            m_fields.append({.name = line.first(length),
                             .rawValue = value.first(std::min(value.size(), kLargestField)),
                             .start = at,
                             .end = end});
        }
        at = end;
    }
    m_size = at;
}

const HeaderField *HeaderList::find(QByteArrayView name) const
{
    for (const auto &field : m_fields) {
        if (bytes::equalsIgnoreCase(field.name, name))
            return &field;
    }
    return nullptr;
}

QByteArray HeaderList::value(QByteArrayView name) const
{
    const HeaderField *field = find(name);
    return field ? field->value() : QByteArray();
}

} // namespace mime
