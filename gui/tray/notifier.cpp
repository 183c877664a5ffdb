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

void Notifier::tell(const QString &category, const QString &title, const QString &text, const QString &action,
                    const QString &actionText, bool urgent)
{
    if (!mayTell(category, QDateTime::currentDateTime()))
        return;
    QDBusMessage call = QDBusMessage::createMethodCall(kService, kPath, kService, QStringLiteral("Notify"));
    const QVariantMap hints{{QStringLiteral("urgency"), QVariant::fromValue(urgent ? kUrgent : kNormal)},
                            {QStringLiteral("desktop-entry"), QStringLiteral("org.postroom.Control")},
                            {QStringLiteral("category"), QStringLiteral("email")}};
    call << QStringLiteral("Postroom") << m_shown.value(category) << QStringLiteral("org.postroom.Control") << title
         << text << QStringList{action, actionText} << hints << -1;
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
