#include "daemon/control/session.h"

#include "daemon/control/history.h"
#include "shared/base/log.h"
#include "shared/base/metrics.h"

namespace control {

namespace {

const Log kLog("control");
const CounterFamily kCalls("postroom_control_calls_total", "Calls on the control socket.", {"method", "result"});

constexpr auto kEventEvery = std::chrono::milliseconds(250);
constexpr auto kStatusEvery = std::chrono::seconds(5);
constexpr qsizetype kMostShown = 100; // characters of a caller's text in logs and errors

QJsonObject pick(const Items &items, const QString &id) { return items.value(id); }

QJsonArray snapshotOf(const Items &items)
{
    QJsonArray array;
    for (auto each = items.begin(); each != items.end(); ++each)
        array.append(QJsonObject{{QStringLiteral("id"), each.key()}, {QStringLiteral("value"), each.value()}});
    return array;
}

QList<api::Op> difference(const Items &before, const Items &after)
{
    QList<api::Op> ops;
    for (auto each = before.begin(); each != before.end(); ++each) {
        if (!after.contains(each.key()))
            ops.append({api::OpKind::Remove, each.key(), {}});
    }
    for (auto each = after.begin(); each != after.end(); ++each) {
        if (pick(before, each.key()) != each.value())
            ops.append({api::OpKind::Upsert, each.key(), each.value()});
    }
    return ops;
}

} // namespace

void Session::started(const net::Peer &peer) { m_peer = peer; }

void Session::received(QByteArrayView bytes)
{
    if (m_ending)
        return;
    m_framer.add(bytes);
    while (const auto line = m_framer.next()) {
        auto request = ipc::parseRequest(*line);
        if (request)
            answerOrQueue(std::move(*request));
        else
            out.bytes += ipc::encode(request.error());
    }
    if (m_framer.tooLong()) {
        out.bytes += ipc::encode(ipc::RequestError{
            ipc::kInvalidRequest, QStringLiteral("a line must not be longer than 4 MiB"), QJsonValue::Null});
        out.close = m_ending = true;
        return;
    }
    goOn();
}

void Session::answerOrQueue(ipc::Request request)
{
    if (m_calls.size() >= kMostCalls) {
        refuse(request.id, {.kind = ErrorKind::Temporary,
                            .text = {},
                            .publicText = QStringLiteral("too many calls in flight"),
                            .code = QStringLiteral("too-many-calls"),
                            .hint = QStringLiteral("wait for answers; %1 calls may be in flight").arg(kMostCalls),
                            .path = {}});
        return;
    }
    m_calls.push_back(std::move(request));
}

void Session::goOn()
{
    if (m_running || !m_refreshing.isEmpty() || out.work || m_ending)
        return;
    if (!startCall() && !startRefresh())
        setDeadline();
}

// What can be refused without looking at any data.
Result<void> Session::prepare(Running &running)
{
    const QString &name = running.request.method;
    const bool isHello = name == QLatin1StringView("hello");
    if (!m_role && !isHello)
        return failure(refusal("hello-first", QStringLiteral("hello must be the first call")));
    if (isHello || name == QLatin1StringView("subscribe"))
        return {};
    running.method = findMethod(name);
    if (!running.method || !running.method->available(*m_services)) {
        const QString near = api::nearest(name, capabilities(*m_services));
        return failure({.kind = ErrorKind::Syntax,
                        .text = {},
                        .publicText = QStringLiteral("there is no method %1").arg(name.left(kMostShown)),
                        .code = QStringLiteral("unknown-method"),
                        .hint = near.isEmpty() ? QStringLiteral("hello's capabilities name all")
                                               : QStringLiteral("did you mean %1?").arg(near),
                        .path = {}});
    }
    if (*m_role < running.method->role) {
        return failure(
            refusal("not-allowed", QStringLiteral("you may not do this"),
                    QStringLiteral("needs the role %1: be root, the server's user, or in the group postroom-admin")
                        .arg(QLatin1StringView(nameOf(running.method->role)))));
    }
    if (!running.method->mutates)
        return {};
    auto options = takeOptions(running.request.params);
    if (!options)
        return std::unexpected(options.error());
    running.options = *options;
    return {};
}

bool Session::startCall()
{
    while (!m_calls.empty()) {
        auto running = std::make_shared<Running>();
        running->request = std::move(m_calls.front());
        m_calls.pop_front();
        if (auto ready = prepare(*running); !ready) {
            kCalls.add({running->method ? running->method->name : "other", "refused"});
            refuse(running->request.id, std::move(ready.error()));
            continue;
        }
        m_running = running;
        out.work.emplace(net::Pool::Store, [this, running] { return work(running); });
        return true;
    }
    return false;
}

Result<Reading> Session::reading() const
{
    const auto db = m_services->store.reader();
    if (!db)
        return std::unexpected(db.error());
    return Reading{*m_services, **db, m_services->clock.now()};
}

net::WorkResult Session::work(const std::shared_ptr<Running> &running)
{
    const QString &name = running->request.method;
    if (name == QLatin1StringView("hello")) {
        running->answer = hello(running->request.params);
    } else if (name == QLatin1StringView("subscribe")) {
        running->answer = subscribe(running->request.params);
    } else if (running->method->mutates) {
        running->isChange = true;
        return changeOf(running);
    } else {
        auto call = reading();
        running->answer = call ? running->method->read(*call, running->request.params) : std::unexpected(call.error());
    }
    return net::Done{};
}

core::Change Session::changeOf(const std::shared_ptr<Running> &running)
{
    const QString who = QStringLiteral("uid %1").arg(m_peer.uid);
    auto change = m_services->store.change(
        [services = m_services, running, who](db::Database &db, store::Effects &effects) -> Result<void> {
            Writing call{{*services, db, services->clock.now()}, effects, who, running->afterwards};
            running->answer = runWriting(call, *running->method, running->options, running->request.params);
            if (!running->answer)
                return std::unexpected(running->answer.error());
            if (running->options.dryRun)
                return failure(refusal("dry-run", QStringLiteral("dry run: taken back")));
            return {};
        });
    change.published = [published = std::move(change.published), running]() mutable {
        if (published)
            published();
        for (const auto &each : std::as_const(running->afterwards))
            each();
    };
    return change;
}

Result<QJsonObject> Session::hello(const QJsonObject &params)
{
    const auto asked = api::fromResult<api::HelloParams>(params); // leniently: a newer client may say more
    if (!asked)
        return std::unexpected(asked.error());
    if (!asked->protocol.contains(api::kProtocol))
        return failure(refusal("protocol-version", QStringLiteral("this server speaks protocol %1").arg(api::kProtocol),
                               QStringLiteral("update the older of the two programs"), QStringLiteral("/protocol")));
    const auto call = reading();
    if (!call)
        return std::unexpected(call.error());
    const auto revision = settingsRevision(call->db);
    if (!revision)
        return std::unexpected(revision.error());
    m_role = roleOf(m_peer.uid);
    kLog.info("control client", {{"client", asked->client.left(kMostShown)},
                                 {"uid", m_peer.uid},
                                 {"role", QLatin1StringView(nameOf(*m_role))}});
    return json::toJson(api::HelloResult{.server = QStringLiteral("postroomd"),
                                         .serverVersion = QStringLiteral(POSTROOM_VERSION),
                                         .protocol = api::kProtocol,
                                         .capabilities = capabilities(*m_services),
                                         .role = *m_role,
                                         .instanceId = m_services->instanceId,
                                         .configRevision = *revision});
}

Result<QJsonObject> Session::subscribe(const QJsonObject &object)
{
    const auto params = json::fromJson<api::SubscribeParams>(object);
    if (!params)
        return std::unexpected(params.error());
    auto call = reading();
    if (!call)
        return std::unexpected(call.error());
    api::SubscribeResult result;
    if (params->topics.size() > api::topicNames().size())
        return failure(refusal("too-many-topics",
                               QStringLiteral("there are only %1 topics").arg(api::topicNames().size()), {},
                               QStringLiteral("/topics")));
    for (qsizetype i = 0; i < params->topics.size(); ++i) {
        const QString &topic = params->topics.at(i);
        const QString path = QStringLiteral("/topics/%1").arg(i);
        if (!api::topicNames().contains(topic))
            return failure(refusal("unknown-topic", QStringLiteral("there is no topic %1").arg(topic.left(kMostShown)),
                                   QStringLiteral("topics: %1").arg(api::topicNames().join(QStringLiteral(", "))),
                                   path));
        if (topic != QLatin1StringView("status") && *m_role != api::Role::Admin)
            return failure(refusal("not-allowed", QStringLiteral("you may not see %1").arg(topic), {}, path));
    }
    for (const QString &topic : params->topics) {
        m_services->topics.watch(topic, m_peer.id); // before reading, so that nothing falls between
        const auto items = readTopic(*call, topic);
        if (!items)
            return std::unexpected(items.error());
        Subscription &subscription = m_subscriptions[topic];
        subscription.items = *items;
        ++subscription.rev;
        subscription.dirty = false;
        if (topic == QLatin1StringView("status"))
            subscription.heartbeat = m_services->clock.steady() + kStatusEvery;
        result.snapshots.append({topic, subscription.rev, snapshotOf(*items)});
    }
    return json::toJson(result);
}

void Session::reply(const QJsonValue &id, const Result<QJsonObject> &answer)
{
    if (!answer) {
        refuse(id, answer.error());
        return;
    }
    if (!id.isUndefined()) // a notification is not answered, JSON-RPC 2.0 section 4.1
        out.bytes += ipc::encode(ipc::Response{id, *answer, std::nullopt});
}

void Session::refuse(const QJsonValue &id, Error error)
{
    if (error.kind == ErrorKind::Server)
        kLog.failed("control call failed", error, {{"uid", m_peer.uid}});
    if (!id.isUndefined())
        out.bytes += ipc::encode(ipc::Response{id, {}, std::move(error)});
}

void Session::resumed()
{
    const bool noRoom = std::exchange(out.poolFull, false);
    if (const auto running = std::exchange(m_running, nullptr)) {
        const auto busy = [] {
            return failure({.kind = ErrorKind::Temporary,
                            .text = {},
                            .publicText = QStringLiteral("the server is busy"),
                            .code = QStringLiteral("busy"),
                            .hint = QStringLiteral("try again"),
                            .path = {}});
        };
        Result<QJsonObject> answer = noRoom ? Result<QJsonObject>(busy()) : running->answer;
        const bool takenBack =
            running->isChange && !out.commit && out.commit.error().code == QLatin1StringView("dry-run");
        if (running->isChange && !noRoom && !out.commit && !takenBack)
            answer = std::unexpected(out.commit.error());
        kCalls.add({running->method ? QByteArray(running->method->name) : running->request.method.toLatin1(),
                    answer ? "done" : "refused"});
        reply(running->request.id, answer);
    } else if (!m_refreshing.isEmpty()) {
        Subscription &subscription = m_subscriptions[m_refreshing];
        subscription.dirty = noRoom;
        subscription.next = m_services->clock.steady() + kEventEvery;
        if (m_news)
            out.bytes += ipc::encode(ipc::Event{QStringLiteral("event"), *m_news});
        m_news.reset();
        m_refreshing.clear();
    }
    if (m_ending)
        out.close = true;
    goOn();
}

bool Session::startRefresh()
{
    const Instant now = m_services->clock.steady();
    for (auto each = m_subscriptions.begin(); each != m_subscriptions.end(); ++each) {
        if (!each->dirty || now < each->next)
            continue;
        m_refreshing = each.key();
        m_refreshDrained = false;
        each->dirty = false;
        out.work.emplace(net::Pool::Store, [this]() -> net::WorkResult {
            if (!std::exchange(m_refreshDrained, true))
                return net::More{}; // called again when the peer has read what it was sent
            refresh(m_refreshing);
            return net::Done{};
        });
        return true;
    }
    return false;
}

void Session::refresh(const QString &topic)
{
    auto call = reading();
    const auto items = call ? readTopic(*call, topic) : std::unexpected(call.error());
    if (!items) {
        kLog.failed("reading a topic failed", items.error());
        return;
    }
    Subscription &subscription = m_subscriptions[topic];
    const QList<api::Op> ops = difference(subscription.items, *items);
    if (ops.isEmpty())
        return;
    subscription.items = *items;
    m_news = json::toJson(api::TopicEvent{topic, ++subscription.rev, ops});
}

void Session::setDeadline()
{
    Instant deadline = {};
    const auto consider = [&deadline](Instant at) {
        if (at != Instant{} && (deadline == Instant{} || at < deadline))
            deadline = at;
    };
    for (const Subscription &each : std::as_const(m_subscriptions)) {
        if (each.dirty)
            consider(each.next);
        consider(each.heartbeat);
    }
    out.deadline = deadline;
}

void Session::notified(const net::Event &event)
{
    if (event.kind == net::Event::Kind::Topic) {
        const QString topic = api::topicNames().value(event.subject);
        if (const auto found = m_subscriptions.find(topic); found != m_subscriptions.end())
            found->dirty = true;
        goOn();
    } else if (event.kind == net::Event::Kind::Shutdown) {
        m_ending = true;
        out.close = !m_running && m_refreshing.isEmpty();
    }
}

void Session::timedOut()
{
    const Instant now = m_services->clock.steady();
    for (Subscription &each : m_subscriptions) {
        if (each.heartbeat != Instant{} && now >= each.heartbeat) {
            each.dirty = true;
            each.heartbeat = now + kStatusEvery;
        }
    }
    goOn();
}

Session::~Session() { m_services->topics.unwatch(m_peer.id); }

} // namespace control
