// Every limit of this folder's parsers, one below it, at it, and one above.
#include "shared/mailauth/dkim_verify.h"
#include "shared/mailauth/mta_sts.h"
#include "shared/mailauth/tag_list.h"
#include "tests/support/test.h"

using namespace mailauth;

namespace {

template<class T>
QString errorOf(const Result<T> &result)
{
    return result ? QString() : result.error().text;
}

QString tags(qsizetype count)
{
    QByteArray text;
    for (qsizetype i = 0; i < count; ++i)
        text.append('t').append(QByteArray::number(i)).append("=x;");
    return errorOf(TagList::parse(text));
}

QByteArray policy(qsizetype patterns = 1, const QByteArray &more = {})
{
    return "version: STSv1\nmode: enforce\nmax_age: 86400\n" + QByteArray("mx: a.example\n").repeated(patterns) + more;
}

QString policyOfSize(qsizetype size)
{
    const QByteArray text = policy();
    return errorOf(parseStsPolicy(text + QByteArray(size - text.size(), '\n')));
}

qint64 ageOf(const char *seconds)
{
    const auto read = parseStsPolicy(QByteArray("version: STSv1\nmode: none\nmax_age: ") + seconds);
    return read ? read->maxAge.count() : -1;
}

QString signedNames(qsizetype count)
{
    return errorOf(parseDkimSignature("v=1; a=rsa-sha256; b=AAAA; bh=AAAA; d=a.test; s=s; h=from" +
                                      QByteArray(":x").repeated(count - 1)));
}

QString madeAt(const char *seconds)
{
    return errorOf(
        parseDkimSignature(QByteArray("v=1; a=rsa-sha256; b=AAAA; bh=AAAA; d=a.test; s=s; h=from; t=") + seconds));
}

} // namespace

class MailauthLimitsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keptAtTheEdge_data()
    {
        QTest::addColumn<QString>("error");
        QTest::addColumn<QString>("wanted"); // empty = taken
        QTest::newRow("99 tags") << tags(kMostTags - 1) << "";
        QTest::newRow("100 tags") << tags(kMostTags) << "";
        QTest::newRow("101 tags") << tags(kMostTags + 1) << "more than 100 tags";
        const auto tagName = [](qsizetype length) { return errorOf(TagList::parse(QByteArray(length, 'n') + "=x")); };
        QTest::newRow("tag name of 63") << tagName(63) << "";
        QTest::newRow("tag name of 64") << tagName(64) << "";
        QTest::newRow("tag name of 65") << tagName(65) << "tag name is longer than 64 bytes";
        QTest::newRow("999 names signed") << signedNames(999) << "";
        QTest::newRow("1000 names signed") << signedNames(1000) << "";
        QTest::newRow("1001 names signed") << signedNames(1001) << "more than 1000 header fields are signed";
        QTest::newRow("end of the year 9999") << madeAt("253402300799") << "";
        QTest::newRow("a second later") << madeAt("253402300800") << "a time is not a number";
        QTest::newRow("499 patterns") << errorOf(parseStsPolicy(policy(499))) << "";
        QTest::newRow("500 patterns") << errorOf(parseStsPolicy(policy(500))) << "";
        QTest::newRow("501 patterns") << errorOf(parseStsPolicy(policy(501))) << "more than 500 mx lines";
        const auto key = [](qsizetype length) {
            return errorOf(parseStsPolicy(policy(1, QByteArray(length, 'k') + ": x")));
        };
        QTest::newRow("key of 63") << key(63) << "";
        QTest::newRow("key of 64") << key(64) << "";
        QTest::newRow("key of 65") << key(65) << "name is longer than 64 bytes";
        QTest::newRow("policy: most - 1") << policyOfSize(kLargestStsPolicy - 1) << "";
        QTest::newRow("policy: most") << policyOfSize(kLargestStsPolicy) << "";
        QTest::newRow("policy: most + 1")
            << policyOfSize(kLargestStsPolicy + 1) << "the policy is larger than 65536 bytes";
    }
    void keptAtTheEdge()
    {
        QFETCH(QString, error);
        QTEST(error, "wanted");
    }
    void idsAndAges()
    {
        const auto id = [](qsizetype length) { return stsRecordId({"v=STSv1; id=" + QByteArray(length, '7')}); };
        QCOMPARE(id(31).value_or("").size(), 31);
        QCOMPARE(id(32).value_or("").size(), 32);
        QVERIFY(!id(33));
        QCOMPARE(ageOf("31557599"), 31'557'599);
        QCOMPARE(ageOf("31557600"), 31'557'600);
        QCOMPARE(ageOf("31557601"), 31'557'600); // RFC 8461 3.2: a year at most
        QCOMPARE(ageOf("9999999999"), 31'557'600);
        QCOMPARE(ageOf("10000000000"), -1);
    }
};

POSTROOM_TEST(MailauthLimitsTest)
#include "limits_test.moc"
