#include "daemon/store/store.h"

#include "daemon/store/messages.h"
#include "daemon/store/schema.h"
#include "shared/base/json.h"
#include "shared/crypto/crypto.h"

#include <QDir>
#include <QFileInfo>

namespace store {

Result<std::unique_ptr<Store>> Store::open(const QString &folder, const QList<db::Migration> &more)
{
    if (!QDir().mkpath(folder))
        return failure(ErrorKind::User, QStringLiteral("cannot make the folder %1").arg(folder));
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    std::unique_ptr<Store> store(new Store(QDir(folder).filePath(QStringLiteral("postroom.db"))));
    auto db = db::Database::open(store->file, db::Database::Mode::Write);
    if (!db)
        return std::unexpected(db.error());
    const QList<db::Migration> own{{.name = "store/0001_mail", .sql = kSchema0001},
                                   {.name = "store/0002_removed_domains", .sql = kSchema0002},
                                   {.name = "store/0003_modseq", .sql = kSchema0003},
                                   {.name = "store/0004_objects", .sql = kSchema0004},
                                   {.name = "store/0005_alias_policies", .sql = kSchema0005},
                                   {.name = "store/0006_daily_limits", .sql = kSchema0006}};
    if (auto done = db::migrate(**db, own + more); !done)
        return std::unexpected(done.error());
    if (auto done = store->directory.reload(**db); !done)
        return std::unexpected(done.error());
    return store;
}

QString Store::searchFileBeside(const QString &path)
{
    return QFileInfo(path).dir().filePath(QStringLiteral("search.db"));
}

core::Change Store::change(std::move_only_function<Result<void>(db::Database &, Effects &)> apply)
{
    auto effects = std::make_shared<Effects>();
    effects->views = &views;
    return {
        .apply =
            [this, apply = std::move(apply), effects](db::Database &db) mutable {
                auto done = apply(db, *effects);
                if (done)
                    views.noteApplied(effects);
                return done;
            },
        .published =
            [this, effects] {
                views.noteSettled();
                if (effects->directory) {
                    if (auto db = reader())
                        std::ignore = directory.reload(**db);
                }
                views.publish(*effects, notices);
                if (!effects->mailboxes.empty())
                    search.wake();
            },
        .discarded =
            [this, effects] {
                if (effects->applied)
                    views.noteSettled();
            },
    };
}

Result<void> addTrace(db::Database &db, const QByteArray &messageKey, const char *event, const char *code,
                      const QJsonObject &arguments, Timestamp now)
{
    return db
        .run("insert into traces(time, message_key, event, code, arguments) values(?1, ?2, ?3, ?4, ?5)", now,
             QString::fromLatin1(messageKey), QString::fromLatin1(event), QString::fromLatin1(code),
             QString::fromUtf8(json::compact(arguments)))
        .transform([](qint64) {});
}

Result<QList<Trace>> findTraces(db::Database &db, const QString &text, int most)
{
    QList<Trace> list;
    auto rows = db.query("select time, message_key, event, code, arguments from traces where message_key in (select "
                         "message_key from traces "
                         "where instr(lower(message_key || ' ' || arguments), lower(?1)) > 0 group by message_key "
                         "order by max(trace_id) desc limit ?2) "
                         "order by message_key, trace_id",
                         text, most);
    while (rows.next()) {
        list.append({.time = rows.time(0),
                     .messageKey = rows.text(1),
                     .event = rows.text(2),
                     .code = rows.text(3),
                     .arguments = QJsonDocument::fromJson(rows.text(4).toUtf8()).object()});
    }
    if (rows.failed())
        return std::unexpected(rows.error());
    return list;
}

namespace {

struct Rule
{
    const char *sql; // rows are violations; the first column names one
    const char *text;
};

constexpr std::array kRules = {
    Rule{"select uid from messages m join mailboxes b using(mailbox_id) where m.uid >= b.uid_next",
         "UID %1 is not below its mailbox's UIDNEXT"},
    Rule{"select account_id from accounts a where used_bytes <> coalesce((select sum(size) from messages m join "
         "mailboxes b using(mailbox_id) "
         "where b.account_id = a.account_id and expunged_at = 0), 0)",
         "account %1: used_bytes is not the sum of its messages"},
    Rule{"select account_id from accounts a where message_count <> (select count(*) from messages m join mailboxes b "
         "using(mailbox_id) "
         "where b.account_id = a.account_id and expunged_at = 0)",
         "account %1: message_count is not the count of its messages"},
    Rule{"select content_id from contents c where size <> coalesce((select sum(length(data)) from chunks k where "
         "k.content_id = c.content_id), 0)",
         "content %1: size is not that of its chunks"},
    Rule{
        "select message_id from messages m join contents c using(content_id) where m.size <> c.size + length(m.prefix)",
        "message %1: size is not prefix and content"},
    Rule{"select message_id from messages where length(envelope) = 0 or length(body_structure) = 0",
         "message %1: structure is missing"},
};

constexpr char kReferenceText[] = "content %1: reference count is wrong";
constexpr Rule kReferences{"select content_id from contents c where refs <> (select count(*) from messages m where "
                           "m.content_id = c.content_id)",
                           kReferenceText};
// Outgoing messages use content too, where there is a queue.
constexpr Rule kReferencesWithQueue{
    "select content_id from contents c where refs <> (select count(*) from messages m where m.content_id = "
    "c.content_id) + (select count(*) from queue_messages q where q.content_id = c.content_id)",
    kReferenceText};

Result<void> apply(db::Database &db, const Rule &rule, QStringList &problems)
{
    auto rows = db.query(rule.sql);
    while (rows.next())
        problems << QString::fromLatin1(rule.text).arg(rows.integer(0));
    return rows.failed() ? Result<void>(std::unexpected(rows.error())) : Result<void>();
}

} // namespace

Result<QStringList> verify(db::Database &db)
{
    QStringList problems;
    for (const Rule &rule : kRules) {
        if (auto done = apply(db, rule, problems); !done)
            return std::unexpected(done.error());
    }
    const auto queue = db.number("select 1 from sqlite_master where name = 'queue_messages'");
    if (!queue)
        return std::unexpected(queue.error());
    if (auto done = apply(db, *queue ? kReferencesWithQueue : kReferences, problems); !done)
        return std::unexpected(done.error());
    auto contents = db.query("select content_id, sha256 from contents");
    while (contents.next()) {
        const auto bytes = readContent(db, contents.integer(0));
        if (!bytes)
            return std::unexpected(bytes.error());
        if (crypto::digest(crypto::Hash::Sha256, *bytes) != contents.bytes(1))
            problems << QStringLiteral("content %1: SHA-256 differs").arg(contents.integer(0));
    }
    auto check = db.query("pragma integrity_check");
    while (check.next()) {
        if (check.text(0) != QLatin1StringView("ok"))
            problems << check.text(0);
    }
    return problems;
}

Result<qint64> sweepTraces(db::Database &db, Timestamp olderThan)
{
    // Entries are numbered in the order of their time, so the oldest are found without looking at the others.
    return db.run("delete from traces where trace_id in (select trace_id from traces order by trace_id limit 10000) "
                  "and time < ?1",
                  olderThan);
}

} // namespace store
