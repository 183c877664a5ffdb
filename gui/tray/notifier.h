// Desktop notifications over D-Bus (org.freedesktop.Notifications 1.2), each with one action. Not QSystemTrayIcon's
// messages: those are told of clicks on notifications of other programs. One shown per category: a new one replaces it.
// At most four a day for each category; none of a category that is muted; those of the quiet hours wait for their end.
// GUI thread.
#pragma once

#include "gui/quiet_hours.h"

#include <QHash>
#include <QObject>
#include <QTimer>

namespace gui {

struct Notification
{
    QString category; // "server", "mail", "storage", "stuck", "certificate", "tls", "device", "guessing": can be muted
    QString title;
    QString text;
    QString action; // what is told in invoked(); its words are on the button
    QString actionText;
    bool urgent = false;
};

class Notifier : public QObject
{
    Q_OBJECT
public:
    explicit Notifier(QObject *parent = nullptr);

    void tell(const Notification &notification);
    void withdraw(const QString &category); // what it said is over

    // Whether one more may be shown now; counts it if so.
    [[nodiscard]] bool mayTell(const QString &category, const QDateTime &now);

Q_SIGNALS:
    void invoked(const QString &action);

private Q_SLOTS:
    void actionInvoked(uint id, const QString &action);
    void closed(uint id, uint reason);

private:
    void show(const Notification &notification);
    void tellWaiting();

    QHash<QString, uint> m_shown; // category -> id of the server
    QHash<QString, QList<QDateTime>> m_told;
    QHash<QString, Notification> m_waiting; // for the end of the quiet hours
    QTimer m_end;
};

} // namespace gui
