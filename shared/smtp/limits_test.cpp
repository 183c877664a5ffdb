// Every limit of this folder's parsers, one below it, at it, and one above.
#include "shared/smtp/client_extensions.h"
#include "shared/smtp/command.h"
#include "shared/smtp/reply.h"
#include "tests/support/test.h"

using namespace smtp;

namespace {

template<class T>
QString errorOf(const Result<T> &result)
{
    return result ? QString() : publicText(result.error());
}

QByteArray domainOf(qsizetype length) // labels of 63, the last one as long as needed
{
    QByteArray domain;
    while (length - domain.size() > 63)
        domain.append(QByteArray(62, 'd') + '.');
    return domain + QByteArray(length - domain.size(), 'd');
}

QByteArray reply(qsizetype lines) { return QByteArray("250-x\r\n").repeated(lines - 1) + "250 x\r\n"; }

QString replyError(const QByteArray &wire)
{
    ReplyReader reader;
    std::optional<Reply> got;
    return errorOf(reader.feed(wire, got));
}

QString mailError(const QByteArray &argument) { return errorOf(parseMail(argument)); }
QString rcptError(const QByteArray &argument) { return errorOf(parseRcpt(argument)); }

} // namespace

class SmtpLimitsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keptAtTheEdge_data()
    {
        QTest::addColumn<QString>("error");
        QTest::addColumn<QString>("wanted"); // how it begins; empty = taken
        const QString localpart = QStringLiteral("localpart longer than 64 bytes");
        const auto address = [](const QByteArray &text) { return errorOf(parseAddress(text)); };
        QTest::newRow("localpart of 63") << address(QByteArray(63, 'a') + "@b") << QString();
        QTest::newRow("localpart of 64") << address(QByteArray(64, 'a') + "@b") << QString();
        QTest::newRow("localpart of 65") << address(QByteArray(65, 'a') + "@b") << localpart;
        QTest::newRow("quoted localpart of 64") << address('"' + QByteArray(64, ' ') + "\"@b") << QString();
        QTest::newRow("quoted localpart of 65") << address('"' + QByteArray(65, ' ') + "\"@b") << localpart;
        QTest::newRow("label of 62") << address("a@" + QByteArray(62, 'b')) << QString();
        QTest::newRow("label of 63") << address("a@" + QByteArray(63, 'b')) << QString();
        QTest::newRow("label of 64") << address("a@" + QByteArray(64, 'b')) << "label in domain longer than 63 bytes";
        QTest::newRow("domain of 254") << address("a@" + domainOf(254)) << QString();
        QTest::newRow("domain of 255") << address("a@" + domainOf(255)) << QString();
        QTest::newRow("domain of 256") << address("a@" + domainOf(256)) << "domain longer than 255 bytes";
        QTest::newRow("literal of 60") << address("a@[" + QByteArray(60, '1') + ']') << "bad address literal";
        QTest::newRow("literal of 61") << address("a@[" + QByteArray(61, '1') + ']')
                                       << "address literal is longer than 60 bytes";
        QByteArray names; // each another, as none may come twice
        for (int i = 0; i < 20; ++i)
            names += " X" + QByteArray::number(i);
        const QByteArray twenty = "FROM:<a@b>" + names;
        QTest::newRow("20 parameters") << mailError(twenty) << QString();
        QTest::newRow("20 parameters, blank") << mailError(twenty + ' ') << QString();
        QTest::newRow("21 parameters") << mailError(twenty + " SIZE=1") << "more than 20 parameters";
        QTest::newRow("20 of RCPT") << rcptError("TO:<a@b>" + names) << QString();
        QTest::newRow("21 of RCPT") << rcptError("TO:<a@b>" + names + " NOTIFY=NEVER") << "more than 20 parameters";
        QTest::newRow("keyword of 64") << mailError("FROM:<a@b> " + QByteArray(64, 'K')) << QString();
        QTest::newRow("keyword of 65") << mailError("FROM:<a@b> " + QByteArray(65, 'K'))
                                       << "parameter is longer than 64 bytes";
        QTest::newRow("value of 1024") << mailError("FROM:<a@b> AUTH=" + QByteArray(1024, 'x')) << QString();
        QTest::newRow("value of 1025") << mailError("FROM:<a@b> AUTH=" + QByteArray(1025, 'x'))
                                       << "parameter value is longer than 1024 bytes";
        QTest::newRow("ENVID of 99") << mailError("FROM:<a@b> ENVID=" + QByteArray(99, 'x')) << QString();
        QTest::newRow("ENVID of 100") << mailError("FROM:<a@b> ENVID=" + QByteArray(100, 'x')) << QString();
        QTest::newRow("ENVID of 101") << mailError("FROM:<a@b> ENVID=" + QByteArray(101, 'x'))
                                      << "ENVID must have 1 to 100 characters";
        QTest::newRow("ORCPT of 499") << rcptError("TO:<a@b> ORCPT=rfc822;" + QByteArray(492, 'x')) << QString();
        QTest::newRow("ORCPT of 500") << rcptError("TO:<a@b> ORCPT=rfc822;" + QByteArray(493, 'x')) << QString();
        QTest::newRow("ORCPT of 501") << rcptError("TO:<a@b> ORCPT=rfc822;" + QByteArray(494, 'x'))
                                      << "ORCPT must be TYPE;ADDRESS, of at most 500 bytes";
        QTest::newRow("largest SIZE") << mailError("FROM:<a@b> SIZE=1000000000000") << QString();
        QTest::newRow("larger SIZE") << mailError("FROM:<a@b> SIZE=1000000000001")
                                     << "SIZE is not a number up to 1000000000000";
        QTest::newRow("largest chunk") << errorOf(parseBdat("1000000000000 LAST")) << QString();
        QTest::newRow("larger chunk") << errorOf(parseBdat("1000000000001")) << "chunk size must be 0 to 1000000000000";
        QTest::newRow("mechanism of 19") << errorOf(parseAuth(QByteArray(19, 'A'))) << QString();
        QTest::newRow("mechanism of 20") << errorOf(parseAuth(QByteArray(20, 'A'))) << QString();
        QTest::newRow("mechanism of 21") << errorOf(parseAuth(QByteArray(21, 'A')))
                                         << "mechanism is longer than 20 bytes";
        QTest::newRow("reply of 199 lines") << replyError(reply(199)) << QString();
        QTest::newRow("reply of 200 lines") << replyError(reply(200)) << QString();
        QTest::newRow("reply of 201 lines") << replyError(reply(201)) << "reply of more than 200 lines";
    }
    void keptAtTheEdge()
    {
        QFETCH(QString, error);
        QFETCH(QString, wanted);
        QVERIFY2(wanted.isEmpty() ? error.isEmpty() : error.startsWith(wanted), qPrintable(error));
    }
    void replyLinesAreBounded()
    {
        const auto line = [](qsizetype length) { // without its line feed
            return replyError("250 " + QByteArray(length - 5, 'x') + "\r\n");
        };
        QCOMPARE(line(ReplyReader::kLongestLine - 1), QString());
        QCOMPARE(line(ReplyReader::kLongestLine), QString());
        QCOMPARE(line(ReplyReader::kLongestLine + 1), QStringLiteral("reply line longer than 2048 bytes"));
    }
    void whatAServerOffersIsBounded()
    {
        Reply hello{.code = 250, .enhanced = {}, .lines = {"hi"}};
        QByteArray names;
        for (int i = 0; i < 60; ++i)
            names.append(" M").append(QByteArray::number(i));
        hello.lines.append("AUTH" + names);
        QCOMPARE(parseExtensions(hello).mechanisms.size(), 50);
        const auto recipients = [](const char *limit) {
            return parseExtensions(
                       {.code = 250, .enhanced = {}, .lines = {"hi", QByteArray("LIMITS RCPTMAX=") + limit}})
                .mostRecipients;
        };
        QCOMPARE(recipients("0"), 0); // no limit that could be kept
        QCOMPARE(recipients("1"), 1);
        QCOMPARE(recipients("999999"), 999'999);
        QCOMPARE(recipients("1000000"), 1'000'000);
        QCOMPARE(recipients("1000001"), 0); // as good as none
    }
};

POSTROOM_TEST(SmtpLimitsTest)
#include "limits_test.moc"
