#include "fake_daemon.h"

#include <QTimer>
#include <QUuid>

namespace {

Error refusal(const QString &text, const QString &path = {}, const QString &hint = {})
{
    return {.kind = ErrorKind::User,
            .text = text,
            .publicText = text,
            .code = QStringLiteral("refused"),
            .hint = hint,
            .path = path};
}

const QString kGenerated = QStringLiteral("brisk-otter-lamp-4821");

} // namespace

QJsonObject FakeDaemon::brief(QJsonObject json)
{
    for (auto each = json.begin(); each != json.end();) {
        const bool empty = each->isNull() || (each->isString() && each->toString().isEmpty()) || *each == QJsonValue(0);
        each = empty ? json.erase(each) : std::next(each);
    }
    return json;
}

FakeDaemon::FakeDaemon(QObject *parent)
    : QObject(parent)
    , m_path(m_folder.filePath(QStringLiteral("control.sock")))
{
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        QLocalSocket *socket = m_server.nextPendingConnection();
        m_clients.insert(socket, {});
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QLocalSocket::disconnected, this, [this, socket] {
            m_clients.remove(socket);
            socket->deleteLater();
        });
    });
    fill();
}

void FakeDaemon::setScenario(const QString &scenario)
{
    m_scenario = scenario;
    fill();
    Q_EMIT scenarioChanged();
    publish();
}

bool FakeDaemon::start()
{
    QLocalServer::removeServer(m_path);
    return m_server.listen(m_path);
}

void FakeDaemon::stop()
{
    m_server.close();
    const auto sockets = m_clients.keys();
    for (QLocalSocket *each : sockets)
        each->abort();
}

void FakeDaemon::refuseNext(const QString &method, const QString &text, const QString &path, const QString &hint)
{
    m_refusals.insert(method, {text, path, hint});
}

void FakeDaemon::changeAccount(const QString &address, const QVariantMap &fields)
{
    api::Account *account = find(address);
    if (!account)
        return;
    if (const auto changed = json::fromJson(QJsonObject::fromVariantMap(fields), *account); !changed)
        qWarning("FakeDaemon: %s", qPrintable(changed.error().text));
    publish();
}

void FakeDaemon::receiveMail(int messages)
{
    m_status.receivedToday += messages;
    m_status.messages += messages;
    m_status.flow.last().received += messages;
    publish();
}

QVariantMap FakeDaemon::account(const QString &address) const
{
    for (const api::Account &each : m_accounts) {
        if (each.address == address)
            return json::toJson(each).toVariantMap();
    }
    return {};
}

QStringList FakeDaemon::members(const QString &alias) const
{
    for (const api::Alias &each : m_aliases) {
        if (each.address == alias)
            return each.members;
    }
    return {};
}

void FakeDaemon::read(QLocalSocket *socket)
{
    Client &client = m_clients[socket];
    client.framer.add(socket->readAll());
    while (const auto line = client.framer.next()) {
        const auto request = ipc::parseRequest(*line);
        if (!request) {
            socket->write(ipc::encode(request.error()));
            continue;
        }
        m_calls << request->method;
        Q_EMIT called(request->method);
        const bool mutates =
            handlers().contains(request->method) && request->params.contains(QLatin1StringView("idempotencyKey"));
        if (m_scenario == QLatin1StringView("dying") && mutates) {
            stop(); // nobody knows whether it was done
            return;
        }
        if (m_scenario == QLatin1StringView("slow") && client.greeted) {
            QTimer::singleShot(1000, socket, [this, socket, each = *request] { reply(socket, each); });
            continue;
        }
        reply(socket, *request);
    }
}

void FakeDaemon::reply(QLocalSocket *socket, const ipc::Request &request)
{
    Client &client = m_clients[socket];
    const auto result = answer(client, request);
    ipc::Response response{request.id, result ? *result : QJsonObject(), std::nullopt};
    if (!result)
        response.error = result.error();
    socket->write(ipc::encode(response));
    publish();
}

Result<QJsonObject> FakeDaemon::answer(Client &client, const ipc::Request &request)
{
    if (m_refusals.contains(request.method)) {
        const Refusal no = m_refusals.take(request.method);
        return failure(refusal(no.text, no.path, no.hint));
    }
    if (request.method == QLatin1StringView("hello")) {
        client.greeted = true;
        api::HelloResult hello{.server = QStringLiteral("postroomd"),
                               .serverVersion = QStringLiteral(POSTROOM_VERSION),
                               .protocol = api::kProtocol,
                               .capabilities = capabilities(),
                               .role = m_role == QLatin1StringView("admin") ? api::Role::Admin : api::Role::Viewer,
                               .instanceId = QStringLiteral("fake"),
                               .configRevision = 1};
        return json::toJson(hello);
    }
    if (!client.greeted)
        return failure(refusal(QStringLiteral("hello must be the first call")));
    if (request.method == QLatin1StringView("subscribe"))
        return subscribe(client, request.params);
    return change(request.method, request.params);
}

Result<QJsonObject> FakeDaemon::subscribe(Client &client, const QJsonObject &params)
{
    const auto asked = json::fromJson<api::SubscribeParams>(params);
    if (!asked)
        return std::unexpected(asked.error());
    api::SubscribeResult result;
    for (const QString &topic : asked->topics) {
        client.topics.insert(topic);
        api::Snapshot snapshot{topic, ++client.revisions[topic], {}};
        const Items all = items(topic);
        m_told.insert(topic, all);
        for (auto each = all.begin(); each != all.end(); ++each)
            snapshot.items.append(
                QJsonObject{{QStringLiteral("id"), each.key()}, {QStringLiteral("value"), each.value()}});
        result.snapshots.append(snapshot);
    }
    return json::toJson(result);
}

// What it has a handler for: a page whose methods are missing is not shown.
QStringList FakeDaemon::capabilities() const
{
    QStringList names = handlers().keys();
    names << QStringLiteral("hello") << QStringLiteral("subscribe");
    for (const QString &each : m_lacking)
        names.removeAll(each);
    return names;
}

const QHash<QString, FakeDaemon::Handler> &FakeDaemon::handlers()
{
    static const QHash<QString, Handler> all{
        {QStringLiteral("accounts.add"), &FakeDaemon::add},
        {QStringLiteral("accounts.setPassword"), &FakeDaemon::setPassword},
        {QStringLiteral("accounts.update"), &FakeDaemon::update},
        {QStringLiteral("accounts.remove"), &FakeDaemon::remove},
        {QStringLiteral("accounts.restore"), &FakeDaemon::restore},
        {QStringLiteral("aliases.add"), &FakeDaemon::setAlias},
        {QStringLiteral("aliases.test"), &FakeDaemon::testAlias},
        {QStringLiteral("aliases.remove"), &FakeDaemon::removeAlias},
        {QStringLiteral("queue.retry"), &FakeDaemon::retry},
        {QStringLiteral("queue.hold"), &FakeDaemon::hold},
        {QStringLiteral("queue.release"), &FakeDaemon::release},
        {QStringLiteral("queue.drop"), &FakeDaemon::drop},
        {QStringLiteral("devices.list"), &FakeDaemon::listDevices},
        {QStringLiteral("devices.remove"), &FakeDaemon::removeDevice},
        {QStringLiteral("tlspubkey.get"), &FakeDaemon::getKey},
        {QStringLiteral("tlspubkey.add"), &FakeDaemon::addKey},
        {QStringLiteral("tlspubkey.update"), &FakeDaemon::updateKey},
        {QStringLiteral("tlspubkey.remove"), &FakeDaemon::removeKey},
        {QStringLiteral("appPasswords.add"), &FakeDaemon::addAppPassword},
        {QStringLiteral("seenKeys.list"), &FakeDaemon::listSeen},
        {QStringLiteral("seenKeys.adopt"), &FakeDaemon::adoptSeen},
        {QStringLiteral("signIns.list"), &FakeDaemon::listSignIns},
        {QStringLiteral("holdRules.list"), &FakeDaemon::listRules},
        {QStringLiteral("holdRules.add"), &FakeDaemon::addRule},
        {QStringLiteral("holdRules.remove"), &FakeDaemon::removeRule},
        {QStringLiteral("holdRules.test"), &FakeDaemon::testRule},
        {QStringLiteral("queue.show"), &FakeDaemon::showQueued},
        {QStringLiteral("queue.fail"), &FakeDaemon::failQueued},
        {QStringLiteral("queue.requireTls"), &FakeDaemon::requireTls},
        {QStringLiteral("queue.history"), &FakeDaemon::listRetired},
        {QStringLiteral("suppressions.list"), &FakeDaemon::listSuppressed},
        {QStringLiteral("suppressions.add"), &FakeDaemon::suppress},
        {QStringLiteral("suppressions.remove"), &FakeDaemon::unsuppress},
        {QStringLiteral("tls.handshakes"), &FakeDaemon::listHandshakes},
        {QStringLiteral("devices.enrol"), &FakeDaemon::enrol},
        {QStringLiteral("trace.find"), &FakeDaemon::findTrace},
        {QStringLiteral("settings.export"), &FakeDaemon::exportSettings},
        {QStringLiteral("settings.apply"), &FakeDaemon::applySettings},
        {QStringLiteral("settings.schema"), &FakeDaemon::settingsSchema},
        {QStringLiteral("settings.history"), &FakeDaemon::settingsHistory},
        {QStringLiteral("verify.run"), &FakeDaemon::verify},
        {QStringLiteral("setup.apply"), &FakeDaemon::setUp},
        {QStringLiteral("mail.send"), &FakeDaemon::sendMail},
    };
    return all;
}

Result<QJsonObject> FakeDaemon::change(const QString &method, QJsonObject params)
{
    forEachField<api::CallOptions>([&params](const auto &each) { params.remove(QLatin1StringView(each.name)); });
    const Handler handler = handlers().value(method);
    if (!handler || m_lacking.contains(method))
        return failure(refusal(QStringLiteral("there is no method %1").arg(method)));
    return (this->*handler)(params);
}

Result<QJsonObject> FakeDaemon::remove(const QJsonObject &params)
{
    return setState(params, api::AccountState::Removed);
}
Result<QJsonObject> FakeDaemon::restore(const QJsonObject &params)
{
    return setState(params, api::AccountState::Active);
}

Result<QJsonObject> FakeDaemon::add(const QJsonObject &params)
{
    const auto asked = json::fromJson<api::AccountsAddParams>(params);
    if (!asked)
        return std::unexpected(asked.error());
    if (find(asked->address))
        return failure(refusal(QStringLiteral("%1 is taken").arg(asked->address), QStringLiteral("/address")));
    api::Account account;
    account.id = m_accounts.size() + 1;
    account.address = asked->address;
    account.name = asked->name;
    account.quotaBytes = asked->quotaBytes > 0 ? asked->quotaBytes : 5LL << 30;
    m_accounts.append(account);
    return json::toJson(api::AccountSecretResult{account, asked->password.isEmpty() ? kGenerated : QString()});
}

Result<QJsonObject> FakeDaemon::setPassword(const QJsonObject &params)
{
    const auto asked = json::fromJson<api::AccountsSetPasswordParams>(params);
    if (!asked)
        return std::unexpected(asked.error());
    const api::Account *account = find(asked->address);
    if (!account)
        return failure(refusal(QStringLiteral("no such account"), QStringLiteral("/address")));
    if (!asked->password.isEmpty() && asked->password.size() < 8)
        return failure(refusal(QStringLiteral("must have at least 8 characters"), QStringLiteral("/password")));
    return json::toJson(api::AccountSecretResult{*account, asked->password.isEmpty() ? kGenerated : QString()});
}

Result<QJsonObject> FakeDaemon::update(const QJsonObject &params)
{
    const auto asked = json::fromJson<api::AccountsUpdateParams>(params);
    if (!asked)
        return std::unexpected(asked.error());
    api::Account *account = find(asked->address);
    if (!account)
        return failure(refusal(QStringLiteral("no such account"), QStringLiteral("/address")));
    account->name = asked->name.value_or(account->name);
    account->quotaBytes = asked->quotaBytes.value_or(account->quotaBytes);
    return json::toJson(api::AccountResult{*account});
}

Result<QJsonObject> FakeDaemon::setState(const QJsonObject &params, api::AccountState state)
{
    const auto asked = json::fromJson<api::AddressParams>(params);
    if (!asked)
        return std::unexpected(asked.error());
    api::Account *account = find(asked->address);
    if (!account)
        return failure(refusal(QStringLiteral("no such account"), QStringLiteral("/address")));
    account->state = state;
    if (state == api::AccountState::Removed) {
        for (api::Alias &each : m_aliases)
            each.members.removeAll(asked->address);
    }
    return json::toJson(api::AccountResult{*account});
}

FakeDaemon::Items FakeDaemon::items(const QString &topic) const
{
    Items all;
    if (topic == QLatin1StringView("status"))
        all.insert(topic, json::toJson(m_status));
    if (topic == QLatin1StringView("accounts")) {
        for (const auto &each : m_accounts)
            all.insert(QString::number(each.id), json::toJson(each));
    }
    if (topic == QLatin1StringView("domains")) {
        for (const auto &each : m_domains)
            all.insert(each.name, json::toJson(each));
    }
    if (topic == QLatin1StringView("aliases")) {
        for (const auto &each : m_aliases)
            all.insert(each.address, json::toJson(each));
    }
    if (topic == QLatin1StringView("devices")) {
        for (const auto &each : m_devices)
            all.insert(each.id, json::toJson(each));
        for (const auto &each : m_seen)
            all.insert(QStringLiteral("seen ") + each.fingerprint, json::toJson(each));
    }
    if (topic == QLatin1StringView("queue")) {
        for (const auto &each : m_queue)
            all.insert(QString::number(each.id), brief(json::toJson(each)));
    }
    return all;
}

void FakeDaemon::publish()
{
    const auto topics = m_told.keys();
    for (const QString &topic : topics) {
        const Items now = items(topic);
        const Items before = std::exchange(m_told[topic], now);
        api::TopicEvent event{topic, 0, {}};
        for (auto each = before.begin(); each != before.end(); ++each) {
            if (!now.contains(each.key()))
                event.ops.append({api::OpKind::Remove, each.key(), {}});
        }
        for (auto each = now.begin(); each != now.end(); ++each) {
            if (before.value(each.key()) != each.value())
                event.ops.append({api::OpKind::Upsert, each.key(), each.value()});
        }
        if (!event.ops.isEmpty())
            tell(event);
    }
}

void FakeDaemon::tell(api::TopicEvent &event)
{
    for (auto client = m_clients.begin(); client != m_clients.end(); ++client) {
        if (!client->topics.contains(event.topic))
            continue;
        event.rev = ++client->revisions[event.topic];
        client.key()->write(ipc::encode(ipc::Event{QStringLiteral("event"), json::toJson(event)}));
    }
}

api::Account *FakeDaemon::find(const QString &address)
{
    const auto found =
        std::ranges::find_if(m_accounts, [&address](const api::Account &each) { return each.address == address; });
    return found == m_accounts.end() ? nullptr : &*found;
}
