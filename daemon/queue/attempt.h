// One attempt to deliver a job: find the domain's hosts, dial them in order until one has given a final answer for
// every recipient. A host that can't be reached, breaks off or refuses before RCPT is passed over; a failed TLS
// handshake is repeated in clear once (opportunistic, RFC 7435); whoever saw the message has the last word, so that
// nobody gets it twice. Lives on the queue's thread; answers there once. Dialogues run on net threads.
#pragma once

#include "daemon/net/net_threads.h"
#include "daemon/queue/delivery_session.h"
#include "daemon/queue/rows.h"

namespace queue {

struct MailHost
{
    QByteArray name; // for TLS and texts
    QList<IpAddress> addresses;
};
struct MailHosts
{
    QList<MailHost> hosts;                     // best first
    std::optional<smtp::ClientResult> failure; // why there are none
};
// Answers once, on any thread.
using FindHosts = std::function<void(const QByteArray &domain, std::function<void(MailHosts)> found)>;

struct AttemptServices
{
    net::NetThreads &net;
    const Clock &clock;
    QString databaseFile;
    std::shared_ptr<const net::Service> service;
    QByteArray hostname;
    quint16 port = 25;
    bool loopbackOnly = false; // nothing but loopback is dialled; otherwise loopback is not
    FindHosts findHosts;
    std::function<void(std::move_only_function<void()>)> post; // to the queue's thread
};

struct RecipientResult
{
    smtp::ClientResult result;
    QByteArray host; // who gave it; empty = nobody
};

struct AttemptResult
{
    QList<RecipientResult> results; // in the order of the job's recipients
    QStringList tried;              // "mx.example.org [192.0.2.1]: connection refused", what was passed over
    bool encrypted = false;
    bool reportsItself = false;
    bool aborted = false;
    bool unreachable = false; // no host answered at all
    std::chrono::milliseconds duration{0};
};

class Attempt : public std::enable_shared_from_this<Attempt>
{
public:
    using Done = std::function<void(const Job &, const AttemptResult &)>;
    Attempt(std::shared_ptr<const AttemptServices> services, Job job, Done done);
    void start();

private:
    struct Target
    {
        QByteArray host;
        IpAddress address;
        bool dualStack = false;
    };
    void found(const MailHosts &hosts);
    void listTargets(const QList<MailHost> &hosts);
    void dialNext();
    void dial(smtp::TlsUse tls);
    void ended(const Target &target, smtp::TlsUse tls, const DialogueResult &dialogue);
    void take(qsizetype recipient, const Target &target, smtp::ClientResult result);
    void finish();
    void failAll(const smtp::ClientResult &result);

    const std::shared_ptr<const AttemptServices> m_services;
    const Job m_job;
    const Done m_done;
    std::chrono::steady_clock::time_point m_begun;
    QList<Target> m_targets;
    qsizetype m_next = 0;
    QList<qsizetype> m_open; // recipients without a final answer
    QList<bool> m_known;     // by recipient: has any answer
    AttemptResult m_result;
    bool m_anyConnected = false;
};

} // namespace queue
