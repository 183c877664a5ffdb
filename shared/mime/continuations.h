// Parameters that were cut into pieces (name*0, name*1*, …; RFC 2231 3 and 4.1) made whole again. The charset stays as
// it is told: pieces of which the first is extended become name*=charset'language'percent-encoded. Pure, any thread.
#pragma once

#include "shared/mime/content_type.h"

namespace mime {

// What can't be joined (no piece 0, a piece given twice) stays as it was.
[[nodiscard]] Parameters joinContinuations(const Parameters &parameters);

} // namespace mime
