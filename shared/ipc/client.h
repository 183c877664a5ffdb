// A connection to the control socket for the control app: asynchronous, connects again by itself with back-off, says
// hello, subscribes again after each connect. And a blocking one for the command line. ipc::Client: the thread it lives
// on (GUI); no waiting. ipc::BlockingClient: any one thread, waits.
#pragma once

#include "shared/api/all.h"
#include "shared/ipc/lines.h"

#include <QHash>
#include <QLocalSocket>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <type_traits>

namespace ipc {

using Reply = std::function<void(Result<QJsonObject>)>;

class Client : public QObject
{
    Q_OBJECT
public:
    explicit Client(QString clientName, QObject *parent = nullptr);
    ~Client() override; // calls that wait are answered with kind Closed

    void open(const QStringList &paths); // tries them in turn, again and again until close()
    void close();
    void setTopics(const QStringList &topics); // asked for at each connect

    [[nodiscard]] bool isReady() const { return m_ready; }
    [[nodiscard]] const api::HelloResult &server() const { return m_server; }

    // The reply comes once: with the answer, or kind Closed if the connection ends first.
    void call(const QString &method, const QJsonObject &params, const Reply &reply);

    template<class P, class R>
    void call(const api::Method<P, R> &method, const P &params,
              std::type_identity_t<std::function<void(Result<R>)>> reply)
    {
        call(QString::fromLatin1(method.name), json::toJsonWithSecrets(params),
             [reply = std::move(reply)](Result<QJsonObject> got) {
                 if (got)
                     reply(api::fromResult<R>(*got));
                 else
                     reply(std::unexpected(std::move(got.error())));
             });
    }

Q_SIGNALS:
    void ready();                  // hello answered; server() is valid
    void lost(const QString &why); // after ready(), or at the first try; tries again
    void snapshot(const api::Snapshot &snapshot);
    void changed(const api::TopicEvent &event);

private:
    void tryNext();
    void connected();
    void readLines();
    void take(const Response &response);
    void take(const Event &event);
    void subscribe();
    void disconnected();
    void send(const QString &method, const QJsonObject &params, const Reply &reply);

    QString m_name;
    QStringList m_paths;
    QStringList m_topics;
    QHash<QString, qint64> m_revisions; // last seen of each topic; a gap asks for a new snapshot
    QLocalSocket m_socket;
    QTimer m_retry;
    LineFramer m_framer;
    QHash<qint64, Reply> m_waiting;
    api::HelloResult m_server;
    std::chrono::milliseconds m_wait;
    qsizetype m_path = 0;
    qint64 m_lastId = 0;
    bool m_ready = false;
    bool m_wanted = false;
};

class BlockingClient
{
public:
    // Connects to the first path that answers, and says hello.
    [[nodiscard]] static Result<std::unique_ptr<BlockingClient>>
    open(const QStringList &paths, const QString &clientName,
         std::chrono::milliseconds limit = std::chrono::seconds(5));

    [[nodiscard]] Result<QJsonObject> call(const QString &method, const QJsonObject &params,
                                           std::chrono::milliseconds limit = std::chrono::minutes(10));
    [[nodiscard]] const api::HelloResult &server() const { return m_server; }

private:
    QLocalSocket m_socket;
    LineFramer m_framer;
    api::HelloResult m_server;
    qint64 m_lastId = 0;
};

} // namespace ipc
