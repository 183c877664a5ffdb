#include "shared/mime/address_list.h"
#include "shared/mime/date.h"
#include "shared/mime/header_list.h"
#include "shared/mime/part.h"
#include "tests/support/test.h"

#include <QElapsedTimer>

class MimeTest : public QObject
{
    Q_OBJECT

    static QByteArray body(const QByteArray &message, const mime::Part &part)
    {
        return message.sliced(part.bodyStart, part.bodyEnd - part.bodyStart);
    }
private Q_SLOTS:
    void headersUnfoldAndEnd()
    {
        const QByteArray message = "Subject: a\r\n b\r\nbroken line\r\nX-Empty:\r\n\r\nbody";
        const mime::HeaderList header(message);
        QCOMPARE(header.fields().size(), 2);
        QCOMPARE(header.value("subject"), QByteArray("a b"));
        QVERIFY(header.find("x-empty"));
        QCOMPARE(message.sliced(header.size()), QByteArray("body"));
    }
    void headersAreBounded()
    {
        QByteArray message;
        for (int i = 0; i < 20'000; ++i)
            message += "X: y\n";
        const mime::HeaderList header(message + "\nbody");
        QCOMPARE(header.fields().size(), mime::kMostHeaderLines);
        QCOMPARE(header.size(), message.size() + 1);
    }
    void multipartsSplit()
    {
        const QByteArray message =
            "Content-Type: multipart/mixed; boundary=\"x y\"\r\n\r\npreamble\r\n--x y\r\n\r\none\r\n--x y \r\n"
            "Content-Type: text/html\r\n\r\n<p>\r\n--x y--\r\nepilogue\r\n";
        const mime::Part part = mime::parseMessage(message);
        QCOMPARE(part.children.size(), size_t(2));
        QCOMPARE(body(message, part.children[0]), QByteArray("one"));
        QCOMPARE(body(message, part.children[1]), QByteArray("<p>"));
        QCOMPARE(part.children[1].contentType.subtype, QByteArray("html"));
        QCOMPARE(part.bodyEnd, message.size());
    }
    void embeddedMessagesAndMissingEnds()
    {
        const QByteArray message =
            "Content-Type: multipart/digest; boundary=a\n\n--a\n\nSubject: inner\n"
            "Content-Type: multipart/alternative; boundary=b\n\n--b\n\nx\n--b\n\ny\n--a\n\nSubject: two\n\nz\n";
        const mime::Part part = mime::parseMessage(message);
        QCOMPARE(part.children.size(), size_t(2));
        QVERIFY(part.children[0].isMessage());
        const mime::Part &inner = part.children[0].children[0];
        QVERIFY(inner.isMultipart());
        QCOMPARE(inner.children.size(), size_t(2));
        QCOMPARE(body(message, inner.children[1]), QByteArray("y"));
        QCOMPARE(body(message, part.children[1].children[0]), QByteArray("z\n"));
    }
    void partsCoverTheirChildren()
    {
        const QByteArray message = "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n"
                                   "Content-Type: message/rfc822\r\n\r\nSubject: no body\r\n--a--\r\n";
        const mime::Part part = mime::parseMessage(message);
        QCOMPARE(part.children.size(), size_t(1));
        QCOMPARE(part.children[0].children.size(), size_t(1));
        QCOMPARE_GE(part.children[0].bodyEnd, part.children[0].children[0].bodyEnd);
    }
    void depthAndCountAreBounded()
    {
        QByteArray deep;
        for (int i = 0; i < 500; ++i)
            deep += "Content-Type: message/rfc822\r\n\r\n";
        const mime::Part root = mime::parseMessage(deep);
        const mime::Part *part = &root;
        int depth = 0;
        for (; !part->children.empty(); ++depth)
            part = &part->children[0];
        QCOMPARE(depth, mime::kDeepestPart);
        QByteArray wide = "Content-Type: multipart/mixed; boundary=a\r\n\r\n";
        for (int i = 0; i < 12'000; ++i)
            wide += "--a\r\n\r\n";
        QVERIFY(mime::parseMessage(wide).children.size() <= size_t(mime::kMostParts));
    }
    void addresses_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("wanted"); // name|localpart|domain;…
        QTest::newRow("plain") << QByteArray("a@b.example") << QByteArray("|a|b.example;");
        QTest::newRow("name") << QByteArray("\"Ann, B.\" <a@b>, C D <c@d>") << QByteArray("Ann, B.|a|b;C D|c|d;");
        QTest::newRow("comment") << QByteArray("a@b (Ann)") << QByteArray("Ann|a|b;");
        QTest::newRow("group") << QByteArray("Us: a@b, c@d;, e@f") << QByteArray("{Us;|a|b;|c|d;};|e|f;");
        QTest::newRow("no domain") << QByteArray("root") << QByteArray("|root|;");
        QTest::newRow("empty") << QByteArray(" , ,") << QByteArray("");
        QTest::newRow("quoted localpart") << QByteArray("\"a b\"@c") << QByteArray("|a b|c;");
        QTest::newRow("unclosed") << QByteArray("\"a <b@c>") << QByteArray("|a <b@c>|;");
    }
    void addresses()
    {
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, wanted);
        QByteArray got;
        for (const auto &address : mime::parseAddressList(value)) {
            if (address.kind == mime::ListedAddress::Kind::GroupStart)
                got += "{" + address.name + ";";
            else if (address.kind == mime::ListedAddress::Kind::GroupEnd)
                got += "};";
            else
                got += address.name + '|' + address.localpart + '|' + address.domain + ';';
        }
        QCOMPARE(got, wanted);
    }
    void dates()
    {
        const auto time = mime::parseDate("Tue, 24 Nov 2026 09:32:20 +0100 (CET)");
        QVERIFY(time);
        QCOMPARE(mime::formatDate(*time), QByteArray("Tue, 24 Nov 2026 08:32:20 +0000"));
        QCOMPARE(*mime::parseDate("1 Jan 70 00:00 EST"), Timestamp(std::chrono::hours(5)));
        QVERIFY(!mime::parseDate("yesterday"));
        QVERIFY(!mime::parseDate("31 Feb 2026 00:00:00 +0000"));
    }
    void manyEmptyPartsTakeLinearTime()
    {
        const QByteArray message =
            "Content-Type: multipart/mixed; boundary=e\r\n\r\n" + QByteArray("--e\r\n").repeated(200'000);
        QElapsedTimer timer;
        timer.start();
        const mime::Part root = mime::parseMessage(message);
        QVERIFY2(timer.elapsed() < 3000, "reads the rest of the message for each part");
        QVERIFY(root.children.size() > 1000 && root.children.size() <= mime::kMostParts);
    }
};
POSTROOM_TEST(MimeTest)
#include "mime_test.moc"
