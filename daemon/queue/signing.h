// DKIM for what leaves: once, when it enters the queue. Any thread that reads.
#pragma once

#include "daemon/queue/rows.h"

namespace queue {

// For mail whose author is known to be ours: sent by somebody signed in, or made here. DKIM-Signature fields go before
// the prefix; without keys for the author's domain nothing changes.
[[nodiscard]] Result<Outgoing> sign(db::Database &db, Outgoing outgoing, Timestamp now);

} // namespace queue
