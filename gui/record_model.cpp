#include "gui/record_model.h"

namespace gui {

RecordModel::RecordModel(const QString &topic, QObject *parent)
    : QAbstractListModel(parent)
{
    setType(recordTypeOfTopic(topic));
}

void RecordModel::setType(const RecordType *type)
{
    m_type = type;
    m_fields = type ? type->fields : QStringList();
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
    const auto at = field == QLatin1StringView("record") ? m_fields.size() : m_fields.indexOf(field);
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
    QList<Item> items;
    items.reserve(snapshot.items.size());
    for (const auto &each : snapshot.items) {
        const QJsonObject item = each.toObject();
        items.append(
            {item.value(QLatin1StringView("id")).toString(), item.value(QLatin1StringView("value")).toObject()});
    }
    takeAll(items);
}

void RecordModel::takeAll(const QList<Item> &items)
{
    const int before = count();
    QSet<QString> kept;
    for (const Item &each : items)
        kept.insert(each.key);
    removeRows(kept);
    QList<Row> added;
    for (const Item &each : items) {
        if (m_rowOf.contains(each.key))
            upsert(each.key, each.json);
        else if (auto row = readRow(each.key, each.json))
            added.append(std::move(*row));
    }
    append(std::move(added));
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

std::optional<RecordModel::Row> RecordModel::readRow(const QString &key, const QJsonObject &json) const
{
    auto values = m_type ? m_type->read(json) : std::nullopt;
    if (!values)
        return std::nullopt; // from a server that means something else by this name
    return Row{key, json, std::move(*values)};
}

// In runs from the end, so that 100,000 rows that go are one removal and not as many.
void RecordModel::removeRows(const QSet<QString> &kept)
{
    const auto gone = [&](qsizetype row) { return !kept.contains(m_rows.at(row).key); };
    for (qsizetype last = m_rows.size() - 1; last >= 0; --last) {
        if (!gone(last))
            continue;
        qsizetype first = last;
        while (first > 0 && gone(first - 1))
            --first;
        beginRemoveRows({}, int(first), int(last));
        for (qsizetype row = first; row <= last; ++row)
            m_rowOf.remove(m_rows.at(row).key);
        m_rows.remove(first, last - first + 1);
        reindex(first);
        endRemoveRows();
        last = first;
    }
}

void RecordModel::append(QList<Row> rows)
{
    if (rows.isEmpty())
        return;
    beginInsertRows({}, count(), count() + int(rows.size()) - 1);
    const qsizetype from = m_rows.size();
    m_rows.append(std::move(rows));
    reindex(from);
    endInsertRows();
}

void RecordModel::upsert(const QString &key, const QJsonObject &json)
{
    const auto known = m_rowOf.constFind(key);
    if (known != m_rowOf.constEnd() && m_rows.at(*known).json == json)
        return;
    auto now = readRow(key, json);
    if (!now)
        return;
    if (known == m_rowOf.constEnd())
        append({std::move(*now)});
    else
        update(m_rows[*known], *now, int(*known));
}

void RecordModel::update(Row &row, const Row &now, int at)
{
    QList<int> changed{Qt::UserRole + int(m_fields.size())};
    for (qsizetype i = 0; i < m_fields.size(); ++i) {
        if (row.values.at(i) != now.values.at(i))
            changed << Qt::UserRole + int(i);
    }
    row = now;
    if (changed.size() > 1)
        Q_EMIT dataChanged(index(at), index(at), changed);
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
    ++m_revision;
    Q_EMIT recordsChanged();
}

} // namespace gui
