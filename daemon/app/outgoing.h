// Outgoing mail of the running server: which resolver finds the hosts, the queue, and what the control server may do
// with it. Main thread, but for what access() hands out.
#pragma once

#include "daemon/app/server.h"
#include "daemon/queue/queue.h"
#include "shared/dns/resolver.h"

#include <mutex>

namespace app {

struct OutgoingParts
{
    store::Store &store;
    core::Committer &writer;
    net::NetThreads &net;
    const Clock &clock;
};

class Outgoing
{
public:
    // Reads the zone file or starts the resolver.
    static Result<std::unique_ptr<Outgoing>> make(const ServerOptions &options, const OutgoingParts &parts);
    ~Outgoing();

    // A queue that greets as `server` says; the one before ends its dialogues first.
    Result<void> start(const settings::Server &server, const QList<settings::Listener> &listeners);
    void wake() const; // any thread
    void drain() const;
    void stop();

    [[nodiscard]] control::QueueAccess access(); // any thread
    [[nodiscard]] smtp::NullMxCheck nullMxCheck() const;

private:
    Outgoing(const ServerOptions &options, const OutgoingParts &parts)
        : m_options(options)
        , m_parts(parts)
    {}
    [[nodiscard]] queue::FindHosts findHosts() const;
    [[nodiscard]] queue::FindHosts findAddresses() const;
    [[nodiscard]] queue::IsOwn isOwn() const;
    [[nodiscard]] static queue::Terms terms(const settings::Server &server);
    [[nodiscard]] quint16 smtpPort() const; // of other servers
    Result<void> startResolver();
    [[nodiscard]] Result<std::shared_ptr<reports::StsPolicies>> makePolicies() const;
    [[nodiscard]] std::shared_ptr<queue::Queue> current() const;

    const ServerOptions m_options;
    const OutgoingParts m_parts;
    std::shared_ptr<dns::Resolver> m_resolver; // null: everything goes to our own port; changed under the lock
    mutable std::mutex m_mutex;                // guards m_queue, which is replaced
    std::shared_ptr<queue::Queue> m_queue;
    settings::Server m_server;
    QList<settings::Listener> m_listeners;
};

} // namespace app
