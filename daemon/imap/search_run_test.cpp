// Searches with the index and what is in memory against a plain scan of every message, on random words.
#include "daemon/imap/search_run.h"

#include "daemon/db/writer.h"
#include "daemon/store/mailboxes.h"
#include "daemon/store/messages.h"
#include "daemon/store/store.h"
#include "tests/support/test.h"

#include <QTemporaryDir>

#include <random>

using namespace imap;

namespace {

constexpr int kMessages = 300;

// Every message read and looked at, nothing remembered.
class PlainScan final : public SearchSubject
{
public:
    PlainScan(db::Database &db, const store::Entry &entry)
        : m_message(*store::readMessage(db, entry.messageId))
    {
        uid = entry.uid;
        flags = entry.flags;
    }
    qint64 sizeBytes() override { return m_message.size(); }
    qint64 internalDate() override { return 0; }
    qint64 savedDate() override { return 0; }
    qint64 now() override { return 0; }
    bool hasKeyword(const QByteArray &) override { return false; }
    std::optional<int> sentDay() override { return imap::sentDay(mime::HeaderList(m_message)); }
    bool hasText(const SearchKey &key) override { return headerHasText(key, m_message) || bodyHasText(key, m_message); }
    bool hasObject(const SearchKey &) override { return false; }

private:
    const QByteArray m_message;
};

} // namespace

class SearchRunTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    std::unique_ptr<store::Store> m_store;
    std::unique_ptr<db::Writer> m_writer;
    ManualClock m_clock;
    qint64 m_account = 0;
    std::mt19937 m_random{20261124};

    size_t below(size_t end) { return std::uniform_int_distribution<size_t>(0, end - 1)(m_random); }
    QString word()
    {
        static const QString kLetters = QStringLiteral("abcdeABCäöüßÄéøчшЖ日本ﬁ");
        QString text;
        for (size_t i = 0, count = 1 + below(7); i < count; ++i)
            text += kLetters[static_cast<qsizetype>(below(static_cast<size_t>(kLetters.size())))];
        return text;
    }
    QString words(size_t count)
    {
        QStringList list;
        for (size_t i = 0; i < count; ++i)
            list << word();
        return list.join(u' ');
    }
    QByteArray message()
    {
        QByteArray body = words(40).toUtf8();
        QByteArray type = "text/plain; charset=utf-8";
        QByteArray encoding = "8bit";
        switch (below(4)) {
        case 0:
            type = "text/html; charset=utf-8";
            body = "<p title=\"" + word().toUtf8() + "\">" + body + "<br>" + word().toUtf8() + "&uuml;</p>";
            break;
        case 1:
            encoding = "base64";
            body = body.toBase64();
            break;
        case 2:
            body = "--b\r\nContent-Type: text/plain; charset=utf-16\r\nContent-Transfer-Encoding: base64\r\n"
                   "Content-Description: " +
                   word().toUtf8() + "\r\n\r\n" + QByteArray::fromStdString(words(10).toStdString()).toBase64() +
                   "\r\n--b\r\nContent-Type: application/x\r\n\r\n" + body + "\r\n--b--\r\n";
            type = "multipart/mixed; boundary=b";
            break;
        default: break;
        }
        return "From: =?utf-8?b?" + word().toUtf8().toBase64() + "?= <" + QByteArray::number(below(50)) +
               (below(2) ? " (c) @ x.org>\r\nTo: " : "@x.org>\r\nTo: ") + word().toUtf8() +
               "\r\nSubject: " + words(3).toUtf8() + "\r\nX-Other: " + words(2).toUtf8() + "\r\nContent-Type: " + type +
               "\r\nContent-Transfer-Encoding: " + encoding + "\r\n\r\n" + body + "\r\n";
    }
    Result<void> run(std::move_only_function<Result<void>(db::Database &, store::Effects &)> apply)
    {
        return m_writer->submitAndWait(m_store->change(std::move(apply)));
    }
    void deliver(int count)
    {
        QVERIFY(run([&](db::Database &db, store::Effects &effects) -> Result<void> {
            for (int i = 0; i < count; ++i) {
                const auto prepared = store::prepare(message(), store::newMessageKey());
                const auto content = store::addContent(db, *prepared);
                const store::Target target{.accountId = m_account,
                                           .prefix = i % 3 ? "Delivered-To: " + word().toUtf8() + "\r\n" : QByteArray(),
                                           .internalDate = fromMilliseconds(1000)};
                if (auto added = store::addMessage(db, effects, *content, *prepared, target); !added)
                    return std::unexpected(added.error());
            }
            return {};
        }));
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_store = *store::Store::open(m_folder.path(), {});
        m_writer = std::make_unique<db::Writer>(db::Writer::Options{.file = m_store->file});
        QVERIFY(run([this](db::Database &db, store::Effects &effects) -> Result<void> {
            if (auto done = store::addDomain(db, effects, "example.org"); !done)
                return done;
            return store::addAccount(db, effects, {.localpart = "ann", .domain = "example.org"}, fromMilliseconds(1))
                .transform([this](qint64 id) { m_account = id; });
        }));
        deliver(kMessages);
        QVERIFY(*m_store->search.addBatch(1));
        deliver(kMessages / 10); // not in the index
    }
    void indexAndPlainScanAgree_data()
    {
        QTest::addColumn<QByteArray>("key");
        for (const char *key : {"TEXT", "BODY", "SUBJECT", "FROM", "TO", "CC", "HEADER X-Other", "HEADER Delivered-To",
                                "HEADER Content-Type", "NOT TEXT", "OR SUBJECT x TEXT"})
            QTest::newRow(key) << QByteArray(key);
    }
    void indexAndPlainScanAgree()
    {
        QFETCH(QByteArray, key);
        db::Database &db = **m_store->reader();
        const qint64 inbox = store::findMailbox(db, m_account, QStringLiteral("INBOX"))->id;
        const auto view = *m_store->views.open(inbox);
        qsizetype hits = 0;
        for (int i = 0; i < 40; ++i) {
            QString term = i == 0 ? QString() : i % 2 ? word() : words(2);
            if (i % 5 == 4)
                term = term.mid(static_cast<qsizetype>(below(static_cast<size_t>(term.size()))));
            if (key == "FROM" && i % 7 == 3)
                term = QString::number(below(50)) + QStringLiteral("@x.org");
            const QByteArray utf8 = term.toUtf8();
            const QByteArray text = key + " {" + QByteArray::number(utf8.size()) + "}\r\n" + utf8;
            Cursor in{text};
            const SearchProgram program = readSearch(in);
            QVERIFY2(!in.failed(), text.constData());
            SearchRun search({.index = m_store->search, .facts = m_store->facts, .clock = m_clock},
                             {.view = view, .mailboxId = inbox, .program = program});
            QVERIFY(*search.run(db));
            std::vector<qsizetype> plain;
            view->forEach([&](qsizetype index, const store::Entry &entry) {
                PlainScan subject(db, entry);
                if (matches(program.keys, subject))
                    plain.push_back(index);
                return true;
            });
            QVERIFY2(search.found() == plain, text.constData());
            hits += static_cast<qsizetype>(plain.size());
        }
        QVERIFY(hits > 0 || key == "CC");
    }
    void expungedMessagesAreNotFound()
    {
        db::Database &db = **m_store->reader();
        const qint64 inbox = store::findMailbox(db, m_account, QStringLiteral("INBOX"))->id;
        const auto view = *m_store->views.open(inbox);
        const auto less = std::make_shared<const store::View>(view->expunged({1, 5}));
        Cursor in{"TEXT \"\""};
        SearchRun search({.index = m_store->search, .facts = m_store->facts, .clock = m_clock},
                         {.view = less, .mailboxId = inbox, .program = readSearch(in)});
        QVERIFY(*search.run(db));
        QCOMPARE(static_cast<qsizetype>(search.found().size()), view->size() - 2);
    }
    // A clock that moves whenever it is looked at: the search pauses, goes on where it was, and ends at its limit.
    void worksInSlices()
    {
        class RunningClock final : public Clock
        {
        public:
            explicit RunningClock(std::chrono::milliseconds step)
                : m_step(step)
            {}
            Timestamp now() const override { return {}; }
            std::chrono::steady_clock::time_point steady() const override { return m_now += m_step; }

        private:
            const std::chrono::milliseconds m_step;
            mutable std::chrono::steady_clock::time_point m_now;
        };
        db::Database &db = **m_store->reader();
        const qint64 inbox = store::findMailbox(db, m_account, QStringLiteral("INBOX"))->id;
        const auto view = *m_store->views.open(inbox);
        const auto request = [&] {
            Cursor in{"NOT TEXT nothinghasthis"};
            return SearchRun::Request{.view = view, .mailboxId = inbox, .program = readSearch(in)};
        };
        const RunningClock slow(SearchRun::kSlice);
        SearchRun search({.index = m_store->search, .facts = m_store->facts, .clock = slow}, request());
        int slices = 1;
        qsizetype before = 0;
        for (auto done = search.run(db); !*done; done = search.run(db)) {
            QCOMPARE_GT(search.looked(), before);
            before = search.looked();
            ++slices;
        }
        QCOMPARE_GT(slices, 1);
        QCOMPARE(static_cast<qsizetype>(search.found().size()), view->size());
        Cursor flags{"UNSEEN"};
        SearchRun light({.index = m_store->search, .facts = m_store->facts, .clock = slow},
                        {.view = view, .mailboxId = inbox, .program = readSearch(flags)});
        QVERIFY(!*light.run(db)); // the clock is looked at after 256 messages that are in memory
        QCOMPARE(light.looked(), 256);
        QVERIFY(*light.run(db));
        QCOMPARE(light.looked(), view->size());
        const RunningClock slower(SearchRun::kLongest);
        SearchRun endless({.index = m_store->search, .facts = m_store->facts, .clock = slower}, request());
        const auto outcome = endless.run(db);
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code, QStringLiteral("limit"));
    }
};
POSTROOM_TEST(SearchRunTest)
#include "search_run_test.moc"
