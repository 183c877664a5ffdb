#include "gui/quiet_hours.h"
#include "tests/support/test.h"

using gui::parseQuietHours;
using gui::QuietHours;

namespace {

QDateTime at(int hour, int minute) { return {QDate(2026, 11, 28), QTime(hour, minute)}; }

} // namespace

class QuietHoursTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsQuiet_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QDateTime>("when");
        QTest::addColumn<bool>("quiet");
        QTest::newRow("none chosen") << QString() << at(3, 0) << false;
        QTest::newRow("over midnight, evening") << QStringLiteral("22-7") << at(22, 0) << true;
        QTest::newRow("over midnight, just before") << QStringLiteral("22-7") << at(21, 59) << false;
        QTest::newRow("over midnight, night") << QStringLiteral("22-7") << at(6, 59) << true;
        QTest::newRow("over midnight, morning") << QStringLiteral("22-7") << at(7, 0) << false;
        QTest::newRow("within a day") << QStringLiteral("12-14") << at(13, 59) << true;
        QTest::newRow("within a day, after") << QStringLiteral("12-14") << at(14, 0) << false;
        QTest::newRow("both the same: none") << QStringLiteral("7-7") << at(7, 0) << false;
        QTest::newRow("not an hour") << QStringLiteral("22-24") << at(23, 0) << false;
        QTest::newRow("no hours at all") << QStringLiteral("late") << at(23, 0) << false;
    }
    void whatIsQuiet()
    {
        QFETCH(QString, text);
        QFETCH(QDateTime, when);
        QTEST(parseQuietHours(text).contains(when), "quiet");
    }
    void theEndIsTheNextOne()
    {
        const QuietHours night{.from = 22, .until = 7};
        QCOMPARE(night.endAfter(at(6, 0)), at(7, 0));
        QCOMPARE(night.endAfter(at(23, 0)), at(7, 0).addDays(1));
    }
    void theirTextIsReadAgain()
    {
        QCOMPARE(parseQuietHours(QStringLiteral("22-7")).text(), QStringLiteral("22-7"));
        QVERIFY(QuietHours{}.text().isEmpty());
    }
};
POSTROOM_TEST(QuietHoursTest)
#include "quiet_hours_test.moc"
