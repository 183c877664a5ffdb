#include "shared/imap/condstore.h"

#include "shared/imap/metadata.h"
#include "tests/support/test.h"

using namespace imap;

class CondstoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void selectParametersAreRead_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("good");
        QTest::newRow("condstore") << QByteArray("(condstore)") << true;
        QTest::newRow("qresync") << QByteArray("(QRESYNC (1 2))") << true;
        QTest::newRow("known uids") << QByteArray("(QRESYNC (1 2 3:4,7) CONDSTORE)") << true;
        QTest::newRow("match data only") << QByteArray("(QRESYNC (1 2 (1,2 3,4)))") << true;
        QTest::newRow("all") << QByteArray("(QRESYNC (1 9223372036854775807 1:9 (1,2 3,4)))") << true;
        QTest::newRow("empty") << QByteArray("()") << false;
        QTest::newRow("twice") << QByteArray("(CONDSTORE CONDSTORE)") << false;
        QTest::newRow("star") << QByteArray("(QRESYNC (1 2 3:*))") << false;
        QTest::newRow("modseq zero") << QByteArray("(QRESYNC (1 0))") << false;
        QTest::newRow("modseq too large") << QByteArray("(QRESYNC (1 9223372036854775808))") << false;
        QTest::newRow("match data not whole") << QByteArray("(QRESYNC (1 2 (1,2)))") << false;
        QTest::newRow("unknown") << QByteArray("(X)") << false;
    }
    void selectParametersAreRead()
    {
        QFETCH(QByteArray, text);
        Cursor in{text};
        std::ignore = readSelectParameters(in);
        QTEST(!in.failed() && in.atEnd(), "good");
    }
    void fetchModifiersAreRead_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("good");
        QTest::newRow("changedsince") << QByteArray("(CHANGEDSINCE 5)") << true;
        QTest::newRow("vanished") << QByteArray("(vanished changedsince 5)") << true;
        QTest::newRow("vanished alone") << QByteArray("(VANISHED)") << false;
        QTest::newRow("zero") << QByteArray("(CHANGEDSINCE 0)") << false;
        QTest::newRow("empty") << QByteArray("()") << false;
    }
    void fetchModifiersAreRead()
    {
        QFETCH(QByteArray, text);
        Cursor in{text};
        std::ignore = readFetchModifiers(in);
        QTEST(!in.failed() && in.atEnd(), "good");
    }
    void entriesMatchByDepth()
    {
        QVERIFY(entryMatches("/shared/a", "/shared/a", 0));
        QVERIFY(!entryMatches("/shared/a", "/shared/a/b", 0));
        QVERIFY(entryMatches("/shared/a", "/shared/a/b", 1));
        QVERIFY(!entryMatches("/shared/a", "/shared/a/b/c", 1));
        QVERIFY(entryMatches("/shared/a", "/shared/a/b/c", kAnyDepth));
        QVERIFY(!entryMatches("/shared/a", "/shared/ab", kAnyDepth));
    }
    void entriesAreChecked_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("good");
        QTest::newRow("private") << QByteArray("/Private/Comment") << true;
        QTest::newRow("list") << QByteArray("(/shared/a \"/private/b c\")") << true;
        QTest::newRow("no root") << QByteArray("/comment") << false;
        QTest::newRow("root alone") << QByteArray("/shared/") << false;
        QTest::newRow("empty level") << QByteArray("/shared//x") << false;
        QTest::newRow("wildcard") << QByteArray("\"/shared/*\"") << false;
        QTest::newRow("slash at the end") << QByteArray("/shared/x/") << false;
        QTest::newRow("not ascii") << QByteArray("\"/shared/\xc3\xbc\"") << false;
    }
    void entriesAreChecked()
    {
        QFETCH(QByteArray, text);
        Cursor in{text};
        std::ignore = readEntries(in);
        QTEST(!in.failed() && in.atEnd(), "good");
    }
};

POSTROOM_TEST(CondstoreTest)
#include "condstore_test.moc"
