// What the fake server begins with: one house on one Monday.
#include "explain.h"
#include "fake_daemon.h"

#include <QDateTime>

namespace {

Timestamp minutesAgo(qint64 minutes)
{
    return fromMilliseconds(QDateTime::currentMSecsSinceEpoch() - minutes * 60'000);
}

QList<api::FlowHour> day(bool quiet)
{
    static constexpr std::array kReceived{13, 10, 12, 15, 17, 14, 12, 9,  8,  5,  3,  2,
                                          1,  1,  0,  1,  2,  6,  11, 16, 14, 15, 12, 15};
    static constexpr std::array kSent{4, 3, 5, 6, 4, 3, 2, 4, 3, 2, 1, 0, 0, 0, 0, 0, 0, 2, 5, 6, 3, 4, 2, 2};
    const qint64 hour = 3'600'000;
    const qint64 first = (QDateTime::currentMSecsSinceEpoch() / hour - 23) * hour;
    QList<api::FlowHour> hours;
    for (size_t i = 0; i < kReceived.size(); ++i) {
        api::FlowHour each;
        each.at = fromMilliseconds(first + qint64(i) * hour);
        if (!quiet) {
            each.received = kReceived.at(i);
            each.sent = kSent.at(i);
            each.junk = i % 7 == 4 ? 2 : 0;
            each.failed = i == 4 ? 1 : 0;
        }
        hours.append(each);
    }
    return hours;
}

api::ListenerStatus listener(const char *kind, int port)
{
    return {QString::fromLatin1(kind) + QString::number(port),
            QString::fromLatin1(kind),
            QStringLiteral("0.0.0.0"),
            port,
            true,
            {}};
}

api::QueueMessage waiting(qint64 id, const char *subject, const char *recipient, const char *why, int attempts,
                          qint64 inMinutes)
{
    api::QueueMessage message;
    message.id = id;
    message.sender = QStringLiteral("anna@example-family.net");
    message.recipient = QString::fromLatin1(recipient);
    message.subject = QString::fromLatin1(subject);
    message.lastError = QString::fromLatin1(why);
    message.attempts = attempts;
    message.queuedAt = minutesAgo(60);
    message.nextAttempt = minutesAgo(-inMinutes);
    return message;
}

} // namespace

void FakeDaemon::addPerson(const QString &name, const QString &address, double usedGigabytes, double quotaGigabytes,
                           qint64 lastSeen)
{
    constexpr double kGigabyte = 1024.0 * 1024 * 1024;
    api::Account account;
    account.id = m_accounts.size() + 1;
    account.name = name;
    account.address = address + QStringLiteral("@example-family.net");
    account.usedBytes = qint64(usedGigabytes * kGigabyte);
    account.quotaBytes = qint64(quotaGigabytes * kGigabyte);
    account.messageCount = qint64(usedGigabytes * 9000);
    if (lastSeen > 0)
        account.lastSignIn = minutesAgo(lastSeen);
    m_accounts.append(account);
    m_status.storageBytes += account.usedBytes;
    m_status.messages += account.messageCount;
}

void FakeDaemon::fillQueue()
{
    m_queue = {
        waiting(1, "Scan_0231.pdf", "tax@kanzlei.example",
                "mx.kanzlei.example: 4.7.5 the server's certificate is not the one wanted: it is for another name", 1,
                44),
        waiting(2, "Invoice 2291", "shop@slow.example",
                "mx.slow.example: 452 4.2.2 <shop@slow.example> mailbox full, try again later", 3, 32),
        waiting(3, "Newsletter November", "post@verein.example", "mx.verein.example: 4.4.1 did not answer", 2, 20),
        waiting(4, "Class trip photos", "office@schule.example",
                "mx.schule.example: 451 4.7.1 greylisted, come back later", 1, 8),
        waiting(5, "Garden photos, part 2", "oma@gmx.example", "", 0, 500),
        waiting(6, "Choir recordings", "choir@verein.example", "", 0, 500)};
    const QList<qint64> sizes{3'400'000, 212'000, 96'000, 6'100'000, 18'000'000, 9'600'000};
    for (qsizetype i = 0; i < m_queue.size(); ++i) {
        m_queue[i].sizeBytes = sizes.at(i);
        explain(m_queue[i]);
        if (i >= 4)
            m_queue[i].state = api::QueueState::Held;
    }
}

void FakeDaemon::fill()
{
    const bool fresh = m_scenario == QLatin1StringView("fresh");
    const bool troubled = m_scenario == QLatin1StringView("troubled");
    m_accounts.clear();
    m_aliases.clear();
    m_queue.clear();
    m_traces.clear();
    m_history.clear();
    m_devices.clear();
    m_certificates.clear();
    m_seen.clear();
    m_signIns.clear();
    m_rules.clear();
    m_lastRule = 0;
    m_retired.clear();
    m_suppressions.clear();
    m_handshakes.clear();
    m_lacking.clear();
    m_settings = {};
    m_settings.hostname = QStringLiteral("mail.example-family.net");
    m_status = {};
    m_domains = {{QStringLiteral("example-family.net"), 6, 4}};
    m_status.version = QStringLiteral(POSTROOM_VERSION);
    m_status.hostname = QStringLiteral("mail.example-family.net");
    m_status.uptimeSeconds = fresh ? 40 : 41LL * 86'400;
    m_status.flow = day(fresh);
    m_status.listeners = {listener("smtp", 25),   listener("submissions", 465), listener("submission", 587),
                          listener("imaps", 993), listener("imap", 143),        listener("https", 443)};
    m_status.connections.control = 1;
    const bool expiring = m_scenario == QLatin1StringView("expiring");
    fillCertificates(expiring ? std::chrono::days(2) : std::chrono::days(61));
    if (m_scenario == QLatin1StringView("unset")) {
        m_domains.clear();
        m_status.hostname.clear();
        m_status.certificates.clear();
        m_settings.hostname.clear();
        m_status.uptimeSeconds = 40;
        m_status.flow = day(true);
        m_status.local = true;
    }
    if (fresh || m_scenario == QLatin1StringView("unset"))
        return;
    m_status.receivedToday = 214;
    m_status.sentToday = 61;
    m_status.connections = {.smtp = 1, .submission = 2, .imap = 14, .http = 0, .control = 1};
    addPerson(QStringLiteral("Anna"), QStringLiteral("anna"), 4.1, 5, 2);
    addPerson(QStringLiteral("Ben"), QStringLiteral("ben"), 1.5, 5, 17);
    addPerson(QStringLiteral("Mia"), QStringLiteral("mia"), 0.7, 5, 60L * 26);
    addPerson(QStringLiteral("Oma Helga"), QStringLiteral("helga"), 0, 5, 0);
    addPerson(QStringLiteral("Office"), QStringLiteral("office"), 2.6, 5, 11);
    addPerson(QStringLiteral("House"), QStringLiteral("house"), 0.2, 0, 200);
    m_accounts[0].role = api::AccountRole::Postmaster;
    const auto alias = [this](const char *name, const QStringList &who) {
        api::Alias each{QLatin1StringView(name) + QStringLiteral("@example-family.net"), {}};
        for (const QString &one : who)
            each.members << one + QStringLiteral("@example-family.net");
        m_aliases.append(each);
    };
    alias("mum", {QStringLiteral("anna")});
    alias("school", {QStringLiteral("anna"), QStringLiteral("mia")});
    m_aliases.last().post = api::AliasPost::Members;
    alias("dad", {QStringLiteral("ben")});
    alias("info", {QStringLiteral("office"), QStringLiteral("anna")});
    fillQueue();
    fillTraces();
    fillDevices();
    fillRules();
    fillHandshakes(troubled);
    m_status.accounts = m_accounts.size();
    m_status.queueWaiting = queued(QStringLiteral("waiting"));
    m_status.queueHeld = queued(QStringLiteral("held"));
    if (m_scenario == QLatin1StringView("busy"))
        fillMany();
    if (troubled) {
        m_accounts[1].usedBytes = m_accounts[1].quotaBytes;
        m_status.listeners[0].open = false;
        m_status.listeners[0].problem = QStringLiteral("Another program uses port 25.");
    }
}
