// Names as people type them, to names as the store keeps them: lower case, domains as A-labels. The path says which
// parameter was wrong. Any thread.
#pragma once

#include "shared/base/result.h"

#include <QByteArray>
#include <QString>

namespace control {

[[nodiscard]] Result<QByteArray> storedDomain(const QString &name, const QString &path);
[[nodiscard]] Result<QByteArray> storedAddress(const QString &address, const QString &path);

} // namespace control
