#include "daemon/queue/retry.h"

#include <algorithm>

namespace queue {

namespace {

using std::chrono::milliseconds;

constexpr int kLeastAttempts = 8;
constexpr int kMostDoublings = 20;
constexpr int kJitterParts = 90; // five seconds of 7.5 minutes

milliseconds waitAfter(const RetryPolicy &policy, int attempts)
{
    const int doublings = std::clamp(attempts - 1, 0, kMostDoublings);
    return std::min(policy.firstWait * (1 << doublings), policy.mostWait);
}

milliseconds jitterOf(milliseconds wait) { return wait / kJitterParts; }

} // namespace

milliseconds longestWait(const RetryPolicy &policy) { return policy.mostWait + jitterOf(policy.mostWait); }

int leastAttempts(const RetryPolicy &policy)
{
    int attempts = 1;
    for (milliseconds at{0}; attempts < kLeastAttempts; ++attempts) {
        at += waitAfter(policy, attempts);
        if (at > policy.giveUpAfter)
            break;
    }
    return attempts;
}

RetryDecision decideRetry(const RetryPolicy &policy, Timestamp createdAt, int attempts, bool delayTold, Timestamp now,
                          double chance)
{
    if (now - createdAt >= policy.giveUpAfter && attempts >= leastAttempts(policy))
        return {.giveUp = true, .next = now};
    const milliseconds wait = waitAfter(policy, attempts);
    const auto shift = std::chrono::duration_cast<milliseconds>(jitterOf(wait) * (2 * chance - 1));
    const Timestamp next = now + wait + shift;
    // Told by the attempt behind which it will have been late, not by the next one hours after.
    return {.next = next, .tellDelay = !delayTold && next - createdAt >= policy.tellDelayAfter};
}

} // namespace queue
