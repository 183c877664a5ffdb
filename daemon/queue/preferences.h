// What an account wants of its outgoing mail: how long what became of it is kept, and for which sign-in names each
// message gets an envelope sender of its own, which reports come back to. Rows of queue_accounts.
#pragma once

#include "daemon/store/store.h"

namespace queue {

struct Preferences
{
    std::chrono::seconds keepSent = std::chrono::days(14);
    QStringList uniqueSenders; // sign-in names in lower case

    bool operator==(const Preferences &) const = default;
};

[[nodiscard]] Result<Preferences> preferencesOf(db::Database &db, qint64 accountId);
Result<void> setPreferences(db::Database &db, store::Effects &effects, qint64 accountId,
                            const Preferences &preferences); // in a change

} // namespace queue
