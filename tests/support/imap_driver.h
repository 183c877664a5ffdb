// An IMAP session without a socket, on a real store in a temporary folder: its work is done in place, its changes are
// committed, its output is taken at once. Notices of changes are handed over when the session is idle. For tests.
#pragma once

#include "daemon/imap/session.h"
#include "tests/support/store_fixture.h"

#include <deque>

namespace test {

// The store, its sign-ins and the notices of what changed in it.
class ImapServer final : public net::Notifier
{
public:
    static constexpr char kPassword[] = "long-secret";

    explicit ImapServer(const Clock &clock)
        : fixture(QList<db::Migration>{{.name = "auth/0001_secrets", .sql = auth::kSchema0001},
                                       {.name = "auth/0002_devices", .sql = auth::kSchema0002}})
        , authenticator(fixture.store->file, clock,
                        [this](const QByteArray &) { return std::optional(fixture.account); })
        , services(std::make_shared<const imap::Services>(
              imap::Services{.store = *fixture.store, .authenticator = authenticator, .clock = clock, .options = {}}))
    {
        fixture.store->views.notifierOrNull = this;
        fixture.run([this](db::Database &db, store::Effects &) {
            return auth::setPassword(db, fixture.account, kPassword).and_then([&] { return authenticator.load(db); });
        });
    }
    ~ImapServer() override { fixture.writer.reset(); } // nobody is told any more
    void notify(net::ConnectionId connection, const net::Event &event) override
    {
        const std::lock_guard lock(m_mutex);
        m_events.emplace_back(connection.serial, event);
    }
    std::optional<net::Event> eventFor(quint64 serial)
    {
        const std::lock_guard lock(m_mutex);
        const auto found = std::ranges::find(m_events, serial, [](const auto &each) { return each.first; });
        if (found == m_events.end())
            return {};
        const net::Event event = found->second;
        m_events.erase(found);
        return event;
    }

    StoreFixture fixture;
    auth::Authenticator authenticator;
    const std::shared_ptr<const imap::Services> services;

private:
    std::mutex m_mutex; // guards m_events
    std::deque<std::pair<quint64, net::Event>> m_events;
};

class ImapDriver
{
public:
    // Signed in over TLS.
    ImapDriver(ImapServer &server, quint64 serial)
        : m_server(server)
        , m_serial(serial)
        , m_session(server.services)
    {
        net::Peer peer;
        peer.id = {.thread = 0, .serial = serial};
        m_session.secured({});
        m_session.started(peer);
        send(QByteArray("s LOGIN ann@example.org ") + ImapServer::kPassword + "\r\n");
    }
    ~ImapDriver()
    {
        if (!m_session.out.close)
            m_session.ended();
    }
    ImapDriver(const ImapDriver &) = delete;
    ImapDriver &operator=(const ImapDriver &) = delete;

    // What is answered, until nothing is to be done.
    QByteArray send(QByteArrayView bytes)
    {
        QByteArray answer = settle();
        if (m_session.out.close)
            return answer;
        m_session.received(bytes);
        return answer + settle();
    }
    [[nodiscard]] bool closed() const { return m_session.out.close; }
    std::function<void()> betweenSlices; // while a piece of work waits for its output to drain

private:
    QByteArray settle()
    {
        QByteArray answer = take();
        for (;;) {
            if (m_session.out.work) {
                work();
            } else if (const auto event = m_server.eventFor(m_serial); event && !m_session.out.close) {
                m_session.notified(*event);
            } else {
                return answer;
            }
            answer += take();
        }
    }
    void work()
    {
        net::Work work = std::move(*std::exchange(m_session.out.work, {}));
        net::WorkResult result = work.run();
        while (std::holds_alternative<net::More>(result)) {
            m_drained += std::exchange(m_session.out.bytes, {});
            if (betweenSlices)
                betweenSlices();
            result = work.run();
        }
        if (auto *change = std::get_if<core::Change>(&result))
            m_session.out.commit = m_server.fixture.writer->submitAndWait(std::move(*change));
        m_session.resumed();
    }
    QByteArray take()
    {
        QByteArray bytes = std::exchange(m_drained, {}) + std::exchange(m_session.out.bytes, {});
        return m_session.out.encode && !bytes.isEmpty() ? m_session.out.encode(bytes) : bytes;
    }

    ImapServer &m_server;
    const quint64 m_serial;
    imap::Session m_session;
    QByteArray m_drained;
};

} // namespace test
