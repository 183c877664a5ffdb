// The session as a whole where a transcript can't show it: time that passes, and limits one byte or one round before
// and behind.
#include "tests/support/imap_driver.h"
#include "tests/support/test.h"

using namespace imap;

class SessionTest : public QObject
{
    Q_OBJECT
    ManualClock m_clock;

private Q_SLOTS:
    // RFC 9585: a search that takes long says how far it is, every ten seconds
    void longSearchesTellHowFarTheyAre()
    {
        // Each look at the clock takes a slice's time, so that 2,000 messages take several slices.
        class SlowClock final : public Clock
        {
        public:
            Timestamp now() const override { return {}; }
            std::chrono::steady_clock::time_point steady() const override { return m_now += std::chrono::seconds(3); }

        private:
            mutable std::chrono::steady_clock::time_point m_now;
        };
        const SlowClock clock;
        test::ImapServer server(clock);
        QVERIFY(server.fixture.deliver("Subject: x\r\n\r\nbody\r\n"));
        test::ImapDriver client(server, 1);
        client.send("a SELECT INBOX\r\n");
        for (int doubling = 0; doubling < 11; ++doubling)
            QVERIFY(client.send("b COPY 1:* INBOX\r\n").contains("b OK"));
        const QByteArray answer = client.send("c\"d SEARCH NOT TEXT nothinghasthis\r\n");
        QVERIFY(answer.startsWith("* BAD") || answer.contains(" BAD ")); // no such tag
        const QByteArray found = client.send("c SEARCH NOT TEXT nothinghasthis\r\n");
        QVERIFY2(found.contains("c OK SEARCH done"), found.right(200).constData());
        const auto line = QByteArrayLiteral("* OK [INPROGRESS (\"c\" ");
        QVERIFY2(found.startsWith(line), found.left(200).constData());
        QVERIFY(found.contains(" 2048)] searching\r\n"));
        QVERIFY(found.contains("\r\n* SEARCH 1 2 3 "));
    }
    void pipelinedCommandsAreAnsweredInOrder()
    {
        test::ImapServer server(m_clock);
        test::ImapDriver client(server, 1);
        QByteArray many;
        constexpr int kCommands = 20'000;
        for (int i = 0; i < kCommands; ++i)
            many.append('a' + QByteArray::number(i) + " NOOP\r\n");
        const QByteArray answer = client.send(many);
        QCOMPARE(answer.count(" OK done\r\n"), kCommands);
        QVERIFY(answer.endsWith('a' + QByteArray::number(kCommands - 1) + " OK done\r\n"));
    }
    void badCommandsAreCounted_data()
    {
        QTest::addColumn<int>("commands");
        QTest::addColumn<bool>("closed");
        QTest::newRow("one fewer") << kMostBadCommands - 1 << false;
        QTest::newRow("the last") << kMostBadCommands << true;
        QTest::newRow("one more") << kMostBadCommands + 1 << true;
    }
    void badCommandsAreCounted()
    {
        QFETCH(int, commands);
        test::ImapServer server(m_clock);
        test::ImapDriver client(server, 1);
        const QByteArray answer = client.send(QByteArray("a NONSENSE\r\n").repeated(commands));
        QTEST(client.closed(), "closed");
        QCOMPARE(answer.count("a BAD"), std::min(commands, kMostBadCommands));
        QCOMPARE(answer.contains("* BYE"), client.closed());
    }
    void annotationsHaveALargestSize()
    {
        test::ImapServer server(m_clock);
        test::ImapDriver client(server, 1);
        const auto set = [&client](qsizetype size) {
            return client.send("a SETMETADATA \"\" (/private/x ~{" + QByteArray::number(size) + "+}\r\n" +
                               QByteArray(size, 'x') + ")\r\n");
        };
        QVERIFY(set(65535).contains("a OK"));
        QVERIFY(set(65536).contains("a OK"));
        QVERIFY(set(65537).contains("a NO [METADATA MAXSIZE 65536]"));
    }
};

POSTROOM_TEST(SessionTest)
#include "session_test.moc"
