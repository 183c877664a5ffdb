// What is remembered beyond the present state: the log of flag changes, expunges, threads, and what people taught.
#include "daemon/store/annotations.h"
#include "daemon/store/schema.h"
#include "tests/support/store_fixture.h"
#include "tests/support/test.h"

using namespace store;

namespace {

std::vector<std::pair<quint64, qint64>> statesOf(const View &view)
{
    std::vector<std::pair<quint64, qint64>> states;
    view.forEach([&states](qsizetype, const Entry &entry) {
        states.emplace_back(entry.flags, entry.modseq);
        return true;
    });
    return states;
}

} // namespace

class HistoryTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<test::StoreFixture> m_fixture;

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::StoreFixture>();
        for (int i = 0; i < 6; ++i)
            QVERIFY(m_fixture->deliver("Subject: x\r\n\r\nbody\r\n"));
    }
    void cleanup() { m_fixture.reset(); }

    void flagsAreTheSameBeforeAndAfterFolding()
    {
        auto &f = *m_fixture;
        const auto before = *f.store->views.open(f.inbox);
        QVERIFY(f.setFlags({1, 2, 3, 4, 5, 6}, FlagChange::Add, {.system = kSeen, .keywords = {"$work"}}));
        QVERIFY(f.setFlags({2, 3}, FlagChange::Remove, {.system = kSeen, .keywords = {}}));
        QVERIFY(f.setFlags({3, 6}, FlagChange::Replace, {.system = kFlagged, .keywords = {}}));
        QVERIFY(f.setFlags({1}, FlagChange::Add, {.system = kSeen, .keywords = {}})); // nothing changes
        const auto told = statesOf(*f.store->views.current(f.inbox));
        QCOMPARE(told[0].first, kSeen | 32);
        QCOMPARE(told[1].first, quint64(32));
        QCOMPARE(told[2].first, kFlagged);
        QVERIFY(told[2].second > told[1].second && told[1].second > told[0].second);
        QCOMPARE(f.count("select count(*) from flag_log"), 3);
        f.reopen();
        QCOMPARE(statesOf(**f.store->views.open(f.inbox)), told);
        for (int folds = 0; folds < 6; ++folds) { // in slices of two messages
            QVERIFY(f.run([](db::Database &db, Effects &) { return foldFlags(db, 2).transform([](qint64) {}); }));
            f.reopen();
            QCOMPARE(statesOf(**f.store->views.open(f.inbox)), told);
        }
        QCOMPARE(f.count("select count(*) from flag_log"), 0);
        QCOMPARE(f.problems(), QStringList());
    }
    void aChangeSeesThoseBeforeItInTheSameTransaction()
    {
        auto &f = *m_fixture;
        QVERIFY(f.run([&](db::Database &db, Effects &effects) -> Result<void> {
            const StoreFlags request{.accountId = f.account,
                                     .mailboxId = f.inbox,
                                     .uids = {1, 2},
                                     .change = FlagChange::Add,
                                     .flags = {.system = kDeleted, .keywords = {}},
                                     .unchangedSince = {}};
            if (auto done = storeFlags(db, effects, request); !done)
                return std::unexpected(done.error());
            return expunge(db, effects, {.accountId = f.account, .mailboxId = f.inbox, .uids = {}, .now = f.now})
                .transform([](qint64 count) { QCOMPARE(count, 2); });
        }));
        QCOMPARE((*f.store->views.open(f.inbox))->size(), 4);
    }
    void aRefusedChangeLeavesNothingBehind()
    {
        auto &f = *m_fixture;
        QVERIFY(f.store->views.open(f.inbox));
        QVERIFY(!f.run([&](db::Database &db, Effects &effects) -> Result<void> {
            std::ignore =
                expunge(db, effects,
                        {.accountId = f.account, .mailboxId = f.inbox, .uids = {}, .onlyDeleted = false, .now = f.now});
            return failure(ErrorKind::User, QStringLiteral("no"));
        }));
        QVERIFY(f.setFlags({3}, FlagChange::Add, {.system = kDraft, .keywords = {}}));
        QCOMPARE((*f.store->views.open(f.inbox))->at(2).flags, kDraft);
        QCOMPARE((*f.store->views.open(f.inbox))->size(), 6);
    }
    void unchangedSinceIsCheckedPerMessage()
    {
        auto &f = *m_fixture;
        const qint64 since = (*f.store->views.open(f.inbox))->highestModseq;
        QVERIFY(f.setFlags({2, 5}, FlagChange::Add, {.system = kSeen, .keywords = {}}));
        QVERIFY(f.run([&](db::Database &db, Effects &effects) {
            return storeFlags(db, effects,
                              {.accountId = f.account,
                               .mailboxId = f.inbox,
                               .uids = {1, 2, 5, 6, 7},
                               .change = FlagChange::Add,
                               .flags = {.system = kFlagged, .keywords = {}},
                               .unchangedSince = since})
                .transform([&f](const Stored &done) { f.stored = done; });
        }));
        QCOMPARE(f.stored.failed, (std::vector<quint32>{2, 5}));
        QVERIFY(f.stored.missing);
        QCOMPARE(f.store->views.current(f.inbox)->at(0).flags, kFlagged);
        QCOMPARE(f.store->views.current(f.inbox)->at(1).flags, kSeen);
    }
    void expungesAreRememberedBeyondTheSweep()
    {
        auto &f = *m_fixture;
        const qint64 start = (*f.store->views.open(f.inbox))->highestModseq;
        qint64 between = 0;
        for (const auto &uids : {std::vector<quint32>{2, 3}, std::vector<quint32>{5}}) {
            QVERIFY(f.run([&](db::Database &db, Effects &effects) {
                return expunge(db, effects,
                               {.accountId = f.account,
                                .mailboxId = f.inbox,
                                .uids = uids,
                                .onlyDeleted = false,
                                .now = f.now})
                    .transform([](qint64) {});
            }));
            between = between ? between : f.store->views.current(f.inbox)->highestModseq;
        }
        QVERIFY(f.run([&](db::Database &db, Effects &) {
            return sweep(db, f.now + std::chrono::hours(1)).transform([](qint64 count) { QCOMPARE(count, 3); });
        }));
        f.reopen();
        using Ranges = std::vector<UidRange>;
        QCOMPARE(*expungedSince(f.db(), f.inbox, start), (Ranges{{2, 3}, {5, 5}}));
        QCOMPARE(*expungedSince(f.db(), f.inbox, between), (Ranges{{5, 5}}));
        QCOMPARE(*expungedSince(f.db(), f.inbox, between + 1), Ranges{});
        QCOMPARE((*f.store->views.open(f.inbox))->highestModseq, between + 1);
        QVERIFY(f.run([&](db::Database &db, Effects &) { return pruneExpunges(db, f.inbox, 1); }));
        QCOMPARE(*expungedSince(f.db(), f.inbox, between), (Ranges{{5, 5}}));
        QCOMPARE(*expungedSince(f.db(), f.inbox, start), (Ranges{{1, 0xffffffffU}}));
    }
    void copiesKeepFlagsOfTheLog()
    {
        auto &f = *m_fixture;
        QVERIFY(f.setFlags({2, 4}, FlagChange::Add, {.system = kSeen, .keywords = {"$Work"}}));
        const qint64 trash = f.mailbox("Trash");
        Copied copied;
        QVERIFY(f.run([&](db::Database &db, Effects &effects) {
            return copyMessages(db, effects,
                                {.accountId = f.account,
                                 .fromMailbox = f.inbox,
                                 .uids = {1, 2, 4, 5, 9},
                                 .toMailbox = trash,
                                 .now = f.now})
                .transform([&](const Copied &done) { copied = done; });
        }));
        QCOMPARE(copied.from, (std::vector<quint32>{1, 2, 4, 5}));
        QCOMPARE(copied.to, (std::vector<quint32>{1, 2, 3, 4}));
        const auto told = statesOf(**f.store->views.open(trash));
        QCOMPARE(told[1].first, kSeen | 32);
        QCOMPARE(told[2].first, kSeen | 32);
        QCOMPARE(told[3].first, quint64(0));
        f.reopen();
        QCOMPARE(statesOf(**f.store->views.open(trash)), told);
        QCOMPARE(f.problems(), QStringList());
        const auto rows = *readRows(f.db(), trash, 1, 4, 10, true);
        const auto sources = *readRows(f.db(), f.inbox, 1, 6, 10, true);
        QCOMPARE(rows[0].emailId, sources[0].emailId); // RFC 8474 5.1
        QCOMPARE(rows[2].emailId, sources[3].emailId);
        QCOMPARE(rows[2].threadId, sources[3].threadId);
        QCOMPARE(*rows[0].preview, QByteArray("body"));
    }
    void answersJoinTheThread()
    {
        auto &f = *m_fixture;
        for (const char *message : {"Message-ID: <a@x>\r\n\r\n", "Message-ID: <b@x>\r\nIn-Reply-To: <a@x>\r\n\r\n",
                                    "Message-ID: <c@x>\r\n\r\n", "References: <a@x> <lost@x>\r\n\r\n",
                                    "Message-ID: <lost@x>\r\n\r\n", "Subject: alone\r\n\r\n"})
            QVERIFY(f.deliver(message));
        const auto rows = *readRows(f.db(), f.inbox, 7, 12, 10, false);
        QCOMPARE(rows.size(), size_t(6));
        QCOMPARE(rows[1].threadId, rows[0].threadId);
        QCOMPARE(rows[3].threadId, rows[0].threadId);
        QCOMPARE(rows[4].threadId, rows[0].threadId);
        QVERIFY(rows[2].threadId != rows[0].threadId);
        QCOMPARE(rows[5].threadId, rows[5].emailId);
    }
    void theNumberOfMessagesHasALimitToo()
    {
        auto &f = *m_fixture;
        QVERIFY(f.run([&](db::Database &db, Effects &effects) {
            return updateAccount(db, effects, f.account, {}, {.bytes = 0, .messages = 7});
        }));
        QVERIFY(f.deliver("\r\nx"));
        QVERIFY(!f.deliver("\r\nx"));
        QCOMPARE(f.lastError, QStringLiteral("over-quota"));
        QVERIFY(!f.run([&](db::Database &db, Effects &effects) {
            return copyMessages(db, effects,
                                {.accountId = f.account,
                                 .fromMailbox = f.inbox,
                                 .uids = {1},
                                 .toMailbox = f.inbox,
                                 .now = f.now})
                .transform([](const Copied &) {});
        }));
        QCOMPARE(f.lastError, QStringLiteral("over-quota"));
        QCOMPARE(f.problems(), QStringList());
    }
    void whatPeopleSayAboutJunkIsNoted()
    {
        auto &f = *m_fixture;
        QVERIFY(f.setFlags({1, 2}, FlagChange::Add, {.system = 0, .keywords = {"$JUNK"}}));
        QVERIFY(f.setFlags({1, 2, 3}, FlagChange::Add, {.system = 0, .keywords = {"$junk"}}));
        QVERIFY(f.setFlags({3}, FlagChange::Replace, {.system = kSeen, .keywords = {"$NotJunk"}}));
        const qint64 junk = f.mailbox("Junk");
        const auto move = [&](qint64 from, quint32 uid, qint64 to) {
            return f.run([&](db::Database &db, Effects &effects) {
                return copyMessages(db, effects,
                                    {.accountId = f.account,
                                     .fromMailbox = from,
                                     .uids = {uid},
                                     .toMailbox = to,
                                     .move = true,
                                     .now = f.now})
                    .transform([](const Copied &) {});
            });
        };
        QVERIFY(move(f.inbox, 4, junk));
        QVERIFY(move(junk, 1, f.inbox));
        QVERIFY(move(f.inbox, 5, junk));
        QVERIFY(move(junk, 2, f.mailbox("Trash")));
        QStringList events;
        auto rows = f.db().query("select mailbox_id, uids, junk, reason from training_events order by event_id");
        while (rows.next())
            events << QStringLiteral("%1 %2 %3")
                          .arg(rows.text(1), rows.integer(2) ? QStringLiteral("junk") : QStringLiteral("good"),
                               rows.text(3));
        QCOMPARE(events, (QStringList{QStringLiteral("1:2 junk flag"), QStringLiteral("3 junk flag"),
                                      QStringLiteral("3 good flag"), QStringLiteral("1 junk move"),
                                      QStringLiteral("7 good move"), QStringLiteral("2 junk move")}));
        QCOMPARE(f.store->views.current(f.inbox)->keywords, (QList<QByteArray>{"$Junk", "$NotJunk"}));
    }
    void annotationsBelongToTheirMailbox()
    {
        auto &f = *m_fixture;
        const qint64 before = (*f.store->views.open(f.inbox))->highestModseq;
        QVERIFY(f.run([&](db::Database &db, Effects &effects) {
            return setAnnotations(
                db, effects, f.account, f.inbox,
                {{.entry = "/shared/comment", .value = "hello"}, {.entry = "/private/x", .value = QByteArray()}});
        }));
        QVERIFY(f.store->views.current(f.inbox)->highestModseq > before);
        QVERIFY(f.run([&](db::Database &db, Effects &effects) {
            return renameMailbox(db, effects, f.account, QStringLiteral("INBOX"), QStringLiteral("old"), f.now);
        }));
        QCOMPARE(listAnnotations(f.db(), f.account, f.mailbox("old"))->size(), 2);
        QCOMPARE(listAnnotations(f.db(), f.account, f.inbox)->size(), 2);
        QVERIFY(f.run([&](db::Database &db, Effects &effects) {
            return deleteMailbox(db, effects, f.account, QStringLiteral("old"), f.now);
        }));
        QCOMPARE(f.count("select count(*) from annotations"), 2);
        QVERIFY(!f.run([&](db::Database &db, Effects &effects) {
            return setAnnotations(db, effects, f.account, 0,
                                  {{.entry = "/shared/ok", .value = "1"},
                                   {.entry = "/shared/large", .value = QByteArray(kLargestAnnotation + 1, 'x')}});
        }));
        QCOMPARE(f.lastError, QStringLiteral("annotation-size"));
        QCOMPARE(listAnnotations(f.db(), f.account, 0)->size(), 0);
    }
    // A file of the first schema: what it does not know is answered as what it is, unknown.
    void olderFilesAreBroughtUp()
    {
        const QTemporaryDir folder;
        {
            auto db = *db::Database::open(folder.filePath(QStringLiteral("postroom.db")), db::Database::Mode::Write);
            QVERIFY(db::migrate(*db, {{.name = "store/0001_mail", .sql = kSchema0001}}));
            for (
                const char *sql :
                {"insert into domains values('example.org')",
                 "insert into accounts(account_id, localpart, domain, created_at, modseq, used_bytes, message_count) "
                 "values(1, 'ann', 'example.org', 0, 40, 4, 2)",
                 "insert into mailboxes(mailbox_id, account_id, name, uid_validity, uid_next) values(1, 1, 'INBOX', 1, "
                 "9)",
                 "insert into contents values(1, 2, x'00', 2)", "insert into chunks values(1, 0, x'0d0a')",
                 "insert into messages(message_id, mailbox_id, uid, modseq, flags, content_id, prefix, size, "
                 "header_size, internal_date, envelope, body_structure, message_key) values(5, 1, 3, 10, 8, 1, x'', 2, "
                 "2, 77000, x'28', x'28', 'k'), (6, 1, 8, 20, 0, 1, x'', 2, 2, 88000, x'28', x'28', 'k')"})
                QVERIFY(db->execute(sql));
        }
        const auto store = *Store::open(folder.path(), {});
        const auto view = *store->views.open(1);
        QCOMPARE(view->highestModseq, 40);
        QCOMPARE(view->at(0).flags, kSeen);
        db::Database &db = **store->reader();
        QCOMPARE(*expungedSince(db, 1, 39), (std::vector<UidRange>{{1, 0xffffffffU}}));
        QCOMPARE(*expungedSince(db, 1, 40), std::vector<UidRange>{});
        const auto rows = *readRows(db, 1, 1, 9, 10, true);
        QCOMPARE(rows[1].emailId, 6);
        QCOMPARE(rows[1].threadId, 6);
        QCOMPARE(rows[1].savedAt, 88000);
        QVERIFY(!rows[1].preview);
    }
    void rangesAreComputed()
    {
        using Ranges = std::vector<UidRange>;
        QCOMPARE(parseUids(formatUids(Ranges{{1, 3}, {7, 7}})), (Ranges{{1, 3}, {7, 7}}));
        QCOMPARE(united({{5, 9}, {1, 2}, {3, 3}, {8, 12}}), (Ranges{{1, 3}, {5, 12}}));
        QCOMPARE(common(Ranges{{1, 10}, {20, 30}}, Ranges{{5, 22}}), (Ranges{{5, 10}, {20, 22}}));
        const View view({{.uid = 2}, {.uid = 3}, {.uid = 9}, {.uid = 20}});
        QCOMPARE(missingFrom(view, Ranges{{1, 10}}), (Ranges{{1, 1}, {4, 8}, {10, 10}}));
        QCOMPARE(runsIn(view, std::vector<quint32>{2, 3, 9}), (Ranges{{2, 9}}));
        QCOMPARE(runsIn(view, std::vector<quint32>{2, 9, 20}), (Ranges{{2, 2}, {9, 20}}));
        QCOMPARE(missingFrom(View(), Ranges{{1, 0xffffffffU}}), (Ranges{{1, 0xffffffffU}}));
    }
};

POSTROOM_TEST(HistoryTest)
#include "history_test.moc"
