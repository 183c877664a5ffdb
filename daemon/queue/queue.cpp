#include "daemon/queue/queue.h"

#include "daemon/queue/history.h"
#include "daemon/queue/hold_rules.h"
#include "daemon/queue/settlement.h"
#include "daemon/queue/suppressions.h"
#include "shared/base/log.h"
#include "shared/base/metrics.h"
#include "shared/tls/context.h"

#include <csignal>

namespace queue {

namespace {

const Log kLog("queue");
const Gauge kWaiting{"postroom_queue_recipients", "Recipients outgoing mail waits for.", {{"state", "waiting"}}};
const Gauge kHeld{"postroom_queue_recipients", "Recipients outgoing mail waits for.", {{"state", "held"}}};
const Gauge kSending{"postroom_queue_recipients", "Recipients outgoing mail waits for.", {{"state", "sending"}}};
const Gauge kOldest{"postroom_queue_oldest_seconds", "Age of the oldest message in the queue."};
const Histogram kDuration{"postroom_queue_attempt_seconds", "How long a delivery attempt takes."};
constexpr auto kCountEvery = std::chrono::seconds(10);
constexpr auto kPutOff = std::chrono::minutes(5);
constexpr auto kClockJump = std::chrono::minutes(1);
constexpr qsizetype kMostDeferred = 1000; // messages at a time
constexpr qsizetype kMostRemembered = 10'000;

} // namespace

Queue::Queue(Options options, Services services)
    : m_options(std::move(options))
    , m_services(std::move(services))
{}

Queue::~Queue() { stop(); }

Result<void> Queue::start()
{
    const auto tls = tls::Context::client({});
    const auto verifier = tls::PeerVerifier::make();
    if (!tls)
        return std::unexpected(tls.error());
    if (!verifier)
        return std::unexpected(verifier.error());
    net::Service service{.protocol = {.name = "queue"}, .alpn = {}, .tls = *tls};
    m_attemptServices = std::make_shared<const AttemptServices>(AttemptServices{
        .net = m_services.net,
        .clock = m_services.clock,
        .databaseFile = m_services.store.file,
        .service = std::make_shared<const net::Service>(std::move(service)),
        .hostname = m_options.hostname,
        .port = m_options.smtpOutPort,
        .loopbackOnly = m_options.loopbackOnly,
        .findHosts = m_services.findHosts,
        .policies = m_services.policies,
        .verifier = *verifier,
        .idle = std::make_shared<IdleSessions>(m_services.net),
        .isOwn = m_services.isOwn,
        .post = [inbox = m_inbox](std::move_only_function<void()> job) { inbox->post(std::move(job)); },
    });
    m_lastWall = m_services.clock.now();
    m_lastSteady = m_services.clock.steady();
    m_services.writer.submit({.apply = [now = m_lastWall, most = longestWait(m_options.retry)](
                                           db::Database &db) { return clampTimes(db, now, most); },
                              .published = {}},
                             [inbox = m_inbox](const Result<void> &) { inbox->wake(); });
    m_thread = std::thread([this] { loop(); });
    return {};
}

void Queue::Inbox::wake()
{
    const std::lock_guard lock(mutex);
    awake = true;
    changed.notify_one();
}

void Queue::Inbox::post(std::move_only_function<void()> job)
{
    const std::lock_guard lock(mutex);
    if (stopping)
        return; // what it would have told is found out again after the restart
    jobs.push_back(std::move(job));
    changed.notify_one();
}

void Queue::drain() { m_draining = true; }

void Queue::stop()
{
    drain();
    {
        const std::lock_guard lock(m_inbox->mutex);
        m_inbox->stopping = true;
        m_inbox->changed.notify_one();
    }
    if (m_thread.joinable())
        m_thread.join();
}

void Queue::loop()
{
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
    for (;;) {
        std::deque<std::move_only_function<void()>> jobs;
        {
            std::unique_lock lock(m_inbox->mutex);
            const auto due = m_nextDue ? std::max(std::chrono::milliseconds(0), *m_nextDue - m_services.clock.now())
                                       : m_options.lookAgain;
            m_inbox->changed.wait_for(lock, std::min(due, m_options.lookAgain),
                                      [this] { return m_inbox->awake || m_inbox->stopping || !m_inbox->jobs.empty(); });
            jobs.swap(m_inbox->jobs);
            m_inbox->awake = false;
            if (m_inbox->stopping && jobs.empty())
                return;
        }
        for (auto &job : jobs)
            job();
        if (!m_draining)
            schedule();
    }
}

void Queue::minutely(Timestamp now)
{
    const auto steady = m_services.clock.steady();
    const auto jump = (now - m_lastWall) - std::chrono::duration_cast<std::chrono::milliseconds>(steady - m_lastSteady);
    m_lastWall = now;
    m_lastSteady = steady;
    if (jump < -kClockJump) {
        kLog.warn("the clock was set back", {{"seconds", qint64(-jump.count() / 1000)}});
        m_services.writer.submit({.apply = [now, most = longestWait(m_options.retry)](
                                               db::Database &db) { return clampTimes(db, now, most); },
                                  .published = {}},
                                 [inbox = m_inbox](const Result<void> &) { inbox->wake(); });
    }
    if (steady < m_nextMinute)
        return;
    m_nextMinute = steady + kCountEvery;
    m_putOff.removeIf([steady](const auto &each) { return *each <= steady; });
    const auto db = m_services.store.reader();
    const auto counts = db ? count(**db) : std::unexpected(db.error());
    if (!counts)
        return kLog.failed("queue not counted", counts.error());
    kWaiting.set(counts->waiting);
    kHeld.set(counts->held);
    kOldest.set(counts->oldest ? std::max<qint64>(0, (now - *counts->oldest).count() / 1000) : 0);
}

// Lets go what rules hold whose time is over, or is woken when the next one's is.
void Queue::endRulesIn(db::Database &db, Timestamp now)
{
    const auto next = nextEnd(db);
    if (!next)
        return kLog.failed("hold rules not read", next.error());
    if (!*next)
        return;
    if (**next > now) {
        m_nextDue = std::min(m_nextDue.value_or(**next), **next);
        return;
    }
    if (std::exchange(m_endingRules, true))
        return;
    m_services.writer.submit(m_services.store.change([now](db::Database &to, store::Effects &effects) {
        return endRules(to, effects, now);
    }),
                             [this, inbox = m_inbox](const Result<void> &done) {
                                 if (!done)
                                     kLog.failed("hold rules not ended", done.error());
                                 inbox->post([this] { m_endingRules = false; });
                             });
}

QSet<qint64> Queue::sending() const
{
    const std::lock_guard lock(m_mutex);
    return m_sending;
}

QSet<qint64> Queue::taken()
{
    QSet<qint64> ids = sending();
    for (auto each = m_putOff.cbegin(); each != m_putOff.cend(); ++each)
        ids.insert(each.key());
    return ids;
}

// Domains that could be reached before those that could not, then the one that waits longest. A domain whose slots are
// all taken is looked at again when one of its attempts ends.
void Queue::schedule()
{
    const Timestamp now = m_services.clock.now();
    minutely(now);
    m_nextDue.reset();
    const auto db = m_services.store.reader();
    if (db)
        endRulesIn(**db, now);
    auto domains = db ? listDomains(**db) : std::unexpected(db.error());
    if (!domains)
        return kLog.failed("queue not read", domains.error());
    std::ranges::sort(*domains, {}, [this](const DomainDue &each) {
        return std::pair(m_domains.value(each.domain).most == 1, each.next);
    });
    QSet<qint64> notNow = taken();
    for (const DomainDue &due : std::as_const(*domains)) {
        if (due.next > now) {
            m_nextDue = std::min(m_nextDue.value_or(due.next), due.next);
            continue;
        }
        const Domain state = m_domains.value(due.domain);
        const int room = std::min(state.most - state.running, m_options.mostAtOnce - m_running);
        const auto jobs = room > 0 ? listDue(**db, due.domain, now, notNow, room) : Result<QList<Job>>();
        if (!jobs)
            return kLog.failed("queue not read", jobs.error());
        for (const Job &job : *jobs) {
            begin(job);
            for (const Recipient &recipient : job.recipients)
                notNow.insert(recipient.id);
        }
    }
    if (m_domains.size() > kMostRemembered)
        m_domains.removeIf([](const auto &each) { return each->running == 0; });
}

void Queue::take(const Job &job)
{
    ++m_running;
    ++m_domains[job.domain].running;
    {
        const std::lock_guard lock(m_mutex);
        for (const Recipient &recipient : job.recipients)
            m_sending.insert(recipient.id);
        kSending.set(m_sending.size());
    }
}

// Settles suppressed recipients at once: they fail without a connection.
Job Queue::withoutSuppressed(db::Database &db, const Job &job)
{
    Job open = job;
    Job closed = job;
    open.recipients.clear();
    closed.recipients.clear();
    for (const Recipient &recipient : job.recipients) {
        const auto suppressed = isSuppressed(db, job.message.accountId, recipient.rcpt.forwardPath);
        if (!suppressed)
            kLog.failed("suppression list not read", suppressed.error());
        (suppressed.value_or(false) ? closed : open).recipients.append(recipient);
    }
    if (closed.recipients.isEmpty())
        return open;
    AttemptResult refused{.suppressed = true};
    refused.results.fill({.result = {.permanent = true,
                                     .enhanced = "5.1.0",
                                     .text = "mail to this address came back before, so it is on the suppression list"},
                          .host = {},
                          .ip = {}},
                         closed.recipients.size());
    take(closed);
    conclude(closed, refused);
    return open;
}

void Queue::begin(const Job &asked)
{
    const bool here = m_services.store.directory.hosts(asked.domain);
    const auto db = m_services.store.reader();
    const Job job = here || !db ? asked : withoutSuppressed(**db, asked);
    if (job.recipients.isEmpty())
        return;
    take(job);
    if (here)
        return deliverHere(job);
    std::make_shared<Attempt>(m_attemptServices, job, [this](const Job &tried, const AttemptResult &result) {
        ended(tried, result);
    })->start();
}

void Queue::ended(const Job &job, const AttemptResult &result)
{
    Domain &domain = m_domains[job.domain];
    if (m_draining && (result.aborted || result.unreachable))
        return free(job, true); // cut off by our own shutdown: says nothing
    domain.most = result.unreachable ? 1 : std::min(m_options.mostPerDomain, domain.most * 2);
    kDuration.observe(std::chrono::duration<double>(result.duration).count());
    if (result.unreachable)
        deferRest(job.domain, result);
    conclude(job, result);
}

// What else is due for a domain that cannot be reached shares that result: a thousand messages do not knock a thousand
// times at a door that nobody opens.
void Queue::deferRest(const QByteArray &domain, const AttemptResult &result)
{
    const auto db = m_services.store.reader();
    const auto jobs =
        db ? listDue(**db, domain, m_services.clock.now(), taken(), kMostDeferred) : std::unexpected(db.error());
    if (!jobs)
        return kLog.failed("queue not read", jobs.error());
    for (const Job &job : *jobs) {
        AttemptResult same = result;
        same.tls.clear(); // counted once
        same.results = QList<RecipientResult>(job.recipients.size(), result.results.first());
        take(job);
        conclude(job, same);
    }
}

void Queue::conclude(const Job &job, const AttemptResult &result)
{
    const auto db = m_services.store.reader();
    if (!db)
        return free(job, false);
    const Timestamp now = m_services.clock.now();
    kLog.info("delivery attempt", {{"key", QString::fromLatin1(job.message.key)},
                                   {"domain", QString::fromUtf8(job.domain)},
                                   {"recipients", job.recipients.size()},
                                   {"host", QString::fromUtf8(result.results.first().host)},
                                   {"code", result.results.first().result.code},
                                   {"text", QString::fromUtf8(result.results.first().result.text)},
                                   {"tls", result.encrypted}});
    auto settlement = std::make_shared<Settlement>(decide(**db, m_options.hostname, m_options.retry, job, result, now));
    commit(job,
           m_services.store.change([settlement, now, tls = result.tls, &directory = m_services.store.directory](
                                       db::Database &to, store::Effects &effects) -> Result<void> {
               if (auto done = reports::record(to, tls, now); !done)
                   return done;
               return settle(to, effects, directory, *settlement, now);
           }),
           {});
}

void Queue::commit(const Job &job, core::Change change, std::move_only_function<void()> then)
{
    m_services.writer.submit(std::move(change),
                             [this, inbox = m_inbox, job, then = std::move(then)](const Result<void> &done) mutable {
                                 if (!done)
                                     kLog.failed("delivery results not stored", done.error());
                                 inbox->post([this, job, good = done.has_value(), then = std::move(then)]() mutable {
                                     if (good && then)
                                         return then();
                                     free(job, good);
                                 });
                             });
}

void Queue::free(const Job &job, bool committed)
{
    --m_running;
    --m_domains[job.domain].running;
    const std::lock_guard lock(m_mutex);
    for (const Recipient &recipient : job.recipients) {
        m_sending.remove(recipient.id);
        if (!committed)
            m_putOff.insert(recipient.id, m_services.clock.steady() + kPutOff);
    }
    kSending.set(m_sending.size());
}

} // namespace queue
