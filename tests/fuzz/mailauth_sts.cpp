// MTA-STS records and policies, and TLSA records, as strangers write them: a policy that is accepted is within its
// limits, and allows the hosts it names.
#include "shared/mailauth/dane.h"
#include "shared/mailauth/mta_sts.h"

#include <cstdlib>

void fuzz(QByteArrayView input);

void fuzz(QByteArrayView input)
{
    std::ignore = mailauth::stsRecordId({input.toByteArray()});
    if (const auto record = mailauth::parseTlsa(input))
        std::ignore = mailauth::usableTlsa({*record});
    std::ignore = mailauth::parseTlsaText(input);
    const auto policy = mailauth::parseStsPolicy(input);
    if (!policy)
        return;
    if (policy->maxAge > mailauth::kLongestStsAge || (policy->mx.isEmpty() && policy->mode != mailauth::StsMode::None))
        std::abort();
    for (const QByteArray &mx : policy->mx) {
        if (!mailauth::allows(*policy, mx.startsWith("*.") ? "x" + mx.sliced(1) : mx))
            std::abort();
    }
}
