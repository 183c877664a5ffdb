#include "daemon/queue/suppressions.h"

#include "daemon/queue/history.h"
#include "tests/support/queue_fixture.h"
#include "tests/support/test.h"

using namespace queue;
using namespace std::chrono_literals;

class SuppressionsTest : public test::QueueFixture
{
    Q_OBJECT

    QStringList suppressed()
    {
        QStringList list;
        for (const api::Suppression &each : listSuppressions(**m_store->reader(), {})->suppressions)
            list << each.address;
        return list;
    }
    void refuse(const QByteArray &reply)
    {
        m_sink->answer = [reply](const QByteArray &line) -> QByteArray { return line.startsWith("RCPT") ? reply : ""; };
    }
    // Sends one and waits until it has left the queue.
    void sendAndWait(const QByteArray &to)
    {
        const qsizetype before = history(**m_store->reader(), {})->messages.size();
        send({to});
        QTRY_COMPARE(history(**m_store->reader(), {})->messages.size(), before + 1);
    }
private Q_SLOTS:
    void init() { QueueFixture::init(); }
    void cleanup() { QueueFixture::cleanup(); }
    void addressesCountByTheirMailbox_data()
    {
        QTest::addColumn<QByteArray>("address");
        QTest::addColumn<QByteArray>("base");
        QTest::newRow("plain") << QByteArray("bob@there.test") << QByteArray("bob@there.test");
        QTest::newRow("case") << QByteArray("Bob@There.test") << QByteArray("bob@there.test");
        QTest::newRow("dots") << QByteArray("b.o.b@there.test") << QByteArray("bob@there.test");
        QTest::newRow("plus") << QByteArray("bob+news@there.test") << QByteArray("bob@there.test");
        QTest::newRow("minus") << QByteArray("bob-news@there.test") << QByteArray("bob@there.test");
        QTest::newRow("both") << QByteArray("bob-a+b@there.test") << QByteArray("bob@there.test");
        QTest::newRow("nothing before") << QByteArray("+bob@there.test") << QByteArray("+bob@there.test");
    }
    void addressesCountByTheirMailbox()
    {
        QFETCH(QByteArray, address);
        QFETCH(QByteArray, base);
        QCOMPARE(baseAddress(*smtp::parseAddress(address)), base);
    }
    void someRefusalsAreFinal_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<bool>("final");
        QTest::newRow("550") << 550 << QByteArray() << true;
        QTest::newRow("556") << 556 << QByteArray() << true;
        QTest::newRow("554 without status") << 554 << QByteArray() << false;
        QTest::newRow("554 nobody") << 554 << QByteArray("5.1.1") << true;
        QTest::newRow("554 full") << 554 << QByteArray("5.2.2") << false;
        QTest::newRow("552") << 552 << QByteArray("5.3.4") << false;
        QTest::newRow("given up") << 450 << QByteArray("4.2.1") << false;
        QTest::newRow("no reply") << 0 << QByteArray("5.1.2") << false;
    }
    void someRefusalsAreFinal()
    {
        QFETCH(int, code);
        QFETCH(QByteArray, status);
        QFETCH(bool, final);
        QCOMPARE(isFinal({.code = code, .enhanced = status}), final);
    }
    void whoIsNotThereGetsNothingMore()
    {
        refuse("550 5.1.1 nobody");
        listen();
        QVERIFY(m_queue->start());
        sendAndWait("bob@there.test");
        QCOMPARE(suppressed(), QStringList{QStringLiteral("bob@there.test")});
        m_sink->answer = {};
        sendAndWait("b.ob+x@there.test");
        QCOMPARE(m_sink->messageCount(), 0);
        const auto row = history(**m_store->reader(), {})->messages.first();
        QCOMPARE(row.outcome, QStringLiteral("suppressed"));
        QCOMPARE(inbox().size(), 2);
        QVERIFY(inbox().last().contains("suppression list"));
        sendAndWait("eve@there.test");
        QCOMPARE(m_sink->messageCount(), 1);
        QVERIFY(run([](db::Database &db, store::Effects &effects) {
            return removeSuppression(
                       db, effects,
                       {.account = QStringLiteral("ann@here.test"), .address = QStringLiteral("bob+y@there.test")})
                .transform([](const auto &) {});
        }));
        sendAndWait("bob@there.test");
        QCOMPARE(m_sink->messageCount(), 2);
        QCOMPARE(problems(), QStringList());
    }
    void threeFailuresInARowAreEnough()
    {
        refuse("554 5.6.0 not this");
        listen();
        QVERIFY(m_queue->start());
        sendAndWait("bob@there.test");
        sendAndWait("bob@there.test");
        m_sink->answer = {};
        sendAndWait("bob@there.test"); // which ends the row
        refuse("554 5.6.0 not this");
        sendAndWait("bob@there.test");
        sendAndWait("bob@there.test");
        QCOMPARE(suppressed(), QStringList());
        sendAndWait("bob@there.test");
        QCOMPARE(suppressed(), QStringList{QStringLiteral("bob@there.test")});
    }
    void givingUpByHandSaysNothingAboutTheAddress()
    {
        send({"bob@there.test"});
        QVERIFY(run([&](db::Database &db, store::Effects &effects) {
            return m_queue->fail(db, effects, {waiting().first().id}, m_clock.now()).transform([](qint64) {});
        }));
        QCOMPARE(suppressed(), QStringList());
    }
    void oneAccountSaysNothingAboutAnother()
    {
        QVERIFY(run([this](db::Database &db, store::Effects &effects) -> Result<void> {
            const auto added =
                store::addAccount(db, effects, {.localpart = "bea", .domain = "here.test"}, m_clock.now());
            if (!added)
                return std::unexpected(added.error());
            return addSuppression(
                       db, effects,
                       {.account = QStringLiteral("bea@here.test"), .address = QStringLiteral("bob@there.test")},
                       m_clock.now())
                .transform([](const auto &) {});
        }));
        listen();
        QVERIFY(m_queue->start());
        sendAndWait("bob@there.test");
        QCOMPARE(m_sink->messageCount(), 1);
    }
    void byHand()
    {
        const auto change = [this](auto operation) -> QString {
            QString code;
            std::ignore = run([&](db::Database &db, store::Effects &effects) -> Result<void> {
                const auto done = operation(db, effects);
                code = done ? QString() : done.error().code;
                return done.transform([](const auto &) {});
            });
            return code;
        };
        const auto add = [&](const char *account, const char *address) {
            return change([&](auto &db, auto &effects) {
                return addSuppression(db, effects,
                                      {.account = QLatin1StringView(account), .address = QLatin1StringView(address)},
                                      m_clock.now());
            });
        };
        QCOMPARE(add("x@here.test", "bob@there.test"), QStringLiteral("no-such-account"));
        QCOMPARE(add("ann@here.test", "bob"), QStringLiteral("bad-address"));
        QCOMPARE(add("ann@here.test", "bob@there.test"), QString());
        QCOMPARE(add("ann@here.test", "b.ob@there.test"), QStringLiteral("exists"));
        QVERIFY(listSuppressions(**m_store->reader(), {.address = QStringLiteral("bob-1@there.test")})
                    ->suppressions.first()
                    .manual);
        QCOMPARE(change([](auto &db, auto &effects) {
                     return removeSuppression(
                         db, effects,
                         {.account = QStringLiteral("ann@here.test"), .address = QStringLiteral("eve@there.test")});
                 }),
                 QStringLiteral("not-found"));
    }
};

POSTROOM_TEST(SuppressionsTest)
#include "suppressions_test.moc"
