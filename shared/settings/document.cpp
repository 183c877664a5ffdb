#include "shared/settings/document.h"

#include "shared/settings/validate.h"

namespace settings {

namespace {

template<class T>
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

template<class T>
const T *find(const QList<T> &list, const QString &key)
{
    for (const T &each : list) {
        if (keyOf(each).compare(key, Qt::CaseInsensitive) == 0)
            return &each;
    }
    return nullptr;
}

template<Described T>
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

template<class T>
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

template<class T>
void addUnlisted(const QList<T> &current, QList<T> &wanted, const QString &path, QStringList &unlisted)
{
    for (const T &each : current) {
        if (find(wanted, keyOf(each)))
            continue;
        unlisted << json::pointer(path, keyOf(each));
        wanted.append(each);
    }
}

std::unexpected<Error> changedSince(const QString &path)
{
    const QString text = QStringLiteral("was changed again since");
    return failure({.kind = ErrorKind::User,
                    .text = text,
                    .publicText = text,
                    .code = QStringLiteral("changed-since"),
                    .hint = QStringLiteral("undo the later change first"),
                    .path = path});
}

// Where a change points: "/server/hostname", "/accounts/KEY" or "/accounts/KEY/quotaBytes".
struct Place
{
    QString section;
    QString key;
    QString name;
};

QString unescaped(QString part) // RFC 6901 4
{
    return part.replace(QStringLiteral("~1"), QStringLiteral("/")).replace(QStringLiteral("~0"), QStringLiteral("~"));
}

Place placeOf(const QString &path)
{
    const QStringList parts = path.split(u'/');
    const bool isServer = parts.value(1) == QLatin1StringView("server");
    return {.section = parts.value(1),
            .key = isServer ? QString() : unescaped(parts.value(2)),
            .name = unescaped(parts.value(isServer ? 2 : 3))};
}

Result<void> revertFields(QJsonObject &object, const Place &place, const Change &change)
{
    if (object.value(place.name) != change.after)
        return changedSince(change.path);
    object.insert(place.name, change.before);
    return {};
}

template<class T>
Result<void> revertEntry(QList<T> &list, const Place &place, const Change &change)
{
    const auto found = std::ranges::find_if(
        list, [&](const T &each) { return keyOf(each).compare(place.key, Qt::CaseInsensitive) == 0; });
    const bool there = found != list.end();
    if (!place.name.isEmpty()) {
        if (!there)
            return changedSince(change.path);
        QJsonObject object = json::toJson(*found);
        if (auto done = revertFields(object, place, change); !done)
            return done;
        return json::fromJson(object, *found, change.path);
    }
    if (there == change.after.isNull())
        return changedSince(change.path);
    if (there) {
        list.erase(found);
        return {};
    }
    T entry{};
    auto done = json::fromJson(change.before.toObject(), entry, change.path);
    if (done)
        list.append(entry);
    return done;
}

Result<void> revertOne(Document &document, const Change &change)
{
    const Place place = placeOf(change.path);
    if (place.section == QLatin1StringView("server")) {
        QJsonObject object = json::toJson(document.server);
        if (auto done = revertFields(object, place, change); !done)
            return done;
        return json::fromJson(object, document.server, QStringLiteral("/server"));
    }
    if (place.section == QLatin1StringView("listeners"))
        return revertEntry(document.listeners, place, change);
    if (place.section == QLatin1StringView("domains"))
        return revertEntry(document.domains, place, change);
    if (place.section == QLatin1StringView("accounts"))
        return revertEntry(document.accounts, place, change);
    return revertEntry(document.aliases, place, change);
}

} // namespace

Result<Document> revert(const Document &current, const QList<Change> &changes)
{
    Document document = current;
    for (const Change &each : changes) {
        if (auto done = revertOne(document, each); !done)
            return std::unexpected(done.error());
    }
    if (auto done = validate(document); !done)
        return std::unexpected(done.error());
    return document;
}

Result<Document> parseDocument(const QJsonObject &json, const Document &current)
{
    Document document = current;
    if (auto done = json::fromJson(json, document); !done)
        return std::unexpected(done.error());
    for (Domain &domain : document.domains) { // keys that are not said stay as they are
        if (const Domain *known = find(current.domains, domain.name); known && !domain.dkim)
            domain.dkim = known->dkim;
    }
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
