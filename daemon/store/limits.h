// How much there may be of what people make themselves, where no other header says so.
#pragma once

#include <QtTypes>

namespace store {

inline constexpr qsizetype kMostMembers = 1000;      // of an alias
inline constexpr qint64 kMostSubscriptions = 10'000; // of an account; a name need not be that of a mailbox

} // namespace store
