// The message identifiers a message names: its own, what it answers, and what its thread consists of (RFC 5322 3.6.4).
// Tolerant: what is not in angle brackets is skipped. Pure; any thread.
#pragma once

#include "shared/mime/header_list.h"

namespace mime {

inline constexpr qsizetype kMostReferences = 100;
inline constexpr qsizetype kLongestMessageId = 1000;

// "<id>" without the brackets and without blanks inside, in order; at most kMostReferences, the last ones.
[[nodiscard]] QList<QByteArray> messageIds(QByteArrayView value);

// Message-ID, In-Reply-To, then References from the newest on; each once.
[[nodiscard]] QList<QByteArray> threadIds(const HeaderList &header);

} // namespace mime
