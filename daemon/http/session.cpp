#include "daemon/http/session.h"

#include "shared/base/metrics.h"

namespace http {

namespace {

const CounterFamily kRequests{"postroom_http_requests_total", "HTTP requests by status.", {"status"}};
constexpr qsizetype kLargestRequest = 16 * 1024;
constexpr auto kRequestTime = std::chrono::seconds(10);

} // namespace

void Session::started(const net::Peer &) { out.deadline = std::chrono::steady_clock::now() + kRequestTime; }

void Session::received(QByteArrayView bytes)
{
    if (m_answered)
        return;
    m_input.append(bytes);
    if (m_input.size() > kLargestRequest)
        return answer("431 Request Header Fields Too Large", "text/plain", "request too large\n", false);
    if (m_input.contains("\r\n\r\n"))
        request(QByteArrayView(m_input).first(m_input.indexOf("\r\n")));
}

// request-line = method SP request-target SP HTTP-version     RFC 9112 3
void Session::request(QByteArrayView line)
{
    const QList<QByteArray> words = line.toByteArray().split(' ');
    if (words.size() != 3 || !words.at(2).startsWith("HTTP/1."))
        return answer("400 Bad Request", "text/plain", "not an HTTP/1.1 request\n", false);
    const bool head = words.at(0) == "HEAD";
    if (!head && words.at(0) != "GET")
        return answer("405 Method Not Allowed", "text/plain", "only GET and HEAD\n", false);
    if (words.at(1) == "/metrics" && m_metricsAllowed)
        return answer("200 OK", "text/plain; version=0.0.4", metrics::render(), head);
    answer("404 Not Found", "text/plain", "not found\n", head);
}

void Session::answer(const char *status, const QByteArray &type, const QByteArray &body, bool headOnly)
{
    m_answered = true;
    kRequests.add({QByteArray(status).first(3)});
    out.bytes.append("HTTP/1.1 ").append(status).append("\r\nContent-Type: ").append(type);
    out.bytes.append("\r\nContent-Length: ")
        .append(QByteArray::number(body.size()))
        .append("\r\nConnection: close\r\n\r\n");
    if (!headOnly)
        out.bytes.append(body);
    out.close = true;
}

void Session::notified(const net::Event &event)
{
    if (event.kind == net::Event::Kind::Shutdown)
        out.close = true;
}

} // namespace http
