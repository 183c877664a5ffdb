// Views that are kept and views that are dropped, and the names SELECT finds without the database.
#include "daemon/store/views.h"

#include "tests/support/store_fixture.h"
#include "tests/support/test.h"

using namespace store;

class ViewsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheIdleViewsUsedLast()
    {
        test::StoreFixture fixture;
        const std::array<qint64, 3> mailboxes{fixture.inbox, fixture.mailbox("Archive"), fixture.mailbox("Sent")};
        for (const qint64 mailbox : mailboxes)
            QVERIFY(fixture.deliver("Subject: x\r\n\r\nbody\r\n", mailbox));
        Views views(fixture.store->file, 2 * sizeof(Entry)); // room for two
        const auto [first, second, third] = mailboxes;
        QVERIFY(views.open(first));
        QVERIFY(views.open(second));
        QVERIFY(views.current(first) && views.current(second));
        QVERIFY(views.open(first)); // used again, so the other one goes
        QVERIFY(views.open(third));
        QVERIFY(views.current(first) && views.current(third));
        QVERIFY(!views.current(second));
        QCOMPARE((*views.open(second))->size(), 1);
    }
    void aWatchedViewIsNotDropped()
    {
        test::StoreFixture fixture;
        const qint64 archive = fixture.mailbox("Archive");
        QVERIFY(fixture.deliver("Subject: x\r\n\r\nbody\r\n"));
        QVERIFY(fixture.deliver("Subject: x\r\n\r\nbody\r\n", archive));
        Views views(fixture.store->file, 0); // nothing idle is kept
        const net::ConnectionId connection{.thread = 0, .serial = 1};
        views.watch(fixture.inbox, connection);
        QVERIFY(views.open(fixture.inbox));
        QVERIFY(views.open(archive));
        QVERIFY(views.current(fixture.inbox));
        QVERIFY(!views.current(archive));
        views.unwatch(fixture.inbox, connection);
        QVERIFY(!views.current(fixture.inbox));
    }
    void whatWasToldIsKept()
    {
        test::StoreFixture fixture;
        QVERIFY(fixture.deliver("Subject: x\r\n\r\nbody\r\n"));
        const auto recentFrom = [&fixture] {
            return *fixture.store->views.open(fixture.inbox).transform([&](const auto &) {
                return fixture.store->views.recentFrom(fixture.inbox);
            });
        };
        QCOMPARE(recentFrom(), 1U);
        QCOMPARE(fixture.store->views.claimRecent(fixture.inbox, 2), 1U);
        QCOMPARE(fixture.store->views.claimRecent(fixture.inbox, 2), 2U); // the second is told nothing
        QVERIFY(fixture.deliver("Subject: y\r\n\r\nbody\r\n"));
        QCOMPARE(recentFrom(), 2U);
        QVERIFY(fixture.writer->submitAndWait(fixture.store->keepRecent()));
        QVERIFY(fixture.store->views.unkeptRecent().empty());
        QCOMPARE(fixture.store->views.claimRecent(fixture.inbox, 3), 2U); // a crash loses this
        fixture.reopen();
        QCOMPARE(recentFrom(), 2U);
    }
    void whatIsNotWrittenYetOutlivesItsView()
    {
        test::StoreFixture fixture;
        QVERIFY(fixture.deliver("Subject: x\r\n\r\nbody\r\n"));
        Views views(fixture.store->file, 0); // nothing idle is kept
        const net::ConnectionId connection{.thread = 0, .serial = 1};
        for (const quint32 from : {1U, 2U}) {
            views.watch(fixture.inbox, connection);
            QVERIFY(views.open(fixture.inbox));
            QCOMPARE(views.claimRecent(fixture.inbox, 2), from);
            views.unwatch(fixture.inbox, connection);
            QVERIFY(!views.current(fixture.inbox));
        }
    }
    void namesAreForgottenWithWhatChangesThem()
    {
        test::StoreFixture fixture;
        auto &names = fixture.store->names;
        const QString old = QStringLiteral("Archive");
        const QString renamed = QStringLiteral("Kept");
        QVERIFY(!names.known(fixture.account, old));
        const auto found = names.find(fixture.db(), fixture.account, old);
        QVERIFY(found);
        QCOMPARE(names.known(fixture.account, old)->id, found->id);
        QVERIFY(!names.known(fixture.account + 1, old));
        QVERIFY(!names.find(fixture.db(), fixture.account, renamed));
        QVERIFY(fixture.run([&](db::Database &db, Effects &effects) {
            return renameMailbox(db, effects, fixture.account, old, renamed, fixture.now);
        }));
        QVERIFY(!names.known(fixture.account, old));
        QCOMPARE(names.kept(), 0);
        QCOMPARE(names.find(fixture.db(), fixture.account, renamed)->id, found->id);
        QVERIFY(fixture.run([&](db::Database &db, Effects &effects) {
            return deleteMailbox(db, effects, fixture.account, renamed, fixture.now);
        }));
        QVERIFY(!names.known(fixture.account, renamed));
    }
};

POSTROOM_TEST(ViewsTest)
#include "views_test.moc"
