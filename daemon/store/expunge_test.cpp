// Expunges of many messages are a line of a log first; nobody sees when their rows follow.
#include "daemon/store/purge.h"
#include "tests/support/store_fixture.h"
#include "tests/support/test.h"

#include <numeric>

using namespace store;

namespace {

constexpr quint32 kMessages = 512;
constexpr char kMarked[] = "select count(*) from messages where expunged_at > 0";
constexpr char kLines[] = "select count(*) from expunge_log";

std::vector<quint32> everySecond(quint32 first, quint32 count)
{
    std::vector<quint32> uids;
    for (quint32 i = 0; i < count; ++i)
        uids.push_back(first + 2 * i);
    return uids;
}

std::vector<quint32> uidsOf(const View &view)
{
    std::vector<quint32> uids;
    view.forEach([&uids](qsizetype, const Entry &entry) {
        uids.push_back(entry.uid);
        return true;
    });
    return uids;
}

} // namespace

class ExpungeTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<test::StoreFixture> m_fixture;

    bool expungeThese(const std::vector<quint32> &uids)
    {
        auto &f = *m_fixture;
        return f.run([&](db::Database &db, Effects &effects) {
            return expunge(
                       db, effects,
                       {.accountId = f.account, .mailboxId = f.inbox, .uids = uids, .onlyDeleted = false, .now = f.now})
                .transform([&](qint64 count) { QCOMPARE(count, static_cast<qint64>(uids.size())); });
        });
    }
    bool copy(const std::vector<quint32> &uids, qint64 to, bool move = false)
    {
        auto &f = *m_fixture;
        return f.run([&](db::Database &db, Effects &effects) {
            return copyMessages(db, effects,
                                {.accountId = f.account,
                                 .fromMailbox = f.inbox,
                                 .uids = uids,
                                 .toMailbox = to,
                                 .move = move,
                                 .now = f.now})
                .transform([](const Copied &) {});
        });
    }
    std::vector<quint32> seen() { return uidsOf(**m_fixture->store->views.open(m_fixture->inbox)); }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::StoreFixture>();
        QVERIFY(m_fixture->deliver("Subject: x\r\n\r\nbody\r\n"));
        while (seen().size() < kMessages)
            QVERIFY(copy(seen(), m_fixture->inbox));
    }
    void cleanup() { m_fixture.reset(); }

    void fewAreMarkedAtOnce()
    {
        auto &f = *m_fixture;
        QVERIFY(expungeThese(everySecond(2, kMostMarkedAtOnce)));
        QCOMPARE(f.count(kMarked), qint64(kMostMarkedAtOnce));
        QCOMPARE(f.count(kLines), 0);
    }
    void manyAreMarkedLaterAndNobodySees()
    {
        auto &f = *m_fixture;
        const auto gone = everySecond(2, kMostMarkedAtOnce + 1);
        const qint64 bytes = f.count("select used_bytes from accounts");
        QVERIFY(f.store->views.open(f.inbox));
        QVERIFY(expungeThese(gone));
        QCOMPARE(f.count(kMarked), 0);
        QCOMPARE(f.count(kLines), 1);
        const auto left = seen();
        QCOMPARE(left.size(), kMessages - gone.size());
        QVERIFY(std::ranges::none_of(left, [&](quint32 uid) { return std::ranges::binary_search(gone, uid); }));
        QCOMPARE(f.count("select message_count from accounts"), static_cast<qint64>(left.size()));
        QCOMPARE(f.count("select used_bytes from accounts"), bytes / kMessages * static_cast<qint64>(left.size()));
        for (int folds = 0; folds < 3; ++folds) { // in slices
            QCOMPARE(f.problems(), QStringList());
            f.reopen();
            QCOMPARE(seen(), left);
            QVERIFY(f.run([](db::Database &db, Effects &) {
                return foldExpunges(db, 40).transform([](qint64 count) { QVERIFY(count <= 40); });
            }));
            QCOMPARE(f.count(kMarked), std::min<qint64>(40 * (folds + 1), static_cast<qint64>(gone.size())));
        }
        QCOMPARE(f.count(kLines), 0);
        QCOMPARE(f.problems(), QStringList());
        f.reopen();
        QCOMPARE(seen(), left);
        QVERIFY(f.run([&f](db::Database &db, Effects &) {
            return sweep(db, f.now + std::chrono::hours(1)).transform([](qint64) {});
        }));
        QCOMPARE(f.count("select count(*) from messages"), static_cast<qint64>(left.size()));
        QCOMPARE(f.problems(), QStringList());
    }
    void whatIsNotMarkedYetIsNotCopied_data()
    {
        QTest::addColumn<quint32>("count"); // of messages between which some are gone
        QTest::newRow("few") << 40U;
        QTest::newRow("many") << 200U;
    }
    void whatIsNotMarkedYetIsNotCopied()
    {
        QFETCH(quint32, count);
        auto &f = *m_fixture;
        QVERIFY(expungeThese(everySecond(2, 250)));
        const qint64 archive = f.mailbox("Archive");
        QVERIFY(copy(everySecond(1, count), archive));
        QCOMPARE((*f.store->views.open(archive))->size(), qsizetype(count));
        QCOMPARE(f.problems(), QStringList());
        QVERIFY(copy(everySecond(1, count), archive, true));
        QCOMPARE((*f.store->views.open(archive))->size(), qsizetype(2 * count));
        QCOMPARE(seen().size(), kMessages - 250 - count);
        QCOMPARE(f.problems(), QStringList());
    }
    void aCopyIsOfSoManyAtMost()
    {
        auto &f = *m_fixture;
        std::vector<quint32> uids(kMostCopied);
        std::iota(uids.begin(), uids.end(), 1);
        const qint64 archive = f.mailbox("Archive");
        QVERIFY(copy(uids, archive));
        QCOMPARE((*f.store->views.open(archive))->size(), qsizetype(kMessages)); // those that are there
        uids.push_back(kMostCopied + 1);
        QVERIFY(!copy(uids, archive));
        QCOMPARE(f.lastError, QStringLiteral("limit"));
    }
    void flagsAndExpungesAreFoldedInAnyOrder()
    {
        auto &f = *m_fixture;
        const auto all = seen();
        QVERIFY(f.setFlags(all, FlagChange::Add, {.system = kSeen, .keywords = {}}));
        QVERIFY(expungeThese(everySecond(1, 200)));
        const auto left = seen();
        QVERIFY(f.run([](db::Database &db, Effects &) { return foldExpunges(db, 150).transform([](qint64) {}); }));
        QVERIFY(f.run([](db::Database &db, Effects &) { return foldFlags(db, 300).transform([](qint64) {}); }));
        f.reopen();
        QCOMPARE(seen(), left);
        const auto view = *f.store->views.open(f.inbox);
        view->forEach([](qsizetype, const Entry &entry) {
            [&] { QCOMPARE(entry.flags, kSeen); }();
            return true;
        });
        QCOMPARE(f.problems(), QStringList());
    }
    void aDeletedMailboxGoesWithItsLog()
    {
        auto &f = *m_fixture;
        const qint64 archive = f.mailbox("Archive");
        QVERIFY(copy(seen(), archive));
        QVERIFY(f.run([&f](db::Database &db, Effects &effects) {
            return deleteMailbox(db, effects, f.account, QStringLiteral("Archive"), f.now);
        }));
        QCOMPARE(f.count(kLines), 1);
        QCOMPARE(f.problems(), QStringList());
        QVERIFY(f.run([](db::Database &db, Effects &) { return foldExpunges(db, 10'000).transform([](qint64) {}); }));
        QVERIFY(f.run([&f](db::Database &db, Effects &) {
            return sweep(db, f.now + std::chrono::hours(1)).transform([](qint64) {});
        }));
        QCOMPARE(f.count("select count(*) from mailboxes where name like '#deleted/%'"), 0);
        QCOMPARE(f.problems(), QStringList());
    }
    void aRemovedAccountIsPurgedWithItsLog()
    {
        auto &f = *m_fixture;
        QVERIFY(expungeThese(everySecond(1, 200)));
        QVERIFY(f.run([&f](db::Database &db, Effects &effects) {
            return removeAccount(db, effects, f.account, f.now).and_then([&] { return markForPurging(db, f.account); });
        }));
        bool more = true;
        while (more) {
            QVERIFY(f.run([&](db::Database &db, Effects &effects) {
                return purgeRemoved(db, effects, f.now).transform([&more](bool left) { more = left; }).and_then([&] {
                    return sweep(db, f.now + std::chrono::hours(1)).transform([](qint64) {});
                });
            }));
            QCOMPARE(f.problems(), QStringList());
        }
        QCOMPARE(f.count("select count(*) from messages"), 0);
        QCOMPARE(f.count(kLines), 0);
    }
};

POSTROOM_TEST(ExpungeTest)
#include "expunge_test.moc"
