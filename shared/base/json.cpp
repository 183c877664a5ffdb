#include "shared/base/json.h"

#include "shared/base/cursor.h"

#include <cmath>

namespace json {

namespace {

constexpr qint64 kLargestExact = 9'007'199'254'740'992; // 2^53, RFC 8259 6
constexpr int kDeepest = 64;

// Qt's parser recurses up to 1,024 levels; what we are sent needs far less, so that depth is refused before it costs
// stack.
bool tooDeep(QByteArrayView text)
{
    int depth = 0;
    bool inString = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            if (++depth > kDeepest)
                return true;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

QString typeName(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Null: return QStringLiteral("null");
    case QJsonValue::Bool: return QStringLiteral("true or false");
    case QJsonValue::Double: return QStringLiteral("a number");
    case QJsonValue::String: return QStringLiteral("text");
    case QJsonValue::Array: return QStringLiteral("a list");
    case QJsonValue::Object: return QStringLiteral("an object");
    case QJsonValue::Undefined: break;
    }
    return QStringLiteral("nothing");
}

std::unexpected<Error> wrong(const QString &path, const QString &text)
{
    return failure({.kind = ErrorKind::Syntax, .text = text, .publicText = text, .code = {}, .hint = {}, .path = path});
}

// A double can't tell 2^53 from 2^53 + 1, so the whole number is looked at, too.
Result<qint64> wholeNumber(const QJsonValue &from, qint64 least, qint64 most, const QString &path)
{
    const double number = from.toDouble();
    if (!from.isDouble())
        return failure(typeError(path, "a whole number", from));
    if (std::floor(number) != number)
        return wrong(path, QStringLiteral("must be a whole number"));
    const qint64 whole = from.toInteger();
    if (number < static_cast<double>(least) || number > static_cast<double>(most) || whole < least || whole > most)
        return wrong(path, QStringLiteral("must be between %1 and %2").arg(least).arg(most));
    return whole;
}

} // namespace

Result<QJsonObject> parseObject(QByteArrayView text)
{
    if (tooDeep(text))
        return failure(ErrorKind::Syntax, QStringLiteral("JSON nested deeper than %1 levels").arg(kDeepest));
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(QByteArray::fromRawData(text.data(), text.size()), &error);
    if (error.error != QJsonParseError::NoError)
        return failure(ErrorKind::Syntax,
                       QStringLiteral("not JSON at byte %1: %2").arg(error.offset).arg(error.errorString()));
    if (!document.isObject())
        return failure(ErrorKind::Syntax, QStringLiteral("JSON must be an object"));
    return document.object();
}

QByteArray compact(const QJsonObject &object) { return QJsonDocument(object).toJson(QJsonDocument::Compact); }

Error typeError(const QString &path, const char *wanted, const QJsonValue &found)
{
    const QString text = QStringLiteral("must be %1, not %2").arg(QLatin1StringView(wanted), typeName(found));
    return {.kind = ErrorKind::Syntax, .text = text, .publicText = text, .code = {}, .hint = {}, .path = path};
}

Error nameError(const QString &path, const QStringList &wanted)
{
    return wrong(path, QStringLiteral("must be one of %1").arg(wanted.join(QStringLiteral(", ")))).error();
}

bool isText(const QJsonValue &value, const char *text)
{
    return value.isString() && value.toString() == QLatin1StringView(text);
}

void insert(QJsonObject &object, const char *name, const QJsonValue &value)
{
    object.insert(QLatin1StringView(name), value);
}

void insertSecret(QJsonObject &object, const char *name, bool set)
{
    insert(object, name, QJsonObject{{QLatin1StringView("secret"), QLatin1StringView(set ? "set" : "none")}});
}

bool FieldReader::finds(const char *name, unsigned flags)
{
    m_known << QLatin1StringView(name);
    m_value = m_object.value(m_known.last());
    if (m_value.isUndefined()) {
        if (flags & kRequired)
            took(wrong(place(), QStringLiteral("is missing")));
        return false;
    }
    const bool keepSecret = (flags & kSecret) && m_value[QLatin1StringView("secret")].isString();
    return !keepSecret && !(flags & kReadOnly);
}

QString FieldReader::place() const { return pointer(m_path, m_known.last()); }

void FieldReader::took(const Result<void> &outcome)
{
    if (m_result && !outcome)
        m_result = outcome;
}

Result<void> FieldReader::finish()
{
    for (auto entry = m_object.begin(); m_result && entry != m_object.end(); ++entry) {
        if (m_known.contains(entry.key()))
            continue;
        Error error = wrong(pointer(m_path, entry.key()), QStringLiteral("is not a known name")).error();
        error.hint = QStringLiteral("known: %1").arg(m_known.join(QStringLiteral(", ")));
        took(failure(std::move(error)));
    }
    return m_result;
}

QString pointer(const QString &path, QStringView name)
{
    QString escaped = name.toString();
    escaped.replace(QLatin1Char('~'), QStringLiteral("~0")).replace(QLatin1Char('/'), QStringLiteral("~1"));
    return path + QLatin1Char('/') + escaped;
}

Result<void> read(const QJsonValue &from, bool &to, const QString &path)
{
    if (!from.isBool())
        return failure(typeError(path, "true or false", from));
    to = from.toBool();
    return {};
}

Result<void> read(const QJsonValue &from, qint64 &to, const QString &path)
{
    return wholeNumber(from, -kLargestExact, kLargestExact, path).transform([&to](qint64 number) { to = number; });
}

Result<void> read(const QJsonValue &from, int &to, const QString &path)
{
    using Limits = std::numeric_limits<int>;
    return wholeNumber(from, Limits::min(), Limits::max(), path).transform([&to](qint64 number) {
        to = static_cast<int>(number);
    });
}

Result<void> read(const QJsonValue &from, double &to, const QString &path)
{
    if (!from.isDouble())
        return failure(typeError(path, "a number", from));
    to = from.toDouble();
    return {};
}

Result<void> read(const QJsonValue &from, QString &to, const QString &path)
{
    if (!from.isString())
        return failure(typeError(path, "text", from));
    to = from.toString();
    return {};
}

Result<void> read(const QJsonValue &from, QByteArray &to, const QString &path)
{
    if (!from.isString())
        return failure(typeError(path, "text", from));
    to = from.toString().toUtf8();
    return {};
}

Result<void> read(const QJsonValue &from, QJsonObject &to, const QString &path)
{
    if (!from.isObject())
        return failure(typeError(path, "an object", from));
    to = from.toObject();
    return {};
}

Result<void> read(const QJsonValue &from, QJsonArray &to, const QString &path)
{
    if (!from.isArray())
        return failure(typeError(path, "a list", from));
    to = from.toArray();
    return {};
}

Result<void> read(const QJsonValue &from, QJsonValue &to, const QString &)
{
    to = from;
    return {};
}

Result<void> read(const QJsonValue &from, Timestamp &to, const QString &path)
{
    if (from.isNull()) {
        to = {};
        return {};
    }
    const auto time = parseIso(from.toString().toUtf8());
    if (!from.isString() || !time)
        return failure(typeError(path, "a time like 2026-01-31T12:00:00Z", from));
    to = *time;
    return {};
}

Result<void> read(const QJsonValue &from, std::chrono::seconds &to, const QString &path)
{
    qint64 count = 0; // of seconds, if it is a number
    if (!from.isString()) {
        if (auto done = read(from, count, path); !done)
            return done;
    }
    const auto duration = parseDuration(from.isString() ? from.toString().toUtf8() : QByteArray::number(count) + 's');
    if (!duration)
        return wrong(path, QStringLiteral("is not a duration like 7m30s: %1").arg(duration.error().text));
    to = std::chrono::duration_cast<std::chrono::seconds>(*duration);
    return {};
}

} // namespace json
