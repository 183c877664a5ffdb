// JSON from and to described structs (fields.h). Reading is strict: unknown names, wrong types and missing required
// fields are errors that carry the JSON pointer (RFC 6901) of the place. Numbers are exact up to 2^53 as JSON wants;
// larger ones are refused. Pure; any thread.
#pragma once

#include "shared/base/fields.h"
#include "shared/base/result.h"
#include "shared/base/time.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>

#include <optional>

namespace json {

// A document of an object, at most 64 levels deep; the error names the offset.
[[nodiscard]] Result<QJsonObject> parseObject(QByteArrayView text);
[[nodiscard]] QByteArray compact(const QJsonObject &object);

[[nodiscard]] Error typeError(const QString &path, const char *wanted, const QJsonValue &found);
[[nodiscard]] Error nameError(const QString &path, const QStringList &wanted);
[[nodiscard]] bool isText(const QJsonValue &value, const char *text);
[[nodiscard]] QString pointer(const QString &path, QStringView name);

// --- writing -------------------------------------------------------------------------------------------------------

inline QJsonValue write(bool value) { return value; }
inline QJsonValue write(int value) { return value; }
inline QJsonValue write(qint64 value) { return value; }
inline QJsonValue write(double value) { return value; }
inline QJsonValue write(const QString &value) { return value; }
inline QJsonValue write(const QByteArray &value) { return QString::fromUtf8(value); }
inline QJsonValue write(const QJsonObject &value) { return value; }
inline QJsonValue write(const QJsonArray &value) { return value; }
inline QJsonValue write(const QJsonValue &value) { return value; }
inline QJsonValue write(Timestamp value)
{
    return toMilliseconds(value) == 0 ? QJsonValue() : QJsonValue(toIso(value));
}
inline QJsonValue write(std::chrono::seconds value) { return qint64(value.count()); }
template<NamedEnum E>
QJsonValue write(E value)
{
    return QString::fromLatin1(nameOf(value));
}
template<Described T>
QJsonValue write(const T &value);
template<class T>
QJsonValue write(const QList<T> &list);
template<class T>
QJsonValue write(const std::optional<T> &value)
{
    return value ? write(*value) : QJsonValue();
}
template<class T>
QJsonValue write(const QList<T> &list)
{
    QJsonArray array;
    for (const T &each : list)
        array.append(write(each));
    return array;
}

template<class T>
bool isSet(const T &value)
{
    if constexpr (requires { value.isEmpty(); })
        return !value.isEmpty();
    else
        return true;
}

void insert(QJsonObject &object, const char *name, const QJsonValue &value);
void insertSecret(QJsonObject &object, const char *name, bool set);

template<Described T>
QJsonObject toJson(const T &value)
{
    QJsonObject object;
    forEachField<T>([&](const auto &each) {
        const auto &member = value.*each.member;
        if (each.flags & kSecret)
            insertSecret(object, each.name, isSet(member));
        else
            insert(object, each.name, write(member));
    });
    return object;
}
template<Described T>
QJsonValue write(const T &value)
{
    return toJson(value);
}

// As toJson, with secrets as they are: for our own client's calls, never for logs or exports.
template<Described T>
QJsonObject toJsonWithSecrets(const T &value)
{
    QJsonObject object;
    forEachField<T>([&](const auto &each) { insert(object, each.name, write(value.*each.member)); });
    return object;
}

// --- reading -------------------------------------------------------------------------------------------------------

Result<void> read(const QJsonValue &from, bool &to, const QString &path);
Result<void> read(const QJsonValue &from, int &to, const QString &path);
Result<void> read(const QJsonValue &from, qint64 &to, const QString &path);
Result<void> read(const QJsonValue &from, double &to, const QString &path);
Result<void> read(const QJsonValue &from, QString &to, const QString &path);
Result<void> read(const QJsonValue &from, QByteArray &to, const QString &path);
Result<void> read(const QJsonValue &from, QJsonObject &to, const QString &path);
Result<void> read(const QJsonValue &from, QJsonArray &to, const QString &path);
Result<void> read(const QJsonValue &from, QJsonValue &to, const QString &path);
Result<void> read(const QJsonValue &from, Timestamp &to, const QString &path);
Result<void> read(const QJsonValue &from, std::chrono::seconds &to, const QString &path); // a number or "7m30s"
template<Described T>
Result<void> read(const QJsonValue &from, T &to, const QString &path);

template<NamedEnum E>
Result<void> read(const QJsonValue &from, E &to, const QString &path)
{
    QStringList names;
    for (const auto &entry : enumNames(E{})) {
        if (isText(from, entry.name)) {
            to = entry.value;
            return {};
        }
        names << QLatin1StringView(entry.name);
    }
    return failure(nameError(path, names));
}

template<class T>
Result<void> read(const QJsonValue &from, QList<T> &to, const QString &path);
template<class T>
Result<void> read(const QJsonValue &from, std::optional<T> &to, const QString &path)
{
    if (from.isNull()) {
        to.reset();
        return {};
    }
    return read(from, to.emplace(), path);
}

template<class T>
Result<void> read(const QJsonValue &from, QList<T> &to, const QString &path)
{
    if (!from.isArray())
        return failure(typeError(path, "a list", from));
    to.clear();
    const QJsonArray array = from.toArray();
    for (qsizetype i = 0; i < array.size(); ++i) {
        T each{};
        if (auto done = read(array.at(i), each, pointer(path, QString::number(i))); !done)
            return done;
        to.append(std::move(each));
    }
    return {};
}

// Goes through an object field by field. Not a template, as there are hundreds of structs and each instance costs.
class FieldReader
{
public:
    FieldReader(const QJsonObject &object, const QString &path)
        : m_object(object)
        , m_path(path)
    {}
    // Whether there is something to read: value(), to be found at place().
    [[nodiscard]] bool finds(const char *name, unsigned flags);
    [[nodiscard]] const QJsonValue &value() const { return m_value; }
    [[nodiscard]] QString place() const;
    void took(const Result<void> &outcome); // of reading the value; the first error counts
    [[nodiscard]] Result<void> finish();    // an error, too, if the object has names that no field has

private:
    const QJsonObject &m_object;
    const QString &m_path;
    QStringList m_known;
    QJsonValue m_value;
    Result<void> m_result;
};

// Keeps the members of `to` that the object does not name.
template<Described T>
Result<void> fromJson(const QJsonObject &object, T &to, const QString &path = {})
{
    FieldReader reader(object, path);
    forEachField<T>([&](const auto &each) {
        if (reader.finds(each.name, each.flags))
            reader.took(read(reader.value(), to.*each.member, reader.place()));
    });
    return reader.finish();
}

template<Described T>
Result<void> read(const QJsonValue &from, T &to, const QString &path)
{
    if (!from.isObject())
        return failure(typeError(path, "an object", from));
    return fromJson(from.toObject(), to, path);
}

template<Described T>
Result<T> fromJson(const QJsonObject &object)
{
    T value{};
    if (auto done = fromJson(object, value); !done)
        return std::unexpected(done.error());
    return value;
}

} // namespace json
