#include "shared/base/encoding.h"
#include "tests/support/test.h"

class EncodingTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void base64IsStrict_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("valid");
        QTest::addColumn<QByteArray>("data");
        QTest::newRow("empty") << QByteArray() << true << QByteArray();
        QTest::newRow("one") << QByteArray("Zg==") << true << QByteArray("f");
        QTest::newRow("two") << QByteArray("Zm8=") << true << QByteArray("fo");
        QTest::newRow("three") << QByteArray("Zm9v") << true << QByteArray("foo");
        QTest::newRow("no padding") << QByteArray("Zg") << false << QByteArray();
        QTest::newRow("stray bits") << QByteArray("Zh==") << false << QByteArray();
        QTest::newRow("bad letters") << QByteArray("aGV!!sbG8=") << false << QByteArray();
        QTest::newRow("three paddings") << QByteArray("Z===") << false << QByteArray();
        QTest::newRow("newline") << QByteArray("Zm9\n") << false << QByteArray();
    }
    void base64IsStrict()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, valid);
        QFETCH(QByteArray, data);
        const auto result = encoding::fromBase64(text);
        QCOMPARE(result.has_value(), valid);
        QCOMPARE(result.value_or(QByteArray()), data);
    }
    void roundTrips()
    {
        QByteArray all;
        for (int i = 0; i < 256; ++i) {
            all.append(static_cast<char>(i));
            QCOMPARE(*encoding::fromBase64(encoding::toBase64(all)), all);
            QCOMPARE(*encoding::fromBase64Url(encoding::toBase64Url(all)), all);
            QCOMPARE(*encoding::fromHex(encoding::toHex(all)), all);
        }
        QVERIFY(!encoding::fromHex("0g"));
        QVERIFY(!encoding::fromHex("0"));
    }
};
POSTROOM_TEST(EncodingTest)
#include "encoding_test.moc"
