#include "shared/settings/document.h"

#include "shared/settings/validate.h"

namespace settings {

namespace {

template <class T>
QString keyOf(const T &entry)
{
    QString key;
    forEachField<T>([&](const auto &each) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(entry.*each.member)>, QString>) {
            if (each.flags & kKey)
                key = entry.*each.member;
        }
    });
    return key;
}

template <class T>
const T *find(const QList<T> &list, const QString &key)
{
    for (const T &each : list) {
        if (keyOf(each).compare(key, Qt::CaseInsensitive) == 0)
            return &each;
    }
    return nullptr;
}

template <Described T>
void compare(const T &from, const T &to, const QString &path, QList<Change> &changes)
{
    const QJsonObject before = json::toJson(from);
    const QJsonObject after = json::toJson(to);
    forEachField<T>([&](const auto &each) {
        const QLatin1StringView name(each.name);
        if (before.value(name) != after.value(name))
            changes.append({json::pointer(path, QString(name)), before.value(name), after.value(name)});
    });
}

template <class T>
void compare(const QList<T> &from, const QList<T> &to, const QString &path, QList<Change> &changes)
{
    for (const T &old : from) {
        const QString entry = json::pointer(path, keyOf(old));
        if (const T *now = find(to, keyOf(old)))
            compare(old, *now, entry, changes);
        else
            changes.append({entry, json::toJson(old), QJsonValue()});
    }
    for (const T &now : to) {
        if (!find(from, keyOf(now)))
            changes.append({json::pointer(path, keyOf(now)), QJsonValue(), json::toJson(now)});
    }
}

template <class T>
void addUnlisted(const QList<T> &current, QList<T> &wanted, const QString &path, QStringList &unlisted)
{
    for (const T &each : current) {
        if (find(wanted, keyOf(each)))
            continue;
        unlisted << json::pointer(path, keyOf(each));
        wanted.append(each);
    }
}

} // namespace

Result<Document> parseDocument(const QJsonObject &json, const Document &current)
{
    Document document = current;
    if (auto done = json::fromJson(json, document); !done)
        return std::unexpected(done.error());
    if (auto done = validate(document); !done)
        return std::unexpected(done.error());
    return document;
}

Result<Document> parseDocument(QByteArrayView text, const Document &current)
{
    const auto object = json::parseObject(text);
    if (!object)
        return std::unexpected(object.error());
    return parseDocument(*object, current);
}

QByteArray writeDocument(const Document &document)
{
    return QJsonDocument(json::toJson(document)).toJson(QJsonDocument::Indented);
}

QList<Change> diff(const Document &from, const Document &to)
{
    QList<Change> changes;
    compare(from.server, to.server, QStringLiteral("/server"), changes);
    compare(from.listeners, to.listeners, QStringLiteral("/listeners"), changes);
    compare(from.domains, to.domains, QStringLiteral("/domains"), changes);
    compare(from.accounts, to.accounts, QStringLiteral("/accounts"), changes);
    compare(from.aliases, to.aliases, QStringLiteral("/aliases"), changes);
    return changes;
}

Merge mergeUnlisted(const Document &current, const Document &wanted)
{
    Merge merge{wanted, {}};
    addUnlisted(current.listeners, merge.document.listeners, QStringLiteral("/listeners"), merge.unlisted);
    addUnlisted(current.domains, merge.document.domains, QStringLiteral("/domains"), merge.unlisted);
    addUnlisted(current.accounts, merge.document.accounts, QStringLiteral("/accounts"), merge.unlisted);
    addUnlisted(current.aliases, merge.document.aliases, QStringLiteral("/aliases"), merge.unlisted);
    return merge;
}

} // namespace settings
