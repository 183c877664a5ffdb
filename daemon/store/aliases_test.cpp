#include "daemon/store/aliases.h"
#include "tests/support/test.h"

using namespace store;

class AliasesTest : public QObject
{
    Q_OBJECT

    static Alias team(PostPolicy post, bool allowFrom = false)
    {
        return {.address = "team@example.org",
                .members = {"ann@example.org", "bob@example.org"},
                .post = post,
                .senders = {"boss@example.net"},
                .allowFrom = allowFrom};
    }

private Q_SLOTS:
    void whoMayWrite_data()
    {
        QTest::addColumn<QList<QByteArray>>("authors");
        QTest::addColumn<QString>("verdicts"); // anyone, members, senders: a allowed, or why not
        using L = QList<QByteArray>;
        QTest::newRow("member") << L{"ann@example.org"} << "aaa";
        QTest::newRow("member with detail") << L{"ann+x@example.org"} << "aaa";
        QTest::newRow("named") << L{"boss@example.net"} << "ama";
        QTest::newRow("stranger") << L{"x@example.net"} << "amn";
        QTest::newRow("member and stranger") << L{"ann@example.org", "x@example.net"} << "amn";
        QTest::newRow("the alias") << L{"team@example.org"} << "sss";
        QTest::newRow("nobody") << L{} << "a00";
    }
    void whoMayWrite()
    {
        QFETCH(QList<QByteArray>, authors);
        QFETCH(QString, verdicts);
        QString got;
        for (const PostPolicy post : {PostPolicy::Anyone, PostPolicy::Members, PostPolicy::Senders}) {
            switch (mayPost(team(post), authors)) {
            case PostVerdict::Allowed: got += u'a'; break;
            case PostVerdict::NotMember: got += u'm'; break;
            case PostVerdict::NotNamed: got += u'n'; break;
            case PostVerdict::NotAsAlias: got += u's'; break;
            case PostVerdict::NoAuthor: got += u'0'; break;
            }
        }
        QCOMPARE(got, verdicts);
    }
    void membersWriteAsTheAliasWhereItAllowsThat()
    {
        QCOMPARE(mayPost(team(PostPolicy::Members, true), {"team@example.org"}), PostVerdict::Allowed);
    }
    void authorsGetNoCopyUnlessNobodyElseDoes()
    {
        const Alias alias = team(PostPolicy::Anyone);
        QCOMPARE(readers(alias, {"x@example.net"}), alias.members);
        QCOMPARE(readers(alias, {"ann+x@example.org"}), QList<QByteArray>{"bob@example.org"});
        QCOMPARE(readers(alias, {"ann@example.org", "bob@example.org"}), alias.members); // nothing is lost
    }
    void addressesAreOneInEverySpelling()
    {
        const QByteArray composed = "J\xc3\xb6rg";
        const QByteArray decomposed = "jo\xcc\x88rg";
        QCOMPARE(addressKey(composed, "example.org"), addressKey(decomposed, "example.org")); // RFC 6532 3.1
        QCOMPARE(addressKey("\xc3\x96", "example.org"), QByteArray("\xc3\xb6@example.org"));
        QCOMPARE(withoutDetail("ann+a+b@example.org"), QByteArray("ann@example.org"));
        QCOMPARE(withoutDetail("+a@example.org"), QByteArray("+a@example.org"));
        QCOMPARE(withoutDetail("ann@a+b.example"), QByteArray("ann@a+b.example"));
    }
};
POSTROOM_TEST(AliasesTest)
#include "aliases_test.moc"
