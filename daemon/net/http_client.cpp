#include "daemon/net/http_client.h"

namespace net {

namespace {

std::unexpected<Error> failed(const char *code, const QString &text)
{
    return failure({.kind = ErrorKind::Temporary,
                    .text = text,
                    .publicText = text,
                    .code = QLatin1StringView(code),
                    .hint = {},
                    .path = {}});
}

// The request on its way from address to address; one connection at a time.
struct Fetch : std::enable_shared_from_this<Fetch>
{
    Fetch(NetThreads &threads, std::shared_ptr<const Service> how, const Clock &time, HttpsRequest what,
          std::function<void(Result<http::Response>)> then)
        : net(threads)
        , service(std::move(how))
        , clock(time)
        , request(std::move(what))
        , done(std::move(then))
        , until(time.steady() + request.timeout)
    {}
    void next(const Error &last);
    void ended(bool connected, bool secured, Result<http::Response> result);

    NetThreads &net;
    const std::shared_ptr<const Service> service;
    const Clock &clock;
    HttpsRequest request;
    std::function<void(Result<http::Response>)> done;
    const std::chrono::steady_clock::time_point until;
};

class HttpSession final : public Session
{
public:
    HttpSession(std::shared_ptr<Fetch> fetch, std::shared_ptr<bool> unreachable)
        : m_fetch(std::move(fetch))
        , m_unreachable(std::move(unreachable))
        , m_parser(m_fetch->request.mostBytes)
    {
        out.deadline = m_fetch->until;
    }
    ~HttpSession() override
    {
        if (m_result && m_parser.done())
            m_fetch->ended(true, true, m_parser.response());
        else if (!m_result)
            m_fetch->ended(true, true, std::unexpected(m_result.error()));
        else
            m_fetch->ended(!*m_unreachable, m_secured, failed("http", QStringLiteral("no answer")));
    }
    void started(const Peer &) override
    {
        out.bytes = "GET " + m_fetch->request.path + " HTTP/1.1\r\nHost: " + m_fetch->request.host +
                    "\r\nAccept: text/plain\r\nUser-Agent: Postroom\r\nConnection: close\r\n\r\n";
    }
    void received(QByteArrayView bytes) override
    {
        if (m_result)
            m_result = m_parser.feed(bytes);
        out.close = !m_result || m_parser.done();
    }
    void secured(const tls::Info &) override { m_secured = true; }
    void resumed() override {}
    void notified(const Event &event) override { out.close = event.kind == Event::Kind::Shutdown; }
    void timedOut() override
    {
        m_result = failed("http", QStringLiteral("no answer within %1").arg(toText(m_fetch->request.timeout)));
        out.close = true;
    }
    void ended() override
    {
        if (m_result && m_secured)
            m_result = m_parser.finish();
    }

private:
    const std::shared_ptr<Fetch> m_fetch;
    const std::shared_ptr<bool> m_unreachable;
    http::ResponseParser m_parser;
    Result<void> m_result;
    bool m_secured = false;
};

void Fetch::next(const Error &last)
{
    if (request.addresses.isEmpty() || clock.steady() >= until)
        return done(std::unexpected(last));
    const IpAddress address = request.addresses.takeFirst();
    const auto unreachable = std::make_shared<bool>(false);
    net.dial({.address = address, .port = request.port, .service = service, .tlsServerName = request.host},
             std::make_unique<HttpSession>(shared_from_this(), unreachable), [unreachable] { *unreachable = true; });
}

void Fetch::ended(bool connected, bool secured, Result<http::Response> result)
{
    if (result || secured) {
        if (!result && result.error().code.isEmpty())
            result.error().code = QStringLiteral("http");
        return done(std::move(result));
    }
    const auto why = connected
                         ? failed("tls", QStringLiteral("the certificate of %1 is not valid, or TLS failed")
                                             .arg(QString::fromUtf8(request.host)))
                         : failed("http", QStringLiteral("%1 cannot be reached").arg(QString::fromUtf8(request.host)));
    next(why.error());
}

} // namespace

void httpsGet(NetThreads &net, std::shared_ptr<const Service> service, const Clock &clock, HttpsRequest request,
              std::function<void(Result<http::Response>)> done)
{
    const auto nowhere =
        failed("http", QStringLiteral("%1 has no usable address").arg(QString::fromUtf8(request.host)));
    std::make_shared<Fetch>(net, std::move(service), clock, std::move(request), std::move(done))->next(nowhere.error());
}

} // namespace net
