#include "daemon/http/session.h"

#include "shared/base/metrics.h"

namespace http {

namespace {

const CounterFamily kRequests{"postroom_http_requests_total", "HTTP requests by status.", {"status"}};
const CounterFamily kEnrolled{"postroom_enrolments_total", "One-time links that were opened, by result.", {"result"}};
constexpr qsizetype kMostAnswers = 256 * 1024; // not yet taken by the peer

} // namespace

struct Session::Route
{
    const char *path;
    bool prefix; // or the whole of it
    bool head;   // GET always
    bool (*there)(const Services &, bool secure);
    Reply (Session::*handler)(const Request &request);
};

const Session::Route Session::kRoutes[] = {
    {"/metrics", false, true, [](const Services &services, bool) { return services.metrics; }, &Session::metricsPage},
    {kEnrolPath, true, false, [](const Services &, bool secure) { return secure; }, &Session::keyFile},
};

void Session::started(const net::Peer &peer)
{
    m_from = peer.address;
    out.deadline = m_services->clock.steady() + kRequestTime;
}

void Session::received(QByteArrayView bytes)
{
    if (m_ended)
        return;
    if (!m_parser.begun()) // the time is that of a request, however slowly it comes
        out.deadline = m_services->clock.steady() + kRequestTime;
    m_input.append(bytes);
    process();
}

void Session::process()
{
    while (!m_input.isEmpty() && !m_ended && !out.work) {
        if (out.bytes.size() > kMostAnswers)
            return breathe();
        m_input.remove(0, m_parser.feed(m_input));
        if (const Refusal *refusal = m_parser.refusedOrNull())
            return reply({.status = refusal->status, .body = QByteArray(refusal->text) + '\n'}, false, true);
        const Request &request = m_parser.request();
        // RFC 9110 10.1.1: a final status instead of 100. No route here takes a body.
        if (m_parser.done() || (m_parser.headersDone() && request.expectsContinue))
            answer(request);
        if (m_parser.done())
            m_parser.next();
    }
    if (m_input.isEmpty())
        m_input = {};
    if (m_ended)
        return;
    if (!m_parser.begun())
        out.deadline = m_services->clock.steady() + kIdleTime;
}

void Session::answer(const Request &request)
{
    const bool last = !request.keepAlive || !m_parser.done() || ++m_requests >= kMostRequests;
    const bool head = request.method == "HEAD";
    if (!m_services->limits.take(m_from, m_services->clock.steady()))
        return reply({.status = 429,
                      .body = "too many requests from your address or network; slow down\n",
                      .fields = {{"Retry-After", "60"}}},
                     head, true);
    for (const Route &route : kRoutes) {
        const bool named = route.prefix ? request.path.startsWith(route.path) : request.path == route.path;
        if (!named || !route.there(*m_services, m_secure))
            continue;
        if (request.method == "GET" || (head && route.head))
            return reply((this->*route.handler)(request), head, last);
        return reply({.status = 405,
                      .body = "this page can only be read\n",
                      .fields = {{"Allow", route.head ? "GET, HEAD" : "GET"}}},
                     head, last);
    }
    reply({.status = 404, .body = "there is nothing here\n"}, head, last);
}

Reply Session::metricsPage(const Request &) { return {.type = "text/plain; version=0.0.4", .body = metrics::render()}; }

Reply Session::keyFile(const Request &request)
{
    const auto file = m_services->enrolments.take(QByteArrayView(request.path).sliced(qstrlen(kEnrolPath)));
    kEnrolled.add({file ? "taken" : "unknown"});
    if (!file)
        return {.status = 404,
                .body = "This link was used already, or its ten minutes are over. Ask for another one.\n",
                .fields = {{"Cache-Control", "no-store"}}};
    return {.type = "application/x-pkcs12",
            .body = *file,
            .fields = {{"Content-Disposition", "attachment; filename=\"mail-key.p12\""},
                       {"Cache-Control", "no-store"},
                       {"X-Content-Type-Options", "nosniff"},
                       {"Referrer-Policy", "no-referrer"}}};
}

void Session::reply(const Reply &reply, bool headOnly, bool close)
{
    kRequests.add({QByteArray::number(reply.status)});
    out.bytes.append(write(reply, {.now = m_services->clock.now(), .headOnly = headOnly, .close = close}));
    m_ended = m_ended || close;
    out.close = m_ended;
}

void Session::breathe()
{
    out.work = net::Work{.pool = net::Pool::Store, .run = [first = true]() mutable -> net::WorkResult {
                             if (std::exchange(first, false))
                                 return net::More{};
                             return net::Done{};
                         }};
}

void Session::notified(const net::Event &event)
{
    if (event.kind != net::Event::Kind::Shutdown)
        return;
    m_ended = true;
    out.close = true;
}

void Session::timedOut()
{
    if (m_parser.begun() && !m_ended)
        return reply({.status = 408, .body = "the request took too long\n"}, false, true);
    m_ended = true;
    out.close = true;
}

} // namespace http
