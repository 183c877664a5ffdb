#include "daemon/store/search_index.h"

#include "daemon/db/writer.h"
#include "daemon/store/mailboxes.h"
#include "daemon/store/messages.h"
#include "daemon/store/search_batch.h"
#include "daemon/store/store.h"
#include "tests/support/test.h"

#include <QFile>
#include <QTemporaryDir>

using namespace store;

class SearchIndexTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<db::Writer> m_writer;
    qint64 m_account = 0;

    Result<void> run(std::move_only_function<Result<void>(db::Database &, Effects &)> apply)
    {
        return m_writer->submitAndWait(m_store->change(std::move(apply)));
    }
    void deliver(const QByteArray &content, const QByteArray &prefix = {})
    {
        QVERIFY(
            run([&, message = prepare(content, newMessageKey())](db::Database &db, Effects &effects) -> Result<void> {
                const auto id = addContent(db, *message);
                const Target target{.accountId = m_account, .prefix = prefix, .internalDate = fromMilliseconds(1000)};
                return addMessage(db, effects, *id, *message, target).transform([](const Added &) {});
            }));
    }
    std::vector<qint64> contentsWith(const QByteArray &text)
    {
        const auto found = m_store->search.find({text});
        return found ? found->contents : std::vector<qint64>{-1};
    }
    // As expunging leaves them, long ago.
    static Result<void> removeMessages(db::Database &db, Effects &)
    {
        return db.run("update messages set expunged_at = 1").transform([](qint64) {});
    }
    void open()
    {
        m_store = *Store::open(m_folder->path(), {});
        m_writer = std::make_unique<db::Writer>(db::Writer::Options{.file = m_store->file});
    }
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        open();
        QVERIFY(run([this](db::Database &db, Effects &effects) -> Result<void> {
            if (auto done = addDomain(db, effects, "example.org"); !done)
                return done;
            return addAccount(db, effects, {.localpart = "ann", .domain = "example.org"}, fromMilliseconds(1))
                .transform([this](qint64 id) { m_account = id; });
        }));
        deliver("Subject: one\r\n\r\nalphabet soup\r\n", "Delivered-To: ann\r\n");
        deliver("Subject: =?utf-8?q?=C3=9Cber?=\r\n\r\nsoup kitchen\r\n");
    }
    void cleanup()
    {
        m_writer.reset();
        m_store.reset();
    }
    void nothingIsFoundBeforeThereIsAnIndex()
    {
        QVERIFY(!m_store->search.find({"soup"}));
        QCOMPARE(*m_store->search.indexedTo(), 0);
    }
    void contentsAndPrefixesAreFoundByPieces()
    {
        QVERIFY(*m_store->search.addBatch(1));
        QVERIFY(!*m_store->search.addBatch(1)); // nothing is left
        QCOMPARE(*m_store->search.indexedTo(), 2);
        QCOMPARE(contentsWith("soup"), (std::vector<qint64>{1, 2}));
        QCOMPARE(contentsWith("alphabet"), std::vector<qint64>{1});
        QCOMPARE(contentsWith("über"), std::vector<qint64>{2});
        QCOMPARE(contentsWith("subject: one"), std::vector<qint64>{1});
        QCOMPARE(contentsWith("nowhere"), std::vector<qint64>());
        QCOMPARE(m_store->search.find({"delivered-to:"})->prefixes, std::vector<qint64>{1});
        QVERIFY(!m_store->search.find({"so"})); // too short
    }
    void laterBatchesAddToEarlierOnes()
    {
        QVERIFY(*m_store->search.addBatch(1));
        deliver("Subject: three\r\n\r\nmore soup\r\n");
        QVERIFY(!*m_store->search.addBatch(2)); // too few
        QVERIFY(*m_store->search.addBatch(1));
        QCOMPARE(contentsWith("soup"), (std::vector<qint64>{1, 2, 3}));
        int digests = 0;
        QVERIFY(m_store->search.readDigests(1, 3, [&digests](qint64, const imap::Digest &digest) {
            digests += digest.field(imap::Digest::Subject).isEmpty() ? 0 : 1;
        }));
        QCOMPARE(digests, 3);
    }
    void digestsOfGoneContentsAreForgotten()
    {
        QVERIFY(*m_store->search.addBatch(1));
        QVERIFY(run([](db::Database &db, Effects &effects) -> Result<void> {
            if (auto done = removeMessages(db, effects); !done)
                return done;
            return sweep(db, fromMilliseconds(5000)).transform([](qint64) {});
        }));
        QVERIFY(m_store->search.prune());
        int digests = 0;
        QVERIFY(m_store->search.readDigests(1, 9, [&digests](qint64, const imap::Digest &) { ++digests; }));
        QCOMPARE(digests, 0);
    }
    void brokenAndForeignFilesAreMadeAnew()
    {
        QVERIFY(*m_store->search.addBatch(1));
        cleanup();
        QFile file(m_folder->filePath(QStringLiteral("search.db")));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(QByteArray(100'000, 'x'));
        file.close();
        open();
        QVERIFY(*m_store->search.addBatch(1));
        QCOMPARE(contentsWith("kitchen"), std::vector<qint64>{2});
        // Of other mail: the last content has other bytes.
        QVERIFY(run([](db::Database &db, Effects &) {
            return db.run("update contents set sha256 = x'00'").transform([](qint64) {});
        }));
        cleanup();
        open();
        QVERIFY(*m_store->search.addBatch(2)); // both again
    }
    void aBatchIsKeptOverARestart()
    {
        QVERIFY(*m_store->search.addBatch(1));
        cleanup();
        open();
        QVERIFY(!*m_store->search.addBatch(1));
        QCOMPARE(contentsWith("alphabet"), std::vector<qint64>{1});
    }
    void damagedPiecesAreNoticed()
    {
        QVERIFY(*m_store->search.addBatch(1));
        {
            const auto other =
                *db::Database::open(m_folder->filePath(QStringLiteral("search.db")), db::Database::Mode::Write);
            QVERIFY(other->run("update pieces set documents = x'ffffffffffffffffffffff'"));
        }
        QVERIFY(!m_store->search.find({"soup"})); // read the messages instead
        QVERIFY(*m_store->search.addBatch(1));    // and make it anew
        QCOMPARE(contentsWith("soup"), (std::vector<qint64>{1, 2}));
    }
    void documentListsAreReadAsWritten()
    {
        const std::vector<qint64> documents = {100, 101, 227, 300'000, 1LL << 50};
        std::vector<qint64> read;
        QVERIFY(unpackDocuments(packDocuments(documents, 100), 100, read));
        QCOMPARE(read, documents);
        QVERIFY(!unpackDocuments("\x80", 0, read));
    }
};
POSTROOM_TEST(SearchIndexTest)
#include "search_index_test.moc"
