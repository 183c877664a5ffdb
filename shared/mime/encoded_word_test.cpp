#include "shared/mime/encoded_word.h"
#include "tests/support/test.h"

class EncodedWordTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void decodes_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("plain") << QByteArray("Hello  you") << QStringLiteral("Hello  you");
        QTest::newRow("Q") << QByteArray("=?iso-8859-1?q?a_b=E9?=") << QStringLiteral("a b\u00e9");
        QTest::newRow("B") << QByteArray("=?utf-8?B?w6k=?= x") << QStringLiteral("\u00e9 x");
        QTest::newRow("B without padding") << QByteArray("=?utf-8?B?w6k?=") << QStringLiteral("\u00e9");
        QTest::newRow("blanks between words")
            << QByteArray("=?utf-8?Q?a?=\r\n =?utf-8?Q?b?= c") << QStringLiteral("ab c");
        QTest::newRow("language") << QByteArray("=?us-ascii*en?Q?a?=") << QStringLiteral("a");
        QTest::newRow("japanese") << QByteArray("=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?=") << QStringLiteral("\u65e5\u672c");
        QTest::newRow("unknown charset") << QByteArray("=?x-nobody?Q?a?=") << QStringLiteral("=?x-nobody?Q?a?=");
        QTest::newRow("broken hex") << QByteArray("=?utf-8?Q?=GG?=") << QStringLiteral("=?utf-8?Q?=GG?=");
        QTest::newRow("cut") << QByteArray("=?utf-8?Q?abc") << QStringLiteral("=?utf-8?Q?abc");
        QTest::newRow("raw utf-8") << QByteArray("\xc3\xa9") << QStringLiteral("\u00e9");
        QTest::newRow("raw latin-1") << QByteArray("\xe9") << QStringLiteral("\u00e9");
    }
    void decodes()
    {
        QFETCH(QByteArray, value);
        QFETCH(QString, text);
        QCOMPARE(mime::decodeWords(value), text);
    }
    void encodesWhatNeedsIt()
    {
        QCOMPARE(mime::encodeWords(QStringLiteral("plain")), QByteArray("plain"));
        QCOMPARE(mime::encodeWords(QStringLiteral("a \u00e9")), QByteArray("=?UTF-8?Q?a_=C3=A9?="));
        const QString tricky = QStringLiteral("=?utf-8?Q?x?=");
        QCOMPARE(mime::decodeWords(mime::encodeWords(tricky)), tricky);
    }
    void longTextStaysWholeInShortWords()
    {
        const QString text = QStringLiteral("\u65e5\u672c\u8a9e \U0001f600 ").repeated(40);
        const QByteArray encoded = mime::encodeWords(text);
        for (const QByteArray &word : encoded.split(' '))
            QVERIFY(word.size() <= mime::kLongestEncodedWord);
        QCOMPARE(mime::decodeWords(encoded), text);
    }
};

POSTROOM_TEST(EncodedWordTest)
#include "encoded_word_test.moc"
