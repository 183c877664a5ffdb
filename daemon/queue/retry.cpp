#include "daemon/queue/retry.h"

#include <algorithm>

namespace queue {

std::chrono::milliseconds longestWait(const RetryPolicy &policy)
{
    return (policy.firstWait + policy.jitter) * (1 << policy.doublings);
}

RetryDecision decideRetry(const RetryPolicy &policy, Timestamp createdAt, int attempts, bool delayTold, Timestamp now,
                          double chance)
{
    if (now - createdAt >= policy.giveUpAfter && attempts >= policy.leastAttempts)
        return {.giveUp = true, .next = now};
    const auto shift = std::chrono::duration_cast<std::chrono::milliseconds>(policy.jitter * (2 * chance - 1));
    const int doublings = std::clamp(attempts - 1, 0, policy.doublings);
    const Timestamp next = now + (policy.firstWait + shift) * (1 << doublings);
    // Told by the attempt behind which it will have been late, not by the next one hours after.
    return {.next = next, .tellDelay = !delayTold && next - createdAt >= policy.tellDelayAfter};
}

} // namespace queue
