#include "daemon/http/session.h"
#include "tests/support/test.h"

using namespace http;

namespace {

QByteArray get(const QByteArray &target, const QByteArray &method = "GET", const QByteArray &fields = {})
{
    return method + ' ' + target + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}

} // namespace

class HttpSessionTest : public QObject
{
    Q_OBJECT
    ManualClock m_clock;
    std::unique_ptr<Enrolments> m_enrolments;
    std::unique_ptr<RequestLimits> m_limits;

    std::unique_ptr<Session> session(bool metrics, bool secure)
    {
        auto made = std::make_unique<Session>(std::make_shared<const Services>(
            Services{.clock = m_clock, .enrolments = *m_enrolments, .limits = *m_limits, .metrics = metrics}));
        if (secure)
            made->secured({});
        made->started({});
        return made;
    }
    // The statuses of what is answered.
    static QByteArray statuses(Session &session)
    {
        QByteArray found;
        for (const QByteArray &line : std::exchange(session.out.bytes, {}).split('\n')) {
            if (line.startsWith("HTTP/1.1 "))
                found += (found.isEmpty() ? "" : " ") + line.sliced(9, 3);
        }
        return found + (session.out.close ? " close" : "");
    }
private Q_SLOTS:
    void init()
    {
        m_enrolments = std::make_unique<Enrolments>(m_clock);
        m_limits = std::make_unique<RequestLimits>();
    }
    void answers_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("found");
        QTest::newRow("page") << get("/metrics") << QByteArray("200");
        QTest::newRow("page, query") << get("/metrics?a=b") << QByteArray("200");
        QTest::newRow("several") << get("/metrics") + get("/x") + get("/metrics") << QByteArray("200 404 200");
        QTest::newRow("last") << get("/metrics", "GET", "Connection: close\r\n") + get("/metrics")
                              << QByteArray("200 close");
        QTest::newRow("head") << get("/metrics", "HEAD") + get("/x", "HEAD") << QByteArray("200 404");
        QTest::newRow("unknown") << get("/metrics/") << QByteArray("404");
        QTest::newRow("change") << get("/metrics", "DELETE") << QByteArray("405");
        QTest::newRow("body") << get("/metrics", "POST", "Content-Length: 5\r\n") + "hello" + get("/metrics")
                              << QByteArray("405 200");
        QTest::newRow("body not sent") << get("/metrics", "POST", "Content-Length: 5\r\nExpect: 100-continue\r\n")
                                       << QByteArray("405 close");
        QTest::newRow("large body") << get("/metrics", "POST", "Content-Length: 65537\r\n") << QByteArray("413 close");
        QTest::newRow("long line") << get('/' + QByteArray(8'000, 'x')) << QByteArray("414 close");
        QTest::newRow("long header") << get("/", "GET", "X: " + QByteArray(20'000, 'x') + "\r\n")
                                     << QByteArray("431 close");
        QTest::newRow("nonsense") << QByteArray("EHLO a\r\n\r\n") + get("/metrics") << QByteArray("400 close");
        QTest::newRow("no links in clear") << get("/.enrol/x") << QByteArray("404");
    }
    void answers()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, found);
        for (const qsizetype piece : {bytes.size(), qsizetype(1), qsizetype(5)}) {
            const auto made = session(true, false);
            for (qsizetype at = 0; at < bytes.size(); at += piece)
                made->received(QByteArrayView(bytes).mid(at, piece));
            QCOMPARE(statuses(*made), found);
        }
    }
    void pageIsForItsListenersOnly()
    {
        const auto made = session(false, true);
        made->received(get("/metrics"));
        QCOMPARE(statuses(*made), QByteArray("404"));
    }
    void linkWorksOnceAndOverTlsOnly()
    {
        const QByteArray path = "/.enrol/" + *m_enrolments->add("key file");
        const auto clear = session(false, false);
        clear->received(get(path));
        QCOMPARE(statuses(*clear), QByteArray("404"));
        const auto made = session(false, true);
        made->received(get(path, "HEAD") + get(path, "POST"));
        QVERIFY(made->out.bytes.contains("\r\nAllow: GET\r\n"));
        QCOMPARE(statuses(*made), QByteArray("405 405")); // looking does not use it up
        made->received(get(path));
        QVERIFY(made->out.bytes.contains("\r\nContent-Type: application/x-pkcs12\r\n"));
        QVERIFY(made->out.bytes.contains("\r\nCache-Control: no-store\r\n"));
        QVERIFY(made->out.bytes.endsWith("\r\n\r\nkey file"));
        std::ignore = statuses(*made);
        made->received(get(path) + get("/.enrol/") + get("/.enrol/" + QByteArray(26, 'a')));
        QCOMPARE(statuses(*made), QByteArray("404 404 404"));
    }
    void linkRunsOut()
    {
        const QByteArray first = *m_enrolments->add("a");
        m_clock.advance(kEnrolTime - std::chrono::milliseconds(1));
        const QByteArray second = *m_enrolments->add("b");
        QVERIFY(first != second && first.size() == 26);
        QCOMPARE(m_enrolments->take(first), QByteArray("a"));
        m_clock.advance(kEnrolTime - std::chrono::milliseconds(1));
        const QByteArray third = *m_enrolments->add("c");
        m_clock.advance(std::chrono::milliseconds(1));
        QVERIFY(!m_enrolments->take(second));
        QCOMPARE(m_enrolments->take(third), QByteArray("c"));
    }
    void linksAreBounded()
    {
        for (qsizetype i = 0; i < kMostEnrolments; ++i)
            QVERIFY(m_enrolments->add("a"));
        QVERIFY(!m_enrolments->add("a"));
        m_clock.advance(kEnrolTime);
        QVERIFY(m_enrolments->add("a"));
    }
    void answersWaitForTheReader()
    {
        const auto made = session(true, false);
        QByteArray many;
        for (int i = 0; i < 2'000; ++i)
            many += get("/metrics");
        made->received(many);
        QVERIFY(made->out.work && made->out.bytes.size() < 1024 * 1024);
        int rounds = 0;
        while (made->out.work && rounds++ < 10'000) {
            auto work = std::exchange(made->out.work, {});
            QVERIFY(std::holds_alternative<net::More>(work->run()));
            made->out.bytes.clear(); // has drained
            QVERIFY(std::holds_alternative<net::Done>(work->run()));
            made->resumed();
        }
        QVERIFY(rounds > 1);
        QVERIFY(made->out.close); // a thousand are enough for one connection
    }
    void anAddressHasSoManyRequests()
    {
        const auto ask = [this](int count) {
            const auto made = session(true, false);
            QByteArray last;
            for (int i = 0; i < count && !made->out.close; ++i) {
                made->received(get("/x"));
                last = statuses(*made);
            }
            return last;
        };
        QCOMPARE(ask(600), QByteArray("404"));
        QCOMPARE(ask(400), QByteArray("404"));
        QCOMPARE(ask(1), QByteArray("429 close"));
        m_clock.advance(std::chrono::minutes(2));
        for (int minutes = 0; minutes < 8; minutes += 2, m_clock.advance(std::chrono::minutes(2)))
            QCOMPARE(ask(999), QByteArray("404"));
        QCOMPARE(ask(4), QByteArray("404")); // 5,000 in this hour
        QCOMPARE(ask(1), QByteArray("429 close"));
        m_clock.advance(std::chrono::hours(2));
        QCOMPARE(ask(1), QByteArray("404"));
        m_limits->exemptLoopback = true;
        for (int i = 0; i < kRequestsPerMinute; ++i)
            QVERIFY(m_limits->take(*IpAddress::parse("::1"), m_clock.steady()));
        QVERIFY(m_limits->take(*IpAddress::parse("::1"), m_clock.steady()));
    }
    void slowRequestsAreEnded()
    {
        const auto made = session(true, false);
        const auto atStart = made->out.deadline;
        QCOMPARE(atStart, m_clock.steady() + kRequestTime);
        made->received("GET /metrics HTTP/1.1\r\n");
        m_clock.advance(std::chrono::seconds(5));
        made->received("Host: a\r\n"); // more of it does not buy more time
        QCOMPARE(made->out.deadline, atStart);
        made->timedOut();
        QCOMPARE(statuses(*made), QByteArray("408 close"));
        const auto idle = session(true, false);
        idle->received(get("/metrics"));
        QCOMPARE(idle->out.deadline, m_clock.steady() + kIdleTime);
        std::ignore = statuses(*idle);
        idle->timedOut();
        QCOMPARE(statuses(*idle), QByteArray(" close"));
    }
};

POSTROOM_TEST(HttpSessionTest)
#include "session_test.moc"
