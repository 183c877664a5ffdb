#include "gui/health.h"

#include "gui/values.h"
#include "gui/words.h"

namespace gui {

namespace {

constexpr qsizetype kMostNeeds = 3;

void lookAtListeners(const api::Status &status, QList<Need> &needs)
{
    for (const api::ListenerStatus &each : status.listeners) {
        if (each.open)
            continue;
        needs.append({.severity = Severity::Trouble,
                      .category = QStringLiteral("mail"),
                      .title = Health::tr("Port %1 is not open").arg(each.port),
                      .text = each.problem.isEmpty() ? Health::tr("Nobody can connect there.") : each.problem,
                      .action = {},
                      .argument = {}});
    }
}

void lookAtStorage(const QList<api::Account> &accounts, QList<Need> &needs)
{
    for (const api::Account &each : accounts) {
        if (each.state != api::AccountState::Active || each.quotaBytes <= 0 ||
            double(each.usedBytes) < kNearlyFull * double(each.quotaBytes))
            continue;
        const bool full = each.usedBytes >= each.quotaBytes;
        const QString who = each.name.isEmpty() ? each.address : each.name;
        needs.append(
            {.severity = full ? Severity::Trouble : Severity::Attention,
             .category = QStringLiteral("storage"),
             .title = (full ? Health::tr("The mailbox of %1 is full") : Health::tr("The mailbox of %1 is nearly full"))
                          .arg(who),
             .text = (full ? Health::tr("New mail is turned away: %1 used.")
                           : Health::tr("%1 used. When it is full, mail is turned away."))
                         .arg(Words::usageOf(each.usedBytes, each.quotaBytes)),
             .action = QStringLiteral("storage"),
             .argument = each.address});
    }
}

void lookAtErrors(const api::Status &status, QList<Need> &needs)
{
    if (status.unhandledErrors <= 0)
        return;
    needs.append({.severity = Severity::Attention,
                  .category = QStringLiteral("mail"),
                  .title = Health::tr("The server met %n error(s) of its own", nullptr, int(status.unhandledErrors)),
                  .text = Health::tr("Mail is safe. The server's log says what happened."),
                  .action = {},
                  .argument = {}});
}

QString certificateTitle(const QString &host, std::chrono::days left)
{
    if (left < std::chrono::days(0))
        return Health::tr("The certificate of %1 has ended").arg(host);
    if (left == std::chrono::days(0))
        return Health::tr("The certificate of %1 ends today").arg(host);
    return Health::tr("The certificate of %1 ends in %n day(s)", nullptr, int(left.count())).arg(host);
}

// Those of our own authority are renewed by the server itself.
void lookAtCertificates(const api::Status &status, Timestamp now, QList<Need> &needs)
{
    for (const api::CertificateStatus &each : status.certificates) {
        Need need{.severity = Severity::Attention,
                  .category = QStringLiteral("certificate"),
                  .title = {},
                  .text = each.problem,
                  .action = QStringLiteral("security"),
                  .argument = {}};
        const auto left = std::chrono::floor<std::chrono::days>(each.until - now);
        if (!each.problem.isEmpty()) {
            need.title = Health::tr("The certificate “%1” cannot be used").arg(each.name);
        } else if (!each.own && left < kCertificateSoon) {
            need.severity = left < kCertificateNow ? Severity::Trouble : Severity::Attention;
            need.title = certificateTitle(each.hosts.value(0, status.hostname), left);
            need.text = left < std::chrono::days(0)
                            ? Health::tr("Mail apps warn or refuse to connect. Put a new one in its place.")
                            : Health::tr("After that mail apps warn or refuse to connect. Put a new one in its place.");
        } else {
            continue;
        }
        needs.append(need);
    }
}

void lookAtHandshakes(const api::Status &status, QList<Need> &needs)
{
    if (status.handshakes < kFewHandshakes || double(status.failedHandshakes) <= kTlsAlarm * double(status.handshakes))
        return;
    needs.append({.severity = Severity::Trouble,
                  .category = QStringLiteral("tls"),
                  .title = Health::tr("Many encrypted connections fail"),
                  .text = Health::tr("%1 of %2 in the last 24 hours. Security shows why.")
                              .arg(Words::number(status.failedHandshakes), Words::number(status.handshakes)),
                  .action = QStringLiteral("security"),
                  .argument = {}});
}

QString sentenceFor(const api::Status &status, const QList<Need> &needs)
{
    const Severity severity = needs.isEmpty() ? Severity::Fine : needs.first().severity;
    if (status.hostname.isEmpty() && status.listeners.isEmpty())
        return Health::tr("This server is not set up yet.");
    const bool flows = needs.isEmpty() || needs.first().category == QLatin1StringView("certificate") ||
                       needs.first().category == QLatin1StringView("tls");
    if (severity == Severity::Trouble && !flows)
        return Health::tr("Mail is not flowing as it should.");
    if (!needs.isEmpty())
        return Health::tr("Mail is flowing. %n thing(s) need(s) you.", nullptr, int(needs.size()));
    return status.messages == 0 && status.receivedToday == 0 ? Health::tr("Ready. Nothing has arrived yet.")
                                                             : Health::tr("Mail is flowing.");
}

QString detailFor(const api::Status &status)
{
    qint64 received = 0;
    qint64 sent = 0;
    for (const api::FlowHour &each : status.flow) {
        received += each.received;
        sent += each.sent;
    }
    return Health::tr("%1 received and %2 sent in the last 24 hours").arg(Words::number(received), Words::number(sent));
}

} // namespace

Assessment assess(const api::Status &status, const QList<api::Account> &accounts, Timestamp now)
{
    QList<Need> needs;
    lookAtListeners(status, needs);
    lookAtStorage(accounts, needs);
    lookAtErrors(status, needs);
    lookAtCertificates(status, now, needs);
    lookAtHandshakes(status, needs);
    std::ranges::stable_sort(needs, [](const Need &a, const Need &b) { return a.severity > b.severity; });
    return {.severity = needs.isEmpty() ? Severity::Fine : needs.first().severity,
            .sentence = sentenceFor(status, needs),
            .detail = detailFor(status),
            .needs = needs.first(std::min(needs.size(), kMostNeeds))};
}

void Health::take(Assessment now)
{
    m_now = std::move(now);
    QVariantList needs;
    for (const Need &each : std::as_const(m_now.needs))
        needs.append(toMap(each));
    if (needs != m_needs) { // else the cards, and the focus in them, would be made again each second
        m_needs = std::move(needs);
        Q_EMIT needsChanged();
    }
    Q_EMIT changed();
}

} // namespace gui
