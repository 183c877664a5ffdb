#include "shared/mailauth/mta_sts.h"

#include "tests/support/test.h"

using namespace mailauth;

class MtaStsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void records()
    {
        QCOMPARE(stsRecordId({"v=spf1 -all", "v=STSv1; id=20160831085700Z;"}),
                 std::optional<QByteArray>("20160831085700Z"));
        QCOMPARE(stsRecordId({"v=STSv1;id=a1;x=y"}), std::optional<QByteArray>("a1"));
        QVERIFY(!stsRecordId({}));
        QVERIFY(!stsRecordId({"v=STSv1"}));
        QVERIFY(!stsRecordId({"v=STSv1; id="}));
        QVERIFY(!stsRecordId({"v=STSv1; id=no-hyphen"}));
        QVERIFY(!stsRecordId({"v=STSv2; id=1"}));
        QVERIFY(!stsRecordId({"v=STSv1; id=1", "v=STSv1; id=2"})); // RFC 8461 3.1: several are none
    }
    void policies()
    {
        const auto policy =
            parseStsPolicy("version: STSv1\r\nmode: enforce\r\nmx: Mail.example.com\r\nmx: *.example.net\r\n"
                           "mode: none\r\nunknown: thing\r\nmax_age: 604800\r\n");
        QVERIFY(policy);
        QVERIFY(policy->mode == StsMode::Enforce); // the first counts
        QCOMPARE(policy->maxAge, std::chrono::hours(168));
        QCOMPARE(policy->mx, (QList<QByteArray>{"mail.example.com", "*.example.net"}));
        QVERIFY(parseStsPolicy("version:STSv1\nmode:none\nmax_age:0"));
        QCOMPARE(parseStsPolicy("version: STSv1\nmode: none\nmax_age: 9999999999")->maxAge, kLongestStsAge);
    }
    void refusesPolicies_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text :
             {"", "version: STSv2\nmode: none\nmax_age: 1", "mode: none\nmax_age: 1",
              "version: STSv1\nmode: strict\nmx: a.b\nmax_age: 1", "version: STSv1\nmode: enforce\nmax_age: 1",
              "version: STSv1\nmode: enforce\nmx: a.b", "version: STSv1\nmode: enforce\nmx: a.b\nmax_age: -1",
              "version: STSv1\nmode: enforce\nmx: a.*.b\nmax_age: 1", "version: STSv1\nmode: enforce\nmx: \nmax_age: 1",
              "<html>no</html>"})
            QTest::newRow(text) << QByteArray(text);
        QTest::newRow("large") << QByteArray(kLargestStsPolicy + 1, '\n');
    }
    void refusesPolicies()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!parseStsPolicy(text));
    }
    void hosts()
    {
        const StsPolicy policy{.mode = StsMode::Enforce, .mx = {"mail.example.com", "*.example.net"}};
        QVERIFY(allows(policy, "mail.example.com"));
        QVERIFY(allows(policy, "MX1.example.net"));
        for (const char *host :
             {"example.net", "a.mx1.example.net", "mail.example.com.evil", "xmail.example.com", ".example.net"})
            QVERIFY2(!allows(policy, host), host);
    }
};

POSTROOM_TEST(MtaStsTest)
#include "mta_sts_test.moc"
