#include "daemon/db/writer.h"
#include "daemon/store/mailboxes.h"
#include "daemon/store/messages.h"
#include "daemon/store/store.h"
#include "tests/support/test.h"

#include <QTemporaryDir>

using namespace store;

class StoreTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<db::Writer> m_writer;
    qint64 m_account = 0;
    qint64 m_inbox = 0;
    const Timestamp m_now = fromMilliseconds(1'800'000'000'000);

    Result<void> run(std::move_only_function<Result<void>(db::Database &, Effects &)> apply)
    {
        return m_writer->submitAndWait(m_store->change(std::move(apply)));
    }
    Result<void> deliver(const QByteArray &content, qint64 mailbox = 0)
    {
        return run([this, mailbox, message = prepare(content, newMessageKey())](db::Database &db,
                                                                                Effects &effects) -> Result<void> {
            const auto id = addContent(db, *message);
            const auto added = addMessage(db, effects, *id, *message,
                                          {.accountId = m_account,
                                           .mailboxId = mailbox,
                                           .prefix = "X-P: y\r\n",
                                           .flags = {},
                                           .internalDate = m_now});
            return added ? Result<void>() : std::unexpected(added.error());
        });
    }
    QStringList problems() { return *verify(**m_store->reader()); }
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = *Store::open(m_folder->path(), {});
        m_writer =
            std::make_unique<db::Writer>(db::Writer::Options{.file = m_store->file, .syncDelay = {}, .fatal = {}});
        QVERIFY(run([this](db::Database &db, Effects &effects) -> Result<void> {
            if (auto done = addDomain(db, effects, "example.org"); !done)
                return done;
            return addAccount(db, effects,
                              {.localpart = "Ann",
                               .domain = "example.org",
                               .name = {},
                               .role = QStringLiteral("postmaster"),
                               .state = {},
                               .createdAt = {}},
                              m_now)
                .transform([this](qint64 id) { m_account = id; });
        }));
        m_inbox = findMailbox(**m_store->reader(), m_account, QStringLiteral("INBOX"))->id;
    }
    void cleanup()
    {
        m_writer.reset();
        m_store.reset();
    }
    void deliversAndReadsBack()
    {
        const QByteArray content = "Subject: x\r\n\r\n" + QByteArray(600'000, 'z');
        QVERIFY(deliver(content));
        const auto view = *m_store->views.open(m_inbox);
        QCOMPARE(view->size(), 1);
        QCOMPARE(*readMessage(**m_store->reader(), view->at(0).messageId), "X-P: y\r\n" + content);
        QCOMPARE(problems(), QStringList());
    }
    void viewsFollowChanges()
    {
        const auto before = *m_store->views.open(m_inbox);
        for (int i = 0; i < 5; ++i)
            QVERIFY(deliver("Subject: x\r\n\r\nbody\r\n"));
        QVERIFY(run([this](db::Database &db, Effects &effects) {
            return storeFlags(db, effects,
                              {.accountId = m_account,
                               .mailboxId = m_inbox,
                               .uids = {2, 4, 9},
                               .change = FlagChange::Add,
                               .flags = {.system = kDeleted, .keywords = {"$Work"}},
                               .unchangedSince = {}})
                .transform([](const Stored &) {});
        }));
        QVERIFY(run([this](db::Database &db, Effects &effects) {
            return expunge(
                       db, effects,
                       {.accountId = m_account, .mailboxId = m_inbox, .uids = std::vector<quint32>{4}, .now = m_now})
                .transform([](qint64) {});
        }));
        const auto after = m_store->views.current(m_inbox);
        QCOMPARE(before->size(), 0);
        QCOMPARE(after->size(), 4);
        QCOMPARE(after->at(1).flags, kDeleted | 32);
        QCOMPARE(after->at(3).uid, 5U);
        QCOMPARE(after->keywords, QList<QByteArray>{"$Work"});
        QCOMPARE(after->lowerBound(4), 3);
        QCOMPARE(problems(), QStringList());
    }
    void copiesMovesAndSweeps()
    {
        QVERIFY(deliver("Subject: x\r\n\r\nbody\r\n"));
        const qint64 trash = findMailbox(**m_store->reader(), m_account, QStringLiteral("Trash"))->id;
        Copied copied;
        QVERIFY(run([&](db::Database &db, Effects &effects) {
            return copyMessages(db, effects,
                                {.accountId = m_account,
                                 .fromMailbox = m_inbox,
                                 .uids = {1, 7},
                                 .toMailbox = trash,
                                 .move = true,
                                 .now = m_now})
                .transform([&](const Copied &done) { copied = done; });
        }));
        QCOMPARE(copied.to, std::vector<quint32>{1});
        QCOMPARE((*m_store->views.open(m_inbox))->size(), 0);
        QCOMPARE((*m_store->views.open(trash))->size(), 1);
        QVERIFY(run([this](db::Database &db, Effects &) {
            return sweep(db, m_now + std::chrono::hours(1)).transform([](qint64 count) { QCOMPARE(count, 1); });
        }));
        QCOMPARE(problems(), QStringList());
    }
    void quotaIsKeptInTheTransaction()
    {
        QVERIFY(run([this](db::Database &db, Effects &effects) {
            return updateAccount(db, effects, m_account, {}, {.bytes = 100});
        }));
        const auto refused = deliver("Subject: x\r\n\r\n" + QByteArray(200, 'z'));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, QStringLiteral("over-quota"));
        QCOMPARE(problems(), QStringList());
    }
    void mailboxNamesFollowTheRules()
    {
        QCOMPARE(*canonicalName(QStringLiteral("inBox")), QStringLiteral("INBOX"));
        QVERIFY(!canonicalName(QStringLiteral("a//b")));
        QVERIFY(!canonicalName(QStringLiteral("a*")));
        QVERIFY(run([this](db::Database &db, Effects &effects) {
            return createMailbox(db, effects, m_account, QStringLiteral("a/b/c")).transform([](qint64) {});
        }));
        QVERIFY(run([this](db::Database &db, Effects &effects) {
            return renameMailbox(db, effects, m_account, QStringLiteral("a/b"), QStringLiteral("x/y"), m_now);
        }));
        QVERIFY(findMailbox(**m_store->reader(), m_account, QStringLiteral("x/y/c")));
        QVERIFY(findMailbox(**m_store->reader(), m_account, QStringLiteral("a")));
        const auto inside = run([this](db::Database &db, Effects &effects) {
            return deleteMailbox(db, effects, m_account, QStringLiteral("x/y"), m_now);
        });
        QCOMPARE(inside.error().code, QStringLiteral("has-children"));
        QVERIFY(!run([this](db::Database &db, Effects &effects) {
            return deleteMailbox(db, effects, m_account, QStringLiteral("INBOX"), m_now);
        }));
    }
    void theDirectoryResolves()
    {
        QVERIFY(run([](db::Database &db, Effects &effects) {
            return setAlias(db, effects,
                            {.address = "team@example.org", .members = {"ann@example.org", "team@example.org"}});
        }));
        const auto &directory = m_store->directory;
        QCOMPARE(directory.resolve("ANN+news", "example.org"), QList<qint64>{m_account});
        QCOMPARE(directory.resolve("team", "example.org"), QList<qint64>{m_account});
        QCOMPARE(directory.resolve("postmaster", "example.org"), QList<qint64>{m_account});
        QVERIFY(directory.resolve("nobody", "example.org").isEmpty());
        QVERIFY(
            run([this](db::Database &db, Effects &effects) { return removeAccount(db, effects, m_account, m_now); }));
        QVERIFY(directory.resolve("ann", "example.org").isEmpty());
        QVERIFY(
            run([this](db::Database &db, Effects &effects) { return restoreAccount(db, effects, m_account, m_now); }));
        QCOMPARE(directory.resolve("ann", "example.org"), QList<qint64>{m_account});
    }
};
POSTROOM_TEST(StoreTest)
#include "store_test.moc"
