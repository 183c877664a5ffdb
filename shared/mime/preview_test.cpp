#include "shared/mime/preview.h"

#include "tests/support/test.h"

using namespace mime;

class PreviewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void previewsAreMade_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("plain") << QByteArray("Subject: x\r\n\r\nHello  there,\r\n\r\nhow are you?\r\n")
                               << QByteArray("Hello there, how are you?");
        QTest::newRow("quoted text and signature are left out")
            << QByteArray("\r\n> before\r\nYes.\r\n-- \r\nAnna\r\n") << QByteArray("Yes.");
        QTest::newRow("transfer encoding and charset")
            << QByteArray("Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: "
                          "quoted-printable\r\n\r\nGr=FC=DFe\r\n")
            << QByteArray("Gr\xc3\xbc\xc3\x9f"
                          "e");
        QTest::newRow("html") << QByteArray("Content-Type: text/html\r\n\r\n<style>p{}</style><p>Hello <b>you</b></p>")
                              << QByteArray("Hello you");
        QTest::newRow("the plain part of an alternative")
            << QByteArray("Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\nplain\r\n--b\r\n"
                          "Content-Type: text/html\r\n\r\n<p>rich\r\n--b--\r\n")
            << QByteArray("plain");
        QTest::newRow("attachments are not it")
            << QByteArray("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Disposition: attachment\r\n"
                          "\r\nfile\r\n--b\r\n\r\nletter\r\n--b--\r\n")
            << QByteArray("letter");
        QTest::newRow("an image alone") << QByteArray("Content-Type: image/png\r\n\r\nxxxx") << QByteArray();
        QTest::newRow("nothing") << QByteArray() << QByteArray();
        QTest::newRow("unknown encoding") << QByteArray("Content-Transfer-Encoding: x\r\n\r\nabc") << QByteArray();
        QTest::newRow("control characters") << QByteArray("\r\n\r\na\x01"
                                                          "b\x7f"
                                                          "c")
                                            << QByteArray("a b c");
    }
    void previewsAreMade()
    {
        QFETCH(QByteArray, message);
        QTEST(preview(message, parseMessage(message)), "text");
    }
    void lengthIsBoundedInCharacters()
    {
        const QByteArray message =
            "Content-Type: text/plain; charset=utf-8\r\n\r\n" + QByteArray("\xf0\x9f\x90\x88 ").repeated(1000);
        const QString text = QString::fromUtf8(preview(message, parseMessage(message)));
        QVERIFY(text.toUcs4().size() <= kPreviewCharacters);
        QVERIFY(text.toUcs4().size() >= kPreviewCharacters - 2);
    }
};

POSTROOM_TEST(PreviewTest)
#include "preview_test.moc"
