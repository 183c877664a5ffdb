#include "daemon/queue/selection.h"

namespace queue {

bool selects(const api::QueueSelection &selection, const api::QueueMessage &row, Timestamp now)
{
    const auto has = [](const QString &text, const QString &part) {
        return part.isEmpty() || text.contains(part, Qt::CaseInsensitive);
    };
    const auto age = now - row.queuedAt;
    const auto due = row.nextAttempt - now;
    const bool isHeld = row.state == api::QueueState::Held;
    return (selection.ids.isEmpty() || selection.ids.contains(row.id)) &&
           (selection.account.isEmpty() || row.account.compare(selection.account, Qt::CaseInsensitive) == 0) &&
           has(row.sender, selection.from) && has(row.recipient, selection.to) &&
           (!selection.held || *selection.held == isHeld) && (!selection.olderThan || age > *selection.olderThan) &&
           (!selection.youngerThan || age <= *selection.youngerThan) &&
           (!selection.dueWithin || due <= *selection.dueWithin) &&
           (!selection.dueAfter || due > *selection.dueAfter) &&
           (!selection.transport || row.transport == *selection.transport);
}

bool saysNothing(const api::QueueSelection &selection)
{
    return selection.ids.isEmpty() && !selection.all && selection.account.isEmpty() && selection.from.isEmpty() &&
           selection.to.isEmpty() && !selection.held && !selection.olderThan && !selection.youngerThan &&
           !selection.dueWithin && !selection.dueAfter && !selection.transport;
}

Result<QList<qint64>> find(db::Database &db, const api::QueueSelection &selection, Timestamp now)
{
    api::QueueListParams params;
    static_cast<api::QueueSelection &>(params) = selection;
    params.sort = api::QueueOrder::Queued;
    QList<qint64> ids;
    // What is held while it is being sent is held.
    const auto done = visit(db, params, {}, now, [&ids](const api::QueueMessage &each) {
        ids.append(each.id);
        return true;
    });
    if (!done)
        return std::unexpected(done.error());
    return ids;
}

} // namespace queue
