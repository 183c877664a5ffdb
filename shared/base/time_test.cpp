#include "shared/base/time.h"
#include "tests/support/test.h"

using namespace std::chrono_literals;

class TimeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isoRoundTrips()
    {
        const Timestamp time = fromMilliseconds(1'795'000'000'123);
        QCOMPARE(*parseIso(toIso(time).toLatin1()), time);
        QCOMPARE(toMilliseconds(*parseIso("2026-11-24T09:00:00+01:00")),
                 toMilliseconds(*parseIso("2026-11-24T08:00:00Z")));
    }
    void isoIsStrict()
    {
        for (const char *text : {"2026-02-30T00:00:00Z", "2026-1-1T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01",
                                 "2026-01-01T00:00:00"})
            QVERIFY2(!parseIso(text), text);
    }
    void isoFractionsHaveAtMostNineDigits()
    {
        QVERIFY(parseIso("2026-01-01T00:00:00.12345678Z"));
        QVERIFY(parseIso("2026-01-01T00:00:00.123456789Z"));
        QCOMPARE(parseIso("2026-01-01T00:00:00.1234567890Z").error().text,
                 QStringLiteral("fraction is longer than 9 bytes"));
    }
    void durations()
    {
        QCOMPARE(*parseDuration("7m30s"), 450s);
        QCOMPARE(*parseDuration("5d"), 120h);
        QVERIFY(!parseDuration("5"));
        QVERIFY(!parseDuration(""));
        QCOMPARE(*parseDuration("36499d23h59m59s"), 36500 * 24h - 1s);
        QCOMPARE(*parseDuration("36500d"), 36500 * 24h);
        QCOMPARE(parseDuration("36500d1s").error().text, QStringLiteral("a duration is at most 36500 d"));
        QCOMPARE(parseDuration(QByteArray("10000000000d").repeated(1000)).error().text,
                 QStringLiteral("a duration is at most 36500 d"));
        QCOMPARE(parseDuration("10000000001s").error().text, QStringLiteral("duration must be 0 to 10000000000"));
        QCOMPARE(toText(450s), QStringLiteral("7 min 30 s"));
        QCOMPARE(toText(0s), QStringLiteral("0 s"));
    }
};
POSTROOM_TEST(TimeTest)
#include "time_test.moc"
