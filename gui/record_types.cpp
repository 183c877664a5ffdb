#include "gui/record_types.h"

namespace gui {

namespace {

template<Described T>
RecordType recordType(const QString &name, const QString &list = {})
{
    RecordType type{.name = name, .list = list, .fields = fieldNames<T>(), .keyField = {}, .read = nullptr};
    forEachField<T>([&type](const auto &each) {
        if (type.keyField.isEmpty() && (each.flags & kKey) != 0)
            type.keyField = QString::fromLatin1(each.name);
    });
    type.read = [](const QJsonObject &json) -> std::optional<QVariantList> {
        const auto record = api::fromResult<T>(json);
        return record ? std::optional(toRow(*record)) : std::nullopt;
    };
    return type;
}

template<class T>
struct ElementOf
{
    using Type = void;
};
template<Described T>
struct ElementOf<QList<T>>
{
    using Type = T;
};

const QList<RecordType> &topicTypes()
{
    static const QList<RecordType> types{
        recordType<api::Account>(QStringLiteral("accounts")), recordType<api::Domain>(QStringLiteral("domains")),
        recordType<api::Alias>(QStringLiteral("aliases")),    recordType<api::QueueMessage>(QStringLiteral("queue")),
        recordType<api::Device>(QStringLiteral("devices")),
    };
    return types;
}

const QList<RecordType> &methodTypes()
{
    static const QList<RecordType> types = [] {
        QList<RecordType> all;
        api::forEachMethod([&all]<class P, class R>(const api::Method<P, R> &method) {
            bool found = false; // the first list of a result is what it answers
            forEachField<R>([&]<class F>(const F &each) {
                using Element = typename ElementOf<typename F::Type>::Type;
                if constexpr (!std::is_void_v<Element>) {
                    if (!std::exchange(found, true))
                        all.append(
                            recordType<Element>(QString::fromLatin1(method.name), QString::fromLatin1(each.name)));
                }
            });
        });
        return all;
    }();
    return types;
}

const RecordType *find(const QList<RecordType> &types, const QString &name)
{
    const auto found = std::ranges::find_if(types, [&name](const RecordType &each) { return each.name == name; });
    return found == types.end() ? nullptr : &*found;
}

} // namespace

const RecordType *recordTypeOfTopic(const QString &topic) { return find(topicTypes(), topic); }
const RecordType *recordTypeOfMethod(const QString &method) { return find(methodTypes(), method); }

QStringList recordTopics()
{
    QStringList names;
    for (const RecordType &each : topicTypes())
        names << each.name;
    return names;
}

} // namespace gui
