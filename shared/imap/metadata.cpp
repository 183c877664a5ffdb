#include "shared/imap/metadata.h"

#include "shared/base/bytes.h"
#include "shared/imap/response.h"
#include "shared/imap/syntax.h"

namespace imap {

namespace {

// RFC 5464 3.2: components between slashes; no "*", "%", "//" or end in "/"; no bytes outside printable ASCII.
bool isEntry(const QByteArray &entry)
{
    if (!entry.startsWith("/private/") && !entry.startsWith("/shared/"))
        return false;
    constexpr CharClass kAllowed = kVisible.without("*%") | CharClass::of(" ");
    return !entry.endsWith('/') && !entry.contains("//") &&
           std::ranges::all_of(entry, [&](char c) { return kAllowed.contains(c); });
}

QByteArray readEntry(Cursor &in)
{
    const QByteArray entry = readAString(in).toLower();
    if (entry.size() > kLongestEntry)
        in.fail(QStringLiteral("name of an annotation longer than %1 bytes").arg(kLongestEntry));
    if (!in.failed() && !isEntry(entry))
        in.fail(QStringLiteral("not the name of an annotation: %1").arg(quoted(entry)));
    return entry;
}

// value = nstring / literal8
std::optional<QByteArray> readValue(Cursor &in)
{
    if (in.takeIgnoreCase("NIL"))
        return {};
    if (in.peek() == '~')
        return readLiteral8(in);
    const QByteArray value = readString(in);
    if (value.contains('\0'))
        in.fail(QStringLiteral("NUL in a value that is not a literal8"));
    return value;
}

} // namespace

MetadataOptions readMetadataOptions(Cursor &in)
{
    MetadataOptions options;
    in.expect('(');
    bool depth = false;
    do {
        const QByteArray name = bytes::toUpper(readAtom(in, "an option"));
        in.expect(' ');
        if (name == "MAXSIZE" && !options.maxSize) {
            options.maxSize = static_cast<qint64>(in.number(0, 0xffffffffU, "a size"));
        } else if (name == "DEPTH" && !std::exchange(depth, true)) {
            if (in.takeIgnoreCase("infinity"))
                options.depth = kAnyDepth;
            else
                options.depth = static_cast<int>(in.number(0, 1, "a depth"));
        } else {
            in.fail(QStringLiteral("not an option of GETMETADATA, or given twice: %1").arg(quoted(name)));
        }
    } while (in.take(' '));
    in.expect(')');
    return options;
}

QList<QByteArray> readEntries(Cursor &in)
{
    QList<QByteArray> entries;
    if (!in.take('('))
        return {readEntry(in)};
    do {
        entries.append(readEntry(in));
        if (entries.size() > kMostEntries)
            in.fail(QStringLiteral("more than %1 entries").arg(kMostEntries));
    } while (in.take(' '));
    in.expect(')');
    return entries;
}

QList<EntryValue> readEntryValues(Cursor &in)
{
    QList<EntryValue> values;
    in.expect('(');
    do {
        EntryValue each{.entry = readEntry(in), .value = {}};
        in.expect(' ');
        each.value = readValue(in);
        values.append(std::move(each));
        if (values.size() > kMostEntries)
            in.fail(QStringLiteral("more than %1 entries").arg(kMostEntries));
    } while (in.take(' '));
    in.expect(')');
    return values;
}

void appendEntryValue(QByteArray &to, const QByteArray &entry, const std::optional<QByteArray> &value)
{
    appendAString(to, entry);
    to.append(' ');
    if (!value) {
        to.append("NIL");
    } else if (value->contains('\0')) {
        to.append('~'); // literal8
        appendLiteral(to, *value);
    } else {
        appendString(to, *value);
    }
}

bool entryMatches(const QByteArray &asked, const QByteArray &entry, int depth)
{
    if (entry == asked)
        return true;
    if (depth == 0 || !entry.startsWith(asked + '/'))
        return false;
    return depth == kAnyDepth || QByteArrayView(entry).sliced(asked.size()).count('/') <= depth;
}

} // namespace imap
