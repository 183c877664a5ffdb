#include "tests/support/smtp_driver.h"
#include "tests/support/test.h"

using namespace smtp;
using test::SmtpDriver;
using test::SmtpServer;

class SessionTest : public QObject
{
    Q_OBJECT

    ManualClock m_clock;
    const Options m_incoming{.hostname = "here.test", .startTls = true, .mostBytes = 1000};
    const Options m_submission{.hostname = "here.test", .submission = true, .mayRelay = true};

    static QByteArray signIn(SmtpDriver &client)
    {
        client.ask("EHLO client.test");
        return client.signIn("ann@example.org");
    }
    static void begin(SmtpDriver &client, const QByteArray &to = "ann@example.org")
    {
        QVERIFY(client.ask("MAIL FROM:<ann@example.org>").startsWith("250 "));
        QVERIFY(client.ask("RCPT TO:<" + to + ">").startsWith("250 "));
        QVERIFY(client.ask("DATA").startsWith("354 "));
    }

private Q_SLOTS:
    void lineLengthHasAnEdge()
    {
        SmtpServer server(m_clock, m_incoming);
        SmtpDriver client(server);
        const auto noop = [&client](qsizetype length) { return client.ask("NOOP " + QByteArray(length - 7, 'x')); };
        QVERIFY(noop(kLongestCommandLine).startsWith("250 "));
        QVERIFY(noop(kLongestCommandLine + 1).startsWith("500 5.5.2 line longer"));
        QVERIFY(client.ask("NOOP").startsWith("250 ")); // still in step
        QVERIFY(client.send(QByteArray(1'000'000, 'x')).isEmpty());
        QVERIFY(client.ask("").startsWith("500 5.5.2 line longer"));
    }
    void aHostWithoutDomainsTakesNoMail()
    {
        SmtpServer server(m_clock, m_incoming);
        QVERIFY(SmtpDriver(server).greeting.startsWith("220 here.test"));
        QVERIFY(server.fixture.run([&server](db::Database &db, store::Effects &effects) -> Result<void> {
            for (const qint64 account : {server.fixture.account, server.bob}) {
                if (auto done = store::removeAccount(db, effects, account, server.fixture.now); !done)
                    return done;
            }
            return store::removeDomain(db, effects, "example.org", server.fixture.now);
        }));
        SmtpDriver client(server);
        QVERIFY(client.greeting.startsWith("521 here.test"));
        QVERIFY(client.ask("EHLO client.test").startsWith("521 5.3.2 "));
        QVERIFY(client.closed());
        SmtpDriver polite(server);
        QVERIFY(polite.ask("QUIT").startsWith("221 "));
        SmtpServer submission(m_clock, m_submission);
        QVERIFY(SmtpDriver(submission).greeting.startsWith("220 "));
    }
    void messageSizeHasAnEdge_data()
    {
        QTest::addColumn<bool>("chunks");
        QTest::newRow("DATA") << false;
        QTest::newRow("BDAT") << true;
    }
    void messageSizeHasAnEdge()
    {
        QFETCH(bool, chunks);
        SmtpServer server(m_clock, m_incoming);
        SmtpDriver client(server);
        client.ask("EHLO client.test");
        for (const qsizetype size : {999, 1000, 1001}) {
            const QByteArray content = "\r\n" + QByteArray(size - 4, 'x') + "\r\n";
            QVERIFY(client.ask("MAIL FROM:<a@b.test>").startsWith("250 "));
            QVERIFY(client.ask("RCPT TO:<ann@example.org>").startsWith("250 "));
            QByteArray answer;
            if (chunks)
                answer = client.send("BDAT " + QByteArray::number(size) + " LAST\r\n" + content);
            else
                answer = client.ask("DATA") + client.send(content + ".\r\n");
            QCOMPARE(answer.contains("250 2.6.0"), size <= 1000);
            QCOMPARE(answer.contains("552 5.3.4 message larger than 1000 bytes"), size > 1000);
        }
        QVERIFY(client.ask("MAIL FROM:<a@b.test> SIZE=1001").startsWith("552 5.3.4"));
        QVERIFY(client.ask("MAIL FROM:<a@b.test> SIZE=1000").startsWith("250 "));
    }
    void recipientsHaveAnEdge()
    {
        Options options = m_incoming;
        options.mostRecipients = 3;
        SmtpServer server(m_clock, options);
        SmtpDriver client(server);
        QVERIFY(client.ask("EHLO client.test").contains("250-LIMITS RCPTMAX=3 MAILMAX=1000\r\n"));
        client.ask("MAIL FROM:<a@b.test>");
        for (int i = 0; i < 3; ++i)
            QVERIFY(client.ask("RCPT TO:<ann@example.org>").startsWith("250 "));
        QVERIFY(client.ask("RCPT TO:<ann@example.org>").startsWith("452 4.5.3 more than 3 recipients"));
    }
    void badCommandsHaveAnEnd()
    {
        SmtpServer server(m_clock, m_incoming);
        SmtpDriver client(server);
        for (int i = 1; i < kMostBadCommands; ++i)
            QVERIFY(client.ask("NONSENSE").startsWith("500 5.5.1"));
        QVERIFY(!client.closed());
        QVERIFY(client.ask("NONSENSE").endsWith("421 4.7.0 too many bad commands\r\n"));
        QVERIFY(client.closed());
    }
    void hopsHaveAnEdge()
    {
        Options options = m_incoming;
        options.mostBytes = 1'000'000;
        SmtpServer server(m_clock, options);
        SmtpDriver client(server);
        client.ask("EHLO client.test");
        begin(client);
        QVERIFY(client.send(QByteArray("Received: x\r\n").repeated(kMostReceived) + "\r\n.\r\n").startsWith("250 "));
        begin(client);
        QVERIFY(client.send(QByteArray("Received: x\r\n").repeated(kMostReceived + 1) + "\r\n.\r\n")
                    .startsWith("554 5.4.6 more than 100 Received"));
    }
    void shutdownWaitsForTheMessageInHand()
    {
        SmtpServer server(m_clock, m_incoming);
        SmtpDriver idle(server);
        QCOMPARE(idle.notify(net::Event::Kind::Shutdown), QByteArray("421 4.3.2 shutting down\r\n"));
        QVERIFY(idle.closed());
        SmtpDriver busy(server);
        busy.ask("EHLO client.test");
        begin(busy);
        QCOMPARE(busy.notify(net::Event::Kind::Shutdown), QByteArray());
        const QByteArray answer = busy.send("Subject: last\r\n\r\nword\r\n.\r\n");
        QVERIFY(answer.startsWith("250 2.6.0 "));
        QVERIFY(answer.endsWith("421 4.3.2 shutting down\r\n"));
        QVERIFY(busy.closed());
    }
    void silenceIsEnded()
    {
        SmtpServer server(m_clock, m_incoming);
        SmtpDriver client(server);
        QCOMPARE(client.deadline() - m_clock.steady(), std::chrono::steady_clock::duration(kGreetingTime));
        client.ask("EHLO client.test");
        QCOMPARE(client.deadline() - m_clock.steady(), std::chrono::steady_clock::duration(kCommandTime));
        begin(client);
        QCOMPARE(client.deadline() - m_clock.steady(), std::chrono::steady_clock::duration(kDataTime));
        QCOMPARE(client.wait(), QByteArray("421 4.4.2 timed out\r\n"));
        QVERIFY(client.closed());
    }
    void dripsAreEnded()
    {
        SmtpServer server(m_clock, m_incoming);
        SmtpDriver client(server);
        client.ask("EHLO client.test");
        begin(client);
        m_clock.advance(kDripTime);
        QVERIFY(client.send(QByteArray(kLeastDripBytes, 'x')).isEmpty()); // fast enough
        m_clock.advance(kDripTime);
        QVERIFY(client.send(QByteArray(kLeastDripBytes - 1, 'x')).startsWith("421 4.4.2 "));
        QVERIFY(client.closed());
    }
    void whatIsSubmittedIsCounted()
    {
        Options options = m_submission;
        options.sending = {.messages = 3, .newRecipients = 1};
        SmtpServer server(m_clock, options);
        SmtpDriver client(server, SmtpDriver::Tls::Yes);
        QVERIFY(signIn(client).startsWith("235 "));
        const auto send = [&client](const QByteArray &to) {
            begin(client, to);
            return client.send("\r\nx\r\n.\r\n");
        };
        QVERIFY(send("bob@example.org").startsWith("250 "));
        QVERIFY(send("ann@example.org").startsWith("451 4.7.1 more than 1 first-time recipients"));
        QVERIFY(send("bob@example.org").startsWith("250 "));
        QVERIFY(send("BOB@example.org").startsWith("250 "));
        QVERIFY(send("bob@example.org").startsWith("451 4.7.1 more than 3 messages"));
        m_clock.advance(std::chrono::hours(24));
        QVERIFY(send("ann@example.org").startsWith("250 "));
    }
    void domainsWithoutMailAreTakenAtTheirWord()
    {
        std::function<void(bool)> later;
        const auto check = [&later](const QByteArray &domain, std::function<void(bool)> answered) {
            if (domain == "slow.test")
                later = std::move(answered);
            else
                answered(domain == "null.test");
        };
        SmtpServer incoming(m_clock, m_incoming, check);
        SmtpDriver client(incoming);
        client.ask("EHLO client.test");
        QVERIFY(client.ask("MAIL FROM:<a@null.test>").startsWith("550 5.7.27 "));   // RFC 7505 4.2
        QCOMPARE(client.send("MAIL FROM:<a@slow.test>\r\nNOOP\r\n"), QByteArray()); // commands wait
        later(false);
        QCOMPARE(client.notify(net::Event::Kind::Answer), QByteArray("250 2.1.0 ok\r\n250 2.0.0 ok\r\n"));
        client.ask("RSET");
        QCOMPARE(client.send("MAIL FROM:<a@slow.test>\r\nNOOP\r\n"), QByteArray());
        QCOMPARE(client.wait(), QByteArray("250 2.1.0 ok\r\n250 2.0.0 ok\r\n")); // nobody waits for ever
        later(true);                                                             // too late
        QCOMPARE(client.notify(net::Event::Kind::Answer), QByteArray());
        SmtpServer submission(m_clock, m_submission, check);
        SmtpDriver sender(submission, SmtpDriver::Tls::Yes);
        QVERIFY(signIn(sender).startsWith("235 "));
        sender.ask("MAIL FROM:<ann@example.org>");
        QVERIFY(sender.ask("RCPT TO:<b@null.test>").startsWith("556 5.1.10 ")); // RFC 7504 4
        QVERIFY(sender.ask("RCPT TO:<b@good.test>").startsWith("250 "));
        QVERIFY(sender.ask("RCPT TO:<bob@example.org>").startsWith("250 "));
    }
    void nobodySignsInAsAnAlias()
    {
        SmtpServer server(m_clock, m_submission);
        QVERIFY(server.fixture.run([](db::Database &db, store::Effects &effects) {
            return store::setAlias(db, effects, {.address = "team@example.org", .members = {"ann@example.org"}});
        }));
        SmtpDriver client(server, SmtpDriver::Tls::Yes);
        client.ask("EHLO client.test");
        QVERIFY(client.signIn("team@example.org").contains("535 5.7.8"));
    }
};
POSTROOM_TEST(SessionTest)
#include "session_test.moc"
