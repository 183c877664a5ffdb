// JSON Schema (draft 2020-12) of described structs: published for editors and for `postroomctl settings schema`.
// Pure; any thread.
#pragma once

#include "shared/base/json.h"

namespace settings {

namespace detail {

inline QJsonObject typed(const char *type) { return {{QLatin1StringView("type"), QLatin1StringView(type)}}; }

template<class T>
struct IsList : std::false_type
{};
template<class T>
struct IsList<QList<T>> : std::true_type
{
    using Element = T;
};
template<class T>
struct IsOptional : std::false_type
{};
template<class T>
struct IsOptional<std::optional<T>> : std::true_type
{
    using Element = T;
};

} // namespace detail

template<class T>
QJsonObject schemaOf()
{
    using detail::typed;
    if constexpr (detail::IsOptional<T>::value) {
        return schemaOf<typename detail::IsOptional<T>::Element>();
    } else if constexpr (detail::IsList<T>::value) {
        QJsonObject list = typed("array");
        list.insert(QLatin1StringView("items"), schemaOf<typename detail::IsList<T>::Element>());
        return list;
    } else if constexpr (NamedEnum<T>) {
        QJsonArray names;
        for (const auto &entry : enumNames(T{}))
            names.append(QLatin1StringView(entry.name));
        QJsonObject choice = typed("string");
        choice.insert(QLatin1StringView("enum"), names);
        return choice;
    } else if constexpr (std::is_same_v<T, bool>) {
        return typed("boolean");
    } else if constexpr (std::is_integral_v<T>) {
        return typed("integer");
    } else if constexpr (std::is_same_v<T, double>) {
        return typed("number");
    } else if constexpr (std::is_same_v<T, QString> || std::is_same_v<T, QByteArray> || std::is_same_v<T, Timestamp>) {
        return typed("string");
    } else if constexpr (std::is_same_v<T, std::chrono::seconds>) {
        return {{QLatin1StringView("type"), QJsonArray{QLatin1StringView("integer"), QLatin1StringView("string")}}};
    } else if constexpr (std::is_same_v<T, QJsonObject>) {
        return typed("object");
    } else if constexpr (std::is_same_v<T, QJsonArray>) {
        return typed("array");
    } else if constexpr (std::is_same_v<T, QJsonValue>) {
        return {};
    } else {
        static_assert(Described<T>);
        QJsonObject properties;
        QJsonArray required;
        forEachField<T>([&]<class F>(const F &each) {
            QJsonObject property = schemaOf<typename F::Type>();
            property.insert(QLatin1StringView("description"), QLatin1StringView(each.doc));
            properties.insert(QLatin1StringView(each.name), property);
            if (each.flags & kRequired)
                required.append(QLatin1StringView(each.name));
        });
        QJsonObject object = typed("object");
        object.insert(QLatin1StringView("properties"), properties);
        object.insert(QLatin1StringView("additionalProperties"), false);
        if (!required.isEmpty())
            object.insert(QLatin1StringView("required"), required);
        return object;
    }
}

[[nodiscard]] QJsonObject documentSchema(); // of settings::Document, with $schema and title

} // namespace settings
