// The monitor: follows one server, shows its state as an icon with a native menu where the desktop has a place for it,
// and tells what changed by notifications. Without such a place it only notifies. GUI thread; owned by main.
#pragma once

#include "gui/tray/notifier.h"
#include "gui/tray/sign_in_watch.h"
#include "gui/tray/tray_state.h"
#include "shared/ipc/client.h"

#include <QMenu>
#include <QSystemTrayIcon>
#include <QTimer>

namespace gui {

class Monitor : public QObject
{
    Q_OBJECT
public:
    explicit Monitor(QStringList paths, QObject *parent = nullptr);

    [[nodiscard]] TrayState state() const { return m_state; }
    [[nodiscard]] QMenu &menu() { return m_menu; }

Q_SIGNALS:
    void stateChanged();

private:
    void ready();
    void takeTopic(const QString &topic, const QList<QJsonObject> &values);
    void askForRules();
    void askForSignIns();
    void assess();
    void show(TrayState state);
    void notify(TrayState before);
    void lookForStuck();
    void fillMenu();
    void hold(qint64 seconds); // 0 = until somebody says
    void release();
    void openWindow(const QStringList &arguments);

    const QStringList m_paths;
    ipc::Client m_client;
    Notifier m_notifier;
    QSystemTrayIcon m_icon;
    QMenu m_menu;
    QTimer m_settle; // a state must last before it is shown
    QTimer m_lost;   // so long without a server is unreachable
    api::Status m_status;
    QHash<QString, api::Account> m_accounts;
    QHash<qint64, api::QueueMessage> m_queue;
    QHash<QString, api::Device> m_devices; // keys that were seen too
    SignInWatch m_signIns;
    QSet<qint64> m_toldStuck; // of those there is no second notification
    QTimer m_clock;
    Assessment m_now;
    TrayFacts m_facts;
    TrayState m_state = TrayState::Unreachable;
    qint64 m_rule = 0; // number of the rule that holds everything
    bool m_first = true;
};

} // namespace gui
