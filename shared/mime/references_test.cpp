#include "shared/mime/references.h"

#include "tests/support/test.h"

using namespace mime;

class ReferencesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void identifiersAreFound_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QList<QByteArray>>("ids");
        QTest::newRow("one") << QByteArray("<a@b>") << QList<QByteArray>{"a@b"};
        QTest::newRow("several") << QByteArray("<a@b> (said)\r\n <c@d>,<e@f>")
                                 << QList<QByteArray>{"a@b", "c@d", "e@f"};
        QTest::newRow("a fold inside") << QByteArray("<a\r\n @b>") << QList<QByteArray>{"a@b"};
        QTest::newRow("broken") << QByteArray("x <half <a@b> > <") << QList<QByteArray>{"a@b"};
        QTest::newRow("empty") << QByteArray("<> < >") << QList<QByteArray>{};
    }
    void identifiersAreFound()
    {
        QFETCH(QByteArray, value);
        QTEST(messageIds(value), "ids");
    }
    void ownComesFirstThenTheNearest()
    {
        const HeaderList header("References: <1@x> <2@x> <3@x>\r\nMessage-ID: <4@x>\r\nIn-Reply-To: <3@x>\r\n\r\n");
        QCOMPARE(threadIds(header), (QList<QByteArray>{"4@x", "3@x", "2@x", "1@x"}));
    }
    void listsAreBounded()
    {
        QByteArray value;
        for (int i = 0; i < 1000; ++i)
            value.append('<').append(QByteArray::number(i)).append("@x> ");
        const auto ids = messageIds(value);
        QCOMPARE(ids.size(), kMostReferences);
        QCOMPARE(ids.last(), QByteArray("999@x"));
    }
};

POSTROOM_TEST(ReferencesTest)
#include "references_test.moc"
