// A RecordModel sorted and filtered for a page:
//   RecordView { source: Daemon.accounts; sortField: "name"; text: search.text; textFields: ["name", "address"];
//                except: ({state: "removed"}) }
// GUI thread.
#pragma once

#include "gui/record_model.h"

#include <QCollator>
#include <QSortFilterProxyModel>

namespace gui {

class RecordView : public QSortFilterProxyModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(gui::RecordModel *source READ source WRITE setSource NOTIFY sourceChanged)
    Q_PROPERTY(QString sortField READ sortField WRITE setSortField NOTIFY sortFieldChanged)
    Q_PROPERTY(bool descending MEMBER m_descending NOTIFY descendingChanged)
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged)
    Q_PROPERTY(QStringList textFields MEMBER m_textFields NOTIFY textFieldsChanged)
    Q_PROPERTY(QVariantMap except MEMBER m_except NOTIFY exceptChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)
public:
    explicit RecordView(QObject *parent = nullptr);

    [[nodiscard]] RecordModel *source() const { return m_source; }
    void setSource(RecordModel *source);
    [[nodiscard]] QString sortField() const { return m_sortField; }
    void setSortField(const QString &field);
    [[nodiscard]] QString text() const { return m_text; }
    void setText(const QString &text);
    [[nodiscard]] int count() const { return rowCount(); }

    Q_INVOKABLE [[nodiscard]] QVariantMap at(int row) const;
    Q_INVOKABLE [[nodiscard]] int rowOf(const QString &field, const QVariant &value) const; // -1: not shown

Q_SIGNALS:
    void sourceChanged();
    void sortFieldChanged();
    void descendingChanged();
    void textChanged();
    void textFieldsChanged();
    void exceptChanged();
    void countChanged();

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    void arrange();

    RecordModel *m_source = nullptr;
    QString m_sortField;
    bool m_descending = false;
    QString m_text;
    QStringList m_textFields;
    QVariantMap m_except;
    QCollator m_collator;
};

} // namespace gui
