#include "daemon/queue/operations.h"

#include "daemon/queue/history.h"
#include "daemon/queue/preferences.h"
#include "daemon/queue/selection.h"
#include "daemon/queue/undo.h"
#include "tests/support/queue_fixture.h"
#include "tests/support/test.h"

using namespace queue;
using namespace std::chrono_literals;

// Choosing messages, doing things to them and taking that back, pages, history.
class OperationsTest : public test::QueueFixture
{
    Q_OBJECT

    template<class Operation>
    api::QueueCountResult operate(Operation operation)
    {
        Result<api::QueueCountResult> result;
        const auto done = run([&](db::Database &db, store::Effects &effects) {
            result = operation(db, effects);
            return result.transform([](const auto &) {});
        });
        return done ? *result : api::QueueCountResult{.count = -1, .undo = 0, .note = {}};
    }
    QStringList chosen(const api::QueueSelection &selection)
    {
        QStringList names;
        const auto ids = find(**m_store->reader(), selection, m_clock.now());
        for (const api::QueueMessage &each : waiting()) {
            if (ids->contains(each.id))
                names << each.recipient.section(u'@', 0, 0);
        }
        return names;
    }
    QList<qint64> ids()
    {
        QList<qint64> list;
        for (const api::QueueMessage &each : waiting())
            list.append(each.id);
        return list;
    }
private Q_SLOTS:
    void init() { QueueFixture::init(); }
    void cleanup() { QueueFixture::cleanup(); }
    void everythingAFilterSaysMustFit()
    {
        send({"a@there.test"});
        m_clock.advance(2h);
        send({"b@there.test", "c@other.test"}, "bob@there.test");
        operate([&](auto &db, auto &effects) { return hold(db, effects, {ids().last()}, m_clock.now()); });
        operate([&](auto &db, auto &effects) {
            return schedule(db, effects, {ids().first()}, {.at = m_clock.now() + 5h}, m_clock.now());
        });
        const auto select = [](auto set) {
            api::QueueSelection selection;
            set(selection);
            return selection;
        };
        using S = api::QueueSelection;
        const QString there = QStringLiteral("there");
        QCOMPARE(chosen(select([&](S &s) { s.to = there; })).size(), 2);
        QCOMPARE(chosen(select([&](S &s) { s.to = s.from = there; })), QStringList{QStringLiteral("b")});
        QCOMPARE(chosen(select([](S &s) { s.olderThan = 1h; })), QStringList{QStringLiteral("a")});
        QCOMPARE(chosen(select([](S &s) { s.youngerThan = 1h; })).size(), 2);
        QCOMPARE(chosen(select([](S &s) { s.dueAfter = 4h; })), QStringList{QStringLiteral("a")});
        QCOMPARE(chosen(select([](S &s) { s.dueWithin = 4h; })).size(), 2);
        QCOMPARE(chosen(select([](S &s) { s.held = true; })), QStringList{QStringLiteral("c")});
        QCOMPARE(chosen(select([](S &s) { s.held = false; })).size(), 2);
        QCOMPARE(chosen(select([](S &s) { s.account = QStringLiteral("nobody@here.test"); })).size(), 0);
        QCOMPARE(chosen(select([](S &s) { s.transport = QStringLiteral("x"); })).size(), 0);
        QVERIFY(saysNothing({}));
        QVERIFY(!saysNothing(select([](S &s) { s.all = true; })));
        QVERIFY(!saysNothing(select([](S &s) { s.held = false; })));
    }
    void holdReleaseAndScheduleAreTakenBack()
    {
        send({"a@there.test", "b@there.test"});
        const auto before = waiting();
        const auto held = operate([&](auto &db, auto &effects) { return hold(db, effects, ids(), m_clock.now()); });
        QCOMPARE(held.count, 2);
        QVERIFY(held.undo > 0);
        const auto moved = operate([&](auto &db, auto &effects) {
            return schedule(db, effects, ids(), {.at = {}, .later = 3h}, m_clock.now());
        });
        QVERIFY(waiting().first().nextAttempt == before.first().nextAttempt + 3h);
        operate([&](auto &db, auto &effects) { return drop(db, effects, {ids().last()}, m_clock.now()); });
        const auto back =
            operate([&](auto &db, auto &effects) { return takeBack(db, effects, moved.undo, m_clock.now()); });
        QCOMPARE(back.count, 1);
        QVERIFY(back.note.contains(QStringLiteral("left the queue")));
        QCOMPARE(waiting().first().nextAttempt, before.first().nextAttempt);
        QCOMPARE(waiting().first().state, api::QueueState::Held);
        operate([&](auto &db, auto &effects) { return takeBack(db, effects, held.undo, m_clock.now()); });
        QCOMPARE(waiting().first().state, api::QueueState::Waiting);
        QCOMPARE(
            operate([&](auto &db, auto &effects) { return takeBack(db, effects, held.undo, m_clock.now()); }).count,
            -1); // only once
    }
    void aWayBackIsGoodForADay()
    {
        send({"a@there.test"});
        const auto held = operate([&](auto &db, auto &effects) { return hold(db, effects, ids(), m_clock.now()); });
        m_clock.advance(25h);
        operate([&](auto &db, auto &effects) { return release(db, effects, ids(), m_clock.now()); });
        QCOMPARE(
            operate([&](auto &db, auto &effects) { return takeBack(db, effects, held.undo, m_clock.now()); }).count,
            -1);
    }
    void releasingKeepsATimeThatWasAskedFor()
    {
        send({"a@there.test"});
        const Timestamp later = m_clock.now() + 5h;
        operate([&](auto &db, auto &effects) { return schedule(db, effects, ids(), {.at = later}, m_clock.now()); });
        operate([&](auto &db, auto &effects) { return hold(db, effects, ids(), m_clock.now()); });
        operate([&](auto &db, auto &effects) { return release(db, effects, ids(), m_clock.now()); });
        QCOMPARE(waiting().first().nextAttempt, later);
    }
    void pagesGoOnWhereTheLastOneEnded_data()
    {
        QTest::addColumn<bool>("queued");
        QTest::addColumn<bool>("descending");
        for (const bool queued : {false, true}) {
            for (const bool descending : {false, true})
                QTest::addRow("%d %d", queued, descending) << queued << descending;
        }
    }
    void pagesGoOnWhereTheLastOneEnded()
    {
        QFETCH(bool, queued);
        QFETCH(bool, descending);
        for (int i = 0; i < 7; ++i)
            send({"u" + QByteArray::number(i) + "@there.test"});
        api::QueueListParams params;
        params.sort = queued ? api::QueueOrder::Queued : api::QueueOrder::NextAttempt;
        params.descending = descending;
        params.limit = 3;
        QStringList seen;
        int pages = 0;
        do {
            const auto page = list(**m_store->reader(), params, {}, m_clock.now());
            for (const api::QueueMessage &each : page->messages)
                seen << each.recipient.left(2);
            params.after = page->next;
            ++pages;
        } while (!params.after.isEmpty());
        QCOMPARE(pages, 3);
        QCOMPARE(seen.size(), 7);
        QCOMPARE(seen.first(), descending ? QStringLiteral("u6") : QStringLiteral("u0"));
        QCOMPARE(QSet<QString>(seen.begin(), seen.end()).size(), 7);
        params.after = QStringLiteral("nonsense");
        QCOMPARE(list(**m_store->reader(), params, {}, m_clock.now()).error().path, QStringLiteral("/after"));
    }
    void everyAttemptIsKept()
    {
        m_sink->answer = [asked = 0](const QByteArray &line) mutable -> QByteArray {
            return line.startsWith("RCPT") && asked++ == 0 ? "451 4.7.1 greylisted" : "";
        };
        listen();
        QVERIFY(m_queue->start());
        send({"bob@there.test"});
        QTRY_VERIFY(waiting().size() == 1 && waiting().first().attempts == 1);
        const qint64 id = waiting().first().id;
        const auto open = show(**m_store->reader(), id, {}, m_clock.now());
        QCOMPARE(open->attempts.size(), 1);
        QCOMPARE(open->outcome, QString());
        QCOMPARE(open->attempts.first().host, QStringLiteral("mx.there.test"));
        QCOMPARE(open->attempts.first().ip, QStringLiteral("127.0.0.1"));
        QCOMPARE(open->attempts.first().code, 451);
        QCOMPARE(open->attempts.first().status, QStringLiteral("4.7.1"));
        m_clock.advance(8min);
        m_queue->wake();
        QTRY_VERIFY(waiting().isEmpty());
        const auto closed = show(**m_store->reader(), id, {}, m_clock.now());
        QCOMPARE(closed->outcome, QStringLiteral("delivered"));
        QCOMPARE(closed->attempts.size(), 2);
        QCOMPARE(closed->attempts.last().outcome, QStringLiteral("delivered"));
        QCOMPARE(closed->attempts.last().code, 250);
        QVERIFY(!show(**m_store->reader(), 999, {}, m_clock.now()));
    }
    void whatLeftIsListedAndForgottenInTime()
    {
        send({"a@there.test", "b@there.test", "c@other.test"});
        operate([&](auto &db, auto &effects) { return drop(db, effects, ids(), m_clock.now()); });
        const auto all = history(**m_store->reader(), {});
        QCOMPARE(all->messages.size(), 3);
        QCOMPARE(all->messages.first().outcome, QStringLiteral("dropped"));
        QCOMPARE(history(**m_store->reader(), {.text = QStringLiteral("other")})->messages.size(), 1);
        QCOMPARE(history(**m_store->reader(), {.outcome = QStringLiteral("failed")})->messages.size(), 0);
        const auto page = history(**m_store->reader(), {.limit = 2});
        QCOMPARE(page->messages.size(), 2);
        QCOMPARE(history(**m_store->reader(), {.limit = 2, .after = page->next})->messages.size(), 1);
        const auto sweep = [this] {
            return run([this](db::Database &db, store::Effects &) { return sweepRetired(db, m_clock.now()); });
        };
        m_clock.advance(Preferences().keepSent);
        QVERIFY(sweep());
        QCOMPARE(history(**m_store->reader(), {})->messages.size(), 3);
        m_clock.advance(1ms);
        QVERIFY(sweep());
        QCOMPARE(history(**m_store->reader(), {})->messages.size(), 0);
    }
    void anAccountSaysHowLongItsHistoryIsKept()
    {
        const qint64 ann = *m_store->directory.account("ann@here.test");
        operate([&](auto &db, auto &effects) -> Result<api::QueueCountResult> {
            return setPreferences(db, effects, ann, {.keepSent = 1h, .uniqueSenders = {}}).transform([] {
                return api::QueueCountResult();
            });
        });
        send({"bob@there.test"});
        operate([&](auto &db, auto &effects) { return drop(db, effects, ids(), m_clock.now()); });
        const auto left = [this] {
            std::ignore = run([this](db::Database &db, store::Effects &) { return sweepRetired(db, m_clock.now()); });
            return history(**m_store->reader(), {})->messages.size();
        };
        m_clock.advance(1h);
        QCOMPARE(left(), 1);
        m_clock.advance(1ms);
        QCOMPARE(left(), 0);
    }
};

POSTROOM_TEST(OperationsTest)
#include "operations_test.moc"
