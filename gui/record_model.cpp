#include "gui/record_model.h"

#include "gui/values.h"

#include <QSet>

namespace gui {

namespace {

struct RecordType
{
    const char *topic;
    QStringList (*fields)();
    std::optional<QVariantList> (*read)(const QJsonObject &);
};

template<Described T>
RecordType recordType(const char *topic)
{
    return {topic, fieldNames<T>, [](const QJsonObject &json) -> std::optional<QVariantList> {
                const auto record = api::fromResult<T>(json);
                return record ? std::optional(toRow(*record)) : std::nullopt;
            }};
}

const QList<RecordType> &recordTypes()
{
    static const QList<RecordType> types{
        recordType<api::Account>("accounts"),
        recordType<api::Domain>("domains"),
        recordType<api::Alias>("aliases"),
        recordType<api::QueueMessage>("queue"),
    };
    return types;
}

const RecordType *typeOf(const QString &topic)
{
    const auto found = std::ranges::find_if(
        recordTypes(), [&topic](const RecordType &each) { return topic == QLatin1StringView(each.topic); });
    return found == recordTypes().end() ? nullptr : &*found;
}

} // namespace

RecordModel::RecordModel(const QString &topic, QObject *parent)
    : QAbstractListModel(parent)
    , m_topic(topic)
    , m_fields(typeOf(topic) ? typeOf(topic)->fields() : QStringList())
{}

QStringList RecordModel::topics()
{
    QStringList names;
    for (const RecordType &each : recordTypes())
        names << QLatin1StringView(each.topic);
    return names;
}

int RecordModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : count(); }

QVariant RecordModel::data(const QModelIndex &index, int role) const
{
    const int field = role - Qt::UserRole;
    if (!index.isValid() || field < 0 || field > m_fields.size())
        return {};
    if (field == m_fields.size())
        return at(index.row());
    return m_rows.at(index.row()).values.at(field);
}

QHash<int, QByteArray> RecordModel::roleNames() const
{
    QHash<int, QByteArray> names;
    for (qsizetype i = 0; i < m_fields.size(); ++i)
        names.insert(Qt::UserRole + int(i), m_fields.at(i).toLatin1());
    names.insert(Qt::UserRole + int(m_fields.size()), "record");
    return names;
}

int RecordModel::roleOf(const QString &field) const
{
    const auto at = m_fields.indexOf(field);
    return at < 0 ? -1 : Qt::UserRole + int(at);
}

QVariantMap RecordModel::at(int row) const
{
    QVariantMap map;
    if (row < 0 || row >= m_rows.size())
        return map;
    for (qsizetype i = 0; i < m_fields.size(); ++i)
        map.insert(m_fields.at(i), m_rows.at(row).values.at(i));
    return map;
}

QVariantMap RecordModel::find(const QString &field, const QVariant &value) const
{
    const auto column = m_fields.indexOf(field);
    for (qsizetype row = 0; column >= 0 && row < m_rows.size(); ++row) {
        if (m_rows.at(row).values.at(column) == value)
            return at(int(row));
    }
    return {};
}

void RecordModel::take(const api::Snapshot &snapshot)
{
    const int before = count();
    QSet<QString> kept;
    for (const auto &each : snapshot.items)
        kept.insert(each.toObject().value(QLatin1StringView("id")).toString());
    QStringList gone;
    for (const Row &each : std::as_const(m_rows)) {
        if (!kept.contains(each.key))
            gone << each.key;
    }
    for (const QString &key : std::as_const(gone))
        remove(key);
    for (const auto &each : snapshot.items) {
        const QJsonObject item = each.toObject();
        upsert(item.value(QLatin1StringView("id")).toString(), item.value(QLatin1StringView("value")).toObject());
    }
    if (!std::exchange(m_loaded, true))
        Q_EMIT loadedChanged();
    finished(before);
}

void RecordModel::take(const QList<api::Op> &ops)
{
    const int before = count();
    for (const api::Op &each : ops) {
        if (each.op == api::OpKind::Remove)
            remove(each.id);
        else
            upsert(each.id, each.value);
    }
    finished(before);
}

void RecordModel::upsert(const QString &key, const QJsonObject &json)
{
    const RecordType *type = typeOf(m_topic);
    auto values = type ? type->read(json) : std::nullopt;
    if (!values)
        return; // from a server that means something else by this name
    const auto known = m_rowOf.constFind(key);
    if (known == m_rowOf.constEnd()) {
        const int row = count();
        beginInsertRows({}, row, row);
        m_rows.append({key, json, std::move(*values)});
        m_rowOf.insert(key, row);
        endInsertRows();
        return;
    }
    Row &row = m_rows[*known];
    if (row.json == json)
        return;
    QList<int> changed{Qt::UserRole + int(m_fields.size())};
    for (qsizetype i = 0; i < m_fields.size(); ++i) {
        if (row.values.at(i) != values->at(i))
            changed << Qt::UserRole + int(i);
    }
    row.json = json;
    row.values = std::move(*values);
    if (changed.size() > 1)
        Q_EMIT dataChanged(index(int(*known)), index(int(*known)), changed);
}

void RecordModel::remove(const QString &key)
{
    const auto known = m_rowOf.constFind(key);
    if (known == m_rowOf.constEnd())
        return;
    const qsizetype row = *known;
    beginRemoveRows({}, int(row), int(row));
    m_rows.removeAt(row);
    m_rowOf.remove(key);
    reindex(row);
    endRemoveRows();
}

void RecordModel::reindex(qsizetype from)
{
    for (qsizetype row = from; row < m_rows.size(); ++row)
        m_rowOf[m_rows.at(row).key] = row;
}

void RecordModel::finished(int countBefore)
{
    if (count() != countBefore)
        Q_EMIT countChanged();
    Q_EMIT recordsChanged();
}

} // namespace gui
