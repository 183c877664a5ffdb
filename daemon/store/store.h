// The store as the rest of the daemon holds it: where the file is, how a change is made, the views and the directory.
// change() wraps code that runs in the writer's transaction so that what it did is published after it is durable.
// Owned by app/startup; any thread.
#pragma once

#include "daemon/core/change.h"
#include "daemon/db/migrator.h"
#include "daemon/store/accounts.h"
#include "daemon/store/mailbox_names.h"
#include "daemon/store/search_facts.h"
#include "daemon/store/views.h"

namespace store {

class Store
{
public:
    // Opens or makes DIR/postroom.db and brings it to this program's schema. `more`: migrations of other folders.
    static Result<std::unique_ptr<Store>> open(const QString &folder, const QList<db::Migration> &more);

    [[nodiscard]] core::Change change(std::move_only_function<Result<void>(db::Database &, Effects &)> apply);
    // Writes down which messages are \Recent no more. Often enough is now and then: those that a crash loses are recent
    // once more.
    [[nodiscard]] core::Change keepRecent();
    [[nodiscard]] Result<db::Database *> reader() const { return db::reader(file); }

    const QString file;
    Views views;
    MailboxNames names;
    Notices notices;
    Directory directory;
    SearchIndex search; // started by app/server
    FactsCache facts;

private:
    static QString searchFileBeside(const QString &path);
    explicit Store(const QString &path)
        : file(path)
        , views(path)
        , search(path, searchFileBeside(path))
    {}
};

// One row of a message's story. `arguments` say who, where, how large.
Result<void> addTrace(db::Database &db, const QByteArray &messageKey, const char *event, const char *code,
                      const QJsonObject &arguments, Timestamp now);

struct Trace
{
    Timestamp time;
    QString messageKey;
    QString event;
    QString code;
    QJsonObject arguments;
};
// All rows of the newest messages (at most `most`) whose key or arguments contain the text, oldest row first.
[[nodiscard]] Result<QList<Trace>> findTraces(db::Database &db, const QString &text, int most);
// Forgets what is older; at most 10,000 entries at once. How many there were.
Result<qint64> sweepTraces(db::Database &db, Timestamp olderThan);

// Every message and index against each other; what is wrong, in words. Empty = clean.
[[nodiscard]] Result<QStringList> verify(db::Database &db);

} // namespace store
