#include "shared/mime/charset.h"

#include "tests/support/test.h"

using namespace mime;

class CharsetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void charsetsAreRead_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("charset");
        QTest::addColumn<QString>("text");
        QTest::newRow("latin-1") << QByteArray("gr\xfc\xdf") << QByteArray("ISO-8859-1") << QStringLiteral("grüß");
        QTest::newRow("koi8-r") << QByteArray("\xf0\xd2\xc9") << QByteArray("koi8-r") << QStringLiteral("При");
        QTest::newRow("shift-jis") << QByteArray("\x93\xfa") << QByteArray("Shift_JIS") << QStringLiteral("日");
        QTest::newRow("iso-2022-jp") << QByteArray("\x1b$BF|\x1b(B") << QByteArray("iso-2022-jp")
                                     << QStringLiteral("日");
        QTest::newRow("unknown, utf-8") << QByteArray("gr\xc3\xbc") << QByteArray("x-nobody") << QStringLiteral("grü");
        QTest::newRow("unknown, not utf-8") << QByteArray("gr\xfc") << QByteArray("") << QStringLiteral("grü");
        QTest::newRow("wrongly ascii") << QByteArray("\x93x") << QByteArray("us-ascii") << QStringLiteral("“x");
    }
    void charsetsAreRead()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, charset);
        QTEST(toText(bytes, charset), "text");
    }
    void longTextIsConvertedInPieces()
    {
        QCOMPARE(toText(QByteArray(100'000, '\xe4'), "iso-8859-1"), QString(100'000, u'ä'));
    }
    void strictTextSaysWhatIsWrong()
    {
        QCOMPARE(toTextStrict("gr\xfc", "iso-8859-1").text, QStringLiteral("grü"));
        QCOMPARE(toTextStrict("\x93\xfa", "shift_jis").text, QStringLiteral("日"));
        QCOMPARE(toTextStrict("gr\xfc", "UTF-8").outcome, CharsetOutcome::NotInCharset);
        QCOMPARE(toTextStrict("gr\xfc", "us-ascii").outcome, CharsetOutcome::NotInCharset);
        QCOMPARE(toTextStrict("x", "x-nobody").outcome, CharsetOutcome::UnknownCharset);
        QCOMPARE(toTextStrict("x", "../../etc/x").outcome, CharsetOutcome::UnknownCharset);
        QCOMPARE(toTextStrict("x", "").outcome, CharsetOutcome::UnknownCharset);
    }
    void transferEncodingsAreUndone()
    {
        QCOMPARE(decodeTransfer("aGVs\r\nbG8=", "base64"), QByteArray("hello"));
        QCOMPARE(decodeTransfer("a=3Db=\r\nc= \r\nd=zz=", "Quoted-Printable"), QByteArray("a=bcd=zz"));
        QCOMPARE(decodeTransfer("x=41", "8bit"), QByteArray("x=41"));
        QVERIFY(!decodeTransfer("x", "uuencode"));
    }
    // RFC 2045 6.7 rule 3
    void blanksAtTheEndOfAQuotedPrintableLineAreNoText()
    {
        const auto decoded = [](QByteArrayView text) { return *decodeTransfer(text, "quoted-printable"); };
        QCOMPARE(decoded("a  \r\nb \t\n c\r\n"), QByteArray("a\r\nb\n c\r\n"));
        QCOMPARE(decoded("a=20 \r\nb"), QByteArray("a \r\nb"));
        QCOMPARE(decoded("a \t"), QByteArray("a"));
        QCOMPARE(decoded("a \rb"), QByteArray("a \rb"));
        QCOMPARE(decoded("a \t=\r\nb = \r\nc"), QByteArray("a \tb c"));
    }
    void tagsAndScriptsAreNoText()
    {
        QCOMPARE(withoutTags(u"<p class='x'>a&amp;b<!-- > --><script>if (1<2) y()</script>&#252;&#xFC;&nope;"),
                 QStringLiteral("a&büü&nope;"));
        QCOMPARE(withoutTags(u"one<br>two<b>s</b></p>\r\n <p>three  &eacute;&yuml;&euro;"),
                 QStringLiteral("one twos three éÿ€"));
        QCOMPARE(withoutTags(u"a<b"), QStringLiteral("a"));
        QCOMPARE(withoutTags(u"a</"), QStringLiteral("a"));
        QCOMPARE(withoutTags(u"&"), QStringLiteral("&"));
    }
};
POSTROOM_TEST(CharsetTest)
#include "charset_test.moc"
