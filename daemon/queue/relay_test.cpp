#include "daemon/queue/routes.h"

#include "daemon/queue/history.h"
#include "shared/base/encoding.h"
#include "tests/support/queue_fixture.h"
#include "tests/support/test.h"

using namespace queue;
using namespace std::chrono_literals;

// Mail that leaves through a relay, and who takes which way.
class RelayTest : public test::QueueFixture
{
    Q_OBJECT

    api::Transport relay(const char *name)
    {
        api::Transport transport;
        transport.name = QLatin1StringView(name);
        transport.kind = api::TransportKind::Smtp;
        transport.host = QStringLiteral("127.0.0.1");
        transport.port = m_port;
        return transport;
    }
    QString put(const api::Transport &transport)
    {
        Result<api::Transport> made;
        std::ignore = run([&](db::Database &db, store::Effects &effects) {
            made = setTransport(db, effects, transport);
            return made.transform([](const auto &) {});
        });
        return made ? QString() : made.error().path;
    }
    QString route(const api::RoutesAddParams &params)
    {
        Result<api::Route> made;
        std::ignore = run([&](db::Database &db, store::Effects &effects) {
            made = addRoute(db, effects, params);
            return made.transform([](const auto &) {});
        });
        return made ? QString() : made.error().path;
    }
    QString wayOf(const QByteArray &recipient, qint64 account, int attempts)
    {
        Job job{.message = {.accountId = account}, .domain = recipient.split('@').last(), .recipients = {}};
        job.message.mail.reversePath = *smtp::parseAddress("ann@here.test");
        job.recipients.append({.rcpt = {.forwardPath = *smtp::parseAddress(recipient)}, .attempts = attempts});
        const auto found = routeFor(**m_store->reader(), job);
        return !found ? found.error().code : *found ? (*found)->name : QStringLiteral("direct");
    }
private Q_SLOTS:
    void init() { QueueFixture::init(); }
    void cleanup() { QueueFixture::cleanup(); }
    void domainsFitPatterns()
    {
        QVERIFY(fitsDomain("", "x.test"));
        QVERIFY(fitsDomain("x.test", "X.test"));
        QVERIFY(!fitsDomain("x.test", "a.x.test"));
        QVERIFY(fitsDomain(".x.test", "a.x.test"));
        QVERIFY(fitsDomain(".x.test", "x.test"));
        QVERIFY(!fitsDomain(".x.test", "ax.test"));
    }
    void theAccountsRouteComesFirstThenTheDomains()
    {
        for (const char *name : {"all", "domain", "account", "late"})
            QCOMPARE(put(relay(name)), QString());
        const qint64 ann = *m_store->directory.account("ann@here.test");
        QCOMPARE(wayOf("bob@there.test", ann, 0), QStringLiteral("direct"));
        QCOMPARE(route({.transport = QStringLiteral("late"), .minimumAttempts = 3}), QString());
        QCOMPARE(route({.transport = QStringLiteral("all"), .recipientDomain = QStringLiteral(".there.test")}),
                 QString());
        QCOMPARE(wayOf("bob@there.test", ann, 0), QStringLiteral("all"));
        QCOMPARE(wayOf("bob@else.test", ann, 2), QStringLiteral("direct"));
        QCOMPARE(wayOf("bob@else.test", ann, 3), QStringLiteral("late"));
        QCOMPARE(route({.transport = QStringLiteral("domain"), .senderDomain = QStringLiteral("here.test")}),
                 QString());
        QCOMPARE(wayOf("bob@there.test", ann, 0), QStringLiteral("domain"));
        QCOMPARE(route({.transport = QStringLiteral("account"), .account = QStringLiteral("ann@here.test")}),
                 QString());
        QCOMPARE(wayOf("bob@there.test", ann, 0), QStringLiteral("account"));
        QCOMPARE(wayOf("bob@there.test", ann + 1, 0), QStringLiteral("domain"));
    }
    void wrongOnesAreRefused()
    {
        api::Transport transport = relay("a b");
        QCOMPARE(put(transport), QStringLiteral("/name"));
        transport = relay("x");
        transport.host.clear();
        QCOMPARE(put(transport), QStringLiteral("/host"));
        transport = relay("x");
        transport.port = 65536;
        QCOMPARE(put(transport), QStringLiteral("/port"));
        transport = relay("x");
        transport.password = QStringLiteral("p");
        QCOMPARE(put(transport), QStringLiteral("/user"));
        transport = relay("x");
        transport.failCode = 499;
        QCOMPARE(put(transport), QStringLiteral("/failCode"));
        QCOMPARE(route({.transport = QStringLiteral("nowhere")}), QStringLiteral("/transport"));
        QCOMPARE(put(relay("x")), QString());
        QCOMPARE(route({.transport = QStringLiteral("x"), .recipientDomain = QStringLiteral("a b")}),
                 QStringLiteral("/recipientDomain"));
        QCOMPARE(route({.transport = QStringLiteral("x"), .minimumAttempts = -1}), QStringLiteral("/minimumAttempts"));
    }
    void mailGoesThroughTheRelayAndSignsIn()
    {
        m_sink->extensions = "250-STARTTLS\r\n250-AUTH PLAIN LOGIN\r\n";
        m_sink->answer = [](const QByteArray &line) -> QByteArray {
            return line.startsWith("AUTH PLAIN ") ? "235 2.7.0 welcome" : "";
        };
        m_hosts = [](const QByteArray &) { return MailHosts{}; }; // the domain's own servers are not asked for
        listen(test::serverTls("relay.test"));
        api::Transport transport = relay("provider");
        transport.kind = api::TransportKind::Submission;
        transport.verify = false;
        transport.user = QStringLiteral("ann");
        transport.password = QStringLiteral("secret");
        QCOMPARE(put(transport), QString());
        QCOMPARE(route({.transport = QStringLiteral("provider")}), QString());
        QVERIFY(m_queue->start());
        send({"bob@there.test", "eve@other.test"});
        QTRY_VERIFY(waiting().isEmpty());
        QCOMPARE(m_sink->messageCount(), 2);
        QCOMPARE(m_sink->linesThatStart("AUTH").first(),
                 "AUTH PLAIN " + encoding::toBase64(QByteArray("\0ann\0secret", 11)));
    }
    void aRelayThatCannotProveItselfGetsNothing()
    {
        m_sink->extensions = "250-STARTTLS\r\n250-AUTH PLAIN\r\n";
        listen(test::serverTls("relay.test"));
        api::Transport transport = relay("provider");
        transport.kind = api::TransportKind::Submission;
        transport.user = QStringLiteral("ann");
        transport.password = QStringLiteral("secret");
        QCOMPARE(put(transport), QString());
        QCOMPARE(route({.transport = QStringLiteral("provider")}), QString());
        QVERIFY(m_queue->start());
        send({"bob@there.test"});
        QTRY_VERIFY(waiting().size() == 1 && waiting().first().attempts == 1);
        QVERIFY(m_sink->linesThatStart("AUTH").isEmpty());
        QVERIFY(waiting().first().lastError.contains(QStringLiteral("certificate")));
    }
    void aTransportMayRefuse()
    {
        api::Transport transport;
        transport.name = QStringLiteral("no");
        transport.kind = api::TransportKind::Fail;
        transport.failText = QStringLiteral("no mail to this domain");
        QCOMPARE(put(transport), QString());
        QCOMPARE(route({.transport = QStringLiteral("no"), .recipientDomain = QStringLiteral("there.test")}),
                 QString());
        QVERIFY(m_queue->start());
        send({"bob@there.test"});
        QTRY_COMPARE(inbox().size(), 1);
        QVERIFY(inbox().first().contains("no mail to this domain"));
        QVERIFY(waiting().isEmpty());
    }
    void aChangedTransportKeepsItsPassword()
    {
        api::Transport transport = relay("provider");
        transport.user = QStringLiteral("ann");
        transport.password = QStringLiteral("secret");
        QCOMPARE(put(transport), QString());
        transport.password.clear();
        transport.host = QStringLiteral("127.0.0.2");
        QCOMPARE(put(transport), QString());
        QCOMPARE(findTransport(**m_store->reader(), transport.name, "")->password, QStringLiteral("secret"));
        transport.user = QStringLiteral("bea");
        QCOMPARE(put(transport), QString());
        QCOMPARE(findTransport(**m_store->reader(), transport.name, "")->password, QString());
    }
};

POSTROOM_TEST(RelayTest)
#include "relay_test.moc"
