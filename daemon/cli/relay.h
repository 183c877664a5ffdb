// `postroomctl stdio`: the control protocol between standard input and output, for `ssh HOST postroomctl stdio`:
// whoever may sign in to the machine reaches its server as that user, without a port of its own. Blocking; the one
// thread.
#pragma once

#include "shared/base/result.h"

#include <QStringList>

namespace cli {

// Until the server closes; the end of standard input is passed on, so that answers under way still come.
[[nodiscard]] Result<void> relayControl(const QStringList &socketPaths);

} // namespace cli
