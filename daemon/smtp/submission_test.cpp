#include "daemon/smtp/submission.h"
#include "shared/mime/header_list.h"
#include "tests/support/test.h"

using namespace smtp;

namespace {

Result<Submission> prepare(const QByteArray &content)
{
    return prepareSubmission(content, {.mayWriteAs =
                                           [](const Address &author) {
                                               return author.toBytes() == "me@example.org" ||
                                                      author.toBytes() == "info@xn--b-eha.example";
                                           },
                                       .author = {.localpart = "me", .domain = "example.org"},
                                       .messageId = "<made@example.org>",
                                       .now = fromMilliseconds(1'700'000'000'000)});
}

} // namespace

class SubmissionTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyAuthorIsTheAccounts_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QString>("code"); // empty = taken
        QTest::newRow("own") << QByteArray("From: me@example.org\r\n") << QString();
        QTest::newRow("own, case and name") << QByteArray("from:\"Boss <x@y>\" <me@EXAMPLE.org>\r\n") << QString();
        QTest::newRow("an alias, as U-label") << QByteArray("From: info@b\xc3\xbc.example\r\n") << QString();
        QTest::newRow("two own") << QByteArray("From: me@example.org, info@xn--b-eha.example\r\n") << QString();
        QTest::newRow("none") << QByteArray("Subject: x\r\n") << QString();
        QTest::newRow("another's") << QByteArray("From: you@example.org\r\n") << QStringLiteral("not-yours");
        QTest::newRow("second of a list")
            << QByteArray("From: me@example.org, you@example.org\r\n") << QStringLiteral("not-yours");
        QTest::newRow("second field") << QByteArray("From: me@example.org\r\nFROM: you@example.org\r\n")
                                      << QStringLiteral("not-yours");
        QTest::newRow("blank before the colon")
            << QByteArray("From: me@example.org\r\nFrom : you@example.org\r\n") << QStringLiteral("not-yours");
        QTest::newRow("folded") << QByteArray("From:\r\n you@example.org\r\n") << QStringLiteral("not-yours");
        QTest::newRow("comment") << QByteArray("From: (me@example.org) you@example.org\r\n")
                                 << QStringLiteral("not-yours");
        QTest::newRow("in a group") << QByteArray("From: us: you@example.org;\r\n") << QStringLiteral("not-yours");
        QTest::newRow("empty group") << QByteArray("From: us:;\r\n") << QStringLiteral("bad-header");
        QTest::newRow("empty") << QByteArray("From: \r\n") << QStringLiteral("bad-header");
        QTest::newRow("no domain") << QByteArray("From: root\r\n") << QStringLiteral("bad-header");
    }
    void everyAuthorIsTheAccounts()
    {
        QFETCH(QByteArray, header);
        QFETCH(QString, code);
        const auto done = prepare(header + "\r\nbody\r\n");
        QCOMPARE(done ? QString() : done.error().code, code);
    }
    void nothingLiesBeyondWhatIsLookedAt()
    {
        const QByteArray line = "X: y\r\n";
        QVERIFY(prepare(line.repeated(mime::kMostHeaderLines - 1) + "\r\nbody\r\n"));
        QCOMPARE(prepare(line.repeated(mime::kMostHeaderLines) + "From: you@example.org\r\n\r\nbody\r\n").error().code,
                 QStringLiteral("bad-header"));
        QCOMPARE(prepare("X: " + QByteArray(mime::kLargestHeader, 'y') + "\r\n\r\nbody\r\n").error().code,
                 QStringLiteral("bad-header"));
        const QByteArray longField =
            "Bcc: " + QByteArray("a@b,\r\n ").repeated(mime::kLargestField / 7 + 2) + "c@d\r\n";
        QCOMPARE(prepare(longField + "\r\nbody\r\n").error().code, QStringLiteral("bad-header"));
    }
    void whatIsMissingIsAdded()
    {
        QCOMPARE(prepare("Subject: x\r\n\r\nbody\r\n")->content,
                 QByteArray("Date: Tue, 14 Nov 2023 22:13:20 +0000\r\nMessage-ID: <made@example.org>\r\n"
                            "From: <me@example.org>\r\nSubject: x\r\n\r\nbody\r\n"));
        const QByteArray whole = "From: me@example.org\r\nDate: x\r\nMessage-id: <a@b>\r\n\r\nbody\r\n";
        QCOMPARE(prepare(whole)->content, whole);
        QVERIFY(prepare("only text\r\n")->content.endsWith("From: <me@example.org>\r\n\r\nonly text\r\n"));
        QVERIFY(prepare("\r\nonly text\r\n")->content.endsWith("From: <me@example.org>\r\n\r\nonly text\r\n"));
    }
    void blindCopiesAreToldNobody()
    {
        const QByteArray kept = "From: me@example.org\r\nDate: x\r\n";
        QCOMPARE(
            prepare(kept + "bcc: a@b,\r\n\tc@d\r\nMessage-ID: <a@b>\r\nResent-Bcc: e@f\r\n\r\nBcc: in the body\r\n")
                ->content,
            kept + "Message-ID: <a@b>\r\n\r\nBcc: in the body\r\n");
    }
    void extraFieldsAreReadWithinLimits()
    {
        QCOMPARE(prepare("X-Postroom-Extra-Order: 17\r\nx-postroom-extra-B: \r\n\r\n")->extra,
                 (QJsonObject{{QStringLiteral("order"), QStringLiteral("17")}, {QStringLiteral("b"), QString()}}));
        for (const QByteArray &bad :
             {QByteArray("X-Postroom-Extra-A: 1\r\nX-Postroom-Extra-a: 2\r\n"), QByteArray("X-Postroom-Extra-: 1\r\n"),
              "X-Postroom-Extra-A: " + QByteArray(kLongestExtra + 1, 'x') + "\r\n",
              "X-Postroom-Extra-" + QByteArray(kLongestExtraKey + 1, 'a') + ": 1\r\n"})
            QCOMPARE(prepare(bad + "\r\n").error().code, QStringLiteral("bad-header"));
        QVERIFY(prepare("X-Postroom-Extra-A: " + QByteArray(kLongestExtra, 'x') + "\r\n\r\n"));
        QByteArray many;
        for (int i = 0; i < kMostExtra; ++i)
            many.append("X-Postroom-Extra-" + QByteArray::number(i) + ": 1\r\n");
        QVERIFY(prepare(many + "\r\n"));
        QVERIFY(!prepare(many + "X-Postroom-Extra-more: 1\r\n\r\n"));
    }
};
POSTROOM_TEST(SubmissionTest)
#include "submission_test.moc"
