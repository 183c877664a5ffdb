// Every limit on what one command may hold: one below it, at it, and one above.
#include "shared/imap/command_reader.h"
#include "shared/imap/fetch.h"
#include "shared/imap/list.h"
#include "shared/imap/metadata.h"
#include "shared/imap/notify.h"
#include "shared/imap/search.h"
#include "shared/imap/sort.h"
#include "tests/support/test.h"

using namespace imap;

namespace {

QByteArray joined(qsizetype count, const QByteArray &item, const QByteArray &separator)
{
    QList<QByteArray> list(count, item);
    return list.join(separator);
}

template<class Read>
bool isRead(const QByteArray &text, Read read)
{
    Cursor in{text};
    std::ignore = read(in);
    return !in.failed() && in.atEnd();
}

template<size_t N>
QByteArray whole(const char (&text)[N]) // with the NUL in it
{
    return {text, N - 1};
}

bool isFramed(QByteArray input)
{
    CommandReader reader;
    reader.signedIn = true;
    for (;;) {
        const auto outcome = reader.next(input);
        if (outcome.kind != CommandReader::Kind::Continue)
            return outcome.kind == CommandReader::Kind::Command;
    }
}

struct Limit
{
    const char *name;
    qsizetype most;
    bool (*taken)(qsizetype size);
};

const QList<Limit> kLimits{
    {"bytes of a line", kLongestLine, [](qsizetype n) { return isFramed(QByteArray(n, 'x') + "\r\n"); }},
    {"bytes of a literal", kLargestLiteral,
     [](qsizetype n) { return isFramed("a X {" + QByteArray::number(n) + "+}\r\n" + QByteArray(n, 'x') + "\r\n"); }},
    {"literals", kMostLiterals,
     [](qsizetype n) { return isFramed("a X" + QByteArray(" {0+}\r\n").repeated(n) + "\r\n"); }},
    {"ranges of a set", kMostRanges,
     [](qsizetype n) { return isRead(joined(n, "7", ","), [](Cursor &in) { return readSequenceSet(in); }); }},
    {"search keys", kMostSearchKeys,
     [](qsizetype n) { return isRead(joined(n, "ALL", " "), [](Cursor &in) { return readSearch(in); }); }},
    {"depth of a search", kDeepestSearch,
     [](qsizetype n) {
         return isRead(QByteArray("NOT ").repeated(n) + "ALL", [](Cursor &in) { return readSearch(in); });
     }},
    {"depth of parentheses in a search", kDeepestSearch,
     [](qsizetype n) {
         return isRead(QByteArray(n, '(') + "ALL" + QByteArray(n, ')'), [](Cursor &in) { return readSearch(in); });
     }},
    {"patterns of LIST", kMostPatterns,
     [](qsizetype n) { return isRead("\"\" (" + joined(n, "*", " ") + ')', [](Cursor &in) { return readList(in); }); }},
    {"entries of GETMETADATA", kMostEntries,
     [](qsizetype n) {
         return isRead('(' + joined(n, "/private/x", " ") + ')', [](Cursor &in) { return readEntries(in); });
     }},
    {"values of SETMETADATA", kMostEntries,
     [](qsizetype n) {
         return isRead('(' + joined(n, "/private/x NIL", " ") + ')', [](Cursor &in) { return readEntryValues(in); });
     }},
    {"bytes of an entry's name", kLongestEntry,
     [](qsizetype n) {
         return isRead("/private/" + QByteArray(n - 9, 'x'), [](Cursor &in) { return readEntries(in); });
     }},
    {"items of FETCH", kMostFetchItems,
     [](qsizetype n) {
         return isRead('(' + joined(n, "UID", " ") + ')', [](Cursor &in) { return readFetchItems(in); });
     }},
    {"header fields of a FETCH item", kMostFetchFields,
     [](qsizetype n) {
         return isRead("BODY[HEADER.FIELDS (" + joined(n, "To", " ") + ")]",
                       [](Cursor &in) { return readFetchItems(in); });
     }},
    {"sort criteria", kMostSortCriteria,
     [](qsizetype n) {
         return isRead('(' + joined(n, "TO", " ") + ')', [](Cursor &in) { return readSortCriteria(in); });
     }},
};

} // namespace

class LimitsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hold_data()
    {
        QTest::addColumn<qsizetype>("row");
        for (qsizetype row = 0; row < kLimits.size(); ++row)
            QTest::newRow(kLimits.at(row).name) << row;
    }
    void hold()
    {
        QFETCH(qsizetype, row);
        const Limit &limit = kLimits.at(row);
        QVERIFY(limit.taken(limit.most - 1));
        QVERIFY(limit.taken(limit.most));
        QVERIFY(!limit.taken(limit.most + 1));
    }
    // Literals that are each small enough: the command as a whole has a limit.
    void aCommandHasALargestSize()
    {
        const auto framed = [](qsizetype last) {
            QByteArray input = "a X";
            constexpr qsizetype kEach = 100'000;
            for (int i = 0; i < 10; ++i)
                input += " {100000+}\r\n" + QByteArray(kEach, 'x');
            return isFramed(input + " {" + QByteArray::number(last) + "+}\r\n" + QByteArray(last, 'x') + "\r\n");
        };
        const qsizetype before = 3 + 10 * (12 + 100'000); // what comes before the last literal's own line
        const qsizetype most = kLargestCommand - before - 9;
        QVERIFY(framed(most - 1));
        QVERIFY(framed(most));
        QVERIFY(!framed(most + 1));
    }
    // RFC 7888 5: LITERAL- before sign-in
    void literalsAreSmallBeforeSignIn()
    {
        const auto framed = [](qsizetype size) {
            CommandReader reader;
            QByteArray input = "a X {" + QByteArray::number(size) + "+}\r\n" + QByteArray(size, 'x') + "\r\n";
            return reader.next(input).kind == CommandReader::Kind::Command;
        };
        QVERIFY(framed(kLargestMinusLiteral - 1));
        QVERIFY(framed(kLargestMinusLiteral));
        QVERIFY(!framed(kLargestMinusLiteral + 1));
    }
    // CVE-2019-11500
    void nulIsNoText()
    {
        const auto values = [](Cursor &in) { return readEntryValues(in); };
        const auto search = [](Cursor &in) { return readSearch(in); };
        QVERIFY(!isRead(whole("(/private/x \"a\0b\")"), values));
        QVERIFY(!isRead(whole("(/private/x {3}\r\na\0b)"), values));
        QVERIFY(isRead(whole("(/private/x ~{3}\r\na\0b)"), values));
        QVERIFY(!isRead(whole("SUBJECT \"a\0b\""), search));
        QVERIFY(!isRead(whole("SUBJECT {3}\r\na\0b"), search));
        QVERIFY(isRead(whole("SUBJECT {3}\r\nacb"), search));
        QVERIFY(!isRead(whole("\"\" \"a\0b\""), [](Cursor &in) { return readList(in); }));
    }
};

POSTROOM_TEST(LimitsTest)
#include "limits_test.moc"
