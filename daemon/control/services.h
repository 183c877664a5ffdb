// What the control protocol reaches of the server, and who listens to which topic.
// What lies beside this folder (queue, listeners) comes as functions that app/startup sets; an empty one means: not
// there, and its methods are missing from the capabilities. Shared by all control sessions; any thread.
#pragma once

#include "daemon/auth/authenticator.h"
#include "daemon/net/handshakes.h"
#include "daemon/store/store.h"
#include "shared/api/all.h"
#include "shared/base/random.h"

#include <QHash>
#include <QSet>

#include <mutex>

namespace control {

extern const char *const kSchema0001; // migration "control/0001_settings"

// Who subscribed to what. changed() is called after commits (store::Views::onTopic) and by whoever has news.
class Topics
{
public:
    void watch(const QString &topic, net::ConnectionId connection);
    void unwatch(net::ConnectionId connection);
    void changed(const QByteArray &topic); // tells the sessions; they fetch what changed themselves

    net::Notifier *notifierOrNull = nullptr; // set at startup

private:
    std::mutex m_mutex; // guards the watchers
    QHash<QString, QList<net::ConnectionId>> m_watchers;
};

struct QueueAccess
{
    std::function<QSet<qint64>()> sending; // recipient ids; any thread
    std::function<Result<qint64>(db::Database &, store::Effects &, const QList<qint64> &ids, Timestamp now)>
        fail; // writer
    std::function<Result<api::MailSendResult>(db::Database &, store::Effects &, const api::MailSendParams &,
                                              const QByteArray &message, Timestamp now)>
        send; // writer
};

struct Services
{
    store::Store &store;
    auth::Authenticator &authenticator;
    const Clock &clock;
    Topics &topics;
    settings::Document defaults; // server and listeners as long as nobody set them
    bool local = false;
    QueueAccess queue;
    std::function<void(api::Status &)> addLive;                      // uptime, connections, listeners; workers
    std::function<void(const settings::Document &)> settingsChanged; // after commit, writer thread; must not block
    // Keeps a key file for whoever comes with the token; none = too many wait already.
    std::function<std::optional<QByteArray>(const QByteArray &file)> enrol = {};
    std::function<net::HandshakeSums()> handshakes = {}; // what is not stored yet
    std::function<void()> purgeSoon; // something removed waits to be deleted for good; writer thread, must not block
    QString instanceId = QString::fromLatin1(randomText(12));
};

// What a user id may do: this server's own user and root are administrators, and so are members of the group
// postroom-admin, as the system knows them now and not when they logged in. May ask the system's user database: workers
// only.
[[nodiscard]] api::Role roleOf(qint64 uid);

} // namespace control
