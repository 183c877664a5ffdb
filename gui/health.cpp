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
                  .title = Health::tr("The server met %n error(s) of its own", nullptr, int(status.unhandledErrors)),
                  .text = Health::tr("Mail is safe. The server's log says what happened."),
                  .action = {},
                  .argument = {}});
}

QString sentenceFor(const api::Status &status, Severity severity, qsizetype needs)
{
    if (status.hostname.isEmpty() && status.listeners.isEmpty())
        return Health::tr("This server is not set up yet.");
    if (severity == Severity::Trouble)
        return Health::tr("Mail is not flowing as it should.");
    if (needs > 0)
        return Health::tr("Mail is flowing. %n thing(s) need(s) you.", nullptr, int(needs));
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

Assessment assess(const api::Status &status, const QList<api::Account> &accounts)
{
    QList<Need> needs;
    lookAtListeners(status, needs);
    lookAtStorage(accounts, needs);
    lookAtErrors(status, needs);
    std::ranges::stable_sort(needs, [](const Need &a, const Need &b) { return a.severity > b.severity; });
    const Severity worst = needs.isEmpty() ? Severity::Fine : needs.first().severity;
    Assessment now{.severity = worst,
                   .sentence = sentenceFor(status, worst, needs.size()),
                   .detail = detailFor(status),
                   .needs = needs.first(std::min(needs.size(), kMostNeeds))};
    return now;
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
