#include "daemon/core/worker_pool.h"
#include "daemon/net/net_threads.h"
#include "tests/support/test.h"

#include <QElapsedTimer>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace std::chrono_literals;

namespace {

class NoCommitter final : public core::Committer
{
public:
    void submit(core::Change, core::Done done) override { done({}); }
};

// Answers every line with "=" and the line; "slow" makes its answers slow, "later" its work late.
class Echo final : public net::Session
{
public:
    void started(const net::Peer &) override { out.bytes = "hi\n"; }
    void received(QByteArrayView bytes) override
    {
        out.bytes += "=" + bytes.toByteArray();
        if (bytes.startsWith("slow"))
            out.trickle = net::Trickle{.perByte = 300ms, .finishBy = 1200ms};
        if (bytes.startsWith("upper"))
            out.encode = [](const QByteArray &sent) { return sent.toUpper(); };
        if (bytes.startsWith("later")) {
            out.pause = 600ms;
            out.work = net::Work{.pool = net::Pool::Store, .run = [] { return net::Done{}; }};
        }
    }
    void secured(const tls::Info &) override {}
    void resumed() override { out.bytes += "worked\n"; }
    void notified(const net::Event &) override
    {
        out.bytes += "bye\n";
        out.close = true;
    }
    void timedOut() override {}
};

struct Fixture
{
    Fixture()
        : net(1, {.committer = committer, .store = pool, .check = pool, .hash = pool})
    {
        std::array<int, 2> ends = {};
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()) != 0)
            qFatal("no sockets");
        own = ends[0];
        const auto service = std::make_shared<const net::Service>(
            net::Service{.protocol = {.name = "test", .session = [] { return std::make_unique<Echo>(); }}});
        net.accepted(ends[1], {}, service);
        clock.start();
    }
    ~Fixture()
    {
        close(own);
        net.shutDown(1s);
        net.stop();
    }
    void write(const char *text) const { std::ignore = ::send(own, text, strlen(text), 0); }
    // What came until `wanted` was the end of it; {} if it does not come.
    QByteArray readUntil(const QByteArray &wanted) const
    {
        QByteArray got;
        pollfd entry{.fd = own, .events = POLLIN, .revents = 0};
        while (!got.endsWith(wanted) && poll(&entry, 1, 5000) == 1) {
            char byte = 0;
            if (recv(own, &byte, 1, 0) != 1)
                break;
            got += byte;
        }
        return got.endsWith(wanted) ? got : QByteArray();
    }

    NoCommitter committer;
    core::WorkerPool pool{{.name = "test", .threads = 1}};
    net::NetThreads net;
    int own = -1;
    QElapsedTimer clock;
};

} // namespace

class TrickleTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aSlowAnswerIsWholeInTime()
    {
        const Fixture f;
        QCOMPARE(f.readUntil("hi\n"), QByteArray("hi\n"));
        QVERIFY(f.clock.elapsed() < 1000);
        f.write("slow and long, longer than the time allows\n");
        QVERIFY(f.readUntil("=sl") == "=sl");
        QVERIFY2(f.clock.elapsed() >= 600, qPrintable(QString::number(f.clock.elapsed())));
        QVERIFY(!f.readUntil("allows\n").isEmpty());
        QVERIFY2(f.clock.elapsed() >= 1200 && f.clock.elapsed() < 4000, qPrintable(QString::number(f.clock.elapsed())));
    }
    void nothingIsReadMeanwhile()
    {
        const Fixture f;
        f.write("slow\n");
        QVERIFY(!f.readUntil("=").isEmpty());
        f.write("next\n");
        QCOMPARE(f.readUntil("next\n"), QByteArray("slow\n=next\n"));
        QVERIFY(f.clock.elapsed() >= 2400); // two answers of 1.2 s
    }
    void anEncodingIsAppliedOnce()
    {
        const Fixture f;
        f.write("upper\n");
        QVERIFY(!f.readUntil("UPPER\n").isEmpty());
        f.write("slow encoded\n");
        QCOMPARE(f.readUntil("ENCODED\n"), QByteArray("=SLOW ENCODED\n"));
    }
    void aPauseDelaysWorkAndNotBytes()
    {
        const Fixture f;
        f.write("later\n");
        QVERIFY(!f.readUntil("=later\n").isEmpty());
        QVERIFY(f.clock.elapsed() < 500);
        QVERIFY(!f.readUntil("worked\n").isEmpty());
        QVERIFY(f.clock.elapsed() >= 600);
    }
    void lastWordsWaitForNothing()
    {
        Fixture f;
        f.write("slow\n");
        QVERIFY(!f.readUntil("=").isEmpty());
        f.net.notify({.thread = 0, .serial = 1}, {.kind = net::Event::Kind::Revoked, .subject = 0});
        QCOMPARE(f.readUntil("s"), QByteArray("s"));
        QVERIFY(f.clock.elapsed() < 1000);
    }
    void aPeerThatGoesAwayIsNoticed()
    {
        Fixture f;
        f.write("slow\n");
        QVERIFY(!f.readUntil("=").isEmpty());
        close(std::exchange(f.own, -1));
        QTRY_COMPARE_WITH_TIMEOUT(f.net.connectionCount(), 0, 1000);
    }
};
POSTROOM_TEST(TrickleTest)
#include "trickle_test.moc"
