#include "shared/mime/compose.h"

#include "shared/mime/encoded_word.h"
#include "shared/mime/header_list.h"
#include "shared/mime/part.h"
#include "tests/support/test.h"

class ComposeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void foldsAtBlanks()
    {
        const QByteArray value = QByteArray("word ").repeated(60).trimmed();
        const QByteArray field = mime::headerField("References", value);
        for (const QByteArray &line : field.split('\n'))
            QVERIFY(line.size() <= 79);
        QCOMPARE(mime::HeaderList(field).value("references"), value);
        QCOMPARE(mime::headerField("X", QByteArray(200, 'a')), "X: " + QByteArray(200, 'a') + "\r\n");
    }
    void noValueBeginsAnotherField()
    {
        QCOMPARE(mime::headerField("Subject", "a\r\nBcc: b"), QByteArray("Subject: a Bcc: b\r\n"));
        QCOMPARE(mime::textField("Subject", QStringLiteral("a\r\nBcc: b")), QByteArray("Subject: a Bcc: b\r\n"));
        QVERIFY(!mime::mailbox(QStringLiteral("a\r\nBcc: b"), "c@d").contains('\n'));
    }
    void mailboxes()
    {
        QCOMPARE(mime::mailbox({}, "a@b"), QByteArray("<a@b>"));
        QCOMPARE(mime::mailbox(QStringLiteral("Ann B"), "a@b"), QByteArray("Ann B <a@b>"));
        QCOMPARE(mime::mailbox(QStringLiteral("B, \"Ann\""), "a@b"), QByteArray("\"B, \\\"Ann\\\"\" <a@b>"));
        QCOMPARE(mime::mailbox(QStringLiteral("\u00c9"), "a@b"), QByteArray("=?UTF-8?Q?=C3=89?= <a@b>"));
    }
    void quotesPrintable_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("encoded");
        QTest::newRow("empty") << QByteArray() << QByteArray();
        QTest::newRow("text") << QByteArray("a = b\r\nc") << QByteArray("a =3D b\r\nc\r\n");
        QTest::newRow("blank at the end") << QByteArray("a \n") << QByteArray("a=20\r\n");
        QTest::newRow("utf-8") << QByteArray("\xc3\xa9\n") << QByteArray("=C3=A9\r\n");
        QTest::newRow("long") << QByteArray(80, 'a') + "\n" << QByteArray(75, 'a') + "=\r\naaaaa\r\n";
    }
    void quotesPrintable()
    {
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, encoded);
        QCOMPARE(mime::quotedPrintable(content), encoded);
    }
    void boundaryDoesNotOccurInParts()
    {
        const QByteArray message = mime::multipart(
            "mixed", {{"x", "y"}}, {mime::textPart(QStringLiteral("--=_s\n--=_s_1--\n")), mime::textPart({})}, "s");
        const auto parsed = mime::parseMessage(message);
        QCOMPARE(parsed.children.size(), 2U);
        QCOMPARE(parsed.contentType.parameter("x"), QByteArray("y"));
        QCOMPARE(parsed.contentType.parameter("boundary"), QByteArray("=_s_2"));
    }
    void encodingFollowsTheContent()
    {
        QVERIFY(mime::textPart(QStringLiteral("plain\n")).contains("us-ascii"));
        QVERIFY(mime::textPart(QStringLiteral("\u00e9\n")).endsWith("\r\n\r\n=C3=A9\r\n"));
        QVERIFY(mime::part("message/rfc822", "a: \xc3\xa9\r\n").contains("8bit"));
        QVERIFY(mime::part("message/rfc822", "a").endsWith("7bit\r\n\r\na\r\n"));
    }
};

POSTROOM_TEST(ComposeTest)
#include "compose_test.moc"
