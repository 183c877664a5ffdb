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
        QCOMPARE(quoted(QByteArray(50, 'a')).size(), 43);
    }
};
POSTROOM_TEST(CursorTest)
#include "cursor_test.moc"
