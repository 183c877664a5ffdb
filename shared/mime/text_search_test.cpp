#include "shared/mime/text_search.h"

#include "tests/support/test.h"

using namespace mime;

namespace {

bool inBody(const char *needle, const QByteArray &message)
{
    return TextSearch(needle).inBody(message, parseMessage(message));
}

} // namespace

class TextSearchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void encodedWordsMatchAsText()
    {
        const QByteArray value = "=?ISO-8859-1?Q?Gr=FC=DFe?= =?UTF-8?B?IGF1cyBCZXJsaW4=?=";
        QVERIFY(TextSearch("grüsse").inHeaderValue(value));
        QVERIFY(TextSearch("GRÜßE AUS").inHeaderValue(value));
        QVERIFY(!TextSearch("=?ISO").inHeaderValue(value));
        QVERIFY(TextSearch("PLAIN").inHeaderValue("some plain text"));
        QVERIFY(!TextSearch("pläin").inHeaderValue("some plain text"));
        QVERIFY(TextSearch("").inHeaderValue(""));
    }
    void headerFieldsMatchWithTheirNames()
    {
        QVERIFY(TextSearch("x-mailer: po").inHeader("X-Mailer: Post\r\n\r\n"));
        QVERIFY(!TextSearch("body").inHeader("X-Mailer: Post\r\n\r\nbody\r\n"));
    }
    void addressesMatchAsTheyAre()
    {
        const HeaderList header("From: Ann <ann (a comment)@ (another) x.org>\r\nTo: \"be\\n\" @y.org, c@z.org\r\n"
                                "X: <d (no)@ address.org>\r\n\r\n");
        QCOMPARE(searchedValue(header.fields().at(0)), QByteArray("Ann <ann (a comment)@ (another) x.org>\nann@x.org"));
        QCOMPARE(searchedValue(header.fields().at(1)), QByteArray("\"be\\n\" @y.org, c@z.org\nben@y.org"));
        QCOMPARE(searchedValue(header.fields().at(2)), QByteArray("<d (no)@ address.org>"));
        QVERIFY(TextSearch("ANN@X").inHeader("Sender: ann(x)@x.org\r\n\r\n"));
        QVERIFY(TextSearch("ann(x)@").inHeader("Sender: ann(x)@x.org\r\n\r\n"));
    }
    void bodiesAreDecoded()
    {
        QVERIFY(inBody("žluť", "Content-Type: text/plain; charset=iso-8859-2\r\n"
                               "Content-Transfer-Encoding: quoted-printable\r\n\r\n=BElu=BBou=E8k=FD\r\n"));
        QVERIFY(inBody("hello", "Content-Transfer-Encoding: base64\r\n\r\nSEVMTE8=\r\n"));
        QVERIFY(!inBody("SEVM", "Content-Transfer-Encoding: base64\r\n\r\nSEVMTE8=\r\n"));
        QVERIFY(inBody("a b", "Content-Type: text/html\r\n\r\n<b>A</b> b\r\n"));
        QVERIFY(!inBody("class", "Content-Type: text/html\r\n\r\n<b class=x>A</b>\r\n"));
        QVERIFY(!inBody("subject", "Subject: x\r\n\r\nbody\r\n"));
    }
    void onlyTextPartsAndInnerHeadersAreSearched()
    {
        const QByteArray message =
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
            "--b\r\nContent-Type: image/png\r\n\r\npixels\r\n"
            "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: =?utf-8?q?=C3=A4rger?=\r\n\r\ninside\r\n"
            "--b--\r\n";
        QVERIFY(!inBody("pixels", message));
        QVERIFY(inBody("inside", message));
        QVERIFY(inBody("Ärger", message));
    }
    void searchableTextHoldsWhatIsSearched()
    {
        const QByteArray message =
            "Subject: =?utf-8?q?=C3=84rger?= AND more\r\n"
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
            "--b\r\nContent-Type: image/png\r\n\r\npixels\r\n"
            "--b\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\n<p>GR\xdcN<br>Gras\r\n"
            "--b\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nSEVMTE8=\r\n"
            "--b--\r\n";
        const auto text = searchableText(message, 10'000);
        QVERIFY(text.complete);
        for (const char *needle : {"subject: ärger and more", "image/png", "grün gras", "hello"})
            QVERIFY2(text.utf8.contains(needle), needle);
        QVERIFY(!text.utf8.contains("pixels"));
        const auto cut = searchableText(message, 20);
        QVERIFY(!cut.complete);
        QCOMPARE(cut.utf8.size(), 20);
    }
};
POSTROOM_TEST(TextSearchTest)
#include "text_search_test.moc"
