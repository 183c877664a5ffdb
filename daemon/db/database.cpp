#include "daemon/db/database.h"

#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlQuery>
#include <QThread>

#include <sqlite3.h>

#include <atomic>

namespace db {

namespace {

std::atomic<quint64> g_names = 0;

Error toError(const QSqlError &problem)
{
    const int code = problem.nativeErrorCode().toInt() & 0xff;
    Error error;
    error.text = QStringLiteral("database: %1 (%2)").arg(problem.databaseText(), problem.nativeErrorCode());
    switch (code) {
    case SQLITE_FULL:
        error.kind = ErrorKind::Temporary;
        error.code = QStringLiteral("disk-full");
        error.publicText = QStringLiteral("no space left");
        break;
    case SQLITE_READONLY:
    case SQLITE_BUSY:
        error.kind = ErrorKind::Temporary;
        error.code = QStringLiteral("database-busy");
        error.publicText = QStringLiteral("storage is not available");
        break;
    case SQLITE_IOERR: error.code = QStringLiteral("io-error"); break;
    default: break;
    }
    return error;
}

sqlite3 *native(const QString &name)
{
    const QVariant handle = QSqlDatabase::database(name, false).driver()->handle();
    return *static_cast<sqlite3 *const *>(handle.constData());
}

} // namespace

Query::Query(QSqlQuery *query, bool good)
    : m_query(query)
    , m_good(good)
{}

Query::Query(Query &&other) noexcept
    : m_query(std::exchange(other.m_query, nullptr))
    , m_good(other.m_good)
{}

Query::~Query()
{
    if (m_query)
        m_query->finish();
}

bool Query::next()
{
    if (!m_good)
        return false;
    if (m_query->next())
        return true;
    m_good = m_query->lastError().type() == QSqlError::NoError;
    return false;
}

qint64 Query::integer(int column) const { return m_query->value(column).toLongLong(); }
QByteArray Query::bytes(int column) const { return m_query->value(column).toByteArray(); }
QString Query::text(int column) const { return m_query->value(column).toString(); }
bool Query::isNull(int column) const { return m_query->isNull(column); }
Error Query::error() const { return toError(m_query->lastError()); }

Database::Database(QString name)
    : m_name(std::move(name))
{}

Result<std::unique_ptr<Database>> Database::open(const QString &file, Mode mode)
{
    std::unique_ptr<Database> result(new Database(QStringLiteral("postroom-%1").arg(g_names++)));
    auto connection = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), result->m_name);
    connection.setDatabaseName(file);
    connection.setConnectOptions(mode == Mode::Read ? QStringLiteral("QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=10000")
                                                    : QStringLiteral("QSQLITE_BUSY_TIMEOUT=10000"));
    if (!connection.open()) {
        Error error = toError(connection.lastError());
        error.text = QStringLiteral("cannot open %1: %2").arg(file, connection.lastError().text());
        return failure(std::move(error));
    }
    const QByteArray set =
        mode == Mode::Write ? "pragma page_size = 8192; pragma auto_vacuum = incremental; pragma journal_mode = wal; "
                              "pragma synchronous = full; pragma foreign_keys = on; pragma wal_autocheckpoint = 0; "
                              "pragma cache_size = -16384; pragma temp_store = memory"
                            : "pragma query_only = on; pragma cache_size = -2048; pragma mmap_size = 268435456";
    for (const QByteArray &pragma : set.split(';')) {
        if (auto done = result->execute(pragma.trimmed()); !done)
            return std::unexpected(done.error());
    }
    return result;
}

Database::~Database()
{
    m_statements.clear();
    QSqlDatabase::removeDatabase(m_name);
}

Query Database::start(const char *sql, const QVariantList &values)
{
    auto &statement = m_statements[sql];
    bool good = true;
    if (!statement) {
        statement = std::make_unique<QSqlQuery>(QSqlDatabase::database(m_name, false));
        statement->setForwardOnly(true);
        good = statement->prepare(QString::fromUtf8(sql));
    }
    for (int i = 0; good && i < values.size(); ++i)
        statement->bindValue(i, values.at(i),
                             values.at(i).typeId() == QMetaType::QByteArray ? QSql::In | QSql::Binary : QSql::In);
    good = good && statement->exec();
    Query query(statement.get(), good);
    return query;
}

Result<qint64> Database::finish(Query query)
{
    if (query.failed())
        return std::unexpected(query.error());
    sqlite3 *handle = native(m_name);
    m_lastInsertId = sqlite3_last_insert_rowid(handle);
    return sqlite3_changes64(handle);
}

Result<void> Database::execute(const QByteArray &sql)
{
    QSqlQuery query(QSqlDatabase::database(m_name, false));
    if (!query.exec(QString::fromUtf8(sql)))
        return failure(toError(query.lastError()));
    return {};
}

bool Database::inTransaction() const { return sqlite3_get_autocommit(native(m_name)) == 0; }

Result<void> Database::checkpoint()
{
    int pages = 0;
    if (sqlite3_wal_checkpoint_v2(native(m_name), nullptr, SQLITE_CHECKPOINT_PASSIVE, &pages, nullptr) != SQLITE_OK)
        return failure(ErrorKind::Temporary, QStringLiteral("checkpoint did not finish"));
    return {};
}

Result<QList<Reference>> Database::referencesTo(const QByteArray &table)
{
    QList<Reference> found;
    auto rows =
        query("select m.name, f.\"from\" from sqlite_schema m, pragma_foreign_key_list(m.name) f where m.type = "
              "'table' and f.\"table\" = ?1",
              QString::fromUtf8(table));
    while (rows.next())
        found.append({.table = rows.text(0).toUtf8(), .column = rows.text(1).toUtf8()});
    if (rows.failed())
        return std::unexpected(rows.error());
    return found;
}

Result<Database *> reader(const QString &file)
{
    thread_local std::unordered_map<QString, std::unique_ptr<Database>> readers;
    auto &own = readers[file];
    if (!own) {
        auto opened = Database::open(file, Database::Mode::Read);
        if (!opened)
            return std::unexpected(opened.error());
        own = std::move(*opened);
    }
    return own.get();
}

} // namespace db
