// Desktop notifications over D-Bus (org.freedesktop.Notifications 1.2), each with one action. Not QSystemTrayIcon's
// messages: those are told of clicks on notifications of other programs. One shown per category: a new one replaces it.
// At most four a day for each category. GUI thread.
#pragma once

#include <QDateTime>
#include <QHash>
#include <QObject>
#include <QVariantMap>

namespace gui {

class Notifier : public QObject
{
    Q_OBJECT
public:
    explicit Notifier(QObject *parent = nullptr);

    // action: what is told in invoked(); its words are on the button.
    void tell(const QString &category, const QString &title, const QString &text, const QString &action,
              const QString &actionText, bool urgent);
    void withdraw(const QString &category); // what it said is over

    // Whether one more may be shown now; counts it if so.
    [[nodiscard]] bool mayTell(const QString &category, const QDateTime &now);

Q_SIGNALS:
    void invoked(const QString &action);

private Q_SLOTS:
    void actionInvoked(uint id, const QString &action);
    void closed(uint id, uint reason);

private:
    QHash<QString, uint> m_shown; // category -> id of the server
    QHash<QString, QList<QDateTime>> m_told;
};

} // namespace gui
