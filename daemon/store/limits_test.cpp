// The limits of what is kept for an account, one below each, at it, and one above.
#include "daemon/store/accounts.h"
#include "daemon/store/annotations.h"
#include "daemon/store/limits.h"
#include "daemon/store/notices.h"
#include "tests/support/store_fixture.h"
#include "tests/support/test.h"

using namespace store;

class StoreLimitsTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<test::StoreFixture> m_store;

    bool create(const QString &name)
    {
        return m_store->run([&](db::Database &db, Effects &effects) {
            return createMailbox(db, effects, m_store->account, name).transform([](qint64) {});
        });
    }
    bool annotate(const QByteArray &prefix, qsizetype count, qsizetype bytes)
    {
        QList<Annotation> list;
        for (qsizetype i = 0; i < count; ++i)
            list.append({.entry = "/private/" + prefix + QByteArray::number(i), .value = QByteArray(bytes, 'x')});
        return m_store->run(
            [&](db::Database &db, Effects &effects) { return setAnnotations(db, effects, m_store->account, 0, list); });
    }
    bool setAlias(const QByteArray &address, qsizetype members)
    {
        Alias alias{.address = address, .members = {"ann@example.org"}};
        for (qsizetype i = 1; i < members; ++i)
            alias.members.append('m' + QByteArray::number(i) + "@example.org");
        return m_store->run([&](db::Database &db, Effects &effects) { return store::setAlias(db, effects, alias); });
    }
    bool subscribed(const QString &name)
    {
        return m_store->run(
            [&](db::Database &db, Effects &effects) { return subscribe(db, effects, m_store->account, name, true); });
    }
private Q_SLOTS:
    void init() { m_store = std::make_unique<test::StoreFixture>(); }
    void cleanup() { m_store.reset(); }

    void mailboxNames_data()
    {
        QTest::addColumn<qsizetype>("length"); // bytes of UTF-8
        QTest::addColumn<bool>("good");
        QTest::newRow("one less") << kLongestMailboxName - 1 << true;
        QTest::newRow("longest") << kLongestMailboxName << true;
        QTest::newRow("one more") << kLongestMailboxName + 1 << false;
    }
    void mailboxNames()
    {
        QFETCH(qsizetype, length);
        const auto name = canonicalName(QString(length / 2, u'ä') + QString(length % 2, u'a'));
        QTEST(name.has_value(), "good");
        QVERIFY(name || name.error().publicText.contains(QStringLiteral("longer than 1000 bytes")));
    }
    void mailboxesAreCounted()
    {
        const qint64 there = m_store->count("select count(*) from mailboxes");
        QVERIFY(m_store->run([&](db::Database &db, Effects &) {
            return db
                .run("insert into mailboxes(account_id, name, uid_validity, special_use, modseq) "
                     "with recursive n(i) as (select 1 union all select i + 1 from n where i < ?1) "
                     "select ?2, 'm' || i, i, '', 0 from n",
                     kMostMailboxes - there - 2, m_store->account)
                .transform([](qint64) {});
        }));
        QVERIFY(create(QStringLiteral("one less")));
        QVERIFY(create(QStringLiteral("most")));
        QVERIFY(!create(QStringLiteral("one more")));
        QCOMPARE(m_store->lastError, QStringLiteral("limit"));
        QCOMPARE(m_store->count("select count(*) from mailboxes"), kMostMailboxes);
    }
    void subscriptionsAreCounted()
    {
        const qint64 there = m_store->count("select count(*) from subscriptions");
        QVERIFY(m_store->run([&](db::Database &db, Effects &) {
            return db
                .run("insert into subscriptions(account_id, name) "
                     "with recursive n(i) as (select 1 union all select i + 1 from n where i < ?1) "
                     "select ?2, 's' || i from n",
                     kMostSubscriptions - there - 2, m_store->account)
                .transform([](qint64) {});
        }));
        QVERIFY(subscribed(QStringLiteral("one less")));
        QVERIFY(subscribed(QStringLiteral("most")));
        QVERIFY(!subscribed(QStringLiteral("one more")));
        QCOMPARE(m_store->lastError, QStringLiteral("limit"));
        QVERIFY(subscribed(QStringLiteral("most"))); // again changes nothing
    }
    void keywordsAreCounted()
    {
        QVERIFY(m_store->deliver("Subject: x\r\n\r\nbody\r\n"));
        Flags flags;
        for (qsizetype i = 0; i < kMostKeywords - 1; ++i)
            flags.keywords.append("$k" + QByteArray::number(i));
        QVERIFY(m_store->setFlags({1}, FlagChange::Add, flags));
        QVERIFY(m_store->setFlags({1}, FlagChange::Add, {.system = 0, .keywords = {"$most"}}));
        QVERIFY(!m_store->setFlags({1}, FlagChange::Add, {.system = 0, .keywords = {"$more"}}));
        QCOMPARE(m_store->lastError, QStringLiteral("limit"));
        QVERIFY(m_store->setFlags({1}, FlagChange::Remove, {.system = 0, .keywords = {"$most"}}));
        QCOMPARE(m_store->problems(), QStringList());
    }
    void annotationsAreBounded()
    {
        QVERIFY(annotate("a", 1, kLargestAnnotation - 1));
        QVERIFY(annotate("a", 1, kLargestAnnotation));
        QVERIFY(!annotate("a", 1, kLargestAnnotation + 1));
        QCOMPARE(m_store->lastError, QStringLiteral("annotation-size"));
        QVERIFY(annotate("b", kMostAnnotations - 2, 1)); // one less than there may be
        QVERIFY(annotate("c", 1, 1));
        QVERIFY(!annotate("d", 1, 1));
        QCOMPARE(m_store->lastError, QStringLiteral("annotations-many"));
        QCOMPARE(m_store->count("select count(*) from annotations"), kMostAnnotations);
    }
    void annotationsTogetherAreBounded()
    {
        const auto size = [this] {
            return m_store->count("select sum(length(entry) + length(value)) from annotations");
        };
        QVERIFY(annotate("a", 15, kLargestAnnotation)); // 15 of 16
        const qsizetype room = kMostAnnotationBytes - size() - qstrlen("/private/b0");
        QVERIFY(room > 0 && room <= kLargestAnnotation);
        QVERIFY(annotate("b", 1, room - 1));
        QVERIFY(annotate("b", 1, room));
        QCOMPARE(size(), kMostAnnotationBytes);
        QVERIFY(!annotate("b", 1, room + 1));
        QCOMPARE(size(), kMostAnnotationBytes); // as before
    }
    void aliasesReachAllTheirMembers_data()
    {
        QTest::addColumn<qsizetype>("members");
        QTest::addColumn<bool>("good");
        QTest::newRow("one") << qsizetype(1) << true;
        QTest::newRow("one less") << kMostMembers - 1 << true;
        QTest::newRow("most") << kMostMembers << true;
        QTest::newRow("one more") << kMostMembers + 1 << false;
    }
    void aliasesReachAllTheirMembers()
    {
        QFETCH(qsizetype, members);
        QFETCH(bool, good);
        QCOMPARE(setAlias("all@example.org", members), good);
        QCOMPARE(m_store->lastError, good ? QString() : QStringLiteral("too-many-members"));
        const QList<qint64> found = m_store->store->directory.resolve("all", "example.org");
        QCOMPARE(found, good ? QList<qint64>{m_store->account} : QList<qint64>());
    }
    void newsIsKeptUpToItsLimit()
    {
        Notices notices;
        const net::ConnectionId me{.thread = 1, .serial = 2};
        const auto after = [&](size_t count) {
            notices.listen(7, me);
            Effects effects;
            effects.origin = {.thread = 1, .serial = 1};
            for (size_t i = 0; i < count; ++i)
                effects.notices.push_back({.kind = Notice::Kind::Created, .accountId = 7, .name = QString::number(i)});
            std::ignore = notices.add(effects);
            return notices.take(7, me);
        };
        for (const size_t count : {kMostNotices - 1, kMostNotices}) {
            const auto taken = after(count);
            QCOMPARE(taken.notices.size(), count);
            QVERIFY(!taken.overflow);
        }
        const auto taken = after(kMostNotices + 1);
        QVERIFY(taken.overflow); // told to look for itself
        QVERIFY(taken.notices.empty());
    }
};

POSTROOM_TEST(StoreLimitsTest)
#include "limits_test.moc"
