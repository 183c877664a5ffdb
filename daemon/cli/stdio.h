// `postroomctl stdio`: the control protocol on standard input and output, for `ssh HOST postroomctl stdio`: bytes go to
// the control socket and back as they are, until either side ends. One thread, blocks.
#pragma once

#include "shared/base/result.h"

#include <QStringList>

namespace cli {

// Connects to the first path that answers. Ends without an error when standard input or the server ends.
[[nodiscard]] Result<void> passThrough(const QStringList &paths, int in, int out);

} // namespace cli
