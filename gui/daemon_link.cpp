#include "gui/daemon_link.h"

#include "gui/values.h"

namespace gui {

namespace {

const QString kStatus = QStringLiteral("status");

} // namespace

DaemonLink::DaemonLink(QObject *parent)
    : QObject(parent)
    , m_client(QStringLiteral("postroom"))
{
    for (const QString &topic : recordTopics())
        m_records.insert(topic, new RecordModel(topic, this));
    connect(&m_client, &ipc::Client::ready, this, &DaemonLink::ready);
    connect(&m_client, &ipc::Client::lost, this, [this](const QString &why) { setState(Unreachable, why); });
    connect(&m_client, &ipc::Client::snapshot, this, &DaemonLink::takeSnapshot);
    connect(&m_client, &ipc::Client::changed, this, &DaemonLink::takeEvent);
    connect(accounts(), &RecordModel::recordsChanged, this, &DaemonLink::assess);
}

DaemonLink *DaemonLink::of(QQmlEngine *engine)
{
    return engine ? engine->singletonInstance<DaemonLink *>("Postroom.Daemon", "Daemon") : nullptr;
}

void DaemonLink::open(const QStringList &paths)
{
    m_paths = paths;
    setState(Connecting, {});
    m_client.open(paths);
}

void DaemonLink::close()
{
    m_client.close();
    setState(Unreachable, tr("The connection was closed."));
}

void DaemonLink::retryNow()
{
    m_client.close();
    open(m_paths);
}

void DaemonLink::forget()
{
    m_client.close();
    m_status.clear();
    m_lastStatus = {};
    for (RecordModel *each : std::as_const(m_records))
        each->take(api::Snapshot{});
    setState(Connecting, {});
    Q_EMIT statusChanged();
}

bool DaemonLink::can(const QString &method) const { return capabilities().contains(method); }

bool DaemonLink::otherVersion() const
{
    return !serverVersion().isEmpty() && serverVersion() != QStringLiteral(POSTROOM_VERSION);
}

void DaemonLink::call(const QString &method, const QJsonObject &params, const ipc::Reply &reply)
{
    m_client.call(method, params, reply);
}

void DaemonLink::setState(State state, const QString &reason)
{
    m_state = state;
    m_reason = reason;
    Q_EMIT stateChanged();
}

void DaemonLink::ready()
{
    const QStringList topics = mayChange() ? api::topicNames() : QStringList{kStatus};
    // The client subscribes to what it knows after this signal; only other topics are to be asked for.
    if (topics != m_topics) {
        m_topics = topics;
        QMetaObject::invokeMethod(this, [this] { m_client.setTopics(m_topics); }, Qt::QueuedConnection);
    }
    setState(Connected, {});
    Q_EMIT serverChanged();
}

void DaemonLink::takeSnapshot(const api::Snapshot &snapshot)
{
    if (snapshot.topic == kStatus) {
        for (const auto &each : snapshot.items)
            takeStatus(each.toObject().value(QLatin1StringView("value")).toObject());
    } else if (RecordModel *records = m_records.value(snapshot.topic)) {
        records->take(snapshot);
    }
    Q_EMIT topicChanged(snapshot.topic);
}

void DaemonLink::takeEvent(const api::TopicEvent &event)
{
    if (event.topic == kStatus) {
        for (const api::Op &each : event.ops)
            takeStatus(each.value);
    } else if (RecordModel *records = m_records.value(event.topic)) {
        records->take(event.ops);
    }
    Q_EMIT topicChanged(event.topic);
}

void DaemonLink::takeStatus(const QJsonObject &json)
{
    auto status = api::fromResult<api::Status>(json);
    if (!status)
        return;
    m_lastStatus = std::move(*status);
    m_status = toMap(m_lastStatus);
    m_lastNews = QDateTime::currentDateTime();
    assess();
    Q_EMIT statusChanged();
}

void DaemonLink::assess()
{
    if (!m_status.isEmpty() || !m_lastStatus.version.isEmpty())
        m_health.take(gui::assess(m_lastStatus, accounts()->records<api::Account>(), SystemClock().now()));
}

} // namespace gui
