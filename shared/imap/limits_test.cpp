// Every limit of this folder's parsers, one below it, at it, and one above.
#include "shared/imap/command_reader.h"
#include "shared/imap/deflate.h"
#include "shared/imap/fetch.h"
#include "shared/imap/list.h"
#include "shared/imap/metadata.h"
#include "shared/imap/notify.h"
#include "shared/imap/search.h"
#include "shared/imap/sort.h"
#include "shared/imap/syntax.h"
#include "shared/imap/utf7.h"
#include "tests/support/test.h"

using namespace imap;

namespace {

// What a reader says of the whole text; empty = nothing.
template<class Reader>
QString errorOf(Reader reader, const QByteArray &text)
{
    Cursor in{text};
    std::ignore = reader(in);
    const auto result = in.finish(true);
    return result ? QString() : result.error().text;
}

// before + item + separator + item … + after
QByteArray listOf(qsizetype count, const QByteArray &item, const QByteArray &separator = " ",
                  const QByteArray &before = "(", const QByteArray &after = ")")
{
    return before + item + (separator + item).repeated(count - 1) + after;
}

QString searchError(const QByteArray &text)
{
    return errorOf([](Cursor &in) { return readSearch(in); }, text);
}
QString fetchError(const QByteArray &text) { return errorOf(readFetchItems, text); }
QString listError(const QByteArray &text) { return errorOf(readList, text); }
QString notifyError(const QByteArray &text) { return errorOf(readNotify, text); }
QString flagsError(const QByteArray &text)
{
    return errorOf([](Cursor &in) { return readFlags(in, false); }, text);
}
QString atomError(const QByteArray &text)
{
    return errorOf([](Cursor &in) { return readAtom(in, "a word"); }, text);
}

QByteArray nested(int depth) { return QByteArray(depth, '(') + "ALL" + QByteArray(depth, ')'); }

struct Row
{
    const char *name;
    QString error;
    QString wanted; // how it begins; empty = taken
};

QList<Row> wordsAndFlags()
{
    return {
        {"atom of 1023", atomError(QByteArray(1023, 'a')), {}},
        {"atom of 1024", atomError(QByteArray(1024, 'a')), {}},
        {"atom of 1025", atomError(QByteArray(1025, 'a')), QStringLiteral("a word is longer than 1024 bytes")},
        {"word of 65536", errorOf(readAString, QByteArray(65536, 'a')), {}},
        {"word of 65537", errorOf(readAString, QByteArray(65537, 'a')),
         QStringLiteral("a word or string is longer than 65536 bytes")},
        {"pattern of 4095", errorOf(readPattern, QByteArray(4095, '*')), {}},
        {"pattern of 4096", errorOf(readPattern, QByteArray(4096, '*')), {}},
        {"pattern of 4097", errorOf(readPattern, QByteArray(4097, '*')),
         QStringLiteral("a mailbox pattern is longer than 4096 bytes")},
        {"flag of 199", flagsError('(' + QByteArray(199, 'f') + ')'), {}},
        {"flag of 200", flagsError('(' + QByteArray(200, 'f') + ')'), {}},
        {"flag of 201", flagsError('(' + QByteArray(201, 'f') + ')'),
         QStringLiteral("a flag is longer than 200 bytes")},
        {"199 flags", flagsError(listOf(199, "f")), {}},
        {"200 flags", flagsError(listOf(200, "f")), {}},
        {"201 flags", flagsError(listOf(201, "f")), QStringLiteral("more than 200 flags")},
        {"ranges: most - 1", errorOf(readSequenceSet, listOf(kMostRanges - 1, "1", ",", {}, {})), {}},
        {"ranges: most", errorOf(readSequenceSet, listOf(kMostRanges, "1", ",", {}, {})), {}},
        {"ranges: most + 1", errorOf(readSequenceSet, listOf(kMostRanges + 1, "1", ",", {}, {})),
         QStringLiteral("more than 10000 ranges")},
        {"largest number", errorOf(readSequenceSet, "4294967295"), {}},
        {"larger number", errorOf(readSequenceSet, "4294967296"),
         QStringLiteral("message number must be 1 to 4294967295")},
    };
}

QList<Row> fetchAndSearch()
{
    return {
        {"199 fetch items", fetchError(listOf(199, "UID")), {}},
        {"200 fetch items", fetchError(listOf(200, "UID")), {}},
        {"201 fetch items", fetchError(listOf(201, "UID")), QStringLiteral("more than 200 fetch items")},
        {"1000 fields", fetchError(listOf(1000, "a", " ", "BODY[HEADER.FIELDS (", ")]")), {}},
        {"1001 fields", fetchError(listOf(1001, "a", " ", "BODY[HEADER.FIELDS (", ")]")),
         QStringLiteral("more than 1000 header fields")},
        {"section 199 deep", fetchError(listOf(199, "1", ".", "BODY[", "]")), {}},
        {"section 200 deep", fetchError(listOf(200, "1", ".", "BODY[", "]")), {}},
        {"section 201 deep", fetchError(listOf(201, "1", ".", "BODY[", "]")),
         QStringLiteral("part number deeper than 200")},
        {"largest part", fetchError("BODY[100000]"), {}},
        {"larger part", fetchError("BODY[100001]"), QStringLiteral("part number must be 1 to 100000")},
        {"largest offset", fetchError("BODY[]<4294967295.4294967295>"), {}},
        {"larger offset", fetchError("BODY[]<4294967296.1>"), QStringLiteral("offset must be 0 to 4294967295")},
        {"larger length", fetchError("BODY[]<0.4294967296>"), QStringLiteral("length must be 1 to 4294967295")},
        {"search 19 deep", searchError(nested(kDeepestSearch - 1)), {}},
        {"search 20 deep", searchError(nested(kDeepestSearch)), {}},
        {"search 21 deep", searchError(nested(kDeepestSearch + 1)), QStringLiteral("search nested deeper than 20")},
        {"999 search keys", searchError(listOf(kMostSearchKeys - 1, "ALL", " ", {}, {})), {}},
        {"1000 search keys", searchError(listOf(kMostSearchKeys, "ALL", " ", {}, {})), {}},
        {"1001 search keys", searchError(listOf(kMostSearchKeys + 1, "ALL", " ", {}, {})),
         QStringLiteral("more than 1000 search keys")},
        {"object id of 254", searchError("EMAILID " + QByteArray(254, 'M')), {}},
        {"object id of 255", searchError("EMAILID " + QByteArray(255, 'M')), {}},
        {"object id of 256", searchError("EMAILID " + QByteArray(256, 'M')),
         QStringLiteral("an object id is longer than 255 bytes")},
        {"longest interval", searchError("OLDER 4294967295"), {}},
        {"longer interval", searchError("OLDER 4294967296"), QStringLiteral("interval must be 1 to 4294967295")},
        {"19 sort keys", errorOf(readSortCriteria, listOf(kMostSortCriteria - 1, "REVERSE DATE")), {}},
        {"20 sort keys", errorOf(readSortCriteria, listOf(kMostSortCriteria, "REVERSE DATE")), {}},
        {"21 sort keys", errorOf(readSortCriteria, listOf(kMostSortCriteria + 1, "REVERSE DATE")),
         QStringLiteral("more than 20 sort keys")},
    };
}

QList<Row> mailboxes()
{
    const auto events = [](qsizetype count) {
        return notifyError("SET (PERSONAL " + listOf(count, "MailboxName") + ')');
    };
    const auto names = [](qsizetype count) {
        return notifyError("SET (MAILBOXES " + listOf(count, "a") + " (MailboxName))");
    };
    const auto groups = [](qsizetype count) { return notifyError(listOf(count, "(PERSONAL NONE)", " ", "SET ", {})); };
    const auto entry = [](qsizetype length) { return errorOf(readEntries, "/private/" + QByteArray(length - 9, 'x')); };
    const auto values = [](qsizetype count) { return errorOf(readEntryValues, listOf(count, "/private/a NIL")); };
    const auto run = [](qsizetype length) {
        const auto name = fromUtf7('&' + QByteArray("AGEA").repeated(length / 4) + QByteArray(length % 4, 'A') + '-');
        return name ? QString() : name.error().text;
    };
    return {
        {"patterns: most - 1", listError("\"\" " + listOf(kMostPatterns - 1, "*")), {}},
        {"patterns: most", listError("\"\" " + listOf(kMostPatterns, "*")), {}},
        {"patterns: most + 1", listError("\"\" " + listOf(kMostPatterns + 1, "*")),
         QStringLiteral("more than 100 patterns")},
        {"20 selection options", listError(listOf(20, "REMOTE") + " \"\" *"), {}},
        {"21 selection options", listError(listOf(21, "SUBSCRIBED") + " \"\" *"),
         QStringLiteral("more than 20 options")},
        {"20 return options", listError("\"\" * RETURN " + listOf(20, "CHILDREN")), {}},
        {"21 return options", listError("\"\" * RETURN " + listOf(21, "CHILDREN")),
         QStringLiteral("more than 20 options")},
        {"20 status items", errorOf(readStatusItems, listOf(20, "UNSEEN")), {}},
        {"21 status items", errorOf(readStatusItems, listOf(21, "UNSEEN")),
         QStringLiteral("more than 20 status items")},
        {"19 events", events(19), {}},
        {"20 events", events(20), {}},
        {"21 events", events(21), QStringLiteral("more than 20 events")},
        {"1000 names", names(kMostNotifyNames), {}},
        {"1001 names", names(kMostNotifyNames + 1), QStringLiteral("more than 1000 mailboxes")},
        {"99 groups", groups(kMostNotifyGroups - 1), {}},
        {"100 groups", groups(kMostNotifyGroups), {}},
        {"101 groups", groups(kMostNotifyGroups + 1), QStringLiteral("more than 100 groups")},
        {"entry of 499", entry(kLongestEntry - 1), {}},
        {"entry of 500", entry(kLongestEntry), {}},
        {"entry of 501", entry(kLongestEntry + 1), QStringLiteral("name of an annotation longer than 500 bytes")},
        {"199 values", values(kMostEntries - 1), {}},
        {"200 values", values(kMostEntries), {}},
        {"201 values", values(kMostEntries + 1), QStringLiteral("more than 200 entries")},
        {"200 entries", errorOf(readEntries, listOf(kMostEntries, "/shared/a")), {}},
        {"201 entries", errorOf(readEntries, listOf(kMostEntries + 1, "/shared/a")),
         QStringLiteral("more than 200 entries")},
        {"UTF-7 of 4096", run(4096), {}},
        {"UTF-7 of 4097", run(4097), QStringLiteral("modified UTF-7 is longer than 4096 bytes")},
    };
}

CommandReader::Outcome outcomeOf(const QByteArray &text, qint64 mostAppend = 1000)
{
    CommandReader reader;
    reader.signedIn = true;
    reader.mostAppendBytes = mostAppend;
    QByteArray input = text;
    return reader.next(input);
}

} // namespace

class ImapLimitsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keptAtTheEdge_data()
    {
        QTest::addColumn<QString>("error");
        QTest::addColumn<QString>("wanted");
        for (const Row &row : wordsAndFlags() + fetchAndSearch() + mailboxes())
            QTest::newRow(row.name) << row.error << row.wanted;
    }
    void keptAtTheEdge()
    {
        QFETCH(QString, error);
        QFETCH(QString, wanted);
        QVERIFY2(wanted.isEmpty() ? error.isEmpty() : error.startsWith(wanted), qPrintable(error));
    }
    void linesAndLiterals_data()
    {
        QTest::addColumn<CommandReader::Outcome>("outcome");
        QTest::addColumn<QByteArray>("problem"); // empty = taken
        const QByteArray few = QByteArray("{1+}\r\nx ").repeated(kMostLiterals - 1);
        QTest::newRow("line: most - 1") << outcomeOf(QByteArray(kLongestLine - 1, 'x') + "\r\n") << QByteArray();
        QTest::newRow("line: most") << outcomeOf(QByteArray(kLongestLine, 'x') + "\r\n") << QByteArray();
        QTest::newRow("line: most + 1") << outcomeOf(QByteArray(kLongestLine + 1, 'x') + "\r\n")
                                        << QByteArray("line longer than 65536 bytes");
        QTest::newRow("literals: most") << outcomeOf("a X " + few + "{1+}\r\nx\r\n") << QByteArray();
        QTest::newRow("literals: most + 1")
            << outcomeOf("a X " + few + "{1+}\r\nx {1+}\r\nx\r\n") << QByteArray("more than 1000 literals");
        const QByteArray piece = "{100000+}\r\n" + QByteArray(100'000, 'x') + ' ';
        const QByteArray ten = "a X " + piece.repeated(10);
        const qsizetype room = kLargestCommand - ten.size();
        const auto last = [&ten](qsizetype size) { // the announcement counts, too
            const QByteArray digits = QByteArray::number(size);
            return outcomeOf(ten + '{' + digits + "+}\r\n" + QByteArray(size, 'x') + "\r\n");
        };
        QTest::newRow("command: most") << last(room - 8) << QByteArray();
        QTest::newRow("command: most + 1") << last(room - 7) << QByteArray("command larger than 1048576 bytes");
        QTest::newRow("append: most") << outcomeOf("a APPEND x {1000+}\r\n" + QByteArray(1000, 'x') + "\r\n")
                                      << QByteArray();
        QTest::newRow("append: most + 1") << outcomeOf("a APPEND x {1001+}\r\n" + QByteArray(1001, 'x') + "\r\n")
                                          << QByteArray("message larger than 1000 bytes");
    }
    void linesAndLiterals()
    {
        QFETCH(CommandReader::Outcome, outcome);
        QFETCH(QByteArray, problem);
        QCOMPARE(QByteArray(outcome.problem), problem);
        QCOMPARE(outcome.kind == CommandReader::Kind::Command, problem.isEmpty());
        QVERIFY(problem.isEmpty() || outcome.command.size() <= 200); // what is kept of it
    }
    void streamsMayGrowUpToTheRatio()
    {
        // Stored blocks grow not at all, zeros about 1,000 times: what came in before decides when it is too much.
        Deflater deflater;
        Inflater inflater;
        QByteArray text;
        qint64 given = 0;
        qint64 made = 0;
        const auto take = [&](const QByteArray &plain) {
            const QByteArray compressed = deflater.deflate(plain);
            given += compressed.size();
            inflater.give(compressed);
            while (inflater.waiting()) {
                text.clear();
                if (!inflater.inflate(text, 65536))
                    return false;
                made += text.size();
            }
            return true;
        };
        const QByteArray zeros(256 * 1024, '\0');
        while (made + zeros.size() < kRatioFrom)
            QVERIFY(take(zeros)); // before that, any ratio
        bool good = true;
        while (good && made < 2 * kRatioFrom) {
            good = take(zeros);
            QVERIFY(!good || made / kMostRatio <= given);
        }
        QVERIFY(!good);
    }
};

POSTROOM_TEST(ImapLimitsTest)
#include "limits_test.moc"
