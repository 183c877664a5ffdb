#include "gui/record_view.h"

namespace gui {

namespace {

// Above this the order of letters is that of the code points: collating so many would be felt.
constexpr int kMostCollated = 20'000;

// wanted: a value, or a list of which it is one.
bool isAmong(const QVariant &value, const QVariant &wanted)
{
    const bool isList = wanted.canConvert<QVariantList>() && wanted.typeId() != QMetaType::QString;
    return isList ? wanted.toList().contains(value) : wanted == value;
}

} // namespace

RecordView::RecordView(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    m_collator.setNumericMode(true);
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
    connect(this, &QAbstractItemModel::rowsInserted, this, &RecordView::countChanged);
    connect(this, &QAbstractItemModel::rowsRemoved, this, &RecordView::countChanged);
    connect(this, &QAbstractItemModel::modelReset, this, &RecordView::countChanged);
    connect(this, &RecordView::descendingChanged, this, &RecordView::arrange);
    connect(this, &RecordView::textFieldsChanged, this, &RecordView::refilter);
    connect(this, &RecordView::exceptChanged, this, &RecordView::refilter);
    connect(this, &RecordView::onlyChanged, this, &RecordView::refilter);
    connect(this, &QAbstractItemModel::rowsRemoved, this, &RecordView::dropUnseen);
}

void RecordView::setSource(RecordModel *source)
{
    if (source == m_source)
        return;
    m_source = source;
    m_selected.clear();
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
    refilter();
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

void RecordView::refilter()
{
    invalidateFilter();
    dropUnseen();
}

int RecordView::selectedRole() const { return m_source ? m_source->roleOf(QStringLiteral("record")) + 1 : -1; }

QHash<int, QByteArray> RecordView::roleNames() const
{
    auto names = QSortFilterProxyModel::roleNames();
    if (m_source)
        names.insert(selectedRole(), "selected");
    return names;
}

QVariant RecordView::data(const QModelIndex &index, int role) const
{
    if (m_source && role == selectedRole() && index.isValid())
        return m_selected.contains(keyAt(index.row()));
    return QSortFilterProxyModel::data(index, role);
}

QString RecordView::keyAt(int row) const
{
    const QModelIndex here = index(row, 0);
    return here.isValid() ? m_source->keyAt(mapToSource(here).row()) : QString();
}

void RecordView::select(int row, bool selected)
{
    if (row < 0 || row >= rowCount() || isSelected(row) == selected)
        return;
    if (selected)
        m_selected.insert(keyAt(row));
    else
        m_selected.remove(keyAt(row));
    selectionMoved(row, row);
}

void RecordView::selectRange(int from, int to)
{
    const int first = std::max(0, std::min(from, to));
    const int last = std::min(rowCount() - 1, std::max(from, to));
    for (int row = first; row <= last; ++row)
        m_selected.insert(keyAt(row));
    if (first <= last)
        selectionMoved(first, last);
}

void RecordView::selectAll() { selectRange(0, rowCount() - 1); }

void RecordView::selectNone()
{
    if (m_selected.isEmpty())
        return;
    m_selected.clear();
    selectionMoved(0, rowCount() - 1);
}

bool RecordView::isSelected(int row) const
{
    return m_source && row >= 0 && row < rowCount() && m_selected.contains(keyAt(row));
}

QVariantList RecordView::selected(const QString &field) const
{
    QVariantList values;
    const int role = m_source ? m_source->roleOf(field) : -1;
    for (int row = 0; role >= 0 && !m_selected.isEmpty() && row < rowCount(); ++row) {
        if (m_selected.contains(keyAt(row)))
            values.append(index(row, 0).data(role));
    }
    return values;
}

void RecordView::dropUnseen()
{
    if (m_selected.isEmpty())
        return;
    QSet<QString> seen;
    for (int row = 0; row < rowCount(); ++row) {
        if (const QString key = keyAt(row); m_selected.contains(key))
            seen.insert(key);
    }
    if (seen.size() == m_selected.size())
        return;
    m_selected = seen;
    Q_EMIT selectionChanged();
}

void RecordView::selectionMoved(int first, int last)
{
    if (first <= last)
        Q_EMIT dataChanged(index(first, 0), index(last, 0), {selectedRole()});
    Q_EMIT selectionChanged();
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
        if (isAmong(index.data(m_source->roleOf(each.key())), each.value()))
            return false;
    }
    for (auto each = m_only.begin(); each != m_only.end(); ++each) {
        if (!isAmong(index.data(m_source->roleOf(each.key())), each.value()))
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
        return m_source->count() > kMostCollated ? a.toString() < b.toString()
                                                 : m_collator.compare(a.toString(), b.toString()) < 0;
    return QVariant::compare(a, b) == QPartialOrdering::Less;
}

} // namespace gui
