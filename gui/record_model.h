// The records of one topic (accounts, queue, …) or of one call as a list model: one role per field of the api struct,
// named as the field, and "record" with all of them. Snapshots and changes are taken by key, rows keep their place and
// views their selection; nothing is ever reset. Order is that of arrival; RecordView sorts and filters. GUI thread;
// DaemonLink owns one per topic, a page makes a RecordQuery.
#pragma once

#include "gui/record_types.h"

#include <QAbstractListModel>
#include <QSet>
#include <QtQml/qqmlregistration.h>

namespace gui {

class RecordModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Daemon owns one for each topic")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(bool loaded READ isLoaded NOTIFY loadedChanged)
    Q_PROPERTY(int revision READ revision NOTIFY recordsChanged)
public:
    explicit RecordModel(const QString &topic, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const { return int(m_rows.size()); }
    [[nodiscard]] bool isLoaded() const { return m_loaded; } // a snapshot came
    [[nodiscard]] int revision() const
    {
        return m_revision;
    } // one more after each change: what find() and at() said is old
    [[nodiscard]] int roleOf(const QString &field) const; // -1: no such field
    [[nodiscard]] QString keyAt(int row) const { return m_rows.at(row).key; }

    Q_INVOKABLE [[nodiscard]] QVariantMap at(int row) const;
    // The first record whose field has this value; empty if there is none.
    Q_INVOKABLE [[nodiscard]] QVariantMap find(const QString &field, const QVariant &value) const;

    void take(const api::Snapshot &snapshot);
    void take(const QList<api::Op> &ops);

    struct Item
    {
        QString key;
        QJsonObject json;
    };
    void takeAll(const QList<Item> &items); // what is not among them is gone

    template<Described T>
    [[nodiscard]] QList<T> records() const
    {
        QList<T> all;
        for (const Row &each : m_rows) {
            if (auto record = api::fromResult<T>(each.json))
                all.append(std::move(*record));
        }
        return all;
    }

Q_SIGNALS:
    void countChanged();
    void loadedChanged();
    void recordsChanged(); // after each snapshot or change, once

protected:
    explicit RecordModel(QObject *parent)
        : QAbstractListModel(parent)
    {}
    void setType(const RecordType *type); // a query's, once

private:
    struct Row
    {
        QString key;
        QJsonObject json;
        QVariantList values; // in the order of the fields
    };
    [[nodiscard]] std::optional<Row> readRow(const QString &key, const QJsonObject &json) const;
    void update(Row &row, const Row &now, int at);
    void removeRows(const QSet<QString> &kept);
    void append(QList<Row> rows);
    void upsert(const QString &key, const QJsonObject &json);
    void remove(const QString &key);
    void reindex(qsizetype from);
    void finished(int countBefore);

    const RecordType *m_type = nullptr;
    QStringList m_fields;
    QList<Row> m_rows;
    QHash<QString, qsizetype> m_rowOf;
    int m_revision = 0;
    bool m_loaded = false;
};

} // namespace gui
