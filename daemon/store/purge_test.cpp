#include "daemon/store/purge.h"

#include "daemon/db/writer.h"
#include "daemon/store/messages.h"
#include "daemon/store/store.h"
#include "tests/support/test.h"

#include <QTemporaryDir>

using namespace store;

class PurgeTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<db::Writer> m_writer;
    qint64 m_ann = 0;
    qint64 m_bob = 0;
    const Timestamp m_now = fromMilliseconds(1'800'000'000'000);

    Result<void> run(std::move_only_function<Result<void>(db::Database &, Effects &)> apply)
    {
        return m_writer->submitAndWait(m_store->change(std::move(apply)));
    }
    Result<qint64> add(const char *localpart)
    {
        qint64 id = 0;
        auto done = run([&](db::Database &db, Effects &effects) {
            return addAccount(db, effects,
                              {.localpart = localpart,
                               .domain = "example.org",
                               .name = {},
                               .role = {},
                               .state = {},
                               .createdAt = {}},
                              m_now)
                .transform([&id](qint64 added) { id = added; });
        });
        return done.transform([id] { return id; });
    }
    // One content for all of them.
    Result<void> deliver(const QByteArray &content, const QList<qint64> &accounts)
    {
        return run([&, message = prepare(content, newMessageKey())](db::Database &db,
                                                                    Effects &effects) -> Result<void> {
            const auto id = addContent(db, *message);
            for (const qint64 account : accounts) {
                const auto added = addMessage(
                    db, effects, *id, *message,
                    {.accountId = account, .mailboxId = 0, .prefix = "X-P: y\r\n", .flags = {}, .internalDate = m_now});
                if (!added)
                    return std::unexpected(added.error());
            }
            return {};
        });
    }
    qint64 number(const char *sql) { return m_store->reader().value()->number(sql)->value_or(-1); }
    // As the server does it, until there is no more to do; the slices it took.
    int purge(Timestamp now)
    {
        for (int slices = 0; slices < 100; ++slices) {
            bool more = false;
            const auto done = run([&](db::Database &db, Effects &effects) -> Result<void> {
                const auto purged = purgeRemoved(db, effects, now);
                if (!purged)
                    return std::unexpected(purged.error());
                more = *purged;
                return sweep(db, now - std::chrono::minutes(5)).transform([](qint64) {});
            });
            if (!done || !verify(*m_store->reader().value())->isEmpty())
                return -1;
            if (!more)
                return slices;
        }
        return -1;
    }
    Result<void> remove(qint64 account)
    {
        return run(
            [this, account](db::Database &db, Effects &effects) { return removeAccount(db, effects, account, m_now); });
    }
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = *Store::open(m_folder->path(), {});
        m_writer =
            std::make_unique<db::Writer>(db::Writer::Options{.file = m_store->file, .syncDelay = {}, .fatal = {}});
        QVERIFY(run([](db::Database &db, Effects &effects) { return addDomain(db, effects, "example.org"); }));
        m_ann = *add("ann");
        m_bob = *add("bob");
    }
    void cleanup()
    {
        m_writer.reset();
        m_store.reset();
    }
    void whatWasRemovedGoesAfterThirtyDays()
    {
        QVERIFY(deliver("Subject: both\r\n\r\nx\r\n", {m_ann, m_bob}));
        QVERIFY(deliver("Subject: ann\r\n\r\nx\r\n", {m_ann}));
        QVERIFY(remove(m_ann));
        QCOMPARE(purge(m_now + kKeepRemoved - std::chrono::seconds(1)), 0);
        QCOMPARE(number("select count(*) from messages"), 3);
        QVERIFY(purge(m_now + kKeepRemoved) > 0);
        QCOMPARE(number("select count(*) from accounts"), 1);
        QCOMPARE(number("select count(*) from messages"), 1);
        QCOMPARE(number("select count(*) from contents"), 1);
        QCOMPARE(number("select count(*) from mailboxes"), 6);
        QCOMPARE(number("select count(*) from subscriptions"), 6);
        QVERIFY(add("ann")); // the address is free again
    }
    void manyMessagesGoInSlices()
    {
        QVERIFY(run([this](db::Database &db, Effects &effects) -> Result<void> {
            const auto message = prepare("Subject: many\r\n\r\nx\r\n", newMessageKey());
            const auto id = addContent(db, *message);
            for (int i = 0; i < 2500; ++i) {
                if (auto added = addMessage(
                        db, effects, *id, *message,
                        {.accountId = m_ann, .mailboxId = 0, .prefix = {}, .flags = {}, .internalDate = m_now});
                    !added)
                    return std::unexpected(added.error());
            }
            return {};
        }));
        QVERIFY(remove(m_ann));
        QVERIFY(run([this](db::Database &db, Effects &) { return markForPurging(db, m_ann); }));
        QVERIFY(!run([this](db::Database &db, Effects &effects) { return restoreAccount(db, effects, m_ann, m_now); }));
        QVERIFY(purge(m_now) >= 3);
        QCOMPARE(number("select count(*) from chunks"), 0);
    }
    void aSliceIsAThousandMessages_data()
    {
        QTest::addColumn<int>("messages");
        QTest::addColumn<qint64>("left");
        QTest::newRow("at the limit") << 1000 << qint64(0);
        QTest::newRow("above") << 1001 << qint64(1);
    }
    void aSliceIsAThousandMessages()
    {
        QFETCH(int, messages);
        QFETCH(qint64, left);
        QVERIFY(run([&](db::Database &db, Effects &effects) -> Result<void> {
            const auto message = prepare("Subject: many\r\n\r\nx\r\n", newMessageKey());
            const auto id = addContent(db, *message);
            Result<void> done;
            for (int i = 0; i < messages && done; ++i)
                done =
                    addMessage(db, effects, *id, *message,
                               {.accountId = m_ann, .mailboxId = 0, .prefix = {}, .flags = {}, .internalDate = m_now})
                        .transform([](const Added &) {});
            return done;
        }));
        QVERIFY(remove(m_ann));
        QVERIFY(run([this](db::Database &db, Effects &) { return markForPurging(db, m_ann); }));
        QVERIFY(run([this](db::Database &db, Effects &effects) {
            return purgeRemoved(db, effects, m_now).transform([](bool more) { QVERIFY(more); });
        }));
        QCOMPARE(number("select count(*) from messages where expunged_at = 0"), left);
        QVERIFY(run([this](db::Database &db, Effects &) {
            return sweep(db, m_now).transform([](qint64 swept) { QCOMPARE(swept, 1000); });
        }));
        QCOMPARE(number("select count(*) from messages"), left);
        QCOMPARE(*verify(*m_store->reader().value()), QStringList());
    }
    void aDomainGoesWithItsLastAccount()
    {
        const auto removeIt = [this](db::Database &db, Effects &effects) {
            return removeDomain(db, effects, "example.org", m_now);
        };
        QVERIFY(remove(m_ann));
        const auto used = run(removeIt);
        QCOMPARE(used.error().code, QStringLiteral("domain-in-use"));
        QVERIFY(remove(m_bob));
        QVERIFY(run(removeIt));
        QVERIFY(listDomains(*m_store->reader().value())->isEmpty());
        QVERIFY(!m_store->directory.hosts("example.org"));
        const auto restored =
            run([this](db::Database &db, Effects &effects) { return restoreAccount(db, effects, m_ann, m_now); });
        QCOMPARE(restored.error().code, QStringLiteral("no-such-domain"));
        QVERIFY(run([](db::Database &db, Effects &effects) { return addDomain(db, effects, "example.org"); }));
        QVERIFY(run([this](db::Database &db, Effects &effects) { return restoreAccount(db, effects, m_ann, m_now); }));
        QVERIFY(remove(m_ann));
        QVERIFY(run(removeIt));
        QVERIFY(purge(m_now + kKeepRemoved) > 0);
        QCOMPARE(number("select count(*) from domains"), 0);
    }
};
POSTROOM_TEST(PurgeTest)
#include "purge_test.moc"
