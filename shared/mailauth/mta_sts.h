// MTA-STS, RFC 8461: the TXT record that says a policy is there, the policy file, and whether it allows a mail host.
// Fetching and keeping policies is the daemon's. Pure; any thread.
#pragma once

#include "shared/base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <array>
#include <chrono>
#include <optional>

namespace mailauth {

enum class StsMode
{
    None,
    Testing,
    Enforce,
};
[[nodiscard]] const char *nameOf(StsMode mode); // "enforce"

struct StsPolicy
{
    StsMode mode = StsMode::None;
    std::chrono::seconds maxAge{0};
    QList<QByteArray> mx; // lower case; "*.example.org" for one label more
};

inline constexpr qsizetype kLargestStsPolicy = 64 * 1024;         // RFC 8461 3.3
inline constexpr std::chrono::seconds kLongestStsAge{31'557'600}; // RFC 8461 3.2

// The id of the one record among a name's TXT records that is an MTA-STS record; none if there is none or several.
[[nodiscard]] std::optional<QByteArray> stsRecordId(const QList<QByteArray> &texts); // RFC 8461 3.1
[[nodiscard]] Result<StsPolicy> parseStsPolicy(QByteArrayView text);                 // RFC 8461 3.2
[[nodiscard]] bool allows(const StsPolicy &policy, const QByteArray &host);          // RFC 8461 4.1

} // namespace mailauth
