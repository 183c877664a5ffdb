// The HTTP side as far as there is one: GET /metrics in Prometheus' text format, everything else is 404. HTTP/1.1 with
// one request per connection (RFC 9112); a request line or header section over 16 KiB is refused.
#pragma once

#include "daemon/net/session.h"

namespace http {

class Session final : public net::Session
{
public:
    explicit Session(bool metricsAllowed)
        : m_metricsAllowed(metricsAllowed)
    {}
    void started(const net::Peer &peer) override;
    void received(QByteArrayView bytes) override;
    void secured(const tls::Info &) override {}
    void resumed() override {}
    void notified(const net::Event &event) override;
    void timedOut() override { out.close = true; }

private:
    void answer(const char *status, const QByteArray &type, const QByteArray &body, bool headOnly);
    void request(QByteArrayView line);

    QByteArray m_input;
    bool m_metricsAllowed;
    bool m_answered = false;
};

} // namespace http
