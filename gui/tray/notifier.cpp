#include "gui/tray/notifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace gui {

namespace {

const QString kService = QStringLiteral("org.freedesktop.Notifications");
const QString kPath = QStringLiteral("/org/freedesktop/Notifications");
constexpr qsizetype kMostPerDay = 4;
constexpr uchar kUrgent = 2;
constexpr uchar kNormal = 1;

} // namespace

Notifier::Notifier(QObject *parent)
    : QObject(parent)
{
    m_end.setSingleShot(true);
    connect(&m_end, &QTimer::timeout, this, &Notifier::tellWaiting);
    QDBusConnection bus = QDBusConnection::sessionBus();
    bus.connect(kService, kPath, kService, QStringLiteral("ActionInvoked"), this, SLOT(actionInvoked(uint, QString)));
    bus.connect(kService, kPath, kService, QStringLiteral("NotificationClosed"), this, SLOT(closed(uint, uint)));
}

bool Notifier::mayTell(const QString &category, const QDateTime &now)
{
    QList<QDateTime> &told = m_told[category];
    told.removeIf([&now](const QDateTime &at) { return at.daysTo(now) >= 1; });
    if (told.size() >= kMostPerDay)
        return false;
    told.append(now);
    return true;
}

void Notifier::tell(const Notification &notification)
{
    const QDateTime now = QDateTime::currentDateTime();
    const QSettings preferences(QStringLiteral("postroom"), QStringLiteral("window")); // as they are now
    const NotificationChoice choice = notificationChoice(preferences);
    if (choice.muted.contains(notification.category))
        return;
    if (choice.quiet.contains(now)) {
        m_waiting.insert(notification.category, notification);
        m_end.start(std::chrono::milliseconds(now.msecsTo(choice.quiet.endAfter(now))));
        return;
    }
    if (mayTell(notification.category, now))
        show(notification);
}

void Notifier::tellWaiting()
{
    const auto waiting = std::exchange(m_waiting, {});
    for (const Notification &each : waiting)
        tell(each);
}

void Notifier::show(const Notification &notification)
{
    QDBusMessage call = QDBusMessage::createMethodCall(kService, kPath, kService, QStringLiteral("Notify"));
    const QVariantMap hints{{QStringLiteral("urgency"), QVariant::fromValue(notification.urgent ? kUrgent : kNormal)},
                            {QStringLiteral("desktop-entry"), QStringLiteral("org.postroom.Control")},
                            {QStringLiteral("category"), QStringLiteral("email")}};
    const QString category = notification.category;
    call << QStringLiteral("Postroom") << m_shown.value(category) << QStringLiteral("org.postroom.Control")
         << notification.title << notification.text << QStringList{notification.action, notification.actionText}
         << hints << -1;
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, category](QDBusPendingCallWatcher *done) {
        const QDBusPendingReply<uint> reply = *done;
        if (reply.isValid())
            m_shown.insert(category, reply.value());
        done->deleteLater();
    });
}

void Notifier::withdraw(const QString &category)
{
    m_waiting.remove(category);
    const uint id = m_shown.take(category);
    if (id == 0)
        return;
    QDBusMessage call = QDBusMessage::createMethodCall(kService, kPath, kService, QStringLiteral("CloseNotification"));
    call << id;
    QDBusConnection::sessionBus().asyncCall(call);
}

void Notifier::actionInvoked(uint id, const QString &action)
{
    if (m_shown.values().contains(id))
        Q_EMIT invoked(action);
}

void Notifier::closed(uint id, uint reason)
{
    std::ignore = reason;
    if (const QString category = m_shown.key(id); !category.isEmpty())
        m_shown.remove(category);
}

} // namespace gui
