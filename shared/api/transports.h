// Ways for mail to leave other than straight to the domain's own servers (transports), and which mail takes which
// (routes). Values only; any thread.
#pragma once

#include "shared/api/queue.h"

namespace api {

enum class TransportKind
{
    Submission,  // port 587, STARTTLS: RFC 6409
    Submissions, // port 465, TLS from the start: RFC 8314 3.3
    Smtp,        // port 25, TLS if it is offered
    Direct,      // as without a route
    Fail,        // refused
};
constexpr auto enumNames(TransportKind)
{
    return std::array{EnumName{TransportKind::Submission, "submission"},
                      EnumName{TransportKind::Submissions, "submissions"}, EnumName{TransportKind::Smtp, "smtp"},
                      EnumName{TransportKind::Direct, "direct"}, EnumName{TransportKind::Fail, "fail"}};
}

struct Transport
{
    QString name;
    TransportKind kind = TransportKind::Submission;
    QString host;
    int port = 0;
    QString user;
    QString password;
    QString clientCertificate;
    bool verify = true;
    int failCode = 554;
    QString failText;
    static constexpr auto fields()
    {
        return std::tuple{
            field("name", &Transport::name, "Name that routes refer to.", kRequired | kKey),
            field("kind", &Transport::kind, "How mail leaves."),
            field("host", &Transport::host, "Server to hand mail to: a name or an address."),
            field("port", &Transport::port, "Its port; 0: 587, 465 or 25 by the kind."),
            field("user", &Transport::user, "Name to sign in with; empty: no sign-in, or by certificate."),
            field("password", &Transport::password, "Password to sign in with.", kSecret),
            field("clientCertificate", &Transport::clientCertificate,
                  "File on the server with a certificate and its key, in PEM, that is shown when asked for."),
            field("verify", &Transport::verify, "The host's certificate must be right."),
            field("failCode", &Transport::failCode, "Kind fail: reply code, 500 to 599."),
            field("failText", &Transport::failText, "Kind fail: what the sender is told."),
        };
    }
};
struct TransportsListResult
{
    QList<Transport> transports;
    static constexpr auto fields()
    {
        return std::tuple{field("transports", &TransportsListResult::transports,
                                "By name; their passwords are only said to be there.")};
    }
};
struct TransportParams
{
    QString name;
    static constexpr auto fields()
    {
        return std::tuple{field("name", &TransportParams::name, "Name of the transport.", kRequired | kKey)};
    }
};
struct TransportResult
{
    Transport transport;
    static constexpr auto fields()
    {
        return std::tuple{
            field("transport", &TransportResult::transport, "The transport; its password is only said to be there.")};
    }
};

struct Route
{
    qint64 id = 0;
    QString transport;
    QString account;
    QString senderDomain;
    QString recipientDomain;
    int minimumAttempts = 0;
    static constexpr auto fields()
    {
        return std::tuple{
            field("id", &Route::id, "Number of the route.", kKey | kReadOnly),
            field("transport", &Route::transport, "Transport it leads to."),
            field("account", &Route::account, "Only mail of this account."),
            field("senderDomain", &Route::senderDomain,
                  "Only mail from this domain; with a dot before it: and what is below it."),
            field("recipientDomain", &Route::recipientDomain,
                  "Only mail to this domain; with a dot before it: and what is below it."),
            field("minimumAttempts", &Route::minimumAttempts, "Only after so many attempts."),
        };
    }
};
struct RoutesAddParams
{
    QString transport;
    QString account;
    QString senderDomain;
    QString recipientDomain;
    int minimumAttempts = 0;
    static constexpr auto fields()
    {
        return std::tuple{
            field("transport", &RoutesAddParams::transport, "Transport it leads to.", kRequired | kKey),
            field("account", &RoutesAddParams::account, "Only mail of this account."),
            field("senderDomain", &RoutesAddParams::senderDomain,
                  "Only mail from this domain; with a dot before it: and what is below it."),
            field("recipientDomain", &RoutesAddParams::recipientDomain,
                  "Only mail to this domain; with a dot before it: and what is below it."),
            field("minimumAttempts", &RoutesAddParams::minimumAttempts, "Only after so many attempts."),
        };
    }
};
struct RouteParams
{
    qint64 id = 0;
    static constexpr auto fields()
    {
        return std::tuple{field("id", &RouteParams::id, "Number of the route.", kRequired | kKey)};
    }
};
struct RoutesListResult
{
    QList<Route> routes;
    static constexpr auto fields()
    {
        return std::tuple{field("routes", &RoutesListResult::routes, "In the order in which they are looked at.")};
    }
};
struct RouteResult
{
    Route route;
    static constexpr auto fields() { return std::tuple{field("route", &RouteResult::route, "The route.")}; }
};

struct QueueTransportParams : QueueSelection
{
    QString use;
    static constexpr auto fields()
    {
        return std::tuple_cat(
            QueueSelection::fields(),
            std::tuple{field("use", &QueueTransportParams::use, "Transport from now on; empty: by the routes.")});
    }
};

inline constexpr Method<None, TransportsListResult> kTransportsList{
    "transports.list", "List the transports for outgoing mail.", Role::Admin, "transport", "list"};
inline constexpr Method<Transport, TransportResult> kTransportsSet{
    "transports.set", "Make or change a transport, such as a provider's relay.", Role::Admin, "transport", "set", true,
    "queue"};
inline constexpr Method<TransportParams, TransportResult> kTransportsRemove{
    "transports.remove",
    "Remove a transport that no route leads to.",
    Role::Admin,
    "transport",
    "remove",
    true,
    "queue"};
inline constexpr Method<None, RoutesListResult> kRoutesList{"routes.list", "List which mail takes which transport.",
                                                            Role::Admin, "route", "list"};
inline constexpr Method<RoutesAddParams, RouteResult> kRoutesAdd{
    "routes.add", "Let mail that fits take a transport.", Role::Admin, "route", "add", true, "queue"};
inline constexpr Method<RouteParams, RouteResult> kRoutesRemove{
    "routes.remove", "Remove a route.", Role::Admin, "route", "remove", true, "queue"};
inline constexpr Method<QueueTransportParams, QueueCountResult> kQueueTransport{
    "queue.transport", "Choose the transport of messages.", Role::Admin, "queue", "transport", true, "queue"};

} // namespace api
