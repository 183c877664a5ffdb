#include "gui/record_view.h"

namespace gui {

RecordView::RecordView(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    m_collator.setNumericMode(true);
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
    connect(this, &QAbstractItemModel::rowsInserted, this, &RecordView::countChanged);
    connect(this, &QAbstractItemModel::rowsRemoved, this, &RecordView::countChanged);
    connect(this, &QAbstractItemModel::modelReset, this, &RecordView::countChanged);
    connect(this, &RecordView::descendingChanged, this, &RecordView::arrange);
    connect(this, &RecordView::textFieldsChanged, this, [this] { invalidateFilter(); });
    connect(this, &RecordView::exceptChanged, this, [this] { invalidateFilter(); });
}

void RecordView::setSource(RecordModel *source)
{
    if (source == m_source)
        return;
    m_source = source;
    setSourceModel(source);
    arrange();
    Q_EMIT sourceChanged();
}

void RecordView::setSortField(const QString &field)
{
    if (field == m_sortField)
        return;
    m_sortField = field;
    arrange();
    Q_EMIT sortFieldChanged();
}

void RecordView::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    invalidateFilter();
    Q_EMIT textChanged();
}

void RecordView::arrange()
{
    const int role = m_source ? m_source->roleOf(m_sortField) : -1;
    if (role >= 0) {
        setSortRole(role);
        sort(0, m_descending ? Qt::DescendingOrder : Qt::AscendingOrder);
    }
}

QVariantMap RecordView::at(int row) const
{
    const QModelIndex here = index(row, 0);
    return m_source && here.isValid() ? m_source->at(mapToSource(here).row()) : QVariantMap();
}

int RecordView::rowOf(const QString &field, const QVariant &value) const
{
    const int role = m_source ? m_source->roleOf(field) : -1;
    for (int row = 0; role >= 0 && row < rowCount(); ++row) {
        if (index(row, 0).data(role) == value)
            return row;
    }
    return -1;
}

bool RecordView::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    for (auto each = m_except.begin(); each != m_except.end(); ++each) {
        if (index.data(m_source->roleOf(each.key())) == each.value())
            return false;
    }
    const QString wanted = m_text.trimmed();
    return wanted.isEmpty() || std::ranges::any_of(m_textFields, [&](const QString &field) {
               return index.data(m_source->roleOf(field)).toString().contains(wanted, Qt::CaseInsensitive);
           });
}

bool RecordView::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const QVariant a = left.data(sortRole());
    const QVariant b = right.data(sortRole());
    if (a.typeId() == QMetaType::QString)
        return m_collator.compare(a.toString(), b.toString()) < 0;
    return QVariant::compare(a, b) == QPartialOrdering::Less;
}

} // namespace gui
