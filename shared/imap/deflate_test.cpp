#include "shared/imap/deflate.h"

#include "tests/support/test.h"

using namespace imap;

class DeflateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasGivenCanBeReadAtOnce()
    {
        Deflater deflater;
        Inflater inflater;
        QByteArray all;
        QByteArray text;
        for (int i = 0; i < 200; ++i) {
            const QByteArray piece = "* " + QByteArray::number(i) + " FETCH (FLAGS (\\Seen))\r\n";
            all += piece;
            inflater.give(deflater.deflate(piece));
            while (inflater.waiting())
                QVERIFY(inflater.inflate(text, 10));
            QCOMPARE(text, all);
        }
    }
    void largeTextsComeInPieces()
    {
        Deflater deflater;
        Inflater inflater;
        const QByteArray large(1'000'000, 'x');
        inflater.give(deflater.deflate(large));
        QByteArray text;
        for (int calls = 0; inflater.waiting() && calls < 100; ++calls) {
            const qsizetype before = text.size();
            QVERIFY(inflater.inflate(text, 65536));
            QVERIFY(text.size() - before <= 65536);
        }
        QCOMPARE(text, large);
    }
    void garbageEndsTheStream()
    {
        Inflater inflater;
        inflater.give("a NOOP\r\n and then more of it");
        QByteArray text;
        QVERIFY(!inflater.inflate(text, 1000));
        inflater.give(Deflater().deflate("good"));
        QVERIFY(!inflater.inflate(text, 1000));
    }
    void bombsEndTheStream()
    {
        Deflater deflater;
        Inflater inflater;
        const QByteArray zeros(1024 * 1024, '\0');
        QByteArray text;
        bool good = true;
        for (int megabyte = 0; good && megabyte < 64; ++megabyte) {
            inflater.give(deflater.deflate(zeros));
            while (good && inflater.waiting()) {
                text.clear();
                good = inflater.inflate(text, 65536).has_value();
            }
        }
        QVERIFY(!good);
    }
};

POSTROOM_TEST(DeflateTest)
#include "deflate_test.moc"
