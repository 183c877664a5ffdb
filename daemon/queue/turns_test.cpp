#include "daemon/queue/turns.h"

#include "tests/support/queue_fixture.h"
#include "tests/support/test.h"

using namespace queue;
using namespace std::chrono_literals;

// Whose mail goes next.
class TurnsTest : public test::QueueFixture
{
    Q_OBJECT

    void addBea()
    {
        QVERIFY(run([this](db::Database &db, store::Effects &effects) {
            return store::addAccount(db, effects, {.localpart = "bea", .domain = "here.test"}, m_clock.now())
                .transform([](qint64) {});
        }));
    }
    // "ann ann bea": who sends what is chosen.
    QByteArray turns(qsizetype most, const QHash<qint64, int> &running = {}, int mostAtOnce = 100)
    {
        QByteArray names;
        const auto jobs = listTurns(**m_store->reader(), "there.test", m_clock.now(), {}, most,
                                    {.running = running, .mostAtOnce = mostAtOnce});
        if (!jobs)
            return "error";
        for (const Job &job : *jobs)
            names.append(names.isEmpty() ? "" : " ").append(job.message.mail.reversePath.localpart);
        return names;
    }
private Q_SLOTS:
    void init() { QueueFixture::init(); }
    void cleanup() { QueueFixture::cleanup(); }
    void accountsTakeTurns()
    {
        addBea();
        for (int i = 0; i < 20; ++i)
            send({"bob@there.test"});
        m_clock.advance(1s);
        send({"bob@there.test"}, "bea@here.test");
        send({"bob@there.test"}, "bea@here.test");
        send({"bob@else.test"}, "bea@here.test");
        QCOMPARE(turns(1), QByteArray("ann")); // nobody has anything under way: the oldest
        QCOMPARE(turns(6), QByteArray("ann bea ann bea ann ann"));
        const qint64 ann = *m_store->directory.account("ann@here.test");
        QCOMPARE(turns(1, {{ann, 1}}), QByteArray("bea"));
        QCOMPARE(turns(5, {{ann, 2}}), QByteArray("bea bea ann ann ann"));
    }
    void oneAccountLeavesRoomForOthers()
    {
        for (int i = 0; i < 10; ++i)
            send({"bob@there.test"});
        const qint64 ann = *m_store->directory.account("ann@here.test");
        QCOMPARE(shareOf(100), 80);
        QCOMPARE(shareOf(1), 1);
        QCOMPARE(turns(10, {}, 5), QByteArray("ann ann ann ann"));
        QCOMPARE(turns(10, {{ann, 3}}, 5), QByteArray("ann"));
        QCOMPARE(turns(10, {{ann, 4}}, 5), QByteArray());
    }
    void recipientsOfAMessageStayTogether()
    {
        send({"bob@there.test", "eve@there.test", "kim@else.test"});
        send({"bob@there.test"});
        const auto jobs =
            listTurns(**m_store->reader(), "there.test", m_clock.now(), {}, 1, {.running = {}, .mostAtOnce = 100});
        QCOMPARE(jobs->size(), 1);
        QCOMPARE(jobs->first().recipients.size(), 2);
    }
    void whatIsNotDueWaits()
    {
        send({"bob@there.test"});
        QCOMPARE(turns(1), QByteArray("ann"));
        m_clock.advance(-1s);
        QCOMPARE(turns(1), QByteArray());
    }
};

POSTROOM_TEST(TurnsTest)
#include "turns_test.moc"
