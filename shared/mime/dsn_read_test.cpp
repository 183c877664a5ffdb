#include "shared/mime/dsn_read.h"

#include "shared/mime/dsn.h"
#include "tests/support/test.h"

using namespace mime;

namespace {

constexpr char kForeign[] = "From: MAILER-DAEMON@peer.test\r\n"
                            "Content-Type: multipart/report; report-type=\"delivery-status\"; boundary=b\r\n"
                            "\r\n"
                            "--b\r\n\r\nIt failed.\r\n"
                            "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
                            "Reporting-MTA: dns; mx.peer.test\r\n"
                            "Original-Envelope-ID: ab12\r\n"
                            "\r\n"
                            "Final-Recipient: rfc822; bob@y.test\r\n"
                            "Original-Recipient: rfc822;robert@y.test\r\n"
                            "Action: Failed\r\n"
                            "Status: 5.1.1 (no such user)\r\n"
                            "Diagnostic-Code: smtp; 550 5.1.1\r\n"
                            "    nobody here\r\n"
                            "\r\n"
                            "Original-Recipient: rfc822;eve@y.test\r\n"
                            "Action: relayed\r\n"
                            "Status: 2.0.0\r\n"
                            "\r\n"
                            "Final-Recipient: rfc822; no-action@y.test\r\n"
                            "--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
                            "Subject: x\r\nMessage-ID: <1@here.test>\r\n"
                            "--b--\r\n";

} // namespace

class DsnReadTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aReportSaysWhatAndWhom()
    {
        const auto report = readDsn(kForeign);
        QVERIFY(report);
        QCOMPARE(report->envelopeId, QByteArray("ab12"));
        QCOMPARE(report->messageId, QByteArray("1@here.test"));
        QCOMPARE(report->recipients.size(), 2);
        const ReportedRecipient &first = report->recipients.first();
        QCOMPARE(first.address, QByteArray("bob@y.test"));
        QCOMPARE(first.original, QByteArray("robert@y.test"));
        QCOMPARE(first.action, QByteArray("failed"));
        QCOMPARE(first.status, QByteArray("5.1.1"));
        QVERIFY(first.diagnostic.startsWith("550 5.1.1"));
        QVERIFY(first.diagnostic.endsWith("nobody here"));
        QCOMPARE(report->recipients.last().address, QByteArray("eve@y.test"));
        QCOMPARE(report->recipients.last().action, QByteArray("relayed"));
    }
    void ourOwnReportsAreRead()
    {
        Dsn dsn{.hostname = "here.test", .recipient = "ann@x.test", .messageId = "<r@here.test>", .seed = "seed"};
        dsn.envelopeId = "e1";
        dsn.recipients.append({.address = "bob@y.test", .status = "5.2.2", .reply = "552 5.2.2 full"});
        dsn.original = "Message-ID: <2@x.test>\r\n\r\nhello\r\n";
        const auto report = readDsn(composeDsn(dsn));
        QVERIFY(report);
        QCOMPARE(report->messageId, QByteArray("2@x.test"));
        QCOMPARE(report->envelopeId, QByteArray("e1"));
        QCOMPARE(report->recipients.first().status, QByteArray("5.2.2"));
    }
    void whatIsNoReportIsNothing_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("plain") << QByteArray("Subject: x\r\n\r\nhello\r\n");
        QTest::newRow("another report") << QByteArray(kForeign).replace("delivery-status\"",
                                                                        "disposition-notification\"");
        QTest::newRow("no recipient") << QByteArray(kForeign).replace("Action:", "Reaction:");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut") << QByteArray(kForeign).left(200);
    }
    void whatIsNoReportIsNothing()
    {
        QFETCH(QByteArray, message);
        QVERIFY(!readDsn(message));
    }
};

POSTROOM_TEST(DsnReadTest)
#include "dsn_read_test.moc"
