#include "shared/imap/partial_range.h"

#include "shared/imap/condstore.h"
#include "shared/imap/search.h"
#include "tests/support/test.h"

using namespace imap;

class PartialRangeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void grammar_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("good");
        QTest::newRow("first") << QByteArray("1:500") << true;
        QTest::newRow("turned round") << QByteArray("500:400") << true;
        QTest::newRow("last") << QByteArray("-1:-100") << true;
        QTest::newRow("largest") << QByteArray("1:4294967295") << true;
        QTest::newRow("too large") << QByteArray("1:4294967296") << false;
        QTest::newRow("zero") << QByteArray("0:5") << false;
        QTest::newRow("star") << QByteArray("1:*") << false;
        QTest::newRow("two signs") << QByteArray("-1:5") << false;
        QTest::newRow("the other sign") << QByteArray("1:-5") << false;
        QTest::newRow("one number") << QByteArray("5") << false;
        QTest::newRow("nothing") << QByteArray() << false;
    }
    void grammar()
    {
        QFETCH(QByteArray, text);
        Cursor in{text};
        const auto range = readPartialRange(in);
        QTEST(!in.failed() && in.atEnd(), "good");
        if (!in.failed())
            QCOMPARE(range.text, text);
    }
    void pages_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QList<int>>("page"); // of 1 to 10
        QTest::newRow("first") << QByteArray("1:3") << QList<int>{1, 2, 3};
        QTest::newRow("turned round") << QByteArray("3:1") << QList<int>{1, 2, 3};
        QTest::newRow("over the end") << QByteArray("9:12") << QList<int>{9, 10};
        QTest::newRow("the end") << QByteArray("10:10") << QList<int>{10};
        QTest::newRow("behind the end") << QByteArray("11:12") << QList<int>{};
        QTest::newRow("last") << QByteArray("-1:-3") << QList<int>{8, 9, 10};
        QTest::newRow("over the start") << QByteArray("-9:-12") << QList<int>{1, 2};
        QTest::newRow("before the start") << QByteArray("-11:-12") << QList<int>{};
        QTest::newRow("all") << QByteArray("1:4294967295") << QList<int>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    }
    void pages()
    {
        QFETCH(QByteArray, text);
        Cursor in{text};
        const auto page = readPartialRange(in).of(std::vector<int>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
        QTEST(QList<int>(page.begin(), page.end()), "page");
    }
    void ofNothingIsNothing() { QCOMPARE(PartialRange{}.within(0), (std::pair<qsizetype, qsizetype>(0, 0))); }
    // RFC 9394 3.1: one PARTIAL or one ALL
    void goesWithTheOtherReturnOptions_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("good");
        QTest::newRow("alone") << QByteArray("RETURN (PARTIAL 1:2) ") << true;
        QTest::newRow("with others") << QByteArray("RETURN (MIN partial -1:-2 COUNT SAVE) ") << true;
        QTest::newRow("with ALL") << QByteArray("RETURN (PARTIAL 1:2 ALL) ") << false;
        QTest::newRow("twice") << QByteArray("RETURN (PARTIAL 1:2 PARTIAL 3:4) ") << false;
        QTest::newRow("without a range") << QByteArray("RETURN (PARTIAL) ") << false;
    }
    void goesWithTheOtherReturnOptions()
    {
        QFETCH(QByteArray, text);
        Cursor in{text};
        const auto options = readSearchReturn(in);
        QTEST(!in.failed() && in.atEnd() && !options.all, "good");
    }
    void isAModifierOfFetchOnce()
    {
        const auto good = [](QByteArrayView text) {
            Cursor in{text};
            std::ignore = readFetchModifiers(in);
            return !in.failed() && in.atEnd();
        };
        QVERIFY(good("(PARTIAL -1:-3)"));
        QVERIFY(good("(CHANGEDSINCE 7 PARTIAL 1:3)"));
        QVERIFY(!good("(PARTIAL 1:3 PARTIAL 1:3)"));
        QVERIFY(!good("(PARTIAL)"));
    }
};

POSTROOM_TEST(PartialRangeTest)
#include "partial_range_test.moc"
