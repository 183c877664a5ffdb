// A store in a temporary folder with one account, and its writer. For tests of daemon/store.
#pragma once

#include "daemon/db/writer.h"
#include "daemon/store/mailboxes.h"
#include "daemon/store/messages.h"
#include "daemon/store/store.h"

#include <QTemporaryDir>

namespace test {

class StoreFixture
{
public:
    // `more`: migrations of other folders
    explicit StoreFixture(const QList<db::Migration> &more = {})
        : store(*store::Store::open(folder.path(), more))
        , m_migrations(more)
    {
        open();
        run([this](db::Database &db, store::Effects &effects) -> Result<void> {
            if (auto done = store::addDomain(db, effects, "example.org"); !done)
                return done;
            return store::addAccount(db, effects,
                                     {.localpart = "ann",
                                      .domain = "example.org",
                                      .name = {},
                                      .role = {},
                                      .state = {},
                                      .createdAt = {}},
                                     now)
                .transform([this](qint64 id) { account = id; });
        });
        inbox = mailbox("INBOX");
    }
    // As after a restart: nothing is in memory.
    void reopen()
    {
        writer.reset();
        store = *store::Store::open(folder.path(), m_migrations);
        open();
    }
    bool run(std::move_only_function<Result<void>(db::Database &, store::Effects &)> apply)
    {
        const auto done = writer->submitAndWait(store->change(std::move(apply)));
        lastError = done ? QString() : done.error().code;
        return done.has_value();
    }
    bool deliver(const QByteArray &content, qint64 to = 0)
    {
        return run([&, message = store::prepare(content, store::newMessageKey())](
                       db::Database &db, store::Effects &effects) -> Result<void> {
            const auto id = store::addContent(db, *message);
            const auto added = store::addMessage(
                db, effects, *id, *message,
                {.accountId = account, .mailboxId = to, .prefix = {}, .flags = {}, .internalDate = now});
            return added ? Result<void>() : std::unexpected(added.error());
        });
    }
    bool setFlags(const std::vector<quint32> &uids, store::FlagChange change, const store::Flags &flags)
    {
        return run([&](db::Database &db, store::Effects &effects) {
            return store::storeFlags(db, effects,
                                     {.accountId = account,
                                      .mailboxId = inbox,
                                      .uids = uids,
                                      .change = change,
                                      .flags = flags,
                                      .unchangedSince = {}})
                .transform([this](const store::Stored &done) { stored = done; });
        });
    }
    qint64 count(const char *sql) { return db().number(sql)->value_or(-1); }
    db::Database &db() { return **store->reader(); }
    qint64 mailbox(const char *name) { return store::findMailbox(db(), account, QString::fromLatin1(name))->id; }
    QStringList problems() { return *store::verify(db()); }

    QTemporaryDir folder;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<db::Writer> writer;
    qint64 account = 0;
    qint64 inbox = 0;
    QString lastError;
    store::Stored stored;
    const Timestamp now = fromMilliseconds(1'800'000'000'000);

private:
    const QList<db::Migration> m_migrations;

    void open()
    {
        writer = std::make_unique<db::Writer>(db::Writer::Options{.file = store->file, .syncDelay = {}, .fatal = {}});
    }
};

} // namespace test
