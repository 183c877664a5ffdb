#include "daemon/store/search_index.h"

#include "daemon/store/messages.h"
#include "daemon/store/search_batch.h"
#include "shared/base/log.h"
#include "shared/base/metrics.h"
#include "shared/mime/text_search.h"

#include <QFile>
#include <QSet>

#include <csignal>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace store {

namespace {

const Log kSearchLog("search");
const Counter kIndexed{"postroom_search_indexed_total", "Messages added to the search index."};
constexpr int kVersion = 2;                      // of tables and of the text they hold; another one means: make it anew
constexpr qsizetype kMostText = 4 * 1024 * 1024; // of one message; larger ones are always candidates
constexpr qint64 kLargestBatch = 4000;           // messages
constexpr int kNice = 10;
constexpr auto kPruneEvery = std::chrono::minutes(60);
constexpr auto kTryAgainAfter = std::chrono::minutes(1);
constexpr qsizetype kMostPieces = 24;     // of one text that are looked up
constexpr qint64 kWorthRemaking = 10'000; // messages that are gone, if they are more than those that are there

constexpr std::array kTables = {
    "create table state(version integer not null, indexed_to integer not null, last_content integer not null, "
    "last_sha256 blob not null) strict",
    "create table documents(content_id integer primary key, complete integer not null, digest blob not null) strict",
    "create index documents_cut on documents(content_id) where complete = 0",
    "create table batches(batch integer primary key, first_content integer not null, first_message integer not null, "
    "documents integer not null) strict",
    "create table pieces(batch integer not null, piece integer not null, documents blob not null, primary key(batch, "
    "piece)) strict, without rowid",
};

// The pieces to look up for a text: all of a short one, else some from all over it.
void addPieces(QByteArrayView text, QList<quint32> &pieces)
{
    const qsizetype count = text.size() - 2;
    const qsizetype step = std::max<qsizetype>(1, count / kMostPieces);
    for (qsizetype at = 0; at < count; at += step) {
        if (const quint32 piece = pieceAt(text, at); !pieces.contains(piece))
            pieces.append(piece);
    }
}

} // namespace

struct SearchIndex::Batch
{
    struct Document
    {
        qint64 contentId = 0;
        bool complete = true;
        QByteArray digest;
    };
    qint64 messages = 0;
    qint64 indexedTo = 0;
    qint64 firstContent = std::numeric_limits<qint64>::max();
    qint64 firstMessage = 0;
    std::vector<Document> documents;
    PieceCollector pieces;
};

SearchIndex::SearchIndex(QString mailFile, QString file)
    : m_mailFile(std::move(mailFile))
    , m_file(std::move(file))
{}

SearchIndex::~SearchIndex() { stop(); }

void SearchIndex::start()
{
    m_thread = std::thread([this] { loop(); });
}

void SearchIndex::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void SearchIndex::wake()
{
    {
        const std::lock_guard lock(m_mutex);
        m_woken = true;
    }
    m_wake.notify_one();
}

void SearchIndex::loop()
{
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr); // signals are the main thread's
    pthread_setname_np(pthread_self(), "search");
    setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), kNice);
    auto lastPrune = std::chrono::steady_clock::time_point();
    for (;;) {
        Result<bool> done = addBatch(kSmallestBatch);
        if (done && !*done && std::chrono::steady_clock::now() - lastPrune > kPruneEvery) {
            lastPrune = std::chrono::steady_clock::now();
            done = prune().transform([] { return false; });
        }
        if (!done)
            kSearchLog.failed("index not written", done.error());
        std::unique_lock lock(m_mutex);
        if (!done || !*done)
            m_wake.wait_for(lock, done ? kPruneEvery : kTryAgainAfter,
                            [this, &done] { return m_stopping || (m_woken && done); });
        m_woken = false;
        if (m_stopping)
            break;
    }
    m_db.reset();
}

Result<void> SearchIndex::makeAnew()
{
    m_generation = 0;
    m_db.reset();
    for (const char *suffix : {"", "-wal", "-shm"}) {
        const QString name = m_file + QLatin1StringView(suffix);
        if (QFile::exists(name) && !QFile::remove(name))
            return failure(ErrorKind::Temporary, QStringLiteral("cannot remove %1").arg(name));
    }
    auto opened = db::Database::open(m_file, db::Database::Mode::Write);
    if (!opened)
        return std::unexpected(opened.error());
    m_db = std::move(*opened);
    for (const char *table : kTables) {
        if (auto done = m_db->execute(table); !done)
            return done;
    }
    return m_db
        ->run("insert into state(version, indexed_to, last_content, last_sha256) values(?1, 0, 0, x'')", kVersion)
        .transform([](qint64) {});
}

// The index belongs to the mail if the last content it saw is there with the same bytes and no message it knows is
// newer than the newest: else the mail is another one, or an older copy of it.
Result<void> SearchIndex::open()
{
    if (m_db && !m_broken)
        return {};
    bool good = false;
    if (!m_broken && QFile::exists(m_file)) {
        auto opened = db::Database::open(m_file, db::Database::Mode::Write);
        const auto mail = db::reader(m_mailFile);
        if (!mail)
            return std::unexpected(mail.error());
        if (opened) {
            m_db = std::move(*opened);
            auto state = m_db->query("select version, indexed_to, last_content, last_sha256 from state");
            if (state.next() && state.integer(0) == kVersion) {
                const auto newest = (*mail)->number("select seq from sqlite_sequence where name = 'messages'");
                auto content = (*mail)->query("select sha256 from contents where content_id = ?1", state.integer(2));
                good = newest && newest->value_or(0) >= state.integer(1) &&
                       (!content.next() || content.bytes(0) == state.bytes(3));
            }
        }
    }
    if (!good) {
        kSearchLog.info("search index is made anew");
        if (auto done = makeAnew(); !done)
            return done;
    }
    m_broken = false;
    for (const char *pragma : {"pragma synchronous = normal", "pragma wal_autocheckpoint = 4000"}) {
        if (auto done = m_db->execute(pragma); !done)
            return done;
    }
    static std::atomic<quint64> generations = 0;
    m_generation = ++generations;
    return {};
}

Result<bool> SearchIndex::addBatch(qint64 smallest)
{
    if (auto done = open(); !done)
        return std::unexpected(done.error());
    const auto mail = db::reader(m_mailFile);
    if (!mail)
        return std::unexpected(mail.error());
    db::Database &db = **mail;
    const auto from = m_db->number("select indexed_to from state");
    const auto newest = db.number("select max(message_id) from messages");
    if (!from || !newest)
        return std::unexpected(!from ? from.error() : newest.error());
    const qint64 before = from->value_or(0);
    if (newest->value_or(0) - before < smallest)
        return false;
    Batch batch;
    batch.firstMessage = batch.indexedTo = before;
    std::vector<std::pair<qint64, qint64>> rows;
    {
        auto query = db.query("select message_id, content_id from messages where message_id > ?1 order by message_id "
                              "limit ?2",
                              before, kLargestBatch);
        while (query.next())
            rows.emplace_back(query.integer(0), query.integer(1));
        if (query.failed())
            return std::unexpected(query.error());
    }
    QSet<qint64> fresh;
    for (const auto &[messageId, contentId] : rows) {
        if (batch.pieces.isFull())
            break;
        {
            auto row = db.query("select prefix from messages where message_id = ?1", messageId);
            if (row.next() && !row.bytes(0).isEmpty())
                batch.pieces.add(mime::searchableHeader(row.bytes(0)), messageId, true);
        }
        batch.indexedTo = messageId;
        ++batch.messages;
        const auto known = m_db->number("select 1 from documents where content_id = ?1", contentId);
        if (!known)
            return std::unexpected(known.error());
        if (*known || fresh.contains(contentId))
            continue;
        const auto content = readContent(db, contentId);
        if (!content)
            return std::unexpected(content.error());
        fresh.insert(contentId);
        const auto text = mime::searchableText(*content, kMostText);
        batch.pieces.add(text.utf8, contentId, false);
        batch.firstContent = std::min(batch.firstContent, contentId);
        batch.documents.push_back({.contentId = contentId,
                                   .complete = text.complete,
                                   .digest = imap::Digest(mime::HeaderList(*content)).packed()});
    }
    if (auto done = write(batch); !done) {
        foundBroken(done.error());
        return std::unexpected(done.error());
    }
    kIndexed.add(batch.messages);
    return batch.messages > 0;
}

Result<void> SearchIndex::write(Batch &batch)
{
    db::Database &db = *m_db;
    if (auto done = db.execute("begin immediate"); !done)
        return done;
    const auto rows = [&]() -> Result<void> {
        const qint64 base = batch.documents.empty() ? 0 : batch.firstContent;
        if (auto done = db.run("insert into batches(first_content, first_message, documents) values(?1, ?2, ?3)", base,
                               batch.firstMessage, static_cast<qint64>(batch.documents.size()));
            !done)
            return std::unexpected(done.error());
        const qint64 number = db.lastInsertId();
        for (const Batch::Document &each : batch.documents) {
            if (auto done = db.run("insert into documents(content_id, complete, digest) values(?1, ?2, ?3)",
                                   each.contentId, each.complete, each.digest);
                !done)
                return std::unexpected(done.error());
        }
        Result<void> outcome;
        batch.pieces.finish([&](quint32 piece, const std::vector<qint64> &documents) {
            const qint64 first = (piece & kPrefixPiece) ? batch.firstMessage : base;
            if (auto done = db.run("insert into pieces(batch, piece, documents) values(?1, ?2, ?3)", number, piece,
                                   packDocuments(documents, first));
                !done)
                outcome = std::unexpected(done.error());
            return outcome.has_value();
        });
        if (!outcome || batch.documents.empty())
            return outcome.and_then(
                [&] { return db.run("update state set indexed_to = ?1", batch.indexedTo).transform([](qint64) {}); });
        const auto mail = db::reader(m_mailFile);
        if (!mail)
            return std::unexpected(mail.error());
        QByteArray sha256;
        {
            auto row =
                (*mail)->query("select sha256 from contents where content_id = ?1", batch.documents.back().contentId);
            if (row.next())
                sha256 = row.bytes(0);
        }
        return db
            .run("update state set indexed_to = ?1, last_content = ?2, last_sha256 = ?3", batch.indexedTo,
                 batch.documents.back().contentId, sha256)
            .transform([](qint64) {});
    }();
    if (!rows) {
        std::ignore = db.execute("rollback");
        return rows;
    }
    return db.execute("commit");
}

Result<void> SearchIndex::prune()
{
    if (auto done = open(); !done)
        return done;
    const auto mail = db::reader(m_mailFile);
    if (!mail)
        return std::unexpected(mail.error());
    constexpr qint64 kStep = 5000;
    qint64 kept = 0;
    for (qint64 after = 0;;) {
        std::vector<qint64> ids;
        auto documents = m_db->query("select content_id from documents where content_id > ?1 order by content_id limit "
                                     "?2",
                                     after, kStep);
        while (documents.next())
            ids.push_back(documents.integer(0));
        if (documents.failed())
            return std::unexpected(documents.error());
        if (ids.empty())
            break;
        QSet<qint64> there;
        auto contents = (*mail)->query("select content_id from contents where content_id between ?1 and ?2",
                                       ids.front(), ids.back());
        while (contents.next())
            there.insert(contents.integer(0));
        if (contents.failed())
            return std::unexpected(contents.error());
        for (const qint64 id : ids) {
            if (there.contains(id)) {
                ++kept;
            } else if (auto done = m_db->run("delete from documents where content_id = ?1", id); !done) {
                return std::unexpected(done.error());
            }
        }
        after = ids.back();
    }
    const auto ever = m_db->number("select sum(documents) from batches");
    if (!ever)
        return std::unexpected(ever.error());
    const qint64 gone = ever->value_or(0) - kept;
    if (gone < kWorthRemaking || gone < kept)
        return {};
    kSearchLog.info("most of the search index is of messages that are gone", {{"gone", gone}, {"kept", kept}});
    m_broken = true;
    return open();
}

Result<qint64> SearchIndex::indexedTo()
{
    auto *db = readerOrNull();
    if (!db)
        return 0;
    return db->number("select indexed_to from state").transform([](const auto &value) { return value.value_or(0); });
}

void SearchIndex::foundBroken(const Error &error)
{
    kSearchLog.failed("search index is broken", error);
    m_generation = 0;
    m_broken = true;
    wake();
}

// The calling thread's own connection, opened anew when the file was made anew.
db::Database *SearchIndex::readerOrNull()
{
    struct Own
    {
        quint64 generation = 0;
        std::unique_ptr<db::Database> db;
    };
    thread_local std::unordered_map<QString, Own> connections;
    const quint64 generation = m_generation;
    if (generation == 0)
        return nullptr;
    Own &own = connections[m_file];
    if (own.generation != generation) {
        own.db.reset();
        auto opened = db::Database::open(m_file, db::Database::Mode::Read);
        if (!opened)
            return nullptr;
        own.db = std::move(*opened);
        own.generation = generation;
    }
    return own.db.get();
}

std::optional<SearchIndex::Candidates> SearchIndex::find(const QList<QByteArray> &texts)
{
    QList<quint32> pieces;
    for (const QByteArray &text : texts) {
        if (canFind(text))
            addPieces(text, pieces);
    }
    const quint64 generation = m_generation;
    db::Database *db = readerOrNull();
    if (!db || pieces.isEmpty())
        return {};
    const db::Snapshot snapshot(*db);
    const auto indexed = db->number("select indexed_to from state"); // first: later batches do no harm
    Candidates result;
    result.indexedTo = indexed ? indexed->value_or(0) : 0;
    std::vector<std::array<qint64, 3>> batches;
    auto list = db->query("select batch, first_content, first_message from batches");
    while (list.next())
        batches.push_back({list.integer(0), list.integer(1), list.integer(2)});
    bool good = indexed.has_value() && !list.failed();
    for (const auto &[batch, firstContent, firstMessage] : batches) {
        for (const bool prefix : {false, true}) {
            std::vector<qint64> held;
            std::vector<qint64> next;
            std::vector<qint64> both;
            bool first = true;
            for (const quint32 piece : std::as_const(pieces)) {
                auto row = db->query("select documents from pieces where batch = ?1 and piece = ?2", batch,
                                     prefix ? piece | kPrefixPiece : piece);
                next.clear();
                if (row.next())
                    good = good && unpackDocuments(row.bytes(0), prefix ? firstMessage : firstContent, next);
                good = good && !row.failed();
                if (first) {
                    held.swap(next);
                } else {
                    both.clear();
                    std::ranges::set_intersection(held, next, std::back_inserter(both));
                    held.swap(both);
                }
                first = false;
                if (held.empty())
                    break;
            }
            auto &to = prefix ? result.prefixes : result.contents;
            to.insert(to.end(), held.begin(), held.end());
        }
    }
    auto cut = db->query("select content_id from documents where complete = 0");
    while (cut.next())
        result.contents.push_back(cut.integer(0));
    if (!good || cut.failed()) {
        if (m_generation == generation)
            foundBroken({.kind = ErrorKind::Temporary, .text = QStringLiteral("cannot be read")});
        return {};
    }
    std::ranges::sort(result.contents);
    std::ranges::sort(result.prefixes);
    return m_generation == generation ? std::optional(std::move(result)) : std::nullopt;
}

bool SearchIndex::readDigests(qint64 first, qint64 last, const std::function<void(qint64, imap::Digest)> &f)
{
    db::Database *db = readerOrNull();
    if (!db)
        return false;
    auto rows = db->query("select content_id, digest from documents where content_id between ?1 and ?2 order by "
                          "content_id",
                          first, last);
    while (rows.next())
        f(rows.integer(0), imap::Digest::fromPacked(rows.bytes(1)));
    return !rows.failed();
}

} // namespace store
