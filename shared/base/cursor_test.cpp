#include "shared/base/cursor.h"
#include "tests/support/test.h"

class CursorTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void firstErrorWins()
    {
        Cursor in{"abc"};
        in.expect('x');
        in.expect('y');
        QVERIFY(in.failed());
        QVERIFY(in.atEnd());
        QCOMPARE(in.error().text, QStringLiteral("expected \"x\" at \"abc\""));
        QVERIFY(!in.take('a'));
    }
    void leftOverInputIsAnError()
    {
        Cursor in{"12 "};
        const auto number = in.number(0, 100);
        const auto result = in.finish(number);
        QVERIFY(!result);
        QCOMPARE(result.error().text, QStringLiteral("unexpected \" \""));
    }
    void numbers_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("valid");
        QTest::addColumn<quint64>("value");
        QTest::newRow("plain") << QByteArray("12") << true << quint64(12);
        QTest::newRow("largest") << QByteArray("18446744073709551615") << true << std::numeric_limits<quint64>::max();
        QTest::newRow("overflow") << QByteArray("18446744073709551616") << false << quint64(0);
        QTest::newRow("blank before") << QByteArray(" 12") << false << quint64(0);
        QTest::newRow("plus") << QByteArray("+12") << false << quint64(0);
        QTest::newRow("newline after") << QByteArray("12\n") << false << quint64(0);
        QTest::newRow("empty") << QByteArray("") << false << quint64(0);
        QTest::newRow("minus") << QByteArray("-1") << false << quint64(0);
    }
    void numbers()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, valid);
        QFETCH(quint64, value);
        const auto result = parseNumber(text);
        QCOMPARE(result.has_value(), valid);
        QCOMPARE(result.value_or(0), value);
    }
    void quotedTextIsPrintable()
    {
        QCOMPARE(quoted("a\r\n\xff"), QStringLiteral("\"a\\x0d\\x0a\\xff\""));
        QCOMPARE(quoted(QByteArray(39, 'a')), u'"' + QString(39, u'a') + u'"');
        QCOMPARE(quoted(QByteArray(40, 'a')), u'"' + QString(40, u'a') + u'"');
        QCOMPARE(quoted(QByteArray(41, 'a')), u'"' + QString(40, u'a') + QStringLiteral("…\""));
    }
    void lengthsAreKeptAtTheEdge_data()
    {
        QTest::addColumn<int>("length");
        QTest::addColumn<QString>("error"); // empty = taken
        QTest::newRow("none") << 0 << QStringLiteral("expected a word at end of input");
        QTest::newRow("below") << 7 << QString();
        QTest::newRow("at") << 8 << QString();
        QTest::newRow("above") << 9 << QStringLiteral("a word is longer than 8 bytes");
    }
    void lengthsAreKeptAtTheEdge()
    {
        QFETCH(int, length);
        const QByteArray text(length, 'a');
        Cursor in{text};
        const auto word = in.expectWhile(kAlpha, 1, 8, "a word");
        QTEST(in.error().text, "error");
        QCOMPARE(word.size(), in.failed() ? 0 : length);
    }
    void moreMayFollowWhatIsOfFixedLength()
    {
        Cursor in{"abcd"};
        QCOMPARE(in.expectWhile(kAlpha, 2, 2, "two letters"), QByteArrayView("ab"));
        QCOMPARE(in.expectWhile(kAlpha, 2, 2, "two letters"), QByteArrayView("cd"));
    }
    void numbersKeepTheirBounds_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("error");
        const QString bounds = QStringLiteral("number must be 5 to 10");
        QTest::newRow("below least") << QByteArray("4") << bounds;
        QTest::newRow("least") << QByteArray("5") << QString();
        QTest::newRow("most") << QByteArray("10") << QString();
        QTest::newRow("above most") << QByteArray("11") << bounds;
        QTest::newRow("20 digits") << QByteArray("00000000000000000007") << QString();
        QTest::newRow("21 digits") << QByteArray("000000000000000000007")
                                   << QStringLiteral("number is longer than 20 bytes");
    }
    void numbersKeepTheirBounds()
    {
        QFETCH(QByteArray, text);
        const auto number = parseNumber(text, 5, 10);
        QTEST(number ? QString() : number.error().text, "error");
    }
};
POSTROOM_TEST(CursorTest)
#include "cursor_test.moc"
