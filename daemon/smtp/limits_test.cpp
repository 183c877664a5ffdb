#include "tests/support/smtp_driver.h"
#include "tests/support/test.h"

#include <QDir>

using namespace smtp;
using test::SmtpDriver;
using test::SmtpServer;

namespace {

QByteArray largeMessage(qsizetype size)
{
    QByteArray content = "From: ann@example.org\r\nSubject: large\r\n\r\n";
    for (int line = 0; content.size() < size; ++line)
        content += "line " + QByteArray::number(line) + QByteArray(60, 'x') + "\r\n";
    return content;
}

} // namespace

// What a message may take: room in a mailbox, memory while it comes, a share of the day.
class SmtpLimitsTest : public QObject
{
    Q_OBJECT

    ManualClock m_clock;
    const Options m_incoming{.hostname = "here.test", .mostBytes = 4 * 1024 * 1024};
    const Options m_submission{.hostname = "here.test", .submission = true, .mayRelay = true};

    static void begin(SmtpDriver &client)
    {
        QVERIFY(client.ask("MAIL FROM:<ann@example.org>").startsWith("250 "));
        QVERIFY(client.ask("RCPT TO:<bob@example.org>").startsWith("250 "));
    }
    static QByteArray lastContent(SmtpServer &server)
    {
        const auto last = server.fixture.db().number("select max(content_id) from contents");
        return *store::readContent(server.fixture.db(), last->value_or(0));
    }
    static void limit(SmtpServer &server, qint64 account, const store::Quota &quota)
    {
        QVERIFY(server.fixture.run([account, &quota](db::Database &db, store::Effects &effects) {
            return store::updateAccount(db, effects, account, {}, quota);
        }));
    }
private Q_SLOTS:
    void aFullMailboxIsToldBeforeTheMessage_data()
    {
        QTest::addColumn<qint64>("bytes");
        QTest::addColumn<qint64>("messages");
        QTest::addColumn<QByteArray>("size");
        QTest::addColumn<bool>("full");
        const auto row = [](const char *name, qint64 bytes, qint64 messages, const char *size, bool full) {
            QTest::newRow(name) << bytes << messages << QByteArray(size) << full;
        };
        row("no limit", 0, 0, " SIZE=4000000", false);
        row("as large as there is room", 1000, 0, " SIZE=1000", false);
        row("a byte more", 1000, 0, " SIZE=1001", true);
        row("a size that is not said", 1, 0, "", false);
        row("so many messages", 0, 1, "", false);
    }
    void aFullMailboxIsToldBeforeTheMessage()
    {
        QFETCH(qint64, bytes);
        QFETCH(qint64, messages);
        QFETCH(QByteArray, size);
        QFETCH(bool, full);
        SmtpServer server(m_clock, m_incoming);
        limit(server, server.bob, {.bytes = bytes, .messages = messages});
        SmtpDriver client(server);
        client.ask("EHLO client.test");
        client.ask("MAIL FROM:<a@b.test>" + size);
        const QByteArray answers = client.send("RCPT TO:<bob@example.org>\r\nRCPT TO:<ann@example.org>\r\n");
        QCOMPARE(answers, (full ? QByteArray("452 4.2.2 the mailbox is full\r\n") : QByteArray("250 2.1.5 ok\r\n")) +
                              "250 2.1.5 ok\r\n");
    }
    void oneMessageMoreThanThereMayBe()
    {
        SmtpServer server(m_clock, m_incoming);
        limit(server, server.bob, {.messages = 1});
        SmtpDriver client(server);
        client.ask("EHLO client.test");
        begin(client);
        client.ask("DATA");
        QVERIFY(client.send("\r\nx\r\n.\r\n").startsWith("250 "));
        client.ask("MAIL FROM:<a@b.test>");
        QVERIFY(client.ask("RCPT TO:<bob@example.org>").startsWith("452 4.2.2 "));
        limit(server, server.bob, {.messages = 2});
        QVERIFY(client.ask("RCPT TO:<bob@example.org>").startsWith("250 "));
    }
    void anAliasIsFullWithTheLastOfItsMembers()
    {
        SmtpServer server(m_clock, m_incoming);
        QVERIFY(server.fixture.run([](db::Database &db, store::Effects &effects) {
            return store::setAlias(
                db, effects,
                {.address = "team@example.org", .members = {"ann@example.org", "bob@example.org"}, .senders = {}});
        }));
        limit(server, server.bob, {.bytes = 10});
        SmtpDriver client(server);
        client.ask("EHLO client.test");
        client.ask("MAIL FROM:<a@b.test> SIZE=11");
        QVERIFY(client.ask("RCPT TO:<team@example.org>").startsWith("250 "));
        limit(server, server.fixture.account, {.bytes = 10});
        QVERIFY(client.ask("RCPT TO:<team@example.org>").startsWith("452 4.2.2 "));
    }
    void aLargeMessageGoesByTheDisk_data()
    {
        QTest::addColumn<qsizetype>("size");
        QTest::addColumn<bool>("chunks");
        for (const bool chunks : {false, true}) {
            const char *how = chunks ? "BDAT" : "DATA";
            QTest::addRow("%s, in memory", how) << kSpoolBytes - 1000 << chunks;
            QTest::addRow("%s, a little more", how) << kSpoolBytes + 1000 << chunks;
            QTest::addRow("%s, much more", how) << qsizetype(3 * 1024 * 1024) << chunks;
        }
    }
    void aLargeMessageGoesByTheDisk()
    {
        QFETCH(qsizetype, size);
        QFETCH(bool, chunks);
        SmtpServer server(m_clock, m_incoming);
        SmtpDriver client(server);
        client.ask("EHLO client.test");
        const QByteArray content = largeMessage(size);
        for (int turn = 0; turn < 2; ++turn) { // nothing of the first is left for the second
            begin(client);
            if (!chunks)
                client.ask("DATA");
            for (qsizetype at = 0; at < content.size(); at += 50'000) {
                const QByteArray piece = content.mid(at, 50'000);
                const QByteArray answer =
                    client.send(chunks ? "BDAT " + QByteArray::number(piece.size()) + "\r\n" + piece : piece);
                QCOMPARE(answer, chunks ? QByteArray("250 2.0.0 chunk taken\r\n") : QByteArray());
            }
            QVERIFY(client.send(chunks ? "BDAT 0 LAST\r\n" : ".\r\n").startsWith("250 2.6.0 "));
            QCOMPARE(lastContent(server), content);
        }
        QCOMPARE(server.fixture.problems(), QStringList());
        const QStringList files =
            QDir(server.fixture.folder.path()).entryList({QStringLiteral("*spool*")}, QDir::Files);
        QCOMPARE(files, QStringList());
    }
    void aLargeSubmissionIsCompletedOnTheDisk()
    {
        SmtpServer server(m_clock, m_submission);
        SmtpDriver client(server, SmtpDriver::Tls::Yes);
        client.ask("EHLO client.test");
        QVERIFY(client.signIn("ann@example.org").startsWith("235 "));
        const QByteArray content = largeMessage(1024 * 1024);
        begin(client);
        client.ask("DATA");
        client.send(content);
        QVERIFY(client.ask(".").startsWith("250 2.6.0 "));
        const QByteArray stored = lastContent(server);
        const QByteArray lines = "\r\n" + stored;
        QVERIFY(lines.contains("\r\nDate: ") && lines.contains("\r\nMessage-ID: <"));
        QCOMPARE(stored.last(content.size() - 100), content.last(content.size() - 100));
    }
    void aMessageThatCannotBeSpooledIsRefused()
    {
        SmtpServer server(m_clock, m_incoming);
        SmtpDriver client(server);
        client.ask("EHLO client.test");
        begin(client);
        client.ask("DATA");
        const auto folder = server.fixture.folder.path();
        QVERIFY(QDir().rename(folder, folder + QStringLiteral("-away")));
        client.send(largeMessage(3 * kSpoolBytes));
        const QByteArray answer = client.ask(".");
        QVERIFY(QDir().rename(folder + QStringLiteral("-away"), folder));
        QVERIFY2(answer.startsWith("451 4.3.0 "), answer.constData());
        begin(client); // the next is another matter
        client.ask("DATA");
        QVERIFY(client.send(largeMessage(kSpoolBytes + 1) + ".\r\n").startsWith("250 2.6.0 "));
    }
    void anAccountHasDailyLimitsOfItsOwn()
    {
        Options options = m_submission;
        options.sending = {.messages = 2, .newRecipients = 1};
        SmtpServer server(m_clock, options);
        const auto own = [&server](qint64 messages, qint64 newRecipients) {
            QVERIFY(server.fixture.run([=, &server](db::Database &db, store::Effects &) {
                return store::setDailyLimits(db, server.fixture.account, {messages, newRecipients});
            }));
        };
        SmtpDriver client(server, SmtpDriver::Tls::Yes);
        client.ask("EHLO client.test");
        QVERIFY(client.signIn("ann@example.org").startsWith("235 "));
        const auto send = [&client](const QByteArray &to) {
            client.ask("MAIL FROM:<ann@example.org>");
            client.ask("RCPT TO:<" + to + ">");
            client.ask("DATA");
            return client.send("\r\nx\r\n.\r\n");
        };
        own(3, 2);
        QVERIFY(send("bob@example.org").startsWith("250 "));
        QVERIFY(send("ann@example.org").startsWith("250 "));
        QVERIFY(send("c@elsewhere.test").startsWith("451 4.7.1 more than 2 first-time recipients"));
        QVERIFY(send("bob@example.org").startsWith("250 "));
        QVERIFY(send("bob@example.org").startsWith("451 4.7.1 more than 3 messages"));
        own(0, -1); // any number of messages; as many new people as the server lets everybody have
        QVERIFY(send("bob@example.org").startsWith("250 "));
        QVERIFY(send("c@elsewhere.test").startsWith("451 4.7.1 more than 1 first-time recipients"));
    }
};
POSTROOM_TEST(SmtpLimitsTest)
#include "limits_test.moc"
