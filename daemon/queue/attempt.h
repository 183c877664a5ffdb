// One attempt to deliver a job: find the domain's hosts, dial them in order until one has given a final answer for
// every recipient. A host that can't be reached, breaks off or refuses before RCPT is passed over; so is one that lacks
// what DANE, MTA-STS or the sender want of TLS (tls_terms.h). Where nobody wants anything, a failed TLS handshake is
// repeated in clear once (opportunistic, RFC 7435). Whoever saw the message has the last word, so that nobody gets it
// twice. Lives on the queue's thread; answers there once. Dialogues run on net threads.
#pragma once

#include "daemon/net/net_threads.h"
#include "daemon/queue/delivery_session.h"
#include "daemon/queue/rows.h"
#include "daemon/queue/tls_terms.h"
#include "daemon/reports/sts_policies.h"
#include "daemon/reports/tls_results.h"
#include "shared/api/transports.h"

namespace queue {

struct MailHost
{
    QByteArray name; // for TLS and texts
    QList<IpAddress> addresses;
    Dane dane;
};
struct MailHosts
{
    QList<MailHost> hosts;                     // best first
    std::optional<smtp::ClientResult> failure; // why there are none
    bool authentic = false;                    // DNSSEC says that these are the domain's
};
// Answers once, on any thread.
using FindHosts = std::function<void(const QByteArray &domain, std::function<void(MailHosts)> found)>;
using IsOwn = std::function<bool(const IpAddress &)>; // this server listens there; any thread

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
    FindHosts findAddresses; // of a relay; empty: only those that are addresses
    std::function<Result<std::optional<api::Transport>>(const Job &)> route; // empty: direct
    std::shared_ptr<reports::StsPolicies> policies;                          // null: MTA-STS is not asked for
    std::shared_ptr<const tls::PeerVerifier> verifier;                       // never null
    std::shared_ptr<IdleSessions> idle;
    IsOwn isOwn;                                               // may be empty
    std::function<void(std::move_only_function<void()>)> post; // to the queue's thread
};

struct RecipientResult
{
    smtp::ClientResult result;
    QByteArray host; // who gave it; empty = nobody
    QByteArray ip;   // there
};

struct AttemptResult
{
    QList<RecipientResult> results; // in the order of the job's recipients
    QStringList tried;              // "mx.example.org [192.0.2.1]: connection refused", what was passed over
    bool encrypted = false;
    bool reportsItself = false;
    bool aborted = false;
    bool unreachable = false;      // no host answered at all
    bool byHand = false;           // given up by an administrator: says nothing about the address
    bool suppressed = false;       // not tried at all: the address is suppressed
    QList<reports::TlsResult> tls; // of the connections that were made, and of hosts that were not to be used
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
        HostTerms terms;
    };
    void policyKnown(const reports::StsAnswer &answer);
    void found(const MailHosts &hosts);
    void startRelay();
    void listTargets(const MailHosts &hosts);
    [[nodiscard]] bool mayDial(const IpAddress &address) const;
    [[nodiscard]] HostTerms relayTerms(const MailHost &host) const;
    [[nodiscard]] HostTerms termsOf(const MailHost &host, bool authentic) const;
    void dialNext();
    void dial(smtp::TlsUse tls, bool mayReuse);
    void refuse(const Target &target);
    void note(const Target &target, smtp::TlsUse tls, const DialogueResult &dialogue);
    void ended(const Target &target, smtp::TlsUse tls, const DialogueResult &dialogue);
    void take(qsizetype recipient, const Target &target, smtp::ClientResult result);
    void finish();
    void failAll(const smtp::ClientResult &result);

    const std::shared_ptr<const AttemptServices> m_services;
    const Job m_job;
    const Done m_done;
    std::chrono::steady_clock::time_point m_begun;
    std::optional<api::Transport> m_relay; // instead of the domain's own servers
    std::shared_ptr<const net::Service> m_service;
    reports::StsAnswer m_policy;
    QList<Target> m_targets;
    qsizetype m_next = 0;
    QList<qsizetype> m_open; // recipients without a final answer
    QList<bool> m_known;     // by recipient: has any answer
    AttemptResult m_result;
    bool m_anyConnected = false;
};

} // namespace queue
