#include "shared/ipc/client.h"
#include "shared/ipc/socket_path.h"
#include "tests/support/test.h"

#include <QLocalServer>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace ipc;

namespace {

QJsonObject object(const char *text) { return *json::parseObject(text); }

// Answers hello and subscribe; keeps what else it was asked.
class FakeServer : public QObject
{
public:
    explicit FakeServer(const QString &path)
    {
        listening = m_server.listen(path);
        connect(&m_server, &QLocalServer::newConnection, this, [this] {
            socket = m_server.nextPendingConnection();
            connect(socket, &QLocalSocket::readyRead, this, [this] { answer(); });
        });
    }
    void send(const QByteArray &bytes) { socket->write(bytes); }

    bool listening = false;
    QLocalSocket *socket = nullptr;
    QList<Request> asked;
    int hellos = 0;
    int subscriptions = 0;

private:
    void answer()
    {
        m_framer.add(socket->readAll());
        while (const auto line = m_framer.next()) {
            const auto request = parseRequest(*line);
            if (request->method == u"hello") {
                ++hellos;
                send(encode(
                    Response{request->id, object(R"({"server":"fake","protocol":1,"role":"admin","later":1})"), {}}));
            } else if (request->method == u"subscribe") {
                ++subscriptions;
                send(encode(
                    Response{request->id, object(R"({"snapshots":[{"topic":"queue","rev":5,"items":[]}]})"), {}}));
            } else {
                asked.append(*request);
            }
        }
    }
    QLocalServer m_server;
    LineFramer m_framer;
};

} // namespace

class IpcTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void framerTakesAnySlices()
    {
        LineFramer framer;
        QByteArrayList lines;
        for (const char c : QByteArrayView("{\"a\":1}\r\n\n\nsecond\nthird")) {
            framer.add(QByteArrayView(&c, 1));
            while (const auto line = framer.next())
                lines << *line;
        }
        QCOMPARE(lines, (QByteArrayList{"{\"a\":1}", "second"}));
        QVERIFY(!framer.tooLong());
    }
    void framerKeepsOrderOfABatch()
    {
        LineFramer framer;
        framer.add(QByteArray("x\n").repeated(100'000) + "last");
        int count = 0;
        while (framer.next())
            ++count;
        QCOMPARE(count, 100'000);
        framer.add("\n");
        QCOMPARE(framer.next(), QByteArray("last"));
    }
    void framerEndsAtTooLongALine()
    {
        LineFramer framer;
        framer.add("good\n" + QByteArray(kMaxLine + 1, 'x'));
        QCOMPARE(framer.next(), QByteArray("good"));
        QVERIFY(!framer.next());
        QVERIFY(framer.tooLong());
    }
    void framerTakesALineOfTheLimit()
    {
        LineFramer framer;
        framer.add(QByteArray(kMaxLine, 'x') + '\n');
        QCOMPARE(framer.next()->size(), kMaxLine);
        QVERIFY(!framer.tooLong());
    }
    void badRequestsAreNamed_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("code");
        QTest::addColumn<QJsonValue>("id");
        const QJsonValue none(QJsonValue::Null);
        QTest::newRow("not JSON") << QByteArray("{hello") << int(kParseError) << none;
        QTest::newRow("a list") << QByteArray("[]") << int(kParseError) << none;
        QTest::newRow("no version") << QByteArray(R"({"id":1,"method":"a"})") << int(kInvalidRequest) << QJsonValue(1);
        QTest::newRow("no method") << QByteArray(R"({"jsonrpc":"2.0","id":"x"})") << int(kInvalidRequest)
                                   << QJsonValue(QStringLiteral("x"));
        QTest::newRow("params") << QByteArray(R"({"jsonrpc":"2.0","id":2,"method":"a","params":[1]})")
                                << int(kInvalidRequest) << QJsonValue(2);
        QTest::newRow("id") << QByteArray(R"({"jsonrpc":"2.0","id":{},"method":"a"})") << int(kInvalidRequest) << none;
        QTest::newRow("deep") << QByteArray(200, '[') << int(kParseError) << none;
    }
    void badRequestsAreNamed()
    {
        QFETCH(QByteArray, line);
        const auto request = parseRequest(line);
        QVERIFY(!request);
        QTEST(request.error().code, "code");
        QTEST(request.error().id, "id");
    }
    void errorsKeepHintAndPath()
    {
        const Error error{.kind = ErrorKind::User,
                          .text = QStringLiteral("inner detail"),
                          .publicText = QStringLiteral("no such account"),
                          .code = QStringLiteral("not-found"),
                          .hint = QStringLiteral("look"),
                          .path = QStringLiteral("/address")};
        const auto reply = parseReply(encode(Response{7, {}, error}).trimmed());
        QVERIFY(reply);
        const auto &response = std::get<Response>(*reply);
        QCOMPARE(response.id, QJsonValue(7));
        QCOMPARE(response.error->kind, ErrorKind::User);
        QCOMPARE(response.error->text, QStringLiteral("no such account"));
        QCOMPARE(response.error->code, error.code);
        QCOMPARE(response.error->hint, error.hint);
        QCOMPARE(response.error->path, error.path);
    }
    void serverErrorsHideTheirText()
    {
        const Error error{.kind = ErrorKind::Server,
                          .text = QStringLiteral("/var/secret"),
                          .publicText = {},
                          .code = {},
                          .hint = {},
                          .path = {}};
        QVERIFY(!encode(Response{7, {}, error}).contains("secret"));
    }
    void searchesSocketsInOrder()
    {
        QCOMPARE(socketPaths({QStringLiteral("/a"), QStringLiteral("/b"), QStringLiteral("/c")}),
                 QStringList{QStringLiteral("/a")});
        QCOMPARE(socketPaths({{}, QStringLiteral("/b"), QStringLiteral("/c")}), QStringList{QStringLiteral("/b")});
        QCOMPARE(socketPaths({{}, {}, QStringLiteral("/c")}),
                 (QStringList{QStringLiteral("/run/postroom/control.sock"),
                              QStringLiteral("/c/postroom/local/run/control.sock")}));
        QVERIFY(checkSocketPath(QString(105, u'x')));
        QVERIFY(checkSocketPath(QString(106, u'x')));
        QVERIFY(!checkSocketPath(QString(107, u'x')));
    }
    void blockingClientNamesAllThatWereTried()
    {
        QTemporaryDir folder;
        const QStringList paths{folder.filePath(QStringLiteral("one")), folder.filePath(QStringLiteral("two"))};
        const auto client = BlockingClient::open(paths, QStringLiteral("test"));
        QVERIFY(!client);
        QCOMPARE(client.error().code, QStringLiteral("unreachable"));
        QVERIFY(client.error().text.contains(paths[0]) && client.error().text.contains(paths[1]));
    }
    void clientSaysHelloSubscribesAndFollows()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("s"));
        FakeServer server(path);
        QVERIFY(server.listening);
        Client client(QStringLiteral("test"));
        QSignalSpy ready(&client, &Client::ready);
        QStringList seen;
        connect(&client, &Client::snapshot, this,
                [&](const api::Snapshot &each) { seen << QStringLiteral("snapshot %1").arg(each.rev); });
        connect(&client, &Client::changed, this,
                [&](const api::TopicEvent &each) { seen << QStringLiteral("event %1").arg(each.rev); });
        client.setTopics({QStringLiteral("queue")});
        client.open({folder.filePath(QStringLiteral("nobody")), path});
        QTRY_COMPARE(seen.size(), 1);
        QCOMPARE(client.server().server, QStringLiteral("fake"));
        const auto event = [](int rev) {
            return encode(Event{QStringLiteral("event"),
                                {{QStringLiteral("topic"), QStringLiteral("queue")}, {QStringLiteral("rev"), rev}}});
        };
        server.send(event(5) + event(6));
        QTRY_COMPARE(seen, (QStringList{QStringLiteral("snapshot 5"), QStringLiteral("event 6")}));
        server.send(event(9)); // a gap: subscribes again
        QTRY_COMPARE(server.subscriptions, 2);
    }
    void clientAnswersWaitingCallsWhenTheServerGoes()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("s"));
        FakeServer server(path);
        Client client(QStringLiteral("test"));
        QSignalSpy ready(&client, &Client::ready);
        QSignalSpy lost(&client, &Client::lost);
        client.open({path});
        QTRY_COMPARE(ready.size(), 1);
        std::optional<ErrorKind> kind;
        client.call(api::kStatusGet, api::None{},
                    [&](const Result<api::Status> &answer) { kind = answer.error().kind; });
        QTRY_COMPARE(server.asked.size(), 1);
        server.socket->abort();
        QTRY_COMPARE(kind, ErrorKind::Closed);
        QCOMPARE(lost.size(), 1);
        QTRY_COMPARE(ready.size(), 2); // by itself
        client.close();
        QVERIFY(!client.isReady());
    }
    void callsWithoutAServerFailAtOnce()
    {
        Client client(QStringLiteral("test"));
        std::optional<ErrorKind> kind;
        client.call(QStringLiteral("status.get"), {},
                    [&](const Result<QJsonObject> &answer) { kind = answer.error().kind; });
        QCOMPARE(kind, ErrorKind::Closed);
    }
};
POSTROOM_TEST(IpcTest)
#include "ipc_test.moc"
