#include "daemon/db/migrator.h"
#include "daemon/db/writer.h"
#include "shared/base/metrics.h"
#include "tests/support/test.h"

#include <QTemporaryDir>

#include <latch>

class WriterTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    QString m_file = m_folder.filePath(QStringLiteral("test.db"));
    static inline const QList<db::Migration> kSchema{
        {"test/0001", "create table t(a integer primary key, b blob) strict;\n"}};

    static core::Change insert(qint64 value)
    {
        return {
            .apply = [value](db::Database &db) -> Result<void> {
                return db.run("insert into t(a, b) values(?1, ?2)", value, QByteArray("x\0y", 3)).transform([](qint64) {
                });
            },
            .published = {}};
    }
    qint64 count() { return **(*db::reader(m_file))->number("select count(*) from t"); }
private Q_SLOTS:
    void init()
    {
        auto db = *db::Database::open(m_file, db::Database::Mode::Write);
        QVERIFY(db::migrate(*db, kSchema));
        QVERIFY(db->run("delete from t"));
    }
    void batchesAndKeepsBlobs()
    {
        db::Writer writer({.file = m_file, .syncDelay = {}, .fatal = {}});
        std::latch all(200);
        std::atomic<int> good = 0;
        for (int i = 0; i < 200; ++i) {
            writer.submit(insert(i), [&](Result<void> outcome) {
                good += outcome ? 1 : 0;
                all.count_down();
            });
        }
        all.wait();
        QCOMPARE(good.load(), 200);
        QCOMPARE(count(), 200);
        auto rows = (*db::reader(m_file))->query("select b from t where a = ?1", 7);
        QVERIFY(rows.next());
        QCOMPARE(rows.bytes(0), QByteArray("x\0y", 3));
    }
    void batchesAreBounded_data()
    {
        QTest::addColumn<int>("changes");
        QTest::addColumn<qint64>("sizeBytes"); // of each
        QTest::addColumn<qint64>("commits");
        QTest::newRow("1,000 changes") << 1000 << qint64(0) << qint64(1);
        QTest::newRow("1,001 changes") << 1001 << qint64(0) << qint64(2);
        QTest::newRow("64 MiB") << 2 << qint64(32) * 1024 * 1024 << qint64(1);
        QTest::newRow("more than 64 MiB") << 3 << qint64(32) * 1024 * 1024 << qint64(2);
    }
    void batchesAreBounded()
    {
        QFETCH(int, changes);
        QFETCH(qint64, sizeBytes);
        QFETCH(qint64, commits);
        db::Writer writer({.file = m_file, .syncDelay = {}, .fatal = {}});
        std::latch running(1);
        std::latch all(1);
        core::Change first = insert(-1);
        first.apply = [&, apply = std::move(first.apply)](db::Database &db) mutable {
            running.count_down();
            all.wait(); // until the others are in the queue
            return apply(db);
        };
        writer.submit(std::move(first), {});
        running.wait();
        const qint64 before = metrics::value("postroom_store_commits_total");
        for (int i = 0; i < changes; ++i) {
            core::Change change = insert(i);
            change.sizeBytes = sizeBytes;
            writer.submit(std::move(change), {});
        }
        all.count_down();
        writer.stop();
        QCOMPARE(count(), changes + 1);
        QCOMPARE(metrics::value("postroom_store_commits_total") - before, commits + 1);
    }
    void aFailedChangeSpoilsNoOther()
    {
        db::Writer writer({.file = m_file, .syncDelay = {}, .fatal = {}});
        QVERIFY(writer.submitAndWait(insert(1)));
        QVERIFY(!writer.submitAndWait(insert(1)));
        bool published = false;
        core::Change half{.apply = [](db::Database &db) -> Result<void> {
                              std::ignore = db.run("insert into t(a, b) values(50, x'00')");
                              return failure(ErrorKind::User, QStringLiteral("no"));
                          },
                          .published = [&published] { published = true; }};
        QVERIFY(!writer.submitAndWait(std::move(half)));
        QVERIFY(!published);
        QCOMPARE(count(), 1);
    }
    void stopCommitsWhatIsQueued()
    {
        {
            db::Writer writer({.file = m_file, .syncDelay = std::chrono::milliseconds(1), .fatal = {}});
            for (int i = 0; i < 50; ++i)
                writer.submit(insert(i), {});
            writer.stop();
            QVERIFY(!writer.submitAndWait(insert(99)));
        }
        QCOMPARE(count(), 50);
    }
    void newerFilesAreRefused()
    {
        auto db = *db::Database::open(m_file, db::Database::Mode::Write);
        const auto older = db::migrate(*db, {{"test/0000", "create table never_made(a) strict;\n"}});
        QVERIFY(!older);
        QVERIFY(older.error().text.contains(QStringLiteral("newer than this program")));
        QCOMPARE(**db->number("select count(*) from sqlite_master where name = 'never_made'"), 0);
    }
    void otherDatabasesAreLeftAlone()
    {
        const QString file = m_folder.filePath(QStringLiteral("foreign.db"));
        auto db = *db::Database::open(file, db::Database::Mode::Write);
        QVERIFY(db->execute("create table theirs(a)"));
        const auto done = db::migrate(*db, kSchema);
        QVERIFY(!done);
        QCOMPARE(done.error().text, QStringLiteral("this file is not a Postroom database"));
        QCOMPARE(**db->number("select count(*) from sqlite_master"), 1);
    }
};
POSTROOM_TEST(WriterTest)
#include "writer_test.moc"
