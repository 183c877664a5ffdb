#include "shared/mailauth/mta_sts.h"

#include "shared/base/bytes.h"
#include "shared/base/cursor.h"

namespace mailauth {

namespace {

constexpr qsizetype kMostPatterns = 500;
constexpr CharClass kAlphanum = kAlpha | kDigit;
constexpr CharClass kKey = kAlphanum | CharClass::of("_-.");
constexpr CharClass kPatternChar = kAlphanum | CharClass::of("-.");
constexpr qsizetype kLongestId = 32; // RFC 8461 3.1
constexpr qsizetype kLongestKey = 64;
constexpr quint64 kLargestMaxAge = 9'999'999'999; // ten digits, RFC 8461 3.2; kLongestStsAge is what counts

struct ModeRow
{
    StsMode mode;
    const char *name;
};
constexpr std::array kModes = {ModeRow{StsMode::None, "none"}, ModeRow{StsMode::Testing, "testing"},
                               ModeRow{StsMode::Enforce, "enforce"}};

std::unexpected<Error> badPolicy(const QString &what) { return failure(ErrorKind::Syntax, what); }

bool isPattern(const QByteArray &mx)
{
    const QByteArrayView host = mx.startsWith("*.") ? QByteArrayView(mx).sliced(2) : QByteArrayView(mx);
    return !host.isEmpty() && !host.startsWith('.') && !host.endsWith('.') &&
           std::ranges::all_of(host, [](char c) { return kPatternChar.contains(c); });
}

// What fields came first; later ones with the same name do not count (RFC 8461 3.2).
struct Fields
{
    std::optional<QByteArray> version;
    std::optional<QByteArray> mode;
    std::optional<QByteArray> maxAge;
    QList<QByteArray> mx;
};

Result<void> takeLine(QByteArrayView line, Fields &fields)
{
    Cursor in(line);
    const QByteArray key = in.expectWhile(kKey, 1, kLongestKey, "name").toByteArray();
    in.expect(':');
    if (in.failed())
        return std::unexpected(in.error());
    const QByteArray value = in.rest().toByteArray().trimmed();
    const auto first = [&value](std::optional<QByteArray> &field) {
        if (!field)
            field = value;
    };
    if (key == "version")
        first(fields.version);
    else if (key == "mode")
        first(fields.mode);
    else if (key == "max_age")
        first(fields.maxAge);
    else if (key == "mx" && fields.mx.size() >= kMostPatterns)
        return badPolicy(QStringLiteral("more than %1 mx lines").arg(kMostPatterns));
    else if (key == "mx")
        fields.mx.append(bytes::toLower(value));
    return {};
}

} // namespace

const char *nameOf(StsMode mode) { return std::ranges::find(kModes, mode, &ModeRow::mode)->name; }

// sts-text-record = sts-version 1*(sts-field-delim sts-field) [sts-field-delim]     RFC 8461 3.1
std::optional<QByteArray> stsRecordId(const QList<QByteArray> &texts)
{
    std::optional<QByteArray> id;
    int records = 0;
    for (const QByteArray &text : texts) {
        const QList<QByteArray> parts = text.split(';');
        if (parts.first().trimmed() != "v=STSv1" || parts.size() < 2)
            continue;
        ++records;
        for (const QByteArray &part : parts.mid(1)) {
            const QByteArray field = part.trimmed();
            const QByteArray value = field.mid(3);
            if (!id && field.startsWith("id=") && !value.isEmpty() && value.size() <= kLongestId &&
                std::ranges::all_of(value, [](char c) { return kAlphanum.contains(c); }))
                id = value;
        }
    }
    return records == 1 ? id : std::nullopt;
}

Result<StsPolicy> parseStsPolicy(QByteArrayView text)
{
    if (text.size() > kLargestStsPolicy)
        return badPolicy(QStringLiteral("the policy is larger than %1 bytes").arg(kLargestStsPolicy));
    Fields fields;
    for (const QByteArray &line : text.toByteArray().split('\n')) { // LF or CRLF
        if (line.trimmed().isEmpty())
            continue;
        if (auto done = takeLine(line.trimmed(), fields); !done)
            return std::unexpected(done.error());
    }
    if (fields.version != "STSv1")
        return badPolicy(QStringLiteral("not an STSv1 policy"));
    const auto mode = std::ranges::find_if(kModes, [&fields](const ModeRow &row) { return fields.mode == row.name; });
    if (mode == kModes.end())
        return badPolicy(QStringLiteral("the mode is unknown"));
    const auto maxAge = parseNumber(fields.maxAge.value_or(QByteArray()), 0, kLargestMaxAge);
    if (!maxAge)
        return badPolicy(QStringLiteral("max_age is not a number of seconds"));
    if (fields.mx.isEmpty() && mode->mode != StsMode::None)
        return badPolicy(QStringLiteral("no mx is named"));
    if (!std::ranges::all_of(fields.mx, isPattern))
        return badPolicy(QStringLiteral("an mx is not a host name"));
    return StsPolicy{.mode = mode->mode,
                     .maxAge = std::min(std::chrono::seconds(static_cast<qint64>(*maxAge)), kLongestStsAge),
                     .mx = fields.mx};
}

bool allows(const StsPolicy &policy, const QByteArray &host)
{
    const QByteArray name = bytes::toLower(host);
    return std::ranges::any_of(policy.mx, [&name](const QByteArray &pattern) {
        if (!pattern.startsWith("*."))
            return pattern == name;
        const qsizetype dot = name.indexOf('.'); // the star is exactly one label
        return dot > 0 && name.sliced(dot) == pattern.sliced(1);
    });
}

} // namespace mailauth
