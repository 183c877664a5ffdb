#include "shared/mime/continuations.h"
#include "tests/support/test.h"

namespace mime {

class ContinuationsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void joins_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("joined");
        QTest::newRow("none") << QByteArray("a/b; name=x") << QByteArray("name=x;");
        QTest::newRow("plain") << QByteArray("a/b; name*0=one; name*1=two") << QByteArray("name=onetwo;");
        QTest::newRow("any order") << QByteArray("a/b; name*1=two; name*0=one") << QByteArray("name=onetwo;");
        QTest::newRow("extended") << QByteArray("a/b; name*0*=utf-8''%e2; name*1*=%82%ac; name*2=\".b n\"")
                                  << QByteArray("name*=utf-8''%e2%82%ac.b%20n;");
        QTest::newRow("beside others") << QByteArray("a/b; x=1; name*0=one; y=2; name*1=two; z=3")
                                       << QByteArray("x=1;name=onetwo;y=2;z=3;");
        QTest::newRow("a gap ends it") << QByteArray("a/b; name*0=one; name*2=three") << QByteArray("name=one;");
        QTest::newRow("no beginning") << QByteArray("a/b; name*1=two") << QByteArray("name*1=two;");
        QTest::newRow("empty pieces") << QByteArray("a/b; name*0=\"\"; name*1=\"\"") << QByteArray("name=;");
        QTest::newRow("whole and extended") << QByteArray("a/b; name*=utf-8''x") << QByteArray("name*=utf-8''x;");
        QTest::newRow("no number") << QByteArray("a/b; name*x=1; *0=2; name*00=3")
                                   << QByteArray("name*x=1;*0=2;name*00=3;");
    }

    void joins()
    {
        QFETCH(QByteArray, header);
        QFETCH(QByteArray, joined);
        QByteArray text;
        for (const auto &[name, value] : joinContinuations(parseContentType(header).parameters))
            text += name + '=' + value + ';';
        QCOMPARE(text, joined);
    }
};

POSTROOM_TEST(ContinuationsTest)

} // namespace mime

#include "continuations_test.moc"
