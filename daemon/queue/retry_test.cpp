#include "daemon/queue/retry.h"

#include "tests/support/test.h"

using namespace queue;

class RetryTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void doublesToFourHoursAndGivesUpAfterFiveDays()
    {
        const RetryPolicy policy;
        const Timestamp created = fromMilliseconds(1'800'000'000'000);
        Timestamp now = created;
        QList<int> minutes;
        int attempts = 0;
        int told = 0;
        for (;;) {
            const RetryDecision decision = decideRetry(policy, created, ++attempts, told > 0, now, 0.5);
            if (decision.giveUp)
                break;
            if (decision.tellDelay) {
                ++told;
                QCOMPARE(attempts, 6); // at 3 h 52.5 min, the next is at 7 h 52.5 min
            }
            minutes << static_cast<int>((decision.next - now) / std::chrono::seconds(30));
            now = decision.next;
        }
        QCOMPARE(minutes.first(8), (QList<int>{15, 30, 60, 120, 240, 480, 480, 480}));
        QCOMPARE(told, 1);
        QVERIFY(now - created >= std::chrono::days(5));
        QVERIFY(now - created < std::chrono::days(5) + std::chrono::hours(4));
    }
    void jitterIsDoubledWithTheWait()
    {
        const RetryPolicy policy;
        const Timestamp now = fromMilliseconds(0);
        QCOMPARE(decideRetry(policy, now, 1, false, now, 0).next, now + std::chrono::seconds(445));
        QCOMPARE(decideRetry(policy, now, 1, false, now, 1).next, now + std::chrono::seconds(455));
        QCOMPARE(decideRetry(policy, now, 2, false, now, 1).next, now + std::chrono::seconds(910));
        QCOMPARE(decideRetry(policy, now, 9, false, now, 1).next, now + longestWait(policy));
    }
    void otherSchedulesAreKept()
    {
        const RetryPolicy policy{.firstWait = std::chrono::minutes(1),
                                 .mostWait = std::chrono::minutes(3),
                                 .giveUpAfter = std::chrono::minutes(10),
                                 .tellDelayAfter = std::chrono::minutes(5)};
        const Timestamp created = fromMilliseconds(1'800'000'000'000);
        QList<qint64> minutes; // of each attempt
        Timestamp now = created;
        for (int attempts = 1;; ++attempts) {
            minutes << (now - created) / std::chrono::minutes(1);
            const RetryDecision decision = decideRetry(policy, created, attempts, false, now, 0.5);
            QCOMPARE(decision.tellDelay, !decision.giveUp && minutes.last() >= 3);
            if (decision.giveUp)
                break;
            now = decision.next;
        }
        QCOMPARE(minutes, (QList<qint64>{0, 1, 3, 6, 9, 12}));
        QCOMPARE(leastAttempts(policy), 5);
        QCOMPARE(leastAttempts({}), 8);
    }
    void aClockSetForwardGivesNothingUp()
    {
        const Timestamp created = fromMilliseconds(0);
        QVERIFY(!decideRetry({}, created, 3, true, created + std::chrono::years(10), 0).giveUp);
    }
};

POSTROOM_TEST(RetryTest)
#include "retry_test.moc"
