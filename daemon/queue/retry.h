// When a message is tried again, when its sender hears that it is late, and when it is given up. Pure, any thread.
#pragma once

#include "shared/base/time.h"

namespace queue {

// The defaults are those of the settings.
struct RetryPolicy
{
    std::chrono::milliseconds firstWait = std::chrono::seconds(450); // doubled after each attempt
    std::chrono::milliseconds mostWait = std::chrono::hours(4);      // 7.5 min, 15, 30, 1 h, 2 h, then every 4 h
    std::chrono::milliseconds giveUpAfter = std::chrono::days(5);
    std::chrono::milliseconds tellDelayAfter = std::chrono::hours(4);
};

struct RetryDecision
{
    bool giveUp = false;
    Timestamp next;
    bool tellDelay = false;
};

// After attempt number `attempts` (from 1) failed for now. chance: 0 to 1, moves the time by a ninetieth of the wait:
// what failed together is not tried again at the same second.
[[nodiscard]] RetryDecision decideRetry(const RetryPolicy &policy, Timestamp createdAt, int attempts, bool delayTold,
                                        Timestamp now, double chance);
[[nodiscard]] std::chrono::milliseconds longestWait(const RetryPolicy &policy);
// Given up no earlier: the clock may have been set, the server may have been off for days. 8, or what fits.
[[nodiscard]] int leastAttempts(const RetryPolicy &policy);

} // namespace queue
