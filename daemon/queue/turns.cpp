#include "daemon/queue/turns.h"

namespace queue {

namespace {

struct Waiting
{
    qint64 account = 0;
    Timestamp next;
    int running = 0;
    QList<Job> jobs;
};

// From one account to the next along the index queue_recipients_turn.
Result<QList<Waiting>> listAccounts(db::Database &db, const QByteArray &domain, Timestamp now, const Turns &turns)
{
    const QString name = QString::fromUtf8(domain);
    auto rows = db.query(
        "with recursive a(id) as ("
        "select (select account_id from queue_recipients where held = 0 and domain = ?1 order by account_id limit 1) "
        "union all select (select q.account_id from queue_recipients q where q.held = 0 and q.domain = ?2 and "
        "q.account_id > a.id order by q.account_id limit 1) from a where a.id is not null limit ?3) "
        "select id, (select min(n.next_attempt) from queue_recipients n where n.held = 0 and n.domain = ?4 and "
        "n.account_id = a.id) from a where id is not null",
        name, name, kMostInTurn, name);
    QList<Waiting> list;
    while (rows.next()) {
        const qint64 account = rows.integer(0);
        if (rows.time(1) <= now)
            list.append(
                {.account = account, .next = rows.time(1), .running = turns.running.value(account), .jobs = {}});
    }
    if (rows.failed())
        return std::unexpected(rows.error());
    return list;
}

bool comesFirst(const Waiting &one, const Waiting &other)
{
    return std::pair(one.running, one.next) < std::pair(other.running, other.next);
}

} // namespace

Result<QList<Job>> listTurns(db::Database &db, const QByteArray &domain, Timestamp now, const QSet<qint64> &taken,
                             qsizetype most, const Turns &turns)
{
    auto accounts = listAccounts(db, domain, now, turns);
    if (!accounts)
        return std::unexpected(accounts.error());
    std::ranges::sort(*accounts, comesFirst);
    if (accounts->size() > most) // each gives one job at least, or has none left
        accounts->resize(most);
    const int share = shareOf(turns.mostAtOnce);
    for (Waiting &each : *accounts) {
        const qsizetype room = std::min<qsizetype>(most, share - each.running);
        auto jobs = room > 0 ? listDue(db, domain, now, taken, room, each.account) : Result<QList<Job>>();
        if (!jobs)
            return std::unexpected(jobs.error());
        each.jobs = std::move(*jobs);
    }
    QList<Job> chosen;
    while (chosen.size() < most) {
        accounts->removeIf([](const Waiting &each) { return each.jobs.isEmpty(); });
        const auto next = std::ranges::min_element(*accounts, comesFirst);
        if (next == accounts->end())
            break;
        chosen.append(next->jobs.takeFirst());
        ++next->running;
    }
    return chosen;
}

} // namespace queue
