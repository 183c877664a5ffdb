#include "shared/mime/content_type.h"

#include "shared/base/bytes.h"
#include "shared/base/cursor.h"

namespace mime {

namespace {

constexpr CharClass kToken = (kVisible | kNonAscii).without("()<>@,;:\\\"/[]?="); // RFC 2045 5.1
constexpr CharClass kLooseValue = (kVisible | kNonAscii).without(";\"");
constexpr CharClass kBlank = CharClass::of(" \t");
constexpr qsizetype kMostParameters = 100;

QByteArray quotedString(Cursor &in)
{
    QByteArray text;
    while (!in.atEnd() && !in.take('"')) {
        in.take('\\');
        text.append(in.takeBytes(1));
    }
    return text;
}

Parameters readParameters(Cursor &in)
{
    Parameters parameters;
    while (parameters.size() < kMostParameters) {
        in.takeWhile((kVisible | kNonAscii | kBlank).without(";"));
        if (!in.take(';'))
            break;
        in.takeWhile(kBlank);
        const QByteArray name = bytes::toLower(in.takeWhile(kToken));
        in.takeWhile(kBlank);
        if (name.isEmpty() || !in.take('='))
            continue;
        in.takeWhile(kBlank);
        const QByteArray value = in.take('"') ? quotedString(in) : in.takeWhile(kLooseValue).toByteArray();
        parameters.append({name, value});
    }
    return parameters;
}

} // namespace

QByteArray ContentType::parameter(QByteArrayView name) const
{
    for (const auto &[own, value] : parameters) {
        if (own == name)
            return value;
    }
    return {};
}

QByteArray withoutComments(QByteArrayView value)
{
    QByteArray result;
    int depth = 0;
    bool inQuotes = false;
    for (qsizetype i = 0; i < value.size(); ++i) {
        const char c = value[i];
        if (c == '\\' && i + 1 < value.size()) {
            if (depth == 0)
                result.append(value.sliced(i, 2));
            ++i;
            continue;
        }
        if (c == '"' && depth == 0)
            inQuotes = !inQuotes;
        if (c == '(' && !inQuotes)
            ++depth;
        else if (c == ')' && !inQuotes && depth > 0)
            --depth;
        else if (depth == 0)
            result.append(c);
    }
    return bytes::trimmed(result).toByteArray();
}

// content = "Content-Type" ":" type "/" subtype *(";" parameter)     RFC 2045 5.1
ContentType parseContentType(QByteArrayView value)
{
    const QByteArray plain = withoutComments(value);
    Cursor in{plain};
    ContentType result;
    result.type = bytes::toLower(in.takeWhile(kToken));
    in.takeWhile(kBlank);
    if (in.take('/')) {
        in.takeWhile(kBlank);
        result.subtype = bytes::toLower(in.takeWhile(kToken));
    }
    if (result.type.isEmpty() || result.subtype.isEmpty()) {
        result.type.clear();
        result.subtype.clear();
        return result;
    }
    result.parameters = readParameters(in);
    return result;
}

Disposition parseDisposition(QByteArrayView value)
{
    const QByteArray plain = withoutComments(value);
    Cursor in{plain};
    Disposition result;
    result.kind = bytes::toLower(in.takeWhile(kToken));
    if (!result.kind.isEmpty())
        result.parameters = readParameters(in);
    return result;
}

} // namespace mime
