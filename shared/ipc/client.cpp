#include "shared/ipc/client.h"

#include "shared/ipc/socket_path.h"

#include <QDeadlineTimer>

#include <memory>

namespace ipc {

namespace {

constexpr auto kFirstWait = std::chrono::milliseconds(250);
constexpr auto kLongestWait = std::chrono::milliseconds(5000);

QJsonObject hello(const QString &name)
{
    api::HelloParams params;
    params.client = name;
    params.clientVersion = QStringLiteral(POSTROOM_VERSION);
    return json::toJson(params);
}

std::unexpected<Error> closed(const QString &why) { return failure(ErrorKind::Closed, why); }

} // namespace

Client::Client(QString clientName, QObject *parent)
    : QObject(parent)
    , m_name(std::move(clientName))
    , m_wait(kFirstWait)
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &Client::tryNext);
    connect(&m_socket, &QLocalSocket::connected, this, &Client::connected);
    connect(&m_socket, &QLocalSocket::readyRead, this, &Client::readLines);
    connect(&m_socket, &QLocalSocket::disconnected, this, &Client::disconnected);
    connect(&m_socket, &QLocalSocket::errorOccurred, this, [this] {
        // The state follows only after this signal.
        QTimer::singleShot(0, this, [this] {
            if (m_socket.state() == QLocalSocket::UnconnectedState)
                disconnected();
        });
    });
}

Client::~Client()
{
    m_socket.disconnect(this); // its members are gone when the socket closes
    m_wanted = false;
    disconnected(); // nobody waits for ever
}

void Client::open(const QStringList &paths)
{
    m_paths = paths;
    m_path = 0;
    m_wait = kFirstWait;
    m_wanted = !paths.isEmpty();
    if (m_wanted)
        tryNext();
}

void Client::close()
{
    m_wanted = false;
    m_retry.stop();
    m_socket.abort();
    disconnected();
}

void Client::setTopics(const QStringList &topics)
{
    m_topics = topics;
    if (m_ready)
        subscribe();
}

void Client::call(const QString &method, const QJsonObject &params, const Reply &reply)
{
    if (!m_ready) {
        reply(closed(QStringLiteral("not connected to the server")));
        return;
    }
    send(method, params, reply);
}

void Client::send(const QString &method, const QJsonObject &params, const Reply &reply)
{
    const qint64 id = ++m_lastId;
    m_waiting.insert(id, reply);
    m_socket.write(encode(Request{id, method, params}));
}

void Client::tryNext()
{
    if (!m_wanted || m_socket.state() != QLocalSocket::UnconnectedState)
        return;
    m_socket.connectToServer(m_paths.at(m_path % m_paths.size()));
}

void Client::connected()
{
    m_framer = {};
    send(QStringLiteral("hello"), hello(m_name), [this](const Result<QJsonObject> &answer) {
        const auto server = answer ? api::fromResult<api::HelloResult>(*answer) : std::unexpected(answer.error());
        if (!server) {
            m_socket.abort();
            return;
        }
        m_server = *server;
        m_ready = true;
        m_wait = kFirstWait;
        Q_EMIT ready();
        subscribe();
    });
}

void Client::subscribe()
{
    if (m_topics.isEmpty())
        return;
    call(api::kSubscribe, api::SubscribeParams{m_topics}, [this](const Result<api::SubscribeResult> &answer) {
        if (!answer) {
            // An older server lacks a topic; the others are wanted all the same. The path is "/topics/N".
            const qsizetype at = answer.error().path.section(u'/', 2, 2).toInt();
            if (answer.error().code == QLatin1StringView("unknown-topic") && at < m_topics.size()) {
                m_topics.removeAt(at);
                subscribe();
            }
            return;
        }
        for (const api::Snapshot &each : answer->snapshots) {
            m_revisions.insert(each.topic, each.rev);
            Q_EMIT snapshot(each);
        }
    });
}

void Client::readLines()
{
    m_framer.add(m_socket.readAll());
    while (const auto line = m_framer.next()) {
        if (const auto message = parseReply(*line))
            std::visit([this](const auto &each) { take(each); }, *message);
        else
            m_socket.abort();
    }
    if (m_framer.tooLong())
        m_socket.abort();
}

void Client::take(const Response &response)
{
    const Reply reply = m_waiting.take(response.id.toInteger());
    if (!reply)
        return;
    if (response.error)
        reply(std::unexpected(*response.error));
    else
        reply(response.result);
}

void Client::take(const Event &event)
{
    const auto topic = api::fromResult<api::TopicEvent>(event.params);
    if (!topic || event.method != QLatin1StringView("event"))
        return;
    const auto last = m_revisions.find(topic->topic);
    if (last == m_revisions.end() || topic->rev <= *last)
        return; // the snapshot is still to come, or has it already
    const bool gap = topic->rev != *last + 1;
    *last = topic->rev;
    if (gap)
        subscribe();
    else
        Q_EMIT changed(*topic);
}

void Client::disconnected()
{
    const bool wasReady = std::exchange(m_ready, false);
    m_revisions.clear();
    const QString why = m_socket.errorString();
    const auto waiting = std::exchange(m_waiting, {});
    for (const Reply &reply : waiting)
        reply(closed(QStringLiteral("the connection to the server ended")));
    if (!m_wanted || m_retry.isActive())
        return;
    ++m_path;
    const bool allTried = m_path % m_paths.size() == 0;
    if (wasReady || (allTried && m_wait == kFirstWait))
        Q_EMIT lost(why);
    m_retry.start(allTried || wasReady ? m_wait : std::chrono::milliseconds(0));
    if (allTried)
        m_wait = std::min(m_wait * 2, kLongestWait);
}

Result<std::unique_ptr<BlockingClient>> BlockingClient::open(const QStringList &paths, const QString &clientName,
                                                             std::chrono::milliseconds limit)
{
    auto client = std::make_unique<BlockingClient>();
    QString why = QStringLiteral("no path");
    for (const QString &path : paths) {
        if (auto fits = checkSocketPath(path); !fits)
            return std::unexpected(fits.error());
        client->m_socket.connectToServer(path);
        if (!client->m_socket.waitForConnected(int(limit.count()))) {
            why = client->m_socket.errorString();
            continue;
        }
        const auto answer = client->call(QStringLiteral("hello"), hello(clientName), limit);
        if (!answer)
            return std::unexpected(answer.error());
        auto server = api::fromResult<api::HelloResult>(*answer);
        if (!server)
            return std::unexpected(server.error());
        client->m_server = *server;
        return client;
    }
    return std::unexpected(unreachable(paths, why));
}

Result<QJsonObject> BlockingClient::call(const QString &method, const QJsonObject &params,
                                         std::chrono::milliseconds limit)
{
    const qint64 id = ++m_lastId;
    m_socket.write(encode(Request{id, method, params}));
    const QDeadlineTimer deadline(limit);
    while (true) {
        while (const auto line = m_framer.next()) {
            const auto message = parseReply(*line);
            if (!message)
                return std::unexpected(message.error());
            const auto *response = std::get_if<Response>(&*message);
            const bool mine =
                response && (response->id.toInteger() == id || (response->id.isNull() && response->error));
            if (!mine)
                continue;
            if (response->error)
                return std::unexpected(*response->error);
            return response->result;
        }
        if (m_framer.tooLong())
            return closed(QStringLiteral("the server's answer is too long"));
        if (m_socket.bytesAvailable() == 0 && !m_socket.waitForReadyRead(int(deadline.remainingTime())))
            return closed(QStringLiteral("the server did not answer: %1").arg(m_socket.errorString()));
        m_framer.add(m_socket.readAll());
    }
}

} // namespace ipc
