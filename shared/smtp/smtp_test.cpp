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
        for (const char *bad :
             {"FROM:", "FROM:a@b", "FROM:<a@b> SIZE", "FROM:<a@b> BODY=9BIT", "FROM:<a@b> X", "FROM:<a@b>X"})
            QVERIFY2(!smtp::parseMail(bad), bad);
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
