// The first words of a message as a reader sees them, for lists of messages (RFC 8970 3.3): from the first text part
// that is no attachment, without quoted text, markup and runs of blanks. Pure; any thread.
#pragma once

#include "shared/mime/part.h"

namespace mime {

inline constexpr qsizetype kPreviewCharacters = 200; // RFC 8970 3.3

// UTF-8; empty if there is no text to show.
[[nodiscard]] QByteArray preview(QByteArrayView message, const Part &root);

} // namespace mime
