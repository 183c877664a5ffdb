#include "daemon/queue/routes.h"

#include "daemon/store/accounts.h"
#include "shared/base/ip.h"
#include "shared/base/refusal.h"

namespace queue {

namespace {

constexpr qsizetype kLongestName = 64;
constexpr qsizetype kLongestText = 500;

struct KindRow
{
    api::TransportKind kind;
    quint16 port;
    bool needsHost;
};
constexpr std::array kKinds = {
    KindRow{api::TransportKind::Submission, 587, true}, KindRow{api::TransportKind::Submissions, 465, true},
    KindRow{api::TransportKind::Smtp, 25, true},        KindRow{api::TransportKind::Direct, 0, false},
    KindRow{api::TransportKind::Fail, 0, false},
};
const KindRow &rowOf(api::TransportKind kind) { return *std::ranges::find(kKinds, kind, &KindRow::kind); }

std::unexpected<Error> wrong(const char *code, const QString &text, const QString &hint, const char *path)
{
    return refuse(code, text, hint, QLatin1StringView(path));
}

api::Transport readTransport(const db::Query &row)
{
    api::Transport transport{.name = row.text(0),
                             .kind = api::TransportKind::Direct,
                             .host = row.text(2),
                             .port = static_cast<int>(row.integer(3)),
                             .user = row.text(4),
                             .password = row.text(5),
                             .clientCertificate = row.text(6),
                             .verify = row.integer(7) != 0,
                             .failCode = static_cast<int>(row.integer(8)),
                             .failText = row.text(9)};
    for (const auto &each : enumNames(api::TransportKind())) {
        if (row.text(1) == QLatin1StringView(each.name))
            transport.kind = each.value;
    }
    return transport;
}

constexpr char kTransportFields[] = "select name, kind, host, port, user, password, client_certificate, verify, "
                                    "fail_code, fail_text from queue_transports ";
constexpr char kRouteFields[] =
    "select r.route_id, r.transport, a.localpart || '@' || a.domain, r.sender_domain, r.recipient_domain, "
    "r.minimum_attempts, r.account_id from queue_routes r left join accounts a using(account_id) ";
// Those of an account, then those of a sender's domain, then the rest.
constexpr char kRouteOrder[] = "order by r.account_id is null, r.sender_domain = '', r.route_id";

api::Route readRoute(const db::Query &row)
{
    return {.id = row.integer(0),
            .transport = row.text(1),
            .account = row.text(2),
            .senderDomain = row.text(3),
            .recipientDomain = row.text(4),
            .minimumAttempts = static_cast<int>(row.integer(5))};
}

bool isName(const QString &text)
{
    return !text.isEmpty() && text.size() <= kLongestName && std::ranges::all_of(text, [](QChar c) {
        return c.unicode() < 0x80 && (c.isLetterOrNumber() || c == u'-' || c == u'_' || c == u'.');
    });
}

bool isHost(const QString &text)
{
    if (IpAddress::parse(text.toUtf8()))
        return true;
    return !text.isEmpty() && text.size() <= 253 && !text.startsWith(u'.') && !text.contains(u"..") &&
           std::ranges::all_of(
               text, [](QChar c) { return c.unicode() < 0x80 && (c.isLetterOrNumber() || c == u'-' || c == u'.'); });
}

Result<void> check(const api::Transport &transport)
{
    if (!isName(transport.name))
        return wrong("invalid-name", QStringLiteral("must be 1 to 64 letters, digits, '.', '-' or '_'"), {}, "/name");
    const bool needsHost = rowOf(transport.kind).needsHost;
    if (needsHost != !transport.host.isEmpty())
        return wrong("invalid-host",
                     needsHost ? QStringLiteral("this kind needs a host") : QStringLiteral("this kind has no host"), {},
                     "/host");
    if (needsHost && !isHost(transport.host))
        return wrong("invalid-host", QStringLiteral("must be a host name or an address"), {}, "/host");
    if (transport.port < 0 || transport.port > 65535)
        return wrong("invalid-port", QStringLiteral("must be between 0 and 65535"), {}, "/port");
    if (!needsHost && (!transport.user.isEmpty() || !transport.password.isEmpty()))
        return wrong("no-sign-in", QStringLiteral("this kind has no sign-in"), {}, "/user");
    if (transport.user.isEmpty() && !transport.password.isEmpty())
        return wrong("no-user", QStringLiteral("a password needs a user name"), {}, "/user");
    if (transport.failCode < 500 || transport.failCode > 599)
        return wrong("invalid-code", QStringLiteral("must be between 500 and 599"), {}, "/failCode");
    if (transport.failText.size() > kLongestText || transport.failText.contains(u'\n'))
        return wrong("invalid-text", QStringLiteral("must be a line of at most %1 characters").arg(kLongestText), {},
                     "/failText");
    return {};
}

Result<api::Route> findRoute(db::Database &db, qint64 id)
{
    static const QByteArray sql = QByteArray(kRouteFields) + "where r.route_id = ?1";
    auto row = db.query(sql.constData(), id);
    if (row.next())
        return readRoute(row);
    if (row.failed())
        return std::unexpected(row.error());
    return wrong("not-found", QStringLiteral("there is no route %1").arg(id), QStringLiteral("route list shows them"),
                 "/id");
}

} // namespace

bool fitsDomain(const QByteArray &pattern, const QByteArray &domain)
{
    if (pattern.isEmpty())
        return true;
    const QByteArray name = domain.toLower();
    return pattern.startsWith('.') ? name.endsWith(pattern) || name == pattern.sliced(1) : name == pattern;
}

Result<std::optional<api::Transport>> routeFor(db::Database &db, const Job &job)
{
    QString name = QString::fromUtf8(job.recipients.first().transport);
    if (name.isEmpty()) {
        static const QByteArray sql = QByteArray(kRouteFields) + kRouteOrder;
        auto rows = db.query(sql.constData());
        while (name.isEmpty() && rows.next()) {
            const api::Route route = readRoute(rows);
            if ((rows.isNull(6) || rows.integer(6) == job.message.accountId) &&
                fitsDomain(route.senderDomain.toUtf8(), job.message.mail.reversePath.domain) &&
                fitsDomain(route.recipientDomain.toUtf8(), job.domain) &&
                job.recipients.first().attempts >= route.minimumAttempts)
                name = route.transport;
        }
        if (rows.failed())
            return std::unexpected(rows.error());
    }
    if (name.isEmpty())
        return std::nullopt;
    return findTransport(db, name, "").transform([](const api::Transport &found) {
        return found.kind == api::TransportKind::Direct ? std::nullopt : std::optional(found);
    });
}

Result<QList<api::Transport>> listTransports(db::Database &db)
{
    static const QByteArray sql = QByteArray(kTransportFields) + "order by name";
    QList<api::Transport> list;
    auto rows = db.query(sql.constData());
    while (rows.next())
        list.append(readTransport(rows));
    if (rows.failed())
        return std::unexpected(rows.error());
    return list;
}

Result<api::Transport> findTransport(db::Database &db, const QString &name, const char *path)
{
    static const QByteArray sql = QByteArray(kTransportFields) + "where name = ?1";
    auto row = db.query(sql.constData(), name);
    if (row.next())
        return readTransport(row);
    if (row.failed())
        return std::unexpected(row.error());
    return wrong("no-such-transport", QStringLiteral("there is no transport %1").arg(name.left(100)),
                 QStringLiteral("transport list shows them"), path);
}

Result<api::Transport> setTransport(db::Database &db, store::Effects &effects, const api::Transport &transport)
{
    api::Transport wanted = transport;
    const auto before = findTransport(db, transport.name, "/name");
    if (!before && before.error().code != QLatin1StringView("no-such-transport"))
        return before;
    if (before && wanted.password.isEmpty() && !wanted.user.isEmpty() && wanted.user == before->user)
        wanted.password = before->password;
    if (auto good = check(wanted); !good)
        return std::unexpected(good.error());
    const auto done = db.run(
        "insert into queue_transports(name, kind, host, port, user, password, client_certificate, verify, fail_code, "
        "fail_text) values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) on conflict(name) do update set "
        "kind = excluded.kind, host = excluded.host, port = excluded.port, user = excluded.user, "
        "password = excluded.password, client_certificate = excluded.client_certificate, verify = excluded.verify, "
        "fail_code = excluded.fail_code, fail_text = excluded.fail_text",
        wanted.name, QString::fromLatin1(::nameOf(wanted.kind)), wanted.host, wanted.port, wanted.user, wanted.password,
        wanted.clientCertificate, wanted.verify, wanted.failCode, wanted.failText);
    if (!done)
        return std::unexpected(done.error());
    effects.topics.insert("queue");
    return wanted;
}

Result<api::Transport> removeTransport(db::Database &db, store::Effects &effects, const QString &name)
{
    const auto found = findTransport(db, name, "/name");
    if (!found)
        return found;
    const auto used = db.number("select (select count(*) from queue_routes where transport = ?1) + "
                                "(select count(*) from queue_recipients where transport = ?2)",
                                name, name);
    if (!used)
        return std::unexpected(used.error());
    if (used->value_or(0) > 0)
        return wrong("in-use", QStringLiteral("%1 routes or messages use this transport").arg(used->value_or(0)),
                     QStringLiteral("remove the routes first; queue transport changes messages"), "/name");
    if (auto done = db.run("delete from queue_transports where name = ?1", name); !done)
        return std::unexpected(done.error());
    effects.topics.insert("queue");
    return found;
}

Result<QList<api::Route>> listRoutes(db::Database &db)
{
    static const QByteArray sql = QByteArray(kRouteFields) + kRouteOrder;
    QList<api::Route> list;
    auto rows = db.query(sql.constData());
    while (rows.next())
        list.append(readRoute(rows));
    if (rows.failed())
        return std::unexpected(rows.error());
    return list;
}

Result<api::Route> addRoute(db::Database &db, store::Effects &effects, const api::RoutesAddParams &params)
{
    if (const auto transport = findTransport(db, params.transport, "/transport"); !transport)
        return std::unexpected(transport.error());
    for (const auto &[domain, path] :
         {std::pair{params.senderDomain, "/senderDomain"}, std::pair{params.recipientDomain, "/recipientDomain"}}) {
        const QString bare = domain.startsWith(u'.') ? domain.sliced(1) : domain;
        if (!domain.isEmpty() && !isHost(bare))
            return wrong("invalid-domain", QStringLiteral("must be a domain, in A-labels if it is international"), {},
                         path);
    }
    if (params.minimumAttempts < 0)
        return wrong("invalid-number", QStringLiteral("must not be negative"), {}, "/minimumAttempts");
    qint64 account = 0;
    if (!params.account.isEmpty()) {
        const auto found = store::findAccount(db, params.account.toUtf8().toLower());
        if (!found)
            return wrong("no-such-account", QStringLiteral("there is no account %1").arg(params.account.left(200)),
                         QStringLiteral("accounts list shows them"), "/account");
        account = found->id;
    }
    const auto done = db.run("insert into queue_routes(account_id, sender_domain, recipient_domain, minimum_attempts, "
                             "transport) values(nullif(?1, 0), ?2, ?3, ?4, ?5)",
                             account, params.senderDomain.toLower(), params.recipientDomain.toLower(),
                             params.minimumAttempts, params.transport);
    if (!done)
        return std::unexpected(done.error());
    effects.topics.insert("queue");
    return findRoute(db, db.lastInsertId());
}

Result<api::Route> removeRoute(db::Database &db, store::Effects &effects, qint64 id)
{
    auto route = findRoute(db, id);
    if (!route)
        return route;
    if (auto done = db.run("delete from queue_routes where route_id = ?1", id); !done)
        return std::unexpected(done.error());
    effects.topics.insert("queue");
    return route;
}

quint16 portOf(const api::Transport &transport)
{
    return transport.port > 0 ? static_cast<quint16>(transport.port) : rowOf(transport.kind).port;
}

} // namespace queue
