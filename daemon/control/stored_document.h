// The settings document as the database has it, and making the database what a document says.
#pragma once

#include "daemon/control/call.h"
#include "daemon/queue/preferences.h"

namespace control {

// Server and listeners from the table settings, or the program's defaults; domains, accounts and aliases from the
// store. Workers.
[[nodiscard]] Result<settings::Document> loadDocument(db::Database &db, const settings::Document &defaults);

// With names as the store keeps them, so that comparing finds no difference that is only spelling.
[[nodiscard]] Result<settings::Document> withStoredNames(const settings::Document &document);

// As the queue keeps them: names in lower case.
[[nodiscard]] queue::Preferences toPreferences(const settings::Account &account);

// Does what differs. Accounts that have mail are never removed this way.
Result<void> applyDocument(Writing &call, const settings::Document &current, const settings::Document &wanted);

} // namespace control
