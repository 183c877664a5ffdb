// A control connection: JSON-RPC 2.0, one message a line (shared/ipc/lines.h). The peer's user id decides the role;
// hello comes first; calls are answered in order, at most 64 wait; subscriptions get a snapshot and then what changed,
// at most four times a second and only as fast as the peer reads. Net thread and workers in turn, as every
// net::Session.
#pragma once

#include "daemon/control/dispatch.h"
#include "daemon/net/session.h"
#include "shared/ipc/lines.h"

#include <deque>

namespace control {

inline constexpr size_t kMostCalls = 64;

class Session final : public net::Session
{
public:
    explicit Session(std::shared_ptr<const Services> services)
        : m_services(std::move(services))
    {}

    ~Session() override;

    void started(const net::Peer &peer) override;
    void received(QByteArrayView bytes) override;
    void secured(const tls::Info &) override {}
    void resumed() override;
    void notified(const net::Event &event) override;
    void timedOut() override;

private:
    using Instant = std::chrono::steady_clock::time_point;

    // A call being worked on. Shared with the writer's change.
    struct Running
    {
        ipc::Request request;
        const Method *method = nullptr; // null: hello or subscribe
        api::CallOptions options;
        Result<QJsonObject> answer;
        QList<std::function<void()>> afterwards;
        bool isChange = false;
    };
    struct Subscription
    {
        qint64 rev = 0;
        Items items; // as the peer knows them
        bool dirty = false;
        Instant next;      // not before
        Instant heartbeat; // look again even if nobody said so; {} = never
    };

    void answerOrQueue(ipc::Request request);
    void goOn(); // starts the next call or refresh, or sets the deadline
    [[nodiscard]] bool startCall();
    [[nodiscard]] bool startRefresh();
    void setDeadline();
    void reply(const QJsonValue &id, const Result<QJsonObject> &answer);
    void refuse(const QJsonValue &id, Error error);

    [[nodiscard]] Result<void> prepare(Running &running);
    [[nodiscard]] net::WorkResult work(const std::shared_ptr<Running> &running);
    [[nodiscard]] core::Change changeOf(const std::shared_ptr<Running> &running);
    [[nodiscard]] Result<QJsonObject> hello(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> subscribe(const QJsonObject &params);
    void refresh(const QString &topic);            // worker
    [[nodiscard]] Result<Reading> reading() const; // worker

    const std::shared_ptr<const Services> m_services;
    net::Peer m_peer;
    ipc::LineFramer m_framer;
    std::deque<ipc::Request> m_calls;
    std::shared_ptr<Running> m_running;
    QMap<QString, Subscription> m_subscriptions;
    QString m_refreshing;              // the topic whose news are being fetched; empty = none
    std::optional<QJsonObject> m_news; // the event's params, if there is one to send
    bool m_refreshDrained = false;     // the peer has taken what was sent before
    std::optional<api::Role> m_role;   // set by hello
    bool m_ending = false;
};

} // namespace control
