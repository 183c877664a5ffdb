#include "shared/mailauth/dkim_sign.h"
#include "shared/mailauth/dkim_verify.h"

#include "shared/crypto/signature.h"
#include "shared/mime/header_list.h"
#include "tests/support/test.h"

#include <QDir>

using namespace mailauth;

namespace {

// RFC 8463 A.2, A.3
constexpr char kEdRecord[] = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
constexpr char kRsaRecord[] = "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWR"
                              "iGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutAC"
                              "DfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3"
                              "Ip3G+2kryOTIKT+l/K4w3QIDAQAB";
constexpr char kHeader[] = "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n"
                           " d=football.example.com; i=@football.example.com;\r\n"
                           " q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n"
                           " subject : date : message-id : from : subject : date;\r\n"
                           " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n"
                           " b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus\r\n"
                           " Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==\r\n"
                           "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n"
                           " d=football.example.com; i=@football.example.com;\r\n"
                           " q=dns/txt; s=test; t=1528637909; h=from : to : subject :\r\n"
                           " date : message-id : from : subject : date;\r\n"
                           " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n"
                           " b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3\r\n"
                           " DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz\r\n"
                           " dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=\r\n"
                           "From: Joe SixPack <joe@football.example.com>\r\n"
                           "To: Suzie Q <suzie@shopping.example.net>\r\n"
                           "Subject: Is dinner ready?\r\n"
                           "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n"
                           "Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n";
constexpr char kBody[] = "Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n";

constexpr Timestamp kSigningTime{std::chrono::seconds(1'800'000'000)};

DkimSignature signatureAt(const QByteArray &header, qsizetype number)
{
    const mime::HeaderList list(header);
    for (const auto &field : list.fields()) {
        if (field.name == "DKIM-Signature" && number-- == 0)
            return parseDkimSignature(field.rawValue).value_or(DkimSignature{});
    }
    return {};
}

DkimVerdict check(const QByteArray &header, const QByteArray &body, qsizetype number, const QByteArray &record)
{
    return verifyDkim(header, body, number, signatureAt(header, number), *parseDkimKeyRecord(record), kSigningTime);
}

QByteArray canonical(const QByteArray &body, Canon canon)
{
    QByteArray all;
    canonicalBody(body, canon, [&all](QByteArrayView piece) { all.append(piece); });
    return all;
}

} // namespace

class DkimTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void verifiesTheExampleOfRfc8463()
    {
        QCOMPARE(check(kHeader, kBody, 0, kEdRecord).result, DkimResult::Pass);
        QCOMPARE(check(kHeader, kBody, 1, kRsaRecord).result, DkimResult::Pass);
    }
    void noticesEveryChange()
    {
        const QByteArray header(kHeader);
        QCOMPARE(check(header, QByteArray(kBody) + "P.S.\r\n", 0, kEdRecord).result, DkimResult::Fail);
        QCOMPARE(check(QByteArray(header).replace("dinner", "supper"), kBody, 0, kEdRecord).result, DkimResult::Fail);
        QCOMPARE(check(header + "Subject: another\r\n", kBody, 0, kEdRecord).result, DkimResult::Fail);
        QCOMPARE(check(header, kBody, 0, kRsaRecord).result, DkimResult::PermError);
        QCOMPARE(check(header, kBody, 0, "v=DKIM1; k=ed25519; p=").result, DkimResult::PermError);
        // Blanks and folds do not count in the relaxed form, nor do empty lines at the end.
        QCOMPARE(check(QByteArray(header).replace("Subject: Is", "SUBJECT:\t Is  "), QByteArray(kBody) + "\r\n\r\n", 0,
                       kEdRecord)
                     .result,
                 DkimResult::Pass);
    }
    void canonicalForms_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("simple");
        QTest::addColumn<QByteArray>("relaxed");
        // RFC 6376 3.4.5
        QTest::newRow("example") << QByteArray(" C \r\nD \t E\r\n\r\n\r\n") << QByteArray(" C \r\nD \t E\r\n")
                                 << QByteArray(" C\r\nD E\r\n");
        QTest::newRow("empty") << QByteArray() << QByteArray("\r\n") << QByteArray();
        QTest::newRow("only line ends") << QByteArray("\r\n\r\n") << QByteArray("\r\n") << QByteArray();
        QTest::newRow("no line end") << QByteArray("a\r\n\r\nb") << QByteArray("a\r\n\r\nb\r\n")
                                     << QByteArray("a\r\n\r\nb\r\n");
        QTest::newRow("blank lines at the end")
            << QByteArray("a\r\n \r\n\r\n") << QByteArray("a\r\n \r\n") << QByteArray("a\r\n");
        QTest::newRow("blank line inside") << QByteArray("a\r\n\r\n \r\nb\r\n") << QByteArray("a\r\n\r\n \r\nb\r\n")
                                           << QByteArray("a\r\n\r\n\r\nb\r\n");
        QTest::newRow("other line ends") << QByteArray("a\nb\rc\r\n") << QByteArray("a\r\nb\r\nc\r\n")
                                         << QByteArray("a\r\nb\r\nc\r\n");
    }
    void canonicalForms()
    {
        QFETCH(QByteArray, body);
        QTEST(canonical(body, Canon::Simple), "simple");
        QTEST(canonical(body, Canon::Relaxed), "relaxed");
    }
    void canonicalHeader()
    {
        // RFC 6376 3.4.5
        QCOMPARE(canonicalField("B ", " Y\t\r\n\tZ  ", Canon::Relaxed), "b:Y Z");
        QCOMPARE(canonicalField("B ", " Y\t\r\n\tZ  ", Canon::Simple), "B : Y\t\r\n\tZ  ");
    }
    void signsSoThatItVerifies_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("rsa") << int(crypto::KeyKind::Rsa2048);
        QTest::newRow("ed25519") << int(crypto::KeyKind::Ed25519);
    }
    void signsSoThatItVerifies()
    {
        QFETCH(int, kind);
        const QByteArray key = *crypto::makeKey(static_cast<crypto::KeyKind>(kind));
        const QByteArray record = *dkimRecord(key);
        const QByteArray header =
            "Received: by x\r\nFrom: a@x.test\r\nTo: b@y.test,\r\n c@y.test\r\nSubject: one\r\nX-Own: 1\r\n";
        const QByteArray body = "text\r\nmore  text \r\n\r\n";
        const auto field = signDkim(header, body, {{"x.test", "s1", key}}, kSigningTime);
        QVERIFY(field);
        for (const QByteArray &line : field->split('\n'))
            QVERIFY2(line.size() <= 79, line.constData());
        const QByteArray whole = *field + header;
        QCOMPARE(signatureAt(whole, 0).recordName(), "s1._domainkey.x.test");
        QCOMPARE(check(whole, body, 0, record).result, DkimResult::Pass);
        QCOMPARE(check("Received: again\r\n" + whole, body, 0, record).result, DkimResult::Pass);
        // Sealed: not even a field that was missing can be added.
        for (const char *added : {"From: evil@x.test\r\n", "Subject: two\r\n", "Reply-To: evil@x.test\r\n"}) {
            QCOMPARE(check(added + whole, body, 0, record).result, DkimResult::Fail);
            QCOMPARE(check(whole + added, body, 0, record).result, DkimResult::Fail);
        }
        QCOMPARE(check(whole + "X-Own: 2\r\n", body, 0, record).result, DkimResult::Pass);
    }
    void refusesSignatures_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        const auto row = [](const char *name, const char *from, const char *to) {
            QTest::newRow(name) << QByteArray(from) << QByteArray(to);
        };
        row("sha1", "ed25519-sha256", "rsa-sha1");
        row("version", "v=1", "v=2");
        row("From not signed", "h=from", "h=form");
        row("identity elsewhere", "i=@football", "i=@other.football.example.com.evil");
        row("no base64", "b=/gCr", "b=!gCr");
        row("twice", "q=dns/txt;", "q=dns/txt; t=1;");
        row("query", "q=dns/txt", "q=ldap");
        row("canonicalization", "c=relaxed/relaxed", "c=nowsp");
        row("no domain", "d=football.example.com;", "");
    }
    void refusesSignatures()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QByteArray value =
            mime::HeaderList(QByteArrayView(kHeader, sizeof kHeader - 1)).fields().first().rawValue.toByteArray();
        QVERIFY(parseDkimSignature(value));
        qsizetype at = value.indexOf(from == "h=from" ? "h=from" : from);
        QVERIFY(at >= 0);
        if (from == "h=from")
            value.replace("from", "form");
        else
            value.replace(at, from.size(), to);
        QVERIFY(!parseDkimSignature(value));
    }
    void refusesKeyRecords()
    {
        for (const char *text : {"", "v=DKIM1", "k=rsa; v=DKIM1; p=", "v=DKIM2; p=", "v=DKIM1; k=dsa; p=",
                                 "v=DKIM1; h=sha1; p=", "v=DKIM1; s=tlsrpt; p=", "v=DKIM1; p=%%"})
            QVERIFY2(!parseDkimKeyRecord(text), text);
        QVERIFY(parseDkimKeyRecord("p=")->publicKey.isEmpty());
        QVERIFY(parseDkimKeyRecord("v=DKIM1; t=y:s; p=")->testing);
    }
    // Real messages, where they are at hand: lines "NAME RECORD", an empty line, the message.
    void realMessages()
    {
        const QDir folder(qEnvironmentVariable("POSTROOM_VECTORS") + QStringLiteral("/mail-auth/dkim"));
        if (qEnvironmentVariable("POSTROOM_VECTORS").isEmpty() || !folder.exists())
            QSKIP("POSTROOM_VECTORS names no folder with mail-auth/dkim");
        int verified = 0;
        for (const QString &name : folder.entryList(QDir::Files)) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray all = file.readAll().replace("\r\n", "\n").replace("\n", "\r\n");
            const qsizetype gap = all.indexOf("\r\n\r\n");
            QHash<QByteArray, QByteArray> records;
            for (const QByteArray &line : all.first(gap).split('\n')) {
                const qsizetype space = line.indexOf(' ');
                records.insert(line.first(std::max<qsizetype>(space, 0)), line.sliced(space + 1).trimmed());
            }
            const QByteArray message = all.sliced(gap + 4);
            const qsizetype header = mime::HeaderList(message).size();
            for (qsizetype number = 0;; ++number) {
                const DkimSignature signature = signatureAt(message.first(header), number);
                if (signature.domain.isEmpty())
                    break;
                const auto record = parseDkimKeyRecord(records.value(signature.recordName()));
                if (!record)
                    continue;
                const Timestamp then = signature.signedAt.value_or(kSigningTime);
                const auto verdict =
                    verifyDkim(message.first(header), message.sliced(header), number, signature, *record, then);
                QVERIFY2(verdict.result == DkimResult::Pass, qPrintable(name + u' ' + verdict.why));
                ++verified;
            }
        }
        QVERIFY(verified >= 5);
    }
    void partOfTheBody()
    {
        const QByteArray header(kHeader);
        DkimSignature signature = signatureAt(header, 0);
        signature.bodyLength = 100'000;
        QCOMPARE(verifyDkim(header, kBody, 0, signature, *parseDkimKeyRecord(kEdRecord), kSigningTime).result,
                 DkimResult::PermError);
        signature.bodyLength = 3;
        QCOMPARE(verifyDkim(header, kBody, 0, signature, *parseDkimKeyRecord(kEdRecord), kSigningTime).result,
                 DkimResult::Fail);
        signature = signatureAt(header, 0);
        signature.expires = kSigningTime - std::chrono::hours(1);
        QCOMPARE(verifyDkim(header, kBody, 0, signature, *parseDkimKeyRecord(kEdRecord), kSigningTime).result,
                 DkimResult::Fail);
    }
};

POSTROOM_TEST(DkimTest)
#include "dkim_test.moc"
