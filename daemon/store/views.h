// The newest view of every mailbox that somebody opened, and who watches. A view is loaded once; changes published by
// the writer move it on, those that come during a load are applied behind it (they carry absolute values, so once more
// does no harm). Of the views that nobody watches those used last are kept, kMostIdleBytes of them. Any thread; the
// mutex guards the tables and is never held during a load or a notice.
#pragma once

#include "daemon/net/session.h"
#include "daemon/store/effects.h"
#include "shared/base/result.h"

#include <QString>

#include <mutex>
#include <unordered_map>

namespace store {

class Views
{
public:
    static constexpr qsizetype kMostIdleBytes = 64 * 1024 * 1024;

    explicit Views(QString file, qsizetype mostIdleBytes = kMostIdleBytes)
        : m_file(std::move(file))
        , m_mostIdleBytes(mostIdleBytes)
    {}
    // Worker threads: may read the database.
    Result<std::shared_ptr<const View>> open(qint64 mailboxId);
    // The newest version if it is in memory; null otherwise. Any thread, no waiting.
    [[nodiscard]] std::shared_ptr<const View> current(qint64 mailboxId);

    // \Recent, RFC 3501 2.3.2: the first UID that no session was told of. claimRecent() answers the same and moves it
    // to `next`: what lies between is recent for whoever asks, and for nobody after. Of a mailbox that is watched and
    // open.
    [[nodiscard]] quint32 recentFrom(qint64 mailboxId);
    [[nodiscard]] Result<quint32> recentFrom(db::Database &db, qint64 mailboxId); // of any mailbox; worker
    [[nodiscard]] quint32 claimRecent(qint64 mailboxId, quint32 next);
    using RecentFrom = std::pair<qint64, quint32>;        // mailbox, UID
    [[nodiscard]] std::vector<RecentFrom> unkeptRecent(); // what the database does not know yet
    void noteRecentKept(const std::vector<RecentFrom> &kept);

    void watch(qint64 mailboxId, net::ConnectionId connection);
    void unwatch(qint64 mailboxId, net::ConnectionId connection);
    void signIn(qint64 accountId, net::ConnectionId connection);
    void signOut(qint64 accountId, net::ConnectionId connection);

    // Writer thread, inside a transaction: the mailbox as earlier changes of the same transaction left it.
    Result<View> ahead(qint64 mailboxId);
    void noteApplied(const std::shared_ptr<Effects> &effects); // writer thread: until it is published or discarded
    void noteSettled();
    static View applied(const View &view, const MailboxEffects &effects);

    void publish(const Effects &effects, Notices &others); // writer thread, in commit order
    net::Notifier *notifierOrNull = nullptr;               // set at startup
    std::function<void(const QByteArray &topic)> onTopic;

private:
    struct Slot
    {
        std::shared_ptr<const View> view;
        std::vector<MailboxEffects> pending; // came while loading
        int loading = 0;
        std::vector<net::ConnectionId> watchers;
        quint64 used = 0;       // the last time anybody asked for it or stopped watching
        quint32 recentFrom = 1; // true once the view is there

        [[nodiscard]] bool isIdle() const { return view && watchers.empty() && loading == 0; }
    };
    void noteUse(Slot &slot);
    void dropIdle();
    // What the transaction under way did so far. Writer thread only.
    struct Batch
    {
        std::vector<std::shared_ptr<const Effects>> changes;
        std::unordered_map<qint64, View> states; // of mailboxes that were asked for
        size_t open = 0;                         // changes not yet settled
    };
    struct Loaded
    {
        View view;
        quint32 recentFrom = 1;
    };
    static Result<Loaded> read(db::Database &db, qint64 mailboxId);
    Result<Loaded> load(qint64 mailboxId) const;

    const QString m_file;
    const qsizetype m_mostIdleBytes;
    Batch m_batch;
    std::mutex m_mutex; // guards what follows
    std::unordered_map<qint64, Slot> m_slots;
    quint64 m_uses = 0;
    qsizetype m_idleBytes = 0; // at least those of the idle views; counted anew when it passes the limit
    std::unordered_map<qint64, quint32> m_unkeptRecent;
    std::unordered_map<qint64, std::vector<net::ConnectionId>> m_sessions; // by account
};

} // namespace store
