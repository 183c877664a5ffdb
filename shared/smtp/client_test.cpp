#include "shared/smtp/client.h"
#include "tests/support/test.h"

using namespace smtp;

namespace {

constexpr char kMessage[] = "Subject: x\r\n\r\n.dot\r\nend";
constexpr char kSentMessage[] = "Subject: x\r\n\r\n..dot\r\nend\r\n.\r\n";

class Steps final : public sasl::Client
{
public:
    std::optional<QByteArray> initial() override { return QByteArray("\0u\0p", 4); }
    Result<QByteArray> step(QByteArrayView) override { return failure(ErrorKind::Syntax, QStringLiteral("no")); }
    Result<void> finished() const override { return {}; }
};

ClientTransaction transaction(int recipients, Body body = Body::SevenBit)
{
    ClientTransaction wanted;
    wanted.mail = {.reversePath = {.localpart = "a", .domain = "x.test"},
                   .sizeBytes = 20,
                   .body = body,
                   .envelopeId = "id 1",
                   .returnContent = "HDRS"};
    for (int i = 0; i < recipients; ++i)
        wanted.recipients.append(
            {.forwardPath = {.localpart = "r" + QByteArray::number(i), .domain = "y.test"}, .notify = "FAILURE"});
    return wanted;
}

// One dialogue: lines of "S: …" are fed, "C: …" expected, "TLS" is a finished handshake, "DATA" the message as sent.
// Returns what does not fit, or nothing.
QByteArray play(Client &client, const QByteArray &script, qsizetype piece)
{
    QByteArray sent;
    const auto collect = [&] {
        if (client.wants() == Client::Wants::Data) {
            for (const char c : QByteArray(kMessage))
                client.sendData(QByteArrayView(&c, 1));
            client.endData();
        }
        sent.append(client.takeOutput());
    };
    QByteArray expected;
    for (const QByteArray &line : script.split('\n')) {
        if (line.startsWith("S: ")) {
            if (sent != expected)
                return "sent " + sent + " instead of " + expected;
            sent.clear();
            expected.clear();
            const QByteArray bytes = line.sliced(3) + "\r\n";
            for (qsizetype at = 0; at < bytes.size(); at += piece)
                client.received(QByteArrayView(bytes).sliced(at, std::min(piece, bytes.size() - at)));
            collect();
        } else if (line == "TLS") {
            if (client.wants() != Client::Wants::Tls)
                return "no handshake wanted";
            client.secured();
            collect();
        } else if (line == "DATA") {
            expected.append(kSentMessage);
        } else if (line.startsWith("C: ")) {
            expected.append(line.sliced(3) + "\r\n");
        }
    }
    collect();
    return sent == expected ? QByteArray() : "sent " + sent + " instead of " + expected;
}

// "250 451t 452a 550p": the results in short.
QByteArray shortly(const Client &client)
{
    QByteArray text;
    for (const ClientResult &result : client.results())
        text.append(' ')
            .append(QByteArray::number(result.code))
            .append(result.accepted    ? ""
                    : result.permanent ? "p"
                    : result.again     ? "a"
                                       : "t");
    return text.trimmed();
}

} // namespace

class ClientTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void dialogues_data()
    {
        QTest::addColumn<int>("recipients");
        QTest::addColumn<TlsUse>("tls");
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QByteArray>("results");
        const QByteArray hello = "S: 220 hi\nC: EHLO me.test\n";
        const QByteArray full = hello + "S: 250-y\nS: 250-PIPELINING\nS: 250-SIZE 1000\nS: 250-DSN\nS: 250 8BITMIME\n";
        const QByteArray plain = hello + "S: 250 y\n";
        const QByteArray envelope = "C: MAIL FROM:<a@x.test> SIZE=20 RET=HDRS ENVID=id+201\n";
        QTest::newRow("one by one") << 1 << TlsUse::Opportunistic
                                    << plain + "C: MAIL FROM:<a@x.test>\nS: 250 ok\nC: RCPT TO:<r0@y.test>\nS: 250 ok\n"
                                               "C: DATA\nS: 354 go\nDATA\nS: 250 2.0.0 done"
                                    << QByteArray("250");
        QTest::newRow("pipelined")
            << 2 << TlsUse::Opportunistic
            << full + envelope +
                   "C: RCPT TO:<r0@y.test> NOTIFY=FAILURE\nC: RCPT TO:<r1@y.test> NOTIFY=FAILURE\n"
                   "C: DATA\nS: 250 ok\nS: 250 ok\nS: 550 5.1.1 nobody\nS: 354 go\nDATA\nS: 250 done"
            << QByteArray("250 550p");
        QTest::newRow("pipelined, nobody left")
            << 1 << TlsUse::Opportunistic
            << full + envelope +
                   "C: RCPT TO:<r0@y.test> NOTIFY=FAILURE\nC: DATA\nS: 250 ok\nS: 450 4.2.1 busy\nS: 354 go\nC: .\n"
                   "S: 554 no recipients"
            << QByteArray("450t");
        QTest::newRow("pipelined, MAIL refused")
            << 1 << TlsUse::Opportunistic
            << full + envelope + "C: RCPT TO:<r0@y.test> NOTIFY=FAILURE\nC: DATA\nS: 550 5.7.1 no\nS: 503 no\nS: 503 no"
            << QByteArray("550p");
        QTest::newRow("too many recipients, one by one")
            << 3 << TlsUse::Opportunistic
            << plain + "C: MAIL FROM:<a@x.test>\nS: 250 ok\nC: RCPT TO:<r0@y.test>\nS: 250 ok\nC: RCPT TO:<r1@y.test>\n"
                       "S: 552 too many\nC: DATA\nS: 354 go\nDATA\nS: 250 done"
            << QByteArray("250 552a 552a");
        QTest::newRow("full at the first is full for good")
            << 1 << TlsUse::Opportunistic
            << plain + "C: MAIL FROM:<a@x.test>\nS: 250 ok\nC: RCPT TO:<r0@y.test>\nS: 552 5.2.2 mailbox full"
            << QByteArray("552p");
        QTest::newRow("limits") << 2 << TlsUse::Opportunistic
                                << hello + "S: 250-y\nS: 250 LIMITS RCPTMAX=1\nC: MAIL FROM:<a@x.test>\nS: 250 ok\n"
                                           "C: RCPT TO:<r0@y.test>\nS: 250 ok\nC: DATA\nS: 354 go\nDATA\nS: 250 done"
                                << QByteArray("250 0a");
        QTest::newRow("too large") << 2 << TlsUse::Opportunistic << hello + "S: 250-y\nS: 250 SIZE 19"
                                   << QByteArray("0p 0p");
        QTest::newRow("HELO") << 1 << TlsUse::Opportunistic
                              << hello + "S: 502 what\nC: HELO me.test\nS: 250 y\nC: MAIL FROM:<a@x.test>\nS: 451 later"
                              << QByteArray("451t");
        QTest::newRow("no mail here") << 1 << TlsUse::Opportunistic << QByteArray("S: 554 no SMTP service")
                                      << QByteArray("554p");
        QTest::newRow("STARTTLS") << 1 << TlsUse::Opportunistic
                                  << hello + "S: 250-y\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\nTLS\nC: EHLO me.test\n"
                                             "S: 250 y\nC: MAIL FROM:<a@x.test>\nS: 550 no"
                                  << QByteArray("550p");
        QTest::newRow("STARTTLS refused, in clear")
            << 1 << TlsUse::Opportunistic
            << hello + "S: 250-y\nS: 250 STARTTLS\nC: STARTTLS\nS: 454 no\nC: MAIL FROM:<a@x.test>\nS: 550 no"
            << QByteArray("550p");
        QTest::newRow("STARTTLS refused, required")
            << 1 << TlsUse::Required << hello + "S: 250-y\nS: 250 STARTTLS\nC: STARTTLS\nS: 554 no"
            << QByteArray("554t");
        QTest::newRow("STARTTLS not offered, required") << 1 << TlsUse::Required << plain << QByteArray("0t");
        QTest::newRow("421 at any time") << 2 << TlsUse::Opportunistic
                                         << plain + "C: MAIL FROM:<a@x.test>\nS: 421 4.3.2 going down"
                                         << QByteArray("421t 421t");
        QTest::newRow("reply in the wrong place")
            << 1 << TlsUse::Opportunistic << plain + "C: MAIL FROM:<a@x.test>\nS: 354 go" << QByteArray("354t");
        QTest::newRow("not SMTP") << 1 << TlsUse::Opportunistic << QByteArray("S: SSH-2.0-x") << QByteArray("0t");
        QTest::newRow("refused at the end") << 1 << TlsUse::Opportunistic
                                            << plain + "C: MAIL FROM:<a@x.test>\nS: 250 ok\nC: RCPT TO:<r0@y.test>\n"
                                                       "S: 250 ok\nC: DATA\nS: 354 go\nDATA\nS: 554 5.7.1 spam"
                                            << QByteArray("554p");
    }
    void dialogues()
    {
        QFETCH(int, recipients);
        QFETCH(TlsUse, tls);
        QFETCH(QByteArray, script);
        QFETCH(QByteArray, results);
        for (qsizetype piece = 1; piece < 40; ++piece) {
            Client client({.hostname = "me.test", .tls = tls, .signIn = {}});
            client.begin(transaction(recipients));
            QCOMPARE(play(client, script, piece), QByteArray());
            QVERIFY(client.transactionEnded());
            QCOMPARE(shortly(client), results);
        }
    }
    void whatAServerCannotBeGiven()
    {
        const QByteArray hello = "S: 220 hi\nC: EHLO me.test\n";
        const auto end = [](ClientTransaction wanted, const QByteArray &script) {
            Client client({.hostname = "me.test", .tls = TlsUse::Opportunistic, .signIn = {}});
            client.begin(std::move(wanted));
            const QByteArray wrong = play(client, script, 100);
            return wrong.isEmpty() ? shortly(client) + ' ' + client.results().first().enhanced : wrong;
        };
        QCOMPARE(end(transaction(1, Body::EightBitMime), hello + "S: 250 y"), "0p 5.6.3");
        QCOMPARE(end(transaction(1, Body::EightBitMime),
                     hello + "S: 250-y\nS: 250 8BITMIME\nC: MAIL FROM:<a@x.test> BODY=8BITMIME\nS: 550 5.7.1 no"),
                 "550p 5.7.1");
        ClientTransaction strict = transaction(1);
        strict.requireTls = true;
        QCOMPARE(end(strict, hello + "S: 250 y"), "0p 5.7.30");
        QCOMPARE(
            end(strict, hello + "S: 250-y\nS: 250 REQUIRETLS\nC: MAIL FROM:<a@x.test> REQUIRETLS\nS: 550 5.7.1 no"),
            "550p 5.7.1");
    }
    void limitsOfDomainsAndTransactions()
    {
        Client client({.hostname = "me.test", .tls = TlsUse::Opportunistic, .signIn = {}});
        ClientTransaction wanted = transaction(3);
        wanted.recipients[1].forwardPath.domain = "z.test";
        client.begin(wanted);
        QCOMPARE(play(client,
                      "S: 220 hi\nC: EHLO me.test\nS: 250-y\nS: 250 LIMITS MAILMAX=2 RCPTDOMAINMAX=1 OTHER=9\n"
                      "C: MAIL FROM:<a@x.test>\nS: 250 ok\nC: RCPT TO:<r0@y.test>\nS: 250 ok\n"
                      "C: RCPT TO:<r2@y.test>\nS: 250 ok\nC: DATA\nS: 354 go\nDATA\nS: 250 done",
                      7),
                 QByteArray());
        QCOMPARE(shortly(client), "250 0a 250");
        QVERIFY(client.mayBegin());
        client.begin(transaction(1));
        client.received("250 ok\r\n");
        QVERIFY(!client.mayBegin());
    }
    void signsIn()
    {
        Client client({.hostname = "me.test", .tls = TlsUse::Never, .signIn = [](const QList<QByteArray> &offered) {
                           return offered.contains("PLAIN") ? SignIn{"PLAIN", std::make_unique<Steps>()} : SignIn{};
                       }});
        client.begin(transaction(1));
        QCOMPARE(play(client,
                      "S: 220 hi\nC: EHLO me.test\nS: 250-y\nS: 250 AUTH LOGIN PLAIN\nC: AUTH PLAIN AHUAcA==\n"
                      "S: 334 bW9yZQ==\nC: *\nS: 501 cancelled",
                      7),
                 QByteArray());
        QCOMPARE(shortly(client), QByteArray("501t")); // whatever the code: an administrator can mend it
        Client second({.hostname = "me.test", .tls = TlsUse::Never, .signIn = [](const auto &) { return SignIn{}; }});
        second.begin(transaction(1));
        QCOMPARE(play(second, "S: 220 hi\nC: EHLO me.test\nS: 250 y", 7), QByteArray());
        QCOMPARE(shortly(second), QByteArray("0t"));
        Client third({.hostname = "me.test",
                      .tls = TlsUse::Never,
                      .signIn = [](const auto &) { return SignIn{}; },
                      .signInMayLack = true});
        third.begin(transaction(1));
        QVERIFY(play(third, "S: 220 hi\nC: EHLO me.test\nS: 250 y", 7).startsWith("sent MAIL FROM:"));
    }
    void bytesBehindStartTlsAreRefused()
    {
        Client client({.hostname = "me.test", .tls = TlsUse::Opportunistic, .signIn = {}});
        client.begin(transaction(1));
        client.received("220 hi\r\n250-y\r\n250 STARTTLS\r\n220 go\r\n250 injected\r\n");
        QCOMPARE(client.wants(), Client::Wants::Close);
        QCOMPARE(shortly(client), QByteArray("0t"));
    }
    void secondTransactionResetsAnOpenOne()
    {
        Client client({.hostname = "me.test", .tls = TlsUse::Never, .signIn = {}});
        client.begin(transaction(1));
        QCOMPARE(play(client,
                      "S: 220 hi\nC: EHLO me.test\nS: 250 y\nC: MAIL FROM:<a@x.test>\nS: 250 ok\n"
                      "C: RCPT TO:<r0@y.test>\nS: 550 no",
                      100),
                 QByteArray());
        client.begin(transaction(1));
        QCOMPARE(client.takeOutput(), QByteArray("RSET\r\n"));
        QCOMPARE(play(client, "S: 250 ok\nC: MAIL FROM:<a@x.test>", 100), QByteArray());
        QVERIFY(!client.transactionEnded());
        client.lost();
        QCOMPARE(shortly(client), QByteArray("0t"));
        QCOMPARE(client.results().first().text,
                 QByteArray("the connection was lost while waiting for the reply to MAIL FROM"));
    }
    void quitsAfterwards()
    {
        Client client({.hostname = "me.test", .tls = TlsUse::Never, .signIn = {}});
        QCOMPARE(play(client, "S: 220 hi\nC: EHLO me.test\nS: 250 y", 3), QByteArray());
        QCOMPARE(client.wants(), Client::Wants::Transaction);
        client.quit();
        QCOMPARE(client.takeOutput(), QByteArray("QUIT\r\n"));
        client.received("221 bye\r\n");
        QCOMPARE(client.wants(), Client::Wants::Close);
    }
    void namesWhatTimedOut()
    {
        Client client({.hostname = "me.test", .tls = TlsUse::Never, .signIn = {}});
        client.begin(transaction(2));
        client.timedOut();
        QCOMPARE(client.results().last().text, QByteArray("the server did not send the greeting within 5 min"));
        QCOMPARE(client.results().last().enhanced, QByteArray("4.4.2"));
    }
    void addressesThatNeedUtf8AreRefusedAlone()
    {
        ClientTransaction wanted = transaction(2);
        wanted.recipients[1].forwardPath.localpart = "j\xc3\xbcrgen";
        Client client({.hostname = "me.test", .tls = TlsUse::Never, .signIn = {}});
        client.begin(wanted);
        QCOMPARE(play(client,
                      "S: 220 hi\nC: EHLO me.test\nS: 250 y\nC: MAIL FROM:<a@x.test>\nS: 250 ok\n"
                      "C: RCPT TO:<r0@y.test>\nS: 450 later",
                      100),
                 QByteArray());
        QCOMPARE(shortly(client), QByteArray("450t 0p"));
        QCOMPARE(client.results().last().enhanced, QByteArray("5.6.7"));
    }
    void dataIsCanonical_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QByteArray>("sent");
        QTest::newRow("empty") << QByteArray() << QByteArray(".\r\n");
        QTest::newRow("plain") << QByteArray("a\r\n") << QByteArray("a\r\n.\r\n");
        QTest::newRow("no last line end") << QByteArray("a") << QByteArray("a\r\n.\r\n");
        QTest::newRow("bare LF") << QByteArray("a\n.\nb") << QByteArray("a\r\n..\r\nb\r\n.\r\n");
        QTest::newRow("bare CR") << QByteArray("a\r.\rb\r") << QByteArray("a\r\n..\r\nb\r\n.\r\n");
        QTest::newRow("CR CR LF") << QByteArray("a\r\r\nb") << QByteArray("a\r\n\r\nb\r\n.\r\n");
        QTest::newRow("smuggled") << QByteArray("a\n.\r\nMAIL") << QByteArray("a\r\n..\r\nMAIL\r\n.\r\n");
    }
    void dataIsCanonical()
    {
        QFETCH(QByteArray, message);
        QFETCH(QByteArray, sent);
        for (qsizetype piece = 1; piece <= message.size() + 1; ++piece) {
            DataWriter writer;
            QByteArray result;
            for (qsizetype at = 0; at < message.size(); at += piece)
                writer.append(QByteArrayView(message).sliced(at, std::min(piece, message.size() - at)), result);
            writer.finish(result);
            QCOMPARE(result, sent);
        }
    }
    void extensionsAreReadLeniently()
    {
        const auto offered =
            parseExtensions({.code = 250,
                             .enhanced = {},
                             .lines = {"PIPELINING is our name", "size", "auth=LOGIN", "AUTH PLAIN login",
                                       "LIMITS MAILMAX=2 RCPTMAX=x", "", "X-ODD"}});
        QVERIFY(!offered.pipelining);
        QCOMPARE(offered.mostBytes, std::optional<qint64>(0));
        QCOMPARE(offered.mechanisms, (QList<QByteArray>{"LOGIN", "PLAIN"}));
        QCOMPARE(offered.mostRecipients, 0);
    }
};

POSTROOM_TEST(ClientTest)
#include "client_test.moc"
