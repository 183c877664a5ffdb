#include "daemon/queue/operations.h"
#include "daemon/queue/queue.h"

#include "shared/base/metrics.h"
#include "tests/support/queue_fixture.h"
#include "tests/support/test.h"

using namespace queue;
using namespace std::chrono_literals;
using test::kContent;

namespace {

constexpr char kFallbacks[] = "postroom_queue_plaintext_fallback_total";

} // namespace

// TLS on the way out, recipients of this server, what administrators do, and the passing of time.
class QueueLifeTest : public test::QueueFixture
{
    Q_OBJECT

    template<class Operation>
    Result<qint64> operate(Operation operation, const QList<qint64> &ids)
    {
        Result<qint64> count = 0;
        const auto done = run([&](db::Database &db, store::Effects &effects) -> Result<void> {
            count =
                operation(db, effects, ids, m_clock.now()).transform([](const auto &result) { return result.count; });
            return count.transform([](qint64) {});
        });
        return done ? count : std::unexpected(done.error());
    }
    static auto hold(db::Database &db, store::Effects &effects, const QList<qint64> &ids, Timestamp now)
    {
        return queue::hold(db, effects, ids, now);
    }
    void refuseEverybody()
    {
        m_sink->answer = [](const QByteArray &line) -> QByteArray {
            return line.startsWith("RCPT") ? "450 4.2.1 busy" : "";
        };
    }
private Q_SLOTS:
    void init() { QueueFixture::init(); }
    void cleanup() { QueueFixture::cleanup(); }
    void encryptsWhereItCan()
    {
        m_sink->extensions = "250-STARTTLS\r\n";
        listen(test::serverTls("mx.there.test"));
        QVERIFY(m_queue->start());
        const qint64 before = metrics::value(kFallbacks);
        const QByteArray key = send({"bob@there.test"});
        QTRY_VERIFY(waiting().isEmpty());
        QCOMPARE(m_sink->linesThatStart("EHLO").size(), 2);
        QCOMPARE(metrics::value(kFallbacks), before);
        const auto rows = *store::findTraces(**m_store->reader(), QString::fromLatin1(key), 1);
        QVERIFY(rows.last().arguments.value(QStringLiteral("tls")).toBool());
        QCOMPARE(rows.last().arguments.value(QStringLiteral("host")).toString(), QStringLiteral("mx.there.test"));
    }
    void aFailedHandshakeIsRepeatedInClear()
    {
        m_sink->extensions = "250-STARTTLS\r\n";
        listen(); // says 220 to STARTTLS and cannot do it
        QVERIFY(m_queue->start());
        const qint64 before = metrics::value(kFallbacks);
        send({"bob@there.test"});
        QTRY_VERIFY(waiting().isEmpty());
        QCOMPARE(m_sink->messageCount(), 1);
        QCOMPARE(m_sink->connections, 2);
        QCOMPARE(metrics::value(kFallbacks), before + 1);
    }
    void recipientsOfThisServerNeedNoConnection()
    {
        QVERIFY(m_queue->start());
        const QByteArray key = send({"ann@here.test", "nobody@here.test"}, "ann@here.test", "SUCCESS,FAILURE");
        QTRY_VERIFY(waiting().isEmpty());
        const auto messages = inbox();
        QCOMPARE(messages.size(), 3);
        QCOMPARE(messages.at(0), "Return-Path: <ann@here.test>\r\nDelivered-To: ann@here.test\r\nReceived: x\r\n" +
                                     QByteArray(kContent));
        QVERIFY(messages.at(1).contains("Action: delivered"));
        QVERIFY(messages.at(2).contains("Diagnostic-Code: smtp; 550 5.1.1 no such user here"));
        QCOMPARE(problems(), QStringList());
    }
    void aFullMailboxHereWaits()
    {
        QVERIFY(run([](db::Database &db, store::Effects &) {
            return db.run("update accounts set quota_bytes = 10").transform([](qint64) {});
        }));
        QVERIFY(m_queue->start());
        send({"ann@here.test"}, "ann@here.test");
        QTRY_VERIFY(waiting().size() == 1 && waiting().first().attempts == 1);
        QCOMPARE(waiting().first().lastError, QStringLiteral("here.test: 452 the mailbox is full"));
        QCOMPARE(problems(), QStringList());
    }
    void heldUntilReleased()
    {
        listen();
        const QByteArray key = send({"bob@there.test", "eve@there.test"});
        const auto rows = waiting();
        QCOMPARE(*operate(hold, {rows.at(0).id, rows.at(1).id, 999}), qint64(2));
        QCOMPARE(*operate(hold, {rows.at(0).id}), qint64(0)); // is held already
        QVERIFY(m_queue->start());
        QCOMPARE(*operate(release, {rows.at(1).id}), qint64(1));
        QTRY_COMPARE(waiting().size(), 1);
        QCOMPARE(waiting().first().state, api::QueueState::Held);
        QCOMPARE(m_sink->linesThatStart("RCPT"), QList<QByteArray>{"RCPT TO:<eve@there.test>"});
        QCOMPARE(*operate(drop, {rows.at(0).id}), qint64(1));
        QVERIFY(waiting().isEmpty());
        QCOMPARE(inbox().size(), 0);
        QVERIFY(events(key).contains(QStringLiteral("dropped")));
        QCOMPARE(problems(), QStringList());
    }
    void retriedByHand()
    {
        refuseEverybody();
        listen();
        QVERIFY(m_queue->start());
        send({"bob@there.test"});
        QTRY_VERIFY(waiting().size() == 1 && waiting().first().attempts == 1);
        QTRY_VERIFY(m_queue->sending().isEmpty());
        QCOMPARE(*operate(retryNow, {waiting().first().id}), qint64(1));
        QTRY_VERIFY(waiting().first().attempts == 2);
    }
    void failedByHandIsReported()
    {
        send({"bob@there.test", "eve@there.test"});
        const auto rows = waiting();
        QVERIFY(run([&](db::Database &db, store::Effects &effects) {
            return m_queue->fail(db, effects, {rows.at(0).id, rows.at(1).id}, m_clock.now())
                .transform([](qint64 count) { QCOMPARE(count, 2); });
        }));
        QVERIFY(waiting().isEmpty());
        QCOMPARE(inbox().size(), 1);
        QVERIFY(inbox().first().contains("cancelled the delivery"));
        QCOMPARE(problems(), QStringList());
    }
    void tellsTheDelayOnceAndGivesUpAfterFiveDays()
    {
        refuseEverybody();
        listen();
        QVERIFY(m_queue->start());
        send({"bob@there.test"});
        const Timestamp begun = m_clock.now();
        int attempts = 0;
        while (attempts < 60) {
            QTRY_VERIFY((waiting().isEmpty() || waiting().first().attempts > attempts) && m_queue->sending().isEmpty());
            const auto rows = waiting();
            if (rows.isEmpty())
                break;
            attempts = rows.first().attempts;
            QCOMPARE(inbox().size(), attempts < 6 ? 0 : 1);
            m_clock.advance(rows.first().nextAttempt - m_clock.now());
            m_queue->wake();
        }
        QVERIFY(m_clock.now() - begun >= std::chrono::days(5));
        QVERIFY(m_clock.now() - begun < std::chrono::days(5) + 5h);
        const auto messages = inbox();
        QCOMPARE(messages.size(), 2);
        QVERIFY(messages.at(0).contains("Action: delayed"));
        QVERIFY(messages.at(0).contains("Will-Retry-Until:"));
        QVERIFY(messages.at(1).contains("Action: failed"));
        QVERIFY(messages.at(1).contains("Status: 4.2.1"));
        QCOMPARE(problems(), QStringList());
    }
    void aClockSetBackDelaysNothingForLong()
    {
        refuseEverybody();
        listen();
        QVERIFY(m_queue->start());
        send({"bob@there.test"});
        QTRY_VERIFY(waiting().size() == 1 && waiting().first().attempts == 1);
        m_clock.advance(-std::chrono::days(3650));
        m_queue->wake();
        QTRY_VERIFY(waiting().first().nextAttempt - m_clock.now() <= longestWait({}));
    }
    void domainsWithoutServers_data()
    {
        QTest::addColumn<bool>("permanent");
        QTest::newRow("null MX") << true;
        QTest::newRow("name service is silent") << false;
    }
    void domainsWithoutServers()
    {
        QFETCH(bool, permanent);
        m_hosts = [permanent](const QByteArray &) {
            return MailHosts{.hosts = {},
                             .failure =
                                 smtp::ClientResult{.permanent = permanent, .enhanced = "5.1.10", .text = "none"}};
        };
        QVERIFY(m_queue->start());
        send({"bob@there.test"});
        QTRY_VERIFY(permanent ? waiting().isEmpty() : waiting().first().attempts == 1);
        QCOMPARE(inbox().size(), permanent ? 1 : 0);
    }
    void nothingLeavesThePlayground()
    {
        m_hosts = [](const QByteArray &) {
            return MailHosts{.hosts = {{.name = "far.test", .addresses = {*IpAddress::parse("192.0.2.1")}}},
                             .failure = {}};
        };
        QVERIFY(m_queue->start());
        send({"bob@there.test", "eve@[192.0.2.2]"});
        QTRY_VERIFY(waiting().isEmpty());
        QCOMPARE(inbox().size(), 2);
        QVERIFY(inbox().first().contains("beyond this machine"));
    }
    void deadDomainsDoNotHoldUpALiveOne()
    {
        const IpAddress here = *IpAddress::parse("127.0.0.1");
        m_hosts = [here](const QByteArray &domain) {
            return MailHosts{.hosts = {{.name = domain,
                                        .addresses = {domain == "live.test" ? here : *IpAddress::parse("127.9.9.9")}}},
                             .failure = {}};
        };
        listen();
        for (int i = 0; i < 300; ++i)
            QVERIFY(!send({"bob@dead" + QByteArray::number(i) + ".test"}).isEmpty());
        send({"bob@live.test"});
        QVERIFY(m_queue->start());
        QTRY_COMPARE(m_sink->messageCount(), 1);
        QTRY_VERIFY_WITH_TIMEOUT(std::ranges::all_of(waiting(), [](const auto &row) { return row.attempts == 1; }),
                                 30'000);
        QCOMPARE(waiting().size(), 300);
        QCOMPARE(problems(), QStringList());
    }
    void aDeadDomainIsDialledOnceForAllItsMessages()
    {
        constexpr char kDialled[] = "postroom_connections_total{service=\"queue\",direction=\"out\"}";
        for (int i = 0; i < 200; ++i)
            send({"bob@there.test"});
        const qint64 before = metrics::value(kDialled);
        QVERIFY(m_queue->start());
        QTRY_VERIFY(std::ranges::all_of(waiting(), [](const auto &row) { return row.attempts == 1; }));
        QCOMPARE(waiting().size(), 200);
        QVERIFY(metrics::value(kDialled) - before <= 3);
        QTRY_VERIFY(m_queue->sending().isEmpty());
    }
    void aDomainGetsAFewConnectionsAtATime()
    {
        std::atomic<int> open = 0;
        std::atomic<int> most = 0;
        m_sink->answer = [&](const QByteArray &line) -> QByteArray {
            if (line == "greeting")
                most = std::max<int>(most, ++open);
            else if (line == "QUIT")
                --open;
            return {};
        };
        listen();
        for (int i = 0; i < 100; ++i)
            send({"bob@there.test"});
        QVERIFY(m_queue->start());
        QTRY_VERIFY(waiting().isEmpty());
        QCOMPARE(m_sink->messageCount(), 100);
        QVERIFY2(most <= 20, QByteArray::number(most.load())); // 10, and those that only say goodbye
    }
};

POSTROOM_TEST(QueueLifeTest)
#include "queue_life_test.moc"
