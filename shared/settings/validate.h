// Rules of the settings that their types don't say. Each error names the place (JSON pointer) and what to do about it.
// Pure; any thread.
#pragma once

#include "shared/settings/document.h"

namespace settings {

[[nodiscard]] Result<void> validateHostname(const QString &name, const QString &path);
[[nodiscard]] Result<void> validateAddress(const QString &address,
                                           const QString &path); // localpart@domain, as people type it
[[nodiscard]] Result<void> validatePersonName(const QString &name, const QString &path); // for display: any text
[[nodiscard]] Result<void> validateDailyLimit(qint64 limit, const QString &path);        // of an account
[[nodiscard]] Result<void> validate(const Server &server, const QString &path);
[[nodiscard]] Result<void> validate(const Listener &listener, const QString &path);
[[nodiscard]] Result<void>
validate(const Document &document); // the whole, with what must be unique and what must exist

[[nodiscard]] QString domainOf(const QString &address);

} // namespace settings
