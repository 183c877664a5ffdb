// When a message is tried again, when its sender hears that it is late, and when it is given up. Pure, any thread.
#pragma once

#include "shared/base/time.h"

namespace queue {

struct RetryPolicy
{
    std::chrono::milliseconds firstWait = std::chrono::seconds(450);
    std::chrono::milliseconds jitter = std::chrono::seconds(5); // more or less, and doubled with the wait
    int doublings = 5;                                          // 7.5 min, 15, 30, 1 h, 2 h, then every 4 h
    std::chrono::milliseconds giveUpAfter = std::chrono::days(5);
    int leastAttempts = 8; // given up no earlier: the clock may have been set, the server may have been off for days
    std::chrono::milliseconds tellDelayAfter = std::chrono::hours(4);
};

struct RetryDecision
{
    bool giveUp = false;
    Timestamp next;
    bool tellDelay = false;
};

// After attempt number `attempts` (from 1) failed for now. chance: 0 to 1.
[[nodiscard]] RetryDecision decideRetry(const RetryPolicy &policy, Timestamp createdAt, int attempts, bool delayTold,
                                        Timestamp now, double chance);
[[nodiscard]] std::chrono::milliseconds longestWait(const RetryPolicy &policy);

} // namespace queue
