// The window's connection to the server: QML's `Daemon`. Connects and reconnects (ipc::Client), keeps the records of
// every topic the caller may see and the last known state, which stay readable while the server is away. Writes go
// through ApiCall. One per QML engine, GUI thread.
#pragma once

#include "gui/health.h"
#include "gui/record_model.h"
#include "shared/ipc/client.h"

#include <QDateTime>
#include <QQmlEngine>

namespace gui {

class DaemonLink : public QObject
{
    Q_OBJECT
    QML_NAMED_ELEMENT(Daemon)
    QML_SINGLETON
    Q_PROPERTY(State state READ state NOTIFY stateChanged)
    Q_PROPERTY(bool hasData READ hasData NOTIFY statusChanged)
    Q_PROPERTY(QString reason READ reason NOTIFY stateChanged)
    Q_PROPERTY(QStringList paths READ paths NOTIFY stateChanged)
    Q_PROPERTY(QDateTime lastNews READ lastNews NOTIFY statusChanged)
    Q_PROPERTY(bool mayChange READ mayChange NOTIFY serverChanged)
    Q_PROPERTY(QStringList capabilities READ capabilities NOTIFY serverChanged)
    Q_PROPERTY(QString serverVersion READ serverVersion NOTIFY serverChanged)
    Q_PROPERTY(bool otherVersion READ otherVersion NOTIFY serverChanged)
    Q_PROPERTY(QVariantMap status READ status NOTIFY statusChanged)
    Q_PROPERTY(gui::RecordModel *accounts READ accounts CONSTANT)
    Q_PROPERTY(gui::RecordModel *domains READ domains CONSTANT)
    Q_PROPERTY(gui::RecordModel *aliases READ aliases CONSTANT)
    Q_PROPERTY(gui::RecordModel *queue READ queue CONSTANT)
    Q_PROPERTY(gui::Health *health READ health CONSTANT)
public:
    enum State
    {
        Connecting,
        Connected,
        Unreachable,
    };
    Q_ENUM(State)

    explicit DaemonLink(QObject *parent = nullptr);

    [[nodiscard]] static DaemonLink *of(QQmlEngine *engine);

    Q_INVOKABLE void open(const QStringList &paths); // tries them in turn until close()
    Q_INVOKABLE void close();
    Q_INVOKABLE void retryNow();
    Q_INVOKABLE void forget(); // drops what is known, for another server
    Q_INVOKABLE [[nodiscard]] bool can(const QString &method) const;

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool hasData() const { return !m_status.isEmpty(); }
    [[nodiscard]] QString reason() const { return m_reason; }
    [[nodiscard]] QStringList paths() const { return m_paths; }
    [[nodiscard]] QDateTime lastNews() const { return m_lastNews; }
    [[nodiscard]] bool mayChange() const { return m_client.server().role == api::Role::Admin; }
    [[nodiscard]] QStringList capabilities() const { return m_client.server().capabilities; }
    [[nodiscard]] QString serverVersion() const { return m_client.server().serverVersion; }
    [[nodiscard]] bool otherVersion() const;
    [[nodiscard]] QVariantMap status() const { return m_status; }
    [[nodiscard]] RecordModel *accounts() const { return m_records.value(QStringLiteral("accounts")); }
    [[nodiscard]] RecordModel *domains() const { return m_records.value(QStringLiteral("domains")); }
    [[nodiscard]] RecordModel *aliases() const { return m_records.value(QStringLiteral("aliases")); }
    [[nodiscard]] RecordModel *queue() const { return m_records.value(QStringLiteral("queue")); }
    [[nodiscard]] Health *health() { return &m_health; }

    void call(const QString &method, const QJsonObject &params, const ipc::Reply &reply);

Q_SIGNALS:
    void stateChanged();
    void serverChanged();
    void statusChanged();
    void topicChanged(const QString &topic); // news of it came

private:
    void setState(State state, const QString &reason);
    void ready();
    void takeSnapshot(const api::Snapshot &snapshot);
    void takeEvent(const api::TopicEvent &event);
    void takeStatus(const QJsonObject &json);
    void assess();

    ipc::Client m_client;
    State m_state = Connecting;
    QString m_reason;
    QStringList m_paths;
    QStringList m_topics;
    QDateTime m_lastNews;
    QVariantMap m_status;
    api::Status m_lastStatus;
    QHash<QString, RecordModel *> m_records;
    Health m_health;
};

} // namespace gui
