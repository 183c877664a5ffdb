// The selectors of a domain's DKIM keys as the settings document names them; the keys themselves never leave the
// server. Values only; any thread.
#pragma once

#include "shared/base/fields.h"

#include <array>

namespace settings {

enum class DkimAlgorithm
{
    Rsa,     // 2,048 bits, RFC 8301
    Ed25519, // RFC 8463
};
constexpr auto enumNames(DkimAlgorithm)
{
    return std::array{EnumName{DkimAlgorithm::Rsa, "rsa"}, EnumName{DkimAlgorithm::Ed25519, "ed25519"}};
}

enum class DkimState
{
    Next,
    Active,
    Retired,
};
constexpr auto enumNames(DkimState)
{
    return std::array{EnumName{DkimState::Next, "next"}, EnumName{DkimState::Active, "active"},
                      EnumName{DkimState::Retired, "retired"}};
}

struct DkimSelector
{
    QString selector;
    DkimAlgorithm algorithm = DkimAlgorithm::Rsa;
    DkimState state = DkimState::Active;

    static constexpr auto fields()
    {
        return std::tuple{
            field("selector", &DkimSelector::selector, "Name of the key, before ._domainkey.", kRequired | kKey),
            field("algorithm", &DkimSelector::algorithm, "rsa or ed25519; a new selector gets a new key."),
            field("state", &DkimSelector::state,
                  "next: not used yet; active: signs; retired: stays published for mail under way."),
        };
    }
};

} // namespace settings
