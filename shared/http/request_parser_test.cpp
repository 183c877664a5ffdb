#include "shared/http/request_parser.h"
#include "shared/http/response_writer.h"
#include "tests/support/test.h"

using namespace http;

namespace {

constexpr qsizetype kMost = 100;

QByteArray get(const QByteArray &fields, const QByteArray &target = "/a")
{
    return "GET " + target + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}

QByteArray manyFields(qsizetype count)
{
    QByteArray fields;
    for (qsizetype i = 0; i < count; ++i)
        fields += "X: y\r\n";
    return fields;
}

// The statuses and targets of all requests in `bytes`, fed by `piece`.
QByteArray story(const QByteArray &bytes, qsizetype piece)
{
    RequestParser parser(kMost);
    QByteArray told;
    for (qsizetype at = 0; at < bytes.size();) {
        const qsizetype size = std::min(piece, bytes.size() - at);
        at += parser.feed(QByteArrayView(bytes).sliced(at, size));
        if (const Refusal *refusal = parser.refusedOrNull())
            return told + QByteArray::number(refusal->status);
        if (parser.done()) {
            const Request &request = parser.request();
            told += request.method + ' ' + request.path + (request.query.isEmpty() ? "" : "?") + request.query + ' ' +
                    request.body + (request.keepAlive ? "\n" : " close\n");
            parser.next();
        }
    }
    return told + (parser.begun() ? "unfinished" : "");
}

} // namespace

class RequestParserTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("told");
        const auto row = [](const char *name, const QByteArray &bytes, const QByteArray &told) {
            QTest::newRow(name) << bytes << told;
        };
        row("plain", get(""), "GET /a \n");
        row("query", get("", "/a?b=c?d"), "GET /a?b=c?d \n");
        row("nothing decoded", get("", "/%2e%2e/a"), "GET /%2e%2e/a \n");
        row("absolute", get("", "http://host.example/a?b"), "GET /a?b \n");
        row("absolute without a path", get("", "HTTPS://host.example"), "GET / \n");
        row("asterisk", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "OPTIONS * \n");
        row("two at once", get("") + get("", "/b"), "GET /a \nGET /b \n");
        row("empty line before", "\r\n" + get(""), "GET /a \n");
        row("close", get("Connection: close\r\n"), "GET /a  close\n");
        row("old", "GET /a HTTP/1.0\r\n\r\n", "GET /a  close\n");
        row("old but lasting", "GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "GET /a \n");
        row("body", "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello" + get(""),
            "POST /a hello\nGET /a \n");
        row("chunks",
            "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n" +
                get(""),
            "POST /a hello\nGET /a \n");
        row("trailers are not the header",
            "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nHost: b\r\n\r\n", "POST /a \n");
        row("cut off", "GET /a HTTP/1.1\r\nHost: a\r\n", "unfinished");
        row("body at its limit", "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n" + QByteArray(100, 'x'),
            "POST /a " + QByteArray(100, 'x') + '\n');
        row("body beyond", "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 101\r\n\r\n", "413");
        row("endless body", "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n", "400");
        row("chunks beyond",
            "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n" + QByteArray(100, 'x') +
                "\r\n1\r\nx\r\n0\r\n\r\n",
            "413");
        row("target at its limit", get("", '/' + QByteArray(kLongestTarget - 1, 'x')),
            "GET /" + QByteArray(kLongestTarget - 1, 'x') + " \n");
        row("target beyond", get("", '/' + QByteArray(kLongestTarget, 'x')), "414");
        row("fields at their limit", get(manyFields(kMostFields - 1)), "GET /a \n"); // and Host
        row("fields beyond", get(manyFields(kMostFields)), "431");
        row("header at its limit", get("X: " + QByteArray(kMostFieldBytes - 6, 'x') + "\r\n"), "GET /a \n");
        row("header beyond", get("X: " + QByteArray(kMostFieldBytes - 5, 'x') + "\r\n"), "431");
        row("trailers beyond",
            "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: " +
                QByteArray(kMostFieldBytes, 'x') + "\r\n\r\n",
            "431");
        row("no host", "GET /a HTTP/1.1\r\n\r\n", "400");
        row("two hosts", get("Host: b\r\n"), "400");
        row("not a path", get("", "a"), "400");
        row("authority", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", "400");
        row("expects something else", get("Expect: miracles\r\n"), "417");
        row("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505");
        row("HTTP/2 in a request", "GET /a HTTP/2.0\r\nHost: a\r\n\r\n", "505");
        row("HTTP/0.9", "GET /a\r\n\r\n", "505");
        row("unknown method", "BREW /pot HTTP/1.1\r\nHost: a\r\n\r\n", "400");
        row("mail", "EHLO a.example\r\n", "400");
        row("TLS", QByteArray::fromHex("16030100a5010000a10303"), "400");
    }
    // What two programs could read in two ways, so that one request could hide in another (RFC 9112 11.2).
    void isStrict_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray start = "POST /a HTTP/1.1\r\nHost: a\r\n";
        const QByteArray chunks = "0\r\n\r\n";
        QTest::newRow("length and chunks")
            << start + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks;
        QTest::newRow("chunks and length")
            << start + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n" + chunks;
        QTest::newRow("two lengths") << start + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello";
        QTest::newRow("one length twice") << start + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello";
        QTest::newRow("list of lengths") << start + "Content-Length: 5, 5\r\n\r\nhello";
        QTest::newRow("sign") << start + "Content-Length: +5\r\n\r\nhello";
        QTest::newRow("negative") << start + "Content-Length: -5\r\n\r\nhello";
        QTest::newRow("hexadecimal") << start + "Content-Length: 0x5\r\n\r\nhello";
        QTest::newRow("two encodings") << start + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n" +
                                              chunks;
        QTest::newRow("other encoding") << start + "Transfer-Encoding: xchunked\r\n\r\n" + chunks;
        QTest::newRow("chunked is not last") << start + "Transfer-Encoding: chunked, gzip\r\n\r\n" + chunks;
        QTest::newRow("space before the colon") << start + "Transfer-Encoding : chunked\r\n\r\n" + chunks;
        QTest::newRow("folded") << start + "X: a\r\n b\r\n\r\n";
        QTest::newRow("bare line feed") << QByteArray("GET /a HTTP/1.1\nHost: a\n\n");
        QTest::newRow("bare line feed in the header") << start + "X: a\nY: b\r\n\r\n";
        QTest::newRow("bare carriage return") << start + "X: a\rY: b\r\n\r\n";
        QTest::newRow("NUL") << start + QByteArray("X: a\0b\r\n\r\n", 10);
        QTest::newRow("chunk size with a sign") << start + "Transfer-Encoding: chunked\r\n\r\n+1\r\nx\r\n0\r\n\r\n";
        QTest::newRow("chunk without its end") << start + "Transfer-Encoding: chunked\r\n\r\n1\r\nxx\r\n0\r\n\r\n";
        QTest::newRow("chunk ends in a line feed") << start + "Transfer-Encoding: chunked\r\n\r\n1\nx\n0\n\n";
        QTest::newRow("space in the target") << QByteArray("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n");
        QTest::newRow("field without a name") << start + ": a\r\n\r\n";
    }
    void reads()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, told);
        for (const qsizetype piece : {bytes.size(), qsizetype(1), qsizetype(2), qsizetype(7)})
            QCOMPARE(story(bytes, piece), told);
    }
    void isStrict()
    {
        QFETCH(QByteArray, bytes);
        for (const qsizetype piece : {bytes.size(), qsizetype(1), qsizetype(3)})
            QCOMPARE(story(bytes, piece), QByteArray("400"));
    }
    void expectationIsTold()
    {
        RequestParser parser(kMost);
        std::ignore = parser.feed("PUT /a HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 5\r\n\r\n");
        QVERIFY(parser.headersDone() && !parser.done() && parser.request().expectsContinue);
    }
    void repliesAreWritten()
    {
        const Timestamp now(std::chrono::milliseconds(784'111'777'123)); // RFC 9110 5.6.7's example
        const Reply reply{.status = 405, .body = "no\n", .fields = {{"Allow", "GET"}}};
        const QByteArray head = "HTTP/1.1 405 Method Not Allowed\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
                                "Content-Type: text/plain; charset=utf-8\r\nContent-Length: 3\r\nAllow: GET\r\n";
        QCOMPARE(write(reply, {.now = now}), head + "\r\nno\n");
        QCOMPARE(write(reply, {.now = now, .headOnly = true, .close = true}), head + "Connection: close\r\n\r\n");
    }
};

POSTROOM_TEST(RequestParserTest)
#include "request_parser_test.moc"
