#include "shared/http/response_parser.h"

#include "tests/support/test.h"

using namespace http;

namespace {
constexpr qsizetype kMostBody = 100;
}

class ResponseParserTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("body"); // null: refused
        QTest::newRow("length") << QByteArray(
                                       "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello")
                                << QByteArray("hello");
        QTest::newRow("chunked")
            << QByteArray("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
                          "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n")
            << QByteArray("hello");
        QTest::newRow("until the end") << QByteArray("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nhello")
                                       << QByteArray("hello");
        QTest::newRow("interim") << QByteArray(
                                        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
                                        "Content-Length: 2\r\n\r\nhi")
                                 << QByteArray("hi");
        QTest::newRow("cut off") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello") << QByteArray();
        QTest::newRow("too long") << QByteArray("HTTP/1.1 200 OK\r\n\r\n" + QByteArray(kMostBody + 1, 'x'))
                                  << QByteArray();
        QTest::newRow("header too long") << QByteArray("HTTP/1.1 200 OK\r\nX: " + QByteArray(20'000, 'x') + "\r\n\r\n")
                                         << QByteArray();
        QTest::newRow("not HTTP") << QByteArray("220 smtp.example.org ESMTP\r\n") << QByteArray();
        QTest::newRow("nothing") << QByteArray("") << QByteArray();
    }
    void reads()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, body);
        for (const qsizetype piece : {bytes.size() + 1, qsizetype(1)}) {
            ResponseParser parser(kMostBody);
            bool good = true;
            for (qsizetype at = 0; at < bytes.size() && good; at += piece)
                good = parser.feed(QByteArrayView(bytes).mid(at, piece)).has_value();
            good = good && parser.finish().has_value();
            QCOMPARE(good, !body.isNull());
            if (!good)
                continue;
            QCOMPARE(parser.response().status, 200);
            QCOMPARE(parser.response().body, body);
            QCOMPARE(parser.response().field("content-TYPE"), "text/plain");
        }
    }
};

POSTROOM_TEST(ResponseParserTest)
#include "response_parser_test.moc"
