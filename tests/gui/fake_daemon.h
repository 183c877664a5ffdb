// A server for tests of the window: speaks the control protocol over a local socket, keeps its accounts, aliases and
// queue in memory as api structs, sends events as the real one does. Scenarios: "healthy" (a family at home), "fresh"
// (set up, empty), "unset" (not set up), "troubled" (a full mailbox, a closed port), "busy" (10,000 messages wait),
// "slow" (answers after a second), "dying" (goes away in the middle of a change), "expiring" (a certificate ends in two
// days). In QML: FakeDaemon { scenario: "healthy" }. One thread, that of its creator. What each noun does is in
// fake_<noun>.cpp.
#pragma once

#include "shared/api/all.h"
#include "shared/ipc/lines.h"

#include <QHash>
#include <QLocalServer>
#include <QLocalSocket>
#include <QObject>
#include <QSet>
#include <QTemporaryDir>

#include <QtQml/qqmlregistration.h>
#include <functional>

class FakeDaemon : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString scenario READ scenario WRITE setScenario NOTIFY scenarioChanged)
    Q_PROPERTY(QString path READ path CONSTANT)
    Q_PROPERTY(QStringList calls READ calls NOTIFY called)
public:
    explicit FakeDaemon(QObject *parent = nullptr);

    [[nodiscard]] QString scenario() const { return m_scenario; }
    void setScenario(const QString &scenario);
    [[nodiscard]] QString path() const { return m_path; }
    void setPath(const QString &path) { m_path = path; }
    [[nodiscard]] QStringList calls() const { return m_calls; } // methods asked for, in order

    Q_INVOKABLE bool start();
    Q_INVOKABLE void stop();
    Q_INVOKABLE void setRole(const QString &role) { m_role = role; }
    // The next call of this method is refused.
    Q_INVOKABLE void refuseNext(const QString &method, const QString &text, const QString &path, const QString &hint);
    // What somebody else did.
    Q_INVOKABLE void changeAccount(const QString &address, const QVariantMap &fields);
    Q_INVOKABLE void receiveMail(int messages);
    Q_INVOKABLE void addQueued(int messages); // more of what "busy" begins with
    Q_INVOKABLE [[nodiscard]] QVariantMap account(const QString &address) const;
    Q_INVOKABLE [[nodiscard]] QStringList members(const QString &alias) const;
    Q_INVOKABLE void clearCalls() { m_calls.clear(); }
    Q_INVOKABLE void deviceSignsIn(const QString &id, const QString &from, const QString &by);
    Q_INVOKABLE [[nodiscard]] QString newestDevice() const; // its id
    Q_INVOKABLE [[nodiscard]] int queued(const QString &state) const;
    Q_INVOKABLE void lack(const QStringList &methods) { m_lacking = methods; } // as an older server would

Q_SIGNALS:
    void scenarioChanged();
    void called(const QString &method);

private:
    struct Refusal
    {
        QString text;
        QString path;
        QString hint;
    };
    struct Client
    {
        ipc::LineFramer framer;
        QSet<QString> topics;
        QHash<QString, qint64> revisions;
        bool greeted = false;
    };
    using Items = QMap<QString, QJsonObject>;

    using Handler = Result<QJsonObject> (FakeDaemon::*)(const QJsonObject &);
    [[nodiscard]] static const QHash<QString, Handler> &handlers();

    void fill();
    void fillQueue();
    void fillTraces();
    void fillMany();
    void fillDevices();
    void fillRules();
    void fillHandshakes(bool troubled);
    void fillCertificates(std::chrono::days left);
    void read(QLocalSocket *socket);
    void reply(QLocalSocket *socket, const ipc::Request &request);
    [[nodiscard]] QStringList capabilities() const;
    [[nodiscard]] Result<QJsonObject> answer(Client &client, const ipc::Request &request);
    [[nodiscard]] Result<QJsonObject> subscribe(Client &client, const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> change(const QString &method, QJsonObject params);
    [[nodiscard]] Result<QJsonObject> add(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> setPassword(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> update(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> setState(const QJsonObject &params, api::AccountState state);
    [[nodiscard]] Result<QJsonObject> remove(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> restore(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> setAlias(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> removeAlias(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> testAlias(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> retry(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> hold(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> release(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> drop(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> findTrace(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> exportSettings(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> applySettings(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> settingsSchema(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> settingsHistory(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> verify(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> setUp(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> sendMail(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> listDevices(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> removeDevice(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> getKey(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> addKey(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> updateKey(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> removeKey(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> addAppPassword(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> listSeen(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> adoptSeen(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> listSignIns(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> listRules(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> addRule(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> removeRule(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> testRule(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> showQueued(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> failQueued(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> requireTls(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> listRetired(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> listSuppressed(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> suppress(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> unsuppress(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> listHandshakes(const QJsonObject &params);
    [[nodiscard]] Result<QJsonObject> enrol(const QJsonObject &params);
    [[nodiscard]] api::HoldRule withCount(api::HoldRule rule) const;
    [[nodiscard]] api::Device *findDevice(const QString &id);
    api::Device &addDevice(const char *name, const char *owner, api::DeviceKind kind, const char *by,
                           qint64 usedMinutesAgo);
    [[nodiscard]] int forEachQueued(const QJsonObject &params, const std::function<void(api::QueueMessage &)> &act);
    [[nodiscard]] Items items(const QString &topic) const;
    [[nodiscard]] static QJsonObject brief(QJsonObject json); // without what is empty: 10,000 must fit a line
    void tell(api::TopicEvent &event);
    void publish(); // events for what differs from what each client was told
    [[nodiscard]] api::Account *find(const QString &address);
    void addPerson(const QString &name, const QString &address, double usedGigabytes, double quotaGigabytes,
                   qint64 minutesAgo);

    QTemporaryDir m_folder;
    QString m_path;
    QString m_scenario = QStringLiteral("healthy");
    QString m_role = QStringLiteral("admin");
    QLocalServer m_server;
    QHash<QLocalSocket *, Client> m_clients;
    QHash<QString, Items> m_told;
    QHash<QString, Refusal> m_refusals;
    QStringList m_calls;
    api::Status m_status;
    QList<api::Account> m_accounts;
    QList<api::Domain> m_domains;
    QList<api::Alias> m_aliases;
    QList<api::QueueMessage> m_queue;
    QList<api::TraceMessage> m_traces;
    QList<api::HistoryEntry> m_history;
    QList<api::Device> m_devices;
    QHash<QString, QString> m_certificates; // by fingerprint
    QList<api::SeenKey> m_seen;
    QList<api::SignIn> m_signIns;
    QList<api::HoldRule> m_rules;
    qint64 m_lastRule = 0;
    QList<api::QueueRetired> m_retired;
    QList<api::Suppression> m_suppressions;
    QList<api::Handshakes> m_handshakes;
    settings::Server m_settings;
    QStringList m_lacking;
};
