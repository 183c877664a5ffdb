#include "shared/mime/dsn.h"

#include "shared/mime/dsn_explain.h"
#include "shared/mime/header_list.h"
#include "shared/mime/part.h"
#include "tests/support/test.h"

using namespace mime;

namespace {

const Timestamp kThen = fromMilliseconds(1'800'000'000'000);

Dsn report(DsnAction action)
{
    Dsn dsn{.action = action,
            .hostname = "mail.x.test",
            .recipient = "ann@x.test",
            .messageId = "<1@mail.x.test>",
            .seed = "seed",
            .now = kThen,
            .arrival = kThen - std::chrono::hours(2),
            .envelopeId = "id 1"};
    dsn.original = "Message-ID: <o@x.test>\r\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\n\r\nthe body\r\n";
    dsn.recipients.append({.address = "bob@y.test",
                           .originalRecipient = "rfc822;b+2Bb@y.test",
                           .status = "5.1.1",
                           .remoteHost = "mx.y.test",
                           .reply = "550 5.1.1 nobody",
                           .attempts = 3,
                           .lastAttempt = kThen});
    return dsn;
}

QByteArray bodyOf(const QByteArray &message, const Part &part)
{
    return message.mid(part.bodyStart, part.bodyEnd - part.bodyStart);
}

} // namespace

class DsnTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void failedNamesCauseAndNextStep()
    {
        const QByteArray message = composeDsn(report(DsnAction::Failed));
        const HeaderList header(message);
        QCOMPARE(header.value("To"), QByteArray("<ann@x.test>"));
        QCOMPARE(header.value("In-Reply-To"), QByteArray("<o@x.test>"));
        QCOMPARE(header.value("Auto-Submitted"), QByteArray("auto-replied"));
        QCOMPARE(header.value("Subject"), QByteArray("=?UTF-8?Q?Not_delivered=3A_Gr=C3=BC=C3=9Fe?="));
        const Part root = parseMessage(message);
        QCOMPARE(root.contentType.subtype, QByteArray("report"));
        QCOMPARE(root.contentType.parameter("report-type"), QByteArray("delivery-status"));
        QCOMPARE(root.children.size(), 3U);
        QByteArray text = bodyOf(message, root.children[0]);
        text.replace("=\r\n", "");
        for (const char *piece : {"bob@y.test", "There is no mailbox with this address.", "What you can do: Check",
                                  "The server mx.y.test said: 550 5.1.1 nobody", "3 times", "not tried again"})
            QVERIFY2(text.contains(piece), piece);
        const QByteArray fields = bodyOf(message, root.children[1]);
        for (const char *field :
             {"Original-Envelope-Id: id 1", "Reporting-MTA: dns; mail.x.test",
              "\r\n\r\nOriginal-Recipient: rfc822; b+b@y.test", "Final-Recipient: rfc822; bob@y.test", "Action: failed",
              "Status: 5.1.1", "Remote-MTA: dns; mx.y.test", "Diagnostic-Code: smtp; 550 5.1.1 nobody",
              "Last-Attempt-Date: Fri, 15 Jan 2027 08:00:00 +0000"})
            QVERIFY2(fields.contains(field), field);
        QCOMPARE(root.children[2].contentType.subtype, QByteArray("rfc822-headers"));
        QVERIFY(!message.contains("the body"));
    }
    void delayedTellsWhenItIsTriedAgain()
    {
        Dsn dsn = report(DsnAction::Delayed);
        dsn.recipients[0].status = "4.4.1";
        dsn.recipients[0].reply.clear();
        dsn.recipients[0].reason = "connection refused";
        dsn.recipients[0].nextAttempt = kThen + std::chrono::hours(4);
        dsn.recipients[0].retryUntil = kThen + std::chrono::days(5);
        QByteArray message = composeDsn(dsn);
        message.replace("=\r\n", "");
        QVERIFY(message.contains("tried again at Fri, 15 Jan 2027 12:00:00"));
        QVERIFY(message.contains("You need not do anything."));
        QVERIFY(message.contains("Will-Retry-Until: Wed, 20 Jan 2027 08:00:00 +0000"));
        QVERIFY(message.contains("Diagnostic-Code: x-postroom; connection refused"));
        QVERIFY(!message.contains("not tried again"));
    }
    void wholeMessageIsAttachedWhenAskedFor()
    {
        Dsn dsn = report(DsnAction::Failed);
        dsn.attachAll = true;
        const QByteArray message = composeDsn(dsn);
        const Part root = parseMessage(message);
        QVERIFY(root.children[2].isMessage());
        QCOMPARE(bodyOf(message, root.children[2]), dsn.original);
    }
    void internationalAddressesMakeItGlobal()
    {
        Dsn dsn = report(DsnAction::Failed);
        QVERIFY(!isInternational(dsn));
        dsn.recipients[0].address = "j\xc3\xbcrgen@y.test";
        dsn.recipients[0].reply = "550 kein J\xc3\xbcrgen";
        QVERIFY(isInternational(dsn));
        const QByteArray message = composeDsn(dsn);
        QVERIFY(message.contains("message/global-delivery-status"));
        QVERIFY(message.contains("Final-Recipient: utf-8; j\xc3\xbcrgen@y.test"));
        QVERIFY(message.contains("text/rfc822-headers"));
        dsn.original.prepend("X-Note: \xc3\xa9\r\n");
        QVERIFY(composeDsn(dsn).contains("message/global-headers"));
    }
    void hostileRepliesStayInTheirField()
    {
        Dsn dsn = report(DsnAction::Failed);
        dsn.recipients[0].reply = "550 \xff\xfe\r\nBcc: x\r\n\r\n--=_seed--" + QByteArray(5000, 'a');
        dsn.original = "Subject: a\r\nMessage-ID: no\r\n";
        const QByteArray message = composeDsn(dsn);
        QVERIFY(!message.contains("\nBcc:"));
        QCOMPARE(parseMessage(message).children.size(), 3U);
        QVERIFY(HeaderList(message).find("References") == nullptr);
    }
    void everyStatusIsExplained_data()
    {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<QByteArray>("reply");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("exact") << QByteArray("4.2.2") << QByteArray("452 no") << QByteArray("mailbox-full");
        QTest::newRow("subject") << QByteArray("5.7.99") << QByteArray() << QByteArray("policy");
        QTest::newRow("unknown subject") << QByteArray("5.9.1") << QByteArray() << QByteArray("unknown");
        QTest::newRow("nothing") << QByteArray() << QByteArray() << QByteArray("unknown");
        QTest::newRow("words say more than the code")
            << QByteArray("4.7.1") << QByteArray("450 4.7.1 <x@y>: Greylisted, see there") << QByteArray("greylisted");
        QTest::newRow("words without a code")
            << QByteArray() << QByteArray("554 IP address is block listed.") << QByteArray("provider-blocked");
        QTest::newRow("a host that takes no mail")
            << QByteArray() << QByteArray("521 no mail here") << QByteArray("not-accepting");
        QTest::newRow("a domain that takes no mail")
            << QByteArray("5.0.0") << QByteArray("556 no") << QByteArray("domain-takes-no-mail");
        QTest::newRow("a code of its own is not overruled")
            << QByteArray("5.1.1") << QByteArray("521 no") << QByteArray("no-such-mailbox");
    }
    void everyStatusIsExplained()
    {
        QFETCH(QByteArray, status);
        QFETCH(QByteArray, reply);
        QFETCH(QByteArray, code);
        QCOMPARE(explainStatus(status, reply).code, code);
    }
    void everyExplanationIsWholeAndNamesItsSource()
    {
        QVERIFY(explanations().size() >= 60);
        for (const StatusExplanation &each : explanations()) {
            QVERIFY2(each.status.isEmpty() != each.words.isEmpty(), each.code);
            QVERIFY2(!each.code.isEmpty() && each.cause.endsWith('.') && each.nextStep.endsWith('.'), each.code);
            QVERIFY2(each.source.startsWith("RFC ") || each.source.startsWith("http"), each.source);
            QCOMPARE(each.words, each.words.toLower());
        }
    }
};

POSTROOM_TEST(DsnTest)
#include "dsn_test.moc"
