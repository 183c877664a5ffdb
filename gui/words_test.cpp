#include "gui/words.h"
#include "tests/support/test.h"

#include <QLocale>

using gui::Words;

class WordsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }

    void sizesShareTheirUnit_data()
    {
        QTest::addColumn<qint64>("used");
        QTest::addColumn<qint64>("quota");
        QTest::addColumn<QString>("text");
        constexpr qint64 kGiB = 1024LL * 1024 * 1024;
        QTest::newRow("same unit") << kGiB * 41 / 10 << kGiB * 5 << QStringLiteral("4.1 of 5 GB");
        QTest::newRow("other unit") << kGiB / 2 << kGiB * 5 << QStringLiteral("512 MB of 5 GB");
        QTest::newRow("empty") << 0LL << kGiB * 5 << QStringLiteral("0 of 5 GB");
        QTest::newRow("no limit") << kGiB * 2 << 0LL << QStringLiteral("2 GB, no limit");
    }
    void sizesShareTheirUnit()
    {
        QFETCH(qint64, used);
        QFETCH(qint64, quota);
        QTEST(Words::usageOf(used, quota), "text");
    }
    void timesGrowOld()
    {
        const QDateTime now(QDate(2026, 11, 23), QTime(13, 48));
        QCOMPARE(Words::ago({}, now), QStringLiteral("never"));
        QCOMPARE(Words::ago(now.addSecs(-5), now), QStringLiteral("just now"));
        QCOMPARE(Words::ago(now.addSecs(5), now), QStringLiteral("just now")); // clocks differ a little
        QCOMPARE(Words::ago(now.addSecs(-130), now), QStringLiteral("2 min ago"));
        QCOMPARE(Words::ago(now.addSecs(-3 * 3600), now), QStringLiteral("today 10:48"));
        QCOMPARE(Words::ago(now.addDays(-1), now), QStringLiteral("yesterday 13:48"));
        QCOMPARE(Words::ago(now.addDays(-3), now), QStringLiteral("Friday"));
    }
    void waitsAreCountedDown()
    {
        const QDateTime now(QDate(2026, 11, 23), QTime(13, 48));
        QCOMPARE(Words::until({}, now), QString());
        QCOMPARE(Words::until(now.addSecs(-1), now), QStringLiteral("now"));
        QCOMPARE(Words::until(now.addSecs(61), now), QStringLiteral("in 2 min"));
        QCOMPARE(Words::until(now.addSecs(2 * 3600), now), QStringLiteral("15:48"));
    }
    void namesBecomeAddresses_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("part");
        QTest::newRow("plain") << QStringLiteral("Anna") << QStringLiteral("anna");
        QTest::newRow("two words") << QStringLiteral("  Oma  Helga ") << QStringLiteral("oma.helga");
        QTest::newRow("german") << QStringLiteral("Jürgen Groß") << QStringLiteral("juergen.gross");
        QTest::newRow("french") << QStringLiteral("Zoé-Léa d'Œuf") << QStringLiteral("zoe.lea.doeuf");
        QTest::newRow("polish") << QStringLiteral("Łukasz") << QStringLiteral("lukasz");
        QTest::newRow("no latin letter") << QStringLiteral("美咲") << QString();
        QTest::newRow("nothing") << QString() << QString();
    }
    void namesBecomeAddresses()
    {
        QFETCH(QString, name);
        QTEST(Words::localpartFor(name), "part");
    }
    void takenAddressesGetANumber()
    {
        const QStringList taken{QStringLiteral("anna@a.example"), QStringLiteral("Anna2@a.example")};
        const QString domain = QStringLiteral("a.example");
        QCOMPARE(Words::freeLocalpart(QStringLiteral("anna"), domain, taken), QStringLiteral("anna3"));
        QCOMPARE(Words::freeLocalpart(QStringLiteral("ben"), domain, taken), QStringLiteral("ben"));
        QCOMPARE(Words::freeLocalpart(QString(), domain, taken), QString());
    }
};
POSTROOM_TEST(WordsTest)
#include "words_test.moc"
