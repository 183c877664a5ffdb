// An HTTP/1.1 server session (RFC 9110, RFC 9112): requests one after the other, each answered from a table of routes.
// /metrics is Prometheus' page, on listeners of that kind; /.enrol/TOKEN hands out a key file once, over TLS only.
// HTTP/1.1 only, on purpose: the same port carries mail by ALPN, and nothing here is worth a second framing.
// Belongs to its connection; see net/session.h for threads. Memory: a request within the limits of RequestParser, and
// answers of kMostAnswers.
#pragma once

#include "daemon/http/enrolments.h"
#include "daemon/http/request_limits.h"
#include "daemon/net/session.h"
#include "shared/http/request_parser.h"
#include "shared/http/response_writer.h"

namespace http {

inline constexpr qsizetype kMostBodyBytes = 64 * 1024;
inline constexpr int kMostRequests = 1'000; // over one connection
inline constexpr auto kRequestTime = std::chrono::seconds(10);
inline constexpr auto kIdleTime = std::chrono::seconds(60); // between two requests

struct Services
{
    const Clock &clock;
    Enrolments &enrolments;
    RequestLimits &limits;
    bool metrics = false;
};

class Session final : public net::Session
{
public:
    explicit Session(std::shared_ptr<const Services> services)
        : m_services(std::move(services))
        , m_parser(kMostBodyBytes)
    {}
    void started(const net::Peer &peer) override;
    void received(QByteArrayView bytes) override;
    void secured(const tls::Info &) override { m_secure = true; }
    void resumed() override { process(); }
    void notified(const net::Event &event) override;
    void timedOut() override;

private:
    struct Route;
    static const Route kRoutes[];

    void process();
    void answer(const Request &request);
    void reply(const Reply &reply, bool headOnly, bool close);
    void breathe(); // until the peer has read what it asked for
    [[nodiscard]] Reply metricsPage(const Request &request);
    [[nodiscard]] Reply keyFile(const Request &request);

    std::shared_ptr<const Services> m_services;
    IpAddress m_from;
    RequestParser m_parser;
    QByteArray m_input; // not yet read
    int m_requests = 0;
    bool m_secure = false;
    bool m_ended = false;
};

} // namespace http
