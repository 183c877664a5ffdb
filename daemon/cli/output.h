// Answers for people: records as lines, lists as tables, sizes with units. Pure; any thread.
#pragma once

#include "shared/base/result.h"

#include <QJsonObject>

namespace cli {

[[nodiscard]] QString render(const QJsonObject &answer);
[[nodiscard]] QString formatBytes(double bytes);
[[nodiscard]] QString renderError(const Error &error); // with its place and hint

} // namespace cli
