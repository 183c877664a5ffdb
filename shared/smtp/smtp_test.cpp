#include "shared/smtp/command.h"
#include "shared/smtp/data_reader.h"
#include "shared/smtp/reply.h"
#include "tests/support/test.h"

class SmtpTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void addresses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("canonical"); // empty = refused
        QTest::newRow("plain") << QByteArray("Ann@Example.ORG") << QByteArray("Ann@example.org");
        QTest::newRow("needless quotes") << QByteArray("\"ann\"@example.org") << QByteArray("ann@example.org");
        QTest::newRow("needed quotes") << QByteArray("\"a b\"@example.org") << QByteArray("\"a b\"@example.org");
        QTest::newRow("literal") << QByteArray("a@[192.0.2.1]") << QByteArray("a@[192.0.2.1]");
        QTest::newRow("idn") << QByteArray("a@b\xc3\xbc.example") << QByteArray("a@xn--b-eha.example");
        QTest::newRow("two dots") << QByteArray("a..b@example.org") << QByteArray();
        QTest::newRow("no domain") << QByteArray("a@") << QByteArray();
        QTest::newRow("hyphen label") << QByteArray("a@-x.org") << QByteArray();
        QTest::newRow("bad literal") << QByteArray("a@[1.2.3]") << QByteArray();
        QTest::newRow("longest localpart") << QByteArray(64, 'a') + "@b" << QByteArray(64, 'a') + "@b";
        QTest::newRow("too long localpart") << QByteArray(65, 'a') + "@b" << QByteArray();
    }
    void addresses()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, canonical);
        const auto address = smtp::parseAddress(text);
        QCOMPARE(address.has_value(), !canonical.isEmpty());
        if (address)
            QCOMPARE(address->toBytes(), canonical);
    }
    void mailParameters()
    {
        const auto mail = smtp::parseMail("FROM:<a@b> SIZE=12 BODY=8BITMIME SMTPUTF8 ENVID=a+2Bb RET=hdrs");
        QVERIFY(mail);
        QCOMPARE(mail->sizeBytes, 12);
        QCOMPARE(mail->envelopeId, QByteArray("a+b"));
        QCOMPARE(mail->returnContent, QByteArray("HDRS"));
        QVERIFY(mail->smtpUtf8);
        QVERIFY(smtp::parseMail("FROM:<>")->reversePath.isNull());
        QCOMPARE(smtp::parseMail("FROM:<a@b> X SIZE=1 Y=2")->unknown, QByteArray("X"));
        QVERIFY(smtp::parseMail("FROM:<a@b> REQUIRETLS")->requireTls);
        for (const char *bad :
             {"FROM:", "FROM:a@b", "FROM:<a@b> SIZE", "FROM:<a@b> BODY=9BIT", "FROM:<a@b>X", "FROM:<a@b> SIZE=1 size=1",
              "FROM:<a@b> SMTPUTF8=1", "FROM:<a@b> REQUIRETLS=1", "FROM:<a@b> ENVID", "FROM:<a@b> ENVID=a+0Ab",
              "FROM:<a@b> ENVID=a+4", "FROM:<a@b> RET=ALL", "FROM:<a@b> AUTH"})
            QVERIFY2(!smtp::parseMail(bad), bad);
        QVERIFY(smtp::parseMail("FROM:<a@b> ENVID=" + QByteArray(100, 'x')));
        QVERIFY(!smtp::parseMail("FROM:<a@b> ENVID=" + QByteArray(101, 'x')));
    }
    void heldMail()
    {
        QCOMPARE(smtp::parseMail("FROM:<a@b> HOLDFOR=60")->release.after, std::chrono::seconds(60));
        QCOMPARE(smtp::parseMail("FROM:<a@b> HOLDFOR=999999999")->release.request, QByteArray("for;999999999"));
        const auto until = smtp::parseMail("FROM:<a@b> HOLDUNTIL=2026-12-24T18:00:00Z");
        QCOMPARE(toIso(*until->release.until), QStringLiteral("2026-12-24T18:00:00Z"));
        QCOMPARE(until->release.request, QByteArray("until;2026-12-24T18:00:00Z"));
        for (const char *bad : {"HOLDFOR=0", "HOLDFOR=1000000000", "HOLDFOR=-1", "HOLDFOR", "HOLDUNTIL=soon",
                                "HOLDFOR=60 HOLDUNTIL=2026-12-24T18:00:00Z", "HOLDFOR=1 HOLDFOR=1"})
            QVERIFY2(!smtp::parseMail(QByteArray("FROM:<a@b> ") + bad), bad);
    }
    void rcptParameters()
    {
        const auto rcpt = smtp::parseRcpt("TO:<a@b> NOTIFY=success,Delay ORCPT=rfc822;Ann+40example.org");
        QCOMPARE(rcpt->notify, QByteArray("SUCCESS,DELAY"));
        QCOMPARE(rcpt->originalRecipient, QByteArray("rfc822;Ann+40example.org"));
        QCOMPARE(smtp::parseRcpt("TO:<a@b> X=1")->unknown, QByteArray("X"));
        for (const char *bad :
             {"NOTIFY", "NOTIFY=NEVER,DELAY", "NOTIFY=DELAY,", "NOTIFY=SOMETIMES", "ORCPT=a@b", "ORCPT=;a",
              "ORCPT=rfc822;", "ORCPT=rfc822;a+0D+0AX:b", "ORCPT=rfc 822;a", "NOTIFY=DELAY NOTIFY=DELAY"})
            QVERIFY2(!smtp::parseRcpt(QByteArray("TO:<a@b> ") + bad), bad);
        QVERIFY(smtp::parseRcpt("TO:<a@b> ORCPT=rfc822;" + QByteArray(493, 'x')));
        QVERIFY(!smtp::parseRcpt("TO:<a@b> ORCPT=rfc822;" + QByteArray(494, 'x')));
    }
    void onlyCrlfDotCrlfEndsData_data()
    {
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<bool>("bare");
        QTest::newRow("plain") << QByteArray("a\r\n.\r\n") << QByteArray("a\r\n") << false;
        QTest::newRow("empty") << QByteArray(".\r\n") << QByteArray() << false;
        QTest::newRow("stuffed") << QByteArray("..\r\n.x\r\n.\r\n") << QByteArray(".\r\nx\r\n") << false;
        QTest::newRow("lf dot lf") << QByteArray("a\n.\nb\r\n.\r\n") << QByteArray("a") << true;
        QTest::newRow("cr dot crlf") << QByteArray("a\r.\r\nb\r\n.\r\n") << QByteArray("a") << true;
    }
    void onlyCrlfDotCrlfEndsData()
    {
        QFETCH(QByteArray, stream);
        QFETCH(QByteArray, message);
        QFETCH(bool, bare);
        for (qsizetype step = 1; step <= stream.size(); ++step) {
            smtp::DataReader reader(1000);
            QByteArray got;
            qsizetype at = 0;
            while (at < stream.size() && !reader.finished())
                at += reader.feed(QByteArrayView(stream).sliced(at, std::min(step, stream.size() - at)), got);
            QVERIFY(reader.finished());
            QCOMPARE(at, stream.size());
            QCOMPARE(reader.hasBareLineEnd(), bare);
            if (!bare)
                QCOMPARE(got, message);
        }
    }
    void bareLineFeedsAreMendedOnRequest_data()
    {
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<QByteArray>("message"); // null = refused
        QTest::newRow("lines") << QByteArray("a\nb\n\nc\r\n.\r\n") << QByteArray("a\r\nb\r\n\r\nc\r\n");
        QTest::newRow("dot begins a line") << QByteArray("a\n.b\r\n.\r\n") << QByteArray("a\r\n.b\r\n");
        QTest::newRow("stuffed dot") << QByteArray("a\n\r\n..b\n.\tc\r\n.\r\n")
                                     << QByteArray("a\r\n\r\n.b\r\n.\tc\r\n");
        QTest::newRow("lf dot lf") << QByteArray("a\n.\nb\r\n.\r\n") << QByteArray();
        QTest::newRow("crlf dot lf") << QByteArray("a\r\n.\nb\r\n.\r\n") << QByteArray();
        QTest::newRow("lf dot crlf") << QByteArray("a\n.\r\n.\r\n") << QByteArray();
        QTest::newRow("lf dot cr") << QByteArray("a\n.\rb\r\n.\r\n") << QByteArray();
        QTest::newRow("first dot lf") << QByteArray(".\nb\r\n.\r\n") << QByteArray();
        QTest::newRow("cr") << QByteArray("a\rb\r\n.\r\n") << QByteArray();
        QTest::newRow("cr crlf") << QByteArray("a\r\r\n.\r\n") << QByteArray();
    }
    void bareLineFeedsAreMendedOnRequest()
    {
        QFETCH(QByteArray, stream);
        QFETCH(QByteArray, message);
        for (qsizetype step = 1; step <= stream.size(); ++step) {
            smtp::DataReader reader(1000, smtp::LineEnds::Mend);
            QByteArray got;
            qsizetype at = 0;
            while (at < stream.size() && !reader.finished())
                at += reader.feed(QByteArrayView(stream).sliced(at, std::min(step, stream.size() - at)), got);
            QVERIFY(reader.finished());
            QCOMPARE(at, stream.size());
            QCOMPARE(reader.hasBareLineEnd(), message.isNull());
            if (!message.isNull())
                QCOMPARE(got, message);
        }
    }
    void chunksKeepTheirDots_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<bool>("mend");
        QTest::addColumn<QByteArray>("message"); // null = refused
        QTest::newRow("dots") << QByteArray(".a\r\n.\r\n..\r\n") << false << QByteArray(".a\r\n.\r\n..\r\n");
        QTest::newRow("no line end") << QByteArray("a\r\nb") << false << QByteArray("a\r\nb");
        QTest::newRow("bare lf") << QByteArray("a\nb\r\n") << false << QByteArray();
        QTest::newRow("bare lf, mended") << QByteArray("a\nb\r\n") << true << QByteArray("a\r\nb\r\n");
        QTest::newRow("look-alike") << QByteArray("a\n.\nb\r\n") << true << QByteArray();
        QTest::newRow("look-alike at the end") << QByteArray("a\n.") << true << QByteArray();
        QTest::newRow("cr at the end") << QByteArray("a\r") << true << QByteArray();
        QTest::newRow("dot at the end") << QByteArray("a\r\n.") << false << QByteArray("a\r\n.");
    }
    void chunksKeepTheirDots()
    {
        QFETCH(QByteArray, content);
        QFETCH(bool, mend);
        QFETCH(QByteArray, message);
        for (qsizetype step = 1; step <= content.size(); ++step) {
            smtp::DataReader reader(1000, mend ? smtp::LineEnds::Mend : smtp::LineEnds::Strict, smtp::Framing::Chunk);
            QByteArray got;
            for (qsizetype at = 0; at < content.size(); at += step) {
                const qsizetype length = std::min(step, content.size() - at);
                QCOMPARE(reader.feed(QByteArrayView(content).sliced(at, length), got), length);
            }
            reader.endChunks();
            QVERIFY(reader.finished());
            QCOMPARE(reader.hasBareLineEnd(), message.isNull());
            if (!message.isNull())
                QCOMPARE(got, message);
        }
    }
    void dataIsLimitedAtTheEdge()
    {
        for (const int size : {998, 999}) {
            smtp::DataReader reader(1000);
            QByteArray got;
            reader.feed(QByteArray(size, 'x') + "\r\n.\r\n", got);
            QCOMPARE(reader.tooLarge(), size == 999);
        }
    }
    void repliesRoundTrip()
    {
        const smtp::Reply reply{.code = 550, .enhanced = "5.1.1", .lines = {"no", "such user"}};
        smtp::ReplyReader reader;
        std::optional<smtp::Reply> got;
        const QByteArray wire = reply.toBytes();
        QCOMPARE(wire, QByteArray("550-5.1.1 no\r\n550 5.1.1 such user\r\n"));
        QCOMPARE(*reader.feed(wire + "250 next\r\n", got), wire.size());
        QCOMPARE(got->lines, reply.lines);
        QCOMPARE(got->enhanced, reply.enhanced);
        smtp::ReplyReader mixed;
        QVERIFY(!mixed.feed("250-a\r\n550 b\r\n", got));
    }
};
POSTROOM_TEST(SmtpTest)
#include "smtp_test.moc"
