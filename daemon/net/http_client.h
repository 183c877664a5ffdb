// One HTTPS request of ours: GET, no redirects, no cookies, a bounded answer in bounded time (RFC 9110, RFC 9112). The
// addresses are tried in turn until one answers; the server's certificate must be valid for the host. For policies and
// the like, that are fetched now and then: each request has a connection of its own. Any thread; `done` is called once,
// on a net thread.
#pragma once

#include "daemon/net/net_threads.h"
#include "shared/http/response_parser.h"

namespace net {

struct HttpsRequest
{
    QByteArray host; // A-labels
    QByteArray path; // "/.well-known/…"
    quint16 port = 443;
    QList<IpAddress> addresses;
    qsizetype mostBytes = 64 * 1024; // of the body
    std::chrono::seconds timeout = std::chrono::minutes(1);
};

// `service` has a verifying client context and TLS from the start. Error codes: "tls" when the server's certificate was
// not the host's or there was no handshake, else "http".
void httpsGet(NetThreads &net, std::shared_ptr<const Service> service, const Clock &clock, HttpsRequest request,
              std::function<void(Result<http::Response>)> done);

} // namespace net
