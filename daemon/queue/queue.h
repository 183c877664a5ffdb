// The outgoing queue: mail that was accepted leaves, sooner or later, or its sender hears why not. Everything it knows
// is in the database, so a restart or kill -9 costs at most a repeated transaction. One thread of its own decides what
// is tried when (one wait for the next due time); dialogues run on the net threads, changes on the writer.
//   app/startup: Queue queue(options, services); queue.start(); … queue.drain(); net.shutDown(); queue.stop();
//   Whoever accepts mail calls add() of rows.h in its own change; store::Views::onTopic("queue") calls wake().
#pragma once

#include "daemon/queue/attempt.h"
#include "daemon/queue/retry.h"
#include "daemon/store/store.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace queue {

// Settings that may change while mail is on its way.
struct Terms
{
    RetryPolicy retry;
    int mostAtOnce = 100; // dialogues in all
    int mostPerDomain = 10;
    int mostToNewDomain = 2;  // not met yet; doubled by each that could be reached
    int mostAfterFailure = 1; // to reach it at all
};

struct Options
{
    QByteArray hostname;
    quint16 smtpOutPort = 25;
    bool loopbackOnly = false; // local mode: nothing leaves the machine
    Terms terms;
    std::chrono::milliseconds lookAgain = std::chrono::seconds(30); // longest sleep: the clock may be set meanwhile
};

// A message for a recipient of this server.
struct Arrival
{
    std::shared_ptr<const store::Prepared> message;
    qint64 contentId = 0;
    QByteArray prefix;
    smtp::Mail mail;
    smtp::Rcpt rcpt;
    Timestamp now;
};
// Puts it into mailboxes, in the writer's transaction. False: nobody has this address. Error code "over-quota": later.
using DeliverHere = std::move_only_function<Result<bool>(db::Database &, store::Effects &, const Arrival &)>;

struct Services
{
    store::Store &store;
    core::Committer &writer;
    net::NetThreads &net;
    const Clock &clock;
    FindHosts findHosts;
    FindHosts findAddresses = {};                   // of relays
    std::shared_ptr<reports::StsPolicies> policies; // null: no MTA-STS
    IsOwn isOwn;                                    // empty: no address is
    DeliverHere deliverHere;                        // empty: into INBOX of those the directory knows
};

class Queue
{
public:
    Queue(Options options, Services services);
    ~Queue(); // stops
    Queue(const Queue &) = delete;
    Queue &operator=(const Queue &) = delete;

    Result<void> start();
    void wake() { m_inbox->wake(); } // something entered or changed; any thread
    void drain();                    // begins nothing more
    void setTerms(const Terms &terms);
    void stop(); // after the net threads said goodbye: results that came are with the writer then

    // For the control server.
    [[nodiscard]] QSet<qint64> sending() const; // recipient ids; any thread
    Result<qint64> fail(db::Database &db, store::Effects &effects, const QList<qint64> &ids,
                        Timestamp now); // given up, with a report; writer

private:
    struct Domain
    {
        int running = 0;
        int most = 0; // 0 = not met yet
        bool failed = false;
    };
    // Where other threads leave work for the queue's; outlives it in the hands of dialogues and changes under way.
    struct Inbox
    {
        void post(std::move_only_function<void()> job);
        void wake();

        std::mutex mutex; // guards all
        std::condition_variable changed;
        std::deque<std::move_only_function<void()>> jobs;
        bool awake = false;
        bool stopping = false;
    };
    void loop();
    void schedule();
    void minutely(Timestamp now);
    void endRulesIn(db::Database &db, Timestamp now);
    [[nodiscard]] Domain &slotOf(const Job &job) { return m_domains[job.slot.isEmpty() ? job.domain : job.slot]; }
    [[nodiscard]] Terms terms() const; // any thread
    [[nodiscard]] int mostOf(const Domain &domain) const;
    [[nodiscard]] Result<QList<Job>> listNext(db::Database &db, const DomainDue &due, Timestamp now,
                                              const QSet<qint64> &taken);
    [[nodiscard]] bool findSlot(db::Database &db, Job &job);
    void take(const Job &job);
    void begin(const Job &asked);
    [[nodiscard]] Job withoutSuppressed(db::Database &db, const Job &job);
    void deliverHere(const Job &job);
    Result<void> arrive(db::Database &db, store::Effects &effects, const Job &job,
                        const std::shared_ptr<const store::Prepared> &message, AttemptResult &missed, Job &open);
    Result<void> arrived(db::Database &db, store::Effects &effects, const Message &message, const Recipient &recipient,
                         Timestamp now);
    void ended(const Job &job, const AttemptResult &result);
    void deferRest(const Job &job, const AttemptResult &result);
    void conclude(const Job &job, const AttemptResult &result);
    void commit(const Job &job, core::Change change, std::move_only_function<void()> then);
    void free(const Job &job, bool committed);
    [[nodiscard]] QSet<qint64> taken();

    const Options m_options;
    Services m_services;
    std::shared_ptr<const AttemptServices> m_attemptServices;

    const std::shared_ptr<Inbox> m_inbox = std::make_shared<Inbox>();
    mutable std::mutex m_mutex; // guards m_sending and m_terms
    QSet<qint64> m_sending;
    Terms m_terms;
    std::atomic<bool> m_draining = false;

    // The queue's thread only:
    QHash<QByteArray, Domain> m_domains;
    QHash<qint64, int> m_accounts; // what runs of each
    QHash<qint64, std::chrono::steady_clock::time_point>
        m_putOff; // results that could not be stored: not at once again
    int m_running = 0;
    bool m_endingRules = false;
    std::optional<Timestamp> m_nextDue;
    Timestamp m_lastWall;
    std::chrono::steady_clock::time_point m_lastSteady = {};
    std::chrono::steady_clock::time_point m_nextMinute = {};
    std::thread m_thread; // last: started when all else is there
};

} // namespace queue
