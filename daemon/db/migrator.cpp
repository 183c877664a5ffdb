#include "daemon/db/migrator.h"

#include "shared/base/log.h"

namespace db {

namespace {

constexpr qint64 kApplicationId = 0x506f7374; // "Post"
const Log kMigratorLog("db");

// Comments may contain semicolons; statements are split at them.
QByteArray withoutComments(QByteArrayView sql)
{
    QByteArray result;
    for (const QByteArray &line : sql.toByteArray().split('\n')) {
        const qsizetype comment = line.indexOf("--");
        result.append(comment < 0 ? line : line.first(comment)).append('\n');
    }
    return result;
}

Result<void> apply(Database &db, const Migration &migration)
{
    if (auto begun = db.execute("begin immediate"); !begun)
        return begun;
    for (const QByteArray &statement : withoutComments(migration.sql).split(';')) {
        if (statement.trimmed().isEmpty())
            continue;
        if (auto done = db.execute(statement); !done) {
            std::ignore = db.execute("rollback");
            return done;
        }
    }
    const auto noted = db.run("insert into migrations(name, applied_at, version) values(?1, ?2, ?3)",
                              QString::fromUtf8(migration.name), SystemClock().now(), QStringLiteral(POSTROOM_VERSION));
    if (!noted) {
        std::ignore = db.execute("rollback");
        return std::unexpected(noted.error());
    }
    kMigratorLog.info("schema upgraded", {{"step", QLatin1StringView(migration.name)}});
    return db.execute("commit");
}

// Before anything is changed: a step this program does not know was made by a later one.
Result<void> checkNotNewer(Database &db, const QList<Migration> &migrations)
{
    auto rows = db.query("select name, version from migrations order by applied_at");
    while (rows.next()) {
        const QString name = rows.text(0);
        const bool known = std::ranges::any_of(
            migrations, [&name](const Migration &each) { return name == QLatin1StringView(each.name); });
        if (!known)
            return failure(
                ErrorKind::User,
                QStringLiteral("the database was written by version %1, which is newer than this program (%2)")
                    .arg(rows.text(1), QStringLiteral(POSTROOM_VERSION)));
    }
    if (rows.failed())
        return std::unexpected(rows.error());
    return {};
}

} // namespace

Result<void> migrate(Database &db, const QList<Migration> &migrations)
{
    const auto application = db.number("pragma application_id");
    if (!application)
        return std::unexpected(application.error());
    const auto tables = db.number("select count(*) from sqlite_master");
    if (!tables)
        return std::unexpected(tables.error());
    const bool isNew = application->value_or(0) == 0 && tables->value_or(0) == 0;
    if (!isNew && **application != kApplicationId)
        return failure(ErrorKind::User, QStringLiteral("this file is not a Postroom database"));
    if (auto done = isNew ? Result<void>() : checkNotNewer(db, migrations); !done)
        return done;
    if (auto done = db.execute("pragma application_id = " + QByteArray::number(kApplicationId)); !done)
        return done;
    if (auto done =
            db.execute("create table if not exists migrations(name text primary key, applied_at integer not null, "
                       "version text not null) strict");
        !done)
        return done;
    QStringList applied;
    {
        auto rows = db.query("select name from migrations");
        while (rows.next())
            applied << rows.text(0);
        if (rows.failed())
            return std::unexpected(rows.error());
    }
    for (const auto &migration : migrations) {
        if (applied.contains(QString::fromUtf8(migration.name)))
            continue;
        if (auto done = apply(db, migration); !done)
            return done;
    }
    return {};
}

} // namespace db
