// What happened in an account, for sessions that asked to hear of more than their selected mailbox (RFC 5465). Kept for
// each of them until it fetches them; who falls behind by more than kMostNotices is told that it did. Any thread.
#pragma once

#include "daemon/net/session.h"

#include <QList>
#include <QString>

#include <mutex>
#include <unordered_map>
#include <vector>

namespace store {

struct Effects;

inline constexpr size_t kMostNotices = 1000;

struct Notice
{
    enum class Kind
    {
        Messages, // of one mailbox; later ones are added to the one that waits
        Created,
        Deleted,
        Renamed,
        Subscription,
        Metadata,
    };
    Kind kind = Kind::Messages;
    qint64 accountId = 0;
    qint64 mailboxId = 0;
    bool added = false;             // Messages: new ones, or some were expunged
    bool flags = false;             // Messages: flags changed
    QString name = {};              // of the others; empty: of the account as a whole
    QString oldName = {};           // Renamed
    QList<QByteArray> entries = {}; // Metadata
};

class Notices
{
public:
    void listen(qint64 accountId, net::ConnectionId connection); // from now on; what waited is forgotten
    void unlisten(qint64 accountId, net::ConnectionId connection);
    struct Taken
    {
        std::vector<Notice> notices; // in order
        bool overflow = false;       // there were too many, these are none
    };
    Taken take(qint64 accountId, net::ConnectionId connection);
    // Writer thread. Who has something to fetch now; not the connection that made the change.
    std::vector<net::ConnectionId> add(const Effects &effects);

private:
    struct Listener
    {
        net::ConnectionId connection;
        Taken waiting;
    };
    static void put(Taken &waiting, const Notice &notice);

    std::mutex m_mutex;                                            // guards m_listeners
    std::unordered_map<qint64, std::vector<Listener>> m_listeners; // by account
};

} // namespace store
