// A RecordModel sorted and filtered for a page, with what is selected in it:
//   RecordView { source: Daemon.accounts; sortField: "name"; text: search.text; textFields: ["name", "address"];
//                except: ({state: "removed"}); only: ({state: ["waiting", "sending"]}) }
// Rows have one role more than the source: "selected". The selection is by key, so it stays with its records while rows
// move and sort; what is filtered out is not selected any more. GUI thread.
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
    Q_PROPERTY(QVariantMap only MEMBER m_only NOTIFY onlyChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(int selectedCount READ selectedCount NOTIFY selectionChanged)
public:
    explicit RecordView(QObject *parent = nullptr);

    [[nodiscard]] RecordModel *source() const { return m_source; }
    void setSource(RecordModel *source);
    [[nodiscard]] QString sortField() const { return m_sortField; }
    void setSortField(const QString &field);
    [[nodiscard]] QString text() const { return m_text; }
    void setText(const QString &text);
    [[nodiscard]] int count() const { return rowCount(); }
    [[nodiscard]] int selectedCount() const { return int(m_selected.size()); }

    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    Q_INVOKABLE [[nodiscard]] QVariantMap at(int row) const;
    Q_INVOKABLE [[nodiscard]] int rowOf(const QString &field, const QVariant &value) const; // -1: not shown

    Q_INVOKABLE void select(int row, bool selected);
    Q_INVOKABLE void selectRange(int from, int to); // both included, beside what is selected
    Q_INVOKABLE void selectAll();
    Q_INVOKABLE void selectNone();
    Q_INVOKABLE [[nodiscard]] bool isSelected(int row) const;
    Q_INVOKABLE [[nodiscard]] QVariantList selected(const QString &field) const; // values, in the order shown

Q_SIGNALS:
    void sourceChanged();
    void sortFieldChanged();
    void descendingChanged();
    void textChanged();
    void textFieldsChanged();
    void exceptChanged();
    void onlyChanged();
    void countChanged();
    void selectionChanged();

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    void arrange();
    void refilter();
    void dropUnseen();
    void selectionMoved(int first, int last);
    [[nodiscard]] QString keyAt(int row) const;
    [[nodiscard]] int selectedRole() const;

    RecordModel *m_source = nullptr;
    QString m_sortField;
    bool m_descending = false;
    QString m_text;
    QStringList m_textFields;
    QVariantMap m_except;
    QVariantMap m_only;
    QSet<QString> m_selected;
    QCollator m_collator;
};

} // namespace gui
