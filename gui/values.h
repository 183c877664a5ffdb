// api structs as values QML can read: a map of the fields, times as local QDateTime (invalid = never), enums by name.
// Derived from fields(), so that a field added to shared/api reaches the window without a line here. Pure; any thread.
#pragma once

#include "shared/base/fields.h"
#include "shared/base/time.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>
#include <QVariant>

#include <optional>

namespace gui {

inline QVariant toVariant(bool value) { return value; }
inline QVariant toVariant(int value) { return value; }
inline QVariant toVariant(qint64 value) { return value; }
inline QVariant toVariant(double value) { return value; }
inline QVariant toVariant(const QString &value) { return value; }
inline QVariant toVariant(const QStringList &value) { return value; }
inline QVariant toVariant(const QJsonObject &value) { return value.toVariantMap(); }
inline QVariant toVariant(const QJsonArray &value) { return value.toVariantList(); }
inline QVariant toVariant(const QJsonValue &value) { return value.toVariant(); }
inline QVariant toVariant(std::chrono::seconds value) { return qint64(value.count()); }
inline QVariant toVariant(Timestamp value)
{
    const qint64 at = toMilliseconds(value);
    return at == 0 ? QDateTime() : QDateTime::fromMSecsSinceEpoch(at);
}
template<NamedEnum E>
QVariant toVariant(E value)
{
    return QString::fromLatin1(nameOf(value));
}
template<Described T>
QVariant toVariant(const T &value);
template<class T>
QVariant toVariant(const QList<T> &list);
template<class T>
QVariant toVariant(const std::optional<T> &value)
{
    return value ? toVariant(*value) : QVariant();
}
template<class T>
QVariant toVariant(const QList<T> &list)
{
    QVariantList values;
    for (const T &each : list)
        values.append(toVariant(each));
    return values;
}

template<Described T>
QVariantMap toMap(const T &value)
{
    QVariantMap map;
    forEachField<T>([&](const auto &each) { map.insert(QLatin1StringView(each.name), toVariant(value.*each.member)); });
    return map;
}
template<Described T>
QVariant toVariant(const T &value)
{
    return toMap(value);
}

// In the order of fields().
template<Described T>
QVariantList toRow(const T &value)
{
    QVariantList row;
    forEachField<T>([&](const auto &each) { row.append(toVariant(value.*each.member)); });
    return row;
}

template<Described T>
QStringList fieldNames()
{
    QStringList names;
    forEachField<T>([&names](const auto &each) { names << QLatin1StringView(each.name); });
    return names;
}

} // namespace gui
