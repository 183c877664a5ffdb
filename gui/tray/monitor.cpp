#include "gui/tray/monitor.h"

#include <QAction>
#include <QApplication>
#include <QPalette>
#include <QProcess>
#include <QStyleHints>

namespace gui {

namespace {

constexpr auto kSettle = std::chrono::seconds(2);
constexpr auto kUnreachableAfter = std::chrono::seconds(15);
constexpr std::chrono::milliseconds kStuckAfter = std::chrono::hours(4);
constexpr auto kLookEvery = std::chrono::minutes(10);
constexpr qint64 kQuarter = 900;
constexpr qint64 kOneHour = 3600;

} // namespace

Monitor::Monitor(QStringList paths, QObject *parent)
    : QObject(parent)
    , m_paths(std::move(paths))
    , m_client(QStringLiteral("postroom-tray"))
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettle);
    m_lost.setSingleShot(true);
    m_lost.setInterval(kUnreachableAfter);
    connect(&m_settle, &QTimer::timeout, this, [this] { show(trayState(m_facts)); });
    connect(&m_lost, &QTimer::timeout, this, [this] {
        m_facts.reachable = false;
        show(TrayState::Unreachable);
    });
    connect(&m_client, &ipc::Client::ready, this, &Monitor::ready);
    connect(&m_client, &ipc::Client::lost, this, [this] {
        if (!m_lost.isActive())
            m_lost.start();
    });
    connect(&m_client, &ipc::Client::snapshot, this, [this](const api::Snapshot &snapshot) {
        QList<QJsonObject> values;
        if (snapshot.topic == QLatin1StringView("queue"))
            m_queue.clear();
        for (const auto &each : snapshot.items)
            values.append(each.toObject().value(QLatin1StringView("value")).toObject());
        takeTopic(snapshot.topic, values);
    });
    connect(&m_client, &ipc::Client::changed, this, [this](const api::TopicEvent &event) {
        QList<QJsonObject> values;
        for (const api::Op &each : event.ops) {
            if (event.topic == QLatin1StringView("queue") && each.op == api::OpKind::Remove)
                m_queue.remove(each.id.toLongLong());
            else
                values.append(each.value);
        }
        takeTopic(event.topic, values);
    });
    connect(&m_notifier, &Notifier::invoked, this,
            [this](const QString &action) { // "PAGE" or "PAGE INTENT"
                QStringList arguments{QStringLiteral("--page"), action.section(u' ', 0, 0)};
                if (action.contains(u' '))
                    arguments << QStringLiteral("--intent") << action.section(u' ', 1);
                openWindow(arguments);
            });
    m_clock.setInterval(kLookEvery);
    connect(&m_clock, &QTimer::timeout, this, &Monitor::lookForStuck);
    connect(&m_clock, &QTimer::timeout, this, &Monitor::askForSignIns);
    m_clock.start();
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger)
            openWindow({});
    });
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, [this] { show(m_state); });
    show(TrayState::Unreachable);
    m_icon.setContextMenu(&m_menu);
    if (QSystemTrayIcon::isSystemTrayAvailable())
        m_icon.show();
    m_client.open(m_paths);
}

void Monitor::ready()
{
    m_lost.stop();
    m_facts.reachable = true;
    QStringList topics{QStringLiteral("status")};
    if (m_client.server().role == api::Role::Admin)
        topics << QStringLiteral("accounts") << QStringLiteral("queue") << QStringLiteral("devices");
    QMetaObject::invokeMethod(this, [this, topics] { m_client.setTopics(topics); }, Qt::QueuedConnection);
}

void Monitor::takeTopic(const QString &topic, const QList<QJsonObject> &values)
{
    if (topic == QLatin1StringView("queue"))
        askForRules();
    for (const QJsonObject &each : values) {
        if (topic == QLatin1StringView("status")) {
            if (auto status = api::fromResult<api::Status>(each))
                m_status = std::move(*status);
        } else if (topic == QLatin1StringView("accounts")) {
            if (auto account = api::fromResult<api::Account>(each); account && !account->address.isEmpty())
                m_accounts.insert(account->address, *account);
        } else if (topic == QLatin1StringView("queue")) {
            if (const auto message = api::fromResult<api::QueueMessage>(each); message && message->id > 0)
                m_queue.insert(message->id, *message);
        } else if (topic == QLatin1StringView("devices")) {
            if (const auto device = api::fromResult<api::Device>(each); device && !device->id.isEmpty())
                m_devices.insert(device->id + u' ' + device->account, *device);
        }
    }
    if (topic == QLatin1StringView("queue"))
        lookForStuck();
    if (topic == QLatin1StringView("devices")) {
        for (const Notification &each : m_signIns.takeDevices(m_devices.values()))
            m_notifier.tell(each);
    }
    assess();
}

void Monitor::askForSignIns()
{
    if (!m_client.isReady() || !m_client.server().capabilities.contains(QLatin1StringView("signIns.list")))
        return;
    constexpr int kMost = 200;
    m_client.call(QStringLiteral("signIns.list"), {{QStringLiteral("most"), kMost}},
                  [this](const Result<QJsonObject> &answer) {
                      const auto list = answer ? api::fromResult<api::SignInsListResult>(*answer)
                                               : Result<api::SignInsListResult>(std::unexpected(answer.error()));
                      if (!list)
                          return;
                      if (const auto news = m_signIns.takeSignIns(list->signIns, SystemClock().now()))
                          m_notifier.tell(*news);
                  });
}

void Monitor::askForRules()
{
    if (!m_client.server().capabilities.contains(QLatin1StringView("holdRules.list")))
        return;
    m_client.call(QStringLiteral("holdRules.list"), {}, [this](const Result<QJsonObject> &answer) {
        if (!answer)
            return;
        m_rule = 0;
        const QJsonArray rules = answer->value(QLatin1StringView("rules")).toArray();
        for (const auto &each : rules) {
            if (each.toObject().value(QLatin1StringView("everything")).toBool())
                m_rule = each.toObject().value(QLatin1StringView("id")).toInteger();
        }
        assess();
    });
}

void Monitor::assess()
{
    m_now = gui::assess(m_status, m_accounts.values(), SystemClock().now());
    m_facts.severity = m_now.severity;
    m_facts.held = m_status.queueHeld;
    m_facts.allHeld = m_rule != 0;
    m_facts.sending = m_status.queueWaiting;
    const TrayState next = trayState(m_facts);
    if (m_first || next == m_state)
        show(next);
    else if (!m_settle.isActive())
        m_settle.start();
    m_first = false;
}

void Monitor::show(TrayState state)
{
    const TrayState before = std::exchange(m_state, state);
    const QColor ink = QGuiApplication::palette().color(QPalette::WindowText);
    m_icon.setIcon(QIcon::fromTheme(trayIconName(state), trayIcon(state, ink)));
    m_icon.setToolTip(state == TrayState::Unreachable ? tr("Postroom: the server does not answer") : m_now.sentence);
    fillMenu();
    if (before == state)
        return;
    if (!m_first)
        notify(before);
    Q_EMIT stateChanged();
}

// On changes of state only; what is over is taken back.
void Monitor::notify(TrayState before)
{
    if (before == TrayState::Unreachable)
        m_notifier.withdraw(QStringLiteral("server"));
    if (m_state == TrayState::Unreachable) {
        m_notifier.tell({.category = QStringLiteral("server"),
                         .title = tr("The mail server does not answer"),
                         .text = tr("Mail waits until it is back."),
                         .action = QStringLiteral("overview"),
                         .actionText = tr("Open Postroom"),
                         .urgent = true});
        return;
    }
    for (const char *each : {"mail", "storage", "certificate", "tls"})
        m_notifier.withdraw(QString::fromLatin1(each));
    if (m_state != TrayState::Trouble && m_state != TrayState::Attention)
        return;
    const Need need = m_now.needs.value(0);
    const bool storage = need.action == QLatin1StringView("storage");
    const bool security = need.action == QLatin1StringView("security");
    m_notifier.tell({.category = need.category.isEmpty() ? QStringLiteral("mail") : need.category,
                     .title = need.title.isEmpty() ? m_now.sentence : need.title,
                     .text = need.text,
                     .action = storage    ? QStringLiteral("people storage:") + need.argument
                               : security ? QStringLiteral("security")
                                          : QStringLiteral("overview"),
                     .actionText = storage ? tr("Give more room") : tr("Show"),
                     .urgent = m_state == TrayState::Trouble});
}

// Once for each message that nobody took for four hours; the notification is about the oldest.
void Monitor::lookForStuck()
{
    const auto now = QDateTime::currentMSecsSinceEpoch();
    QList<api::QueueMessage> stuck;
    for (const api::QueueMessage &each : std::as_const(m_queue)) {
        if (each.state == api::QueueState::Waiting && now - toMilliseconds(each.queuedAt) >= kStuckAfter.count())
            stuck.append(each);
    }
    if (stuck.isEmpty()) {
        m_notifier.withdraw(QStringLiteral("stuck"));
        m_toldStuck.clear();
        return;
    }
    const auto oldest = std::ranges::min_element(stuck, {}, &api::QueueMessage::queuedAt);
    if (m_toldStuck.contains(oldest->id))
        return;
    for (const api::QueueMessage &each : std::as_const(stuck))
        m_toldStuck.insert(each.id);
    m_notifier.tell({.category = QStringLiteral("stuck"),
                     .title = tr("%n message(s) cannot be delivered for hours", nullptr, int(stuck.size())),
                     .text = oldest->lastError.isEmpty()
                                 ? oldest->recipient
                                 : QStringLiteral("%1: %2").arg(oldest->recipient, oldest->lastError),
                     .action = QStringLiteral("flow open:%1").arg(oldest->id),
                     .actionText = tr("See why"),
                     .urgent = false});
}

void Monitor::fillMenu()
{
    m_menu.clear();
    const bool admin = m_client.isReady() && m_client.server().role == api::Role::Admin;
    const auto &can = m_client.server().capabilities;
    m_menu.addAction(m_state == TrayState::Unreachable ? tr("The server does not answer") : m_now.sentence)
        ->setEnabled(false);
    m_menu.addSeparator();
    QAction *open = m_menu.addAction(tr("Open Postroom"), this, [this] { openWindow({}); });
    m_menu.setDefaultAction(open);
    if (admin) {
        m_menu.addAction(tr("Waiting: %n", nullptr, int(m_status.queueWaiting)), this,
                         [this] { openWindow({QStringLiteral("--page"), QStringLiteral("flow")}); });
    }
    if (admin && can.contains(QLatin1StringView("holdRules.add"))) {
        if (m_rule != 0) {
            m_menu.addAction(tr("Release all mail"), this, &Monitor::release);
        } else {
            QMenu *spans = m_menu.addMenu(tr("Hold all mail"));
            spans->addAction(tr("15 minutes"), this, [this] { hold(kQuarter); });
            spans->addAction(tr("1 hour"), this, [this] { hold(kOneHour); });
            spans->addAction(tr("Until I say"), this, [this] { hold(0); });
        }
    }
    if (admin && can.contains(QLatin1StringView("devices.list")))
        m_menu.addAction(tr("Add a device…"), this, [this] {
            openWindow({QStringLiteral("--page"), QStringLiteral("devices"), QStringLiteral("--intent"),
                        QStringLiteral("add")});
        });
    m_menu.addSeparator();
    m_menu.addAction(tr("Quit monitor"), qApp, &QApplication::quit);
}

void Monitor::hold(qint64 seconds)
{
    QJsonObject params{{QStringLiteral("everything"), true}};
    if (seconds > 0)
        params.insert(QStringLiteral("lasts"), seconds);
    m_client.call(QStringLiteral("holdRules.add"), params, [this](const Result<QJsonObject> &) { askForRules(); });
}

void Monitor::release()
{
    m_client.call(QStringLiteral("holdRules.remove"),
                  {{QStringLiteral("id"), m_rule}, {QStringLiteral("release"), true}},
                  [this](const Result<QJsonObject> &) { askForRules(); });
}

void Monitor::openWindow(const QStringList &arguments)
{
    QStringList all = arguments;
    if (m_paths.size() == 1) // it was told which server
        all << QStringLiteral("--socket") << m_paths.first();
    QProcess::startDetached(QCoreApplication::applicationDirPath() + QStringLiteral("/postroom"), all);
}

} // namespace gui
