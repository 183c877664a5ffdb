// One connection to postroom.db, bound to the thread that opened it: prepared statements are kept, values go in and out
// by type. The only folder that includes QtSql or sqlite3. SQL is written beside the function that uses it, ?1 ?2 … in
// order.
//   auto rows = db.query("select uid from messages where mailbox_id = ?1", mailbox);
//   while (rows.next()) use(rows.integer(0));
//   if (rows.failed()) return rows.error();
#pragma once

#include "shared/base/result.h"
#include "shared/base/time.h"

#include <QByteArray>
#include <QString>
#include <QVariant>

#include <memory>

class QSqlQuery;

namespace db {

// The rows of one statement. The statement is reset when this goes out of scope.
class Query
{
public:
    explicit Query(QSqlQuery *query, bool good);
    ~Query();
    Query(Query &&other) noexcept;
    Query &operator=(Query &&) = delete;

    bool next();
    [[nodiscard]] qint64 integer(int column) const;
    [[nodiscard]] QByteArray bytes(int column) const;
    [[nodiscard]] QString text(int column) const;
    [[nodiscard]] Timestamp time(int column) const { return fromMilliseconds(integer(column)); }
    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] bool failed() const { return !m_good; }
    [[nodiscard]] Error error() const;

private:
    QSqlQuery *m_query; // owned by the Database
    bool m_good;
};

// A column of another table that refers to a table's rows.
struct Reference
{
    QByteArray table;
    QByteArray column;
};

class Database
{
public:
    enum class Mode
    {
        Write, // creates the file when it is missing
        Read,
    };
    static Result<std::unique_ptr<Database>> open(const QString &file, Mode mode);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    template<class... Args>
    Query query(const char *sql, const Args &...args)
    {
        return start(sql, {toVariant(args)...});
    }
    // How many rows were changed.
    template<class... Args>
    Result<qint64> run(const char *sql, const Args &...args)
    {
        return finish(start(sql, {toVariant(args)...}));
    }
    // The first column of the first row, if there is one.
    template<class... Args>
    Result<std::optional<qint64>> number(const char *sql, const Args &...args)
    {
        Query rows = start(sql, {toVariant(args)...});
        const bool found = rows.next();
        if (rows.failed())
            return std::unexpected(rows.error());
        return found && !rows.isNull(0) ? std::optional(rows.integer(0)) : std::nullopt;
    }
    Result<void> execute(const QByteArray &sql); // without parameters, not kept
    [[nodiscard]] qint64 lastInsertId() const { return m_lastInsertId; }
    [[nodiscard]] bool inTransaction() const; // false after SQLite rolled back by itself
    Result<void> checkpoint();                // PASSIVE
    // What refers to this table, by the foreign keys of the schema.
    [[nodiscard]] Result<QList<Reference>> referencesTo(const QByteArray &table);

private:
    explicit Database(QString name);
    Query start(const char *sql, const QVariantList &values);
    Result<qint64> finish(Query query);

    static QVariant toVariant(qint64 value) { return value; }
    static QVariant toVariant(int value) { return value; }
    static QVariant toVariant(bool value) { return value ? 1 : 0; }
    static QVariant toVariant(quint32 value) { return static_cast<qint64>(value); }
    static QVariant toVariant(quint64 value) { return static_cast<qint64>(value); }
    static QVariant toVariant(const QByteArray &value) { return value.isNull() ? QByteArray("") : value; }
    static QVariant toVariant(const QString &value) { return value.isNull() ? QStringLiteral("") : value; }
    static QVariant toVariant(Timestamp value) { return toMilliseconds(value); }
    static QVariant toVariant(std::nullptr_t) { return {}; }

    QString m_name;
    qint64 m_lastInsertId = 0;
    std::unordered_map<const char *, std::unique_ptr<QSqlQuery>> m_statements; // by the literal's address
};

// While it lives, every statement of a reader sees the same state, and takes no lock of its own: for many small reads
// in a row. Not across pieces of work.
class Snapshot
{
public:
    explicit Snapshot(Database &db)
        : m_db(db)
        , m_begun(db.run("begin").has_value())
    {}
    ~Snapshot()
    {
        if (m_begun)
            std::ignore = m_db.run("rollback");
    }
    Snapshot(const Snapshot &) = delete;
    Snapshot &operator=(const Snapshot &) = delete;

private:
    Database &m_db;
    bool m_begun;
};

// The calling thread's own read connection to a file, opened on first use and kept.
[[nodiscard]] Result<Database *> reader(const QString &file);

} // namespace db
