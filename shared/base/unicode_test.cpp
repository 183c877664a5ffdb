#include "shared/base/unicode.h"
#include "tests/support/test.h"

class UnicodeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void normalises()
    {
        QCOMPARE(unicode::nfc(QByteArrayView("e\xcc\x81")), QByteArray("\xc3\xa9"));
        QCOMPARE(unicode::foldCase(QStringLiteral("STRASSE")), unicode::foldCase(QStringLiteral("straße")));
    }
    void passwordsFollowPrecis()
    {
        QCOMPARE(*unicode::opaqueString("a\xc2\xa0z"), QByteArray("a z")); // no-break space, RFC 8265 4.2.2
        QVERIFY(!unicode::opaqueString(""));
        QVERIFY(!unicode::opaqueString("a\tb"));
        QVERIFY(!unicode::opaqueString("\xff"));
    }
    void printableHidesControls()
    {
        QCOMPARE(unicode::printable(QStringLiteral("a\u202eb\x07")), QStringLiteral("ab"));
    }
};
POSTROOM_TEST(UnicodeTest)
#include "unicode_test.moc"
