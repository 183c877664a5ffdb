// An SMTP session without a socket, on a real store in a temporary folder: its work is done in place, its changes are
// committed, its output is taken at once. For tests.
#pragma once

#include "daemon/dkim/keys.h"
#include "daemon/queue/schema.h"
#include "daemon/smtp/session.h"
#include "tests/support/store_fixture.h"

namespace test {

// A store with ann@example.org and bob@example.org, their sign-ins and what sessions are made of.
class SmtpServer
{
public:
    static constexpr char kPassword[] = "secret-enough";

    explicit SmtpServer(const Clock &clock, const smtp::Options &options = {}, const smtp::NullMxCheck &hasNullMx = {})
        : fixture({{.name = "auth/0001_secrets", .sql = auth::kSchema0001},
                   {.name = "auth/0002_devices", .sql = auth::kSchema0002},
                   {.name = "queue/0001_queue", .sql = queue::kSchema0001},
                   {.name = "queue/0002_flow", .sql = queue::kSchema0002},
                   {.name = "queue/0003_envelope", .sql = queue::kSchema0003},
                   {.name = "queue/0004_routes", .sql = queue::kSchema0004},
                   {.name = "queue/0005_accounts", .sql = queue::kSchema0005},
                   {.name = "dkim/0001_dkim", .sql = dkim::kSchema0001}})
        , authenticator(fixture.store->file, clock,
                        [this](const QByteArray &name) { return fixture.store->directory.account(name); })
        , services(std::make_shared<const smtp::Services>(smtp::Services{.store = *fixture.store,
                                                                         .authenticator = authenticator,
                                                                         .clock = clock,
                                                                         .options = options,
                                                                         .hasNullMx = hasNullMx,
                                                                         .notifierOrNull = &m_nobody}))
    {
        fixture.run([this](db::Database &db, store::Effects &effects) -> Result<void> {
            const auto added = store::addAccount(db, effects,
                                                 {.localpart = "bob",
                                                  .domain = "example.org",
                                                  .name = {},
                                                  .role = QStringLiteral("postmaster"),
                                                  .state = {},
                                                  .createdAt = {}},
                                                 fixture.now);
            if (!added)
                return std::unexpected(added.error());
            bob = *added;
            return auth::setPassword(db, fixture.account, kPassword);
        });
        std::ignore = authenticator.load(fixture.db());
    }

    StoreFixture fixture;
    auth::Authenticator authenticator;
    const std::shared_ptr<const smtp::Services> services;
    qint64 bob = 0;

private:
    struct Nobody final : net::Notifier // tests hand events over themselves
    {
        void notify(net::ConnectionId, const net::Event &) override {}
    };
    Nobody m_nobody;
};

class SmtpDriver
{
public:
    enum class Tls
    {
        No,
        Yes,
    };
    explicit SmtpDriver(SmtpServer &server, Tls tls = Tls::No)
        : m_server(server)
        , m_session(server.services)
    {
        if (tls == Tls::Yes)
            m_session.secured({});
        m_session.started({});
        greeting = settle();
    }
    ~SmtpDriver() { m_session.ended(); }
    SmtpDriver(const SmtpDriver &) = delete;
    SmtpDriver &operator=(const SmtpDriver &) = delete;

    // What is answered, until nothing is to be done.
    QByteArray send(QByteArrayView bytes)
    {
        if (!closed() && !m_session.out.startTls)
            m_session.received(bytes);
        return settle();
    }
    QByteArray ask(QByteArrayView line) { return send(line.toByteArray() + "\r\n"); }
    QByteArray signIn(const QByteArray &name)
    {
        return ask("AUTH PLAIN " + (QByteArray(1, '\0') + name + '\0' + SmtpServer::kPassword).toBase64());
    }
    QByteArray notify(net::Event::Kind kind)
    {
        m_session.notified({.kind = kind, .subject = 0});
        return settle();
    }
    QByteArray wait() // until the deadline has passed
    {
        m_session.timedOut();
        return settle();
    }
    [[nodiscard]] bool closed() const { return m_session.out.close; }
    [[nodiscard]] std::chrono::steady_clock::time_point deadline() const { return m_session.out.deadline; }

    QByteArray greeting;

private:
    QByteArray settle()
    {
        QByteArray answer = std::exchange(m_session.out.bytes, {});
        while (m_session.out.work) {
            net::Work work = std::move(*std::exchange(m_session.out.work, {}));
            net::WorkResult result = work.run();
            while (std::holds_alternative<net::More>(result))
                result = work.run();
            if (auto *change = std::get_if<core::Change>(&result))
                m_session.out.commit = m_server.fixture.writer->submitAndWait(std::move(*change));
            m_session.resumed();
            answer += std::exchange(m_session.out.bytes, {});
        }
        return answer;
    }

    SmtpServer &m_server;
    smtp::Session m_session;
};

} // namespace test
