// Addresses to which mail of an account came back for good: nothing more is sent there until somebody removes them. An
// address counts by what is left of it without "+detail", "-detail", dots and case, since those lead to one mailbox
// with most providers. Added at once when the reply says that nobody is there, else when the third message in a row
// fails. Everything is the account's own: what failed for one person says nothing about another's mail.
#pragma once

#include "daemon/queue/rows.h"
#include "shared/api/suppressions.h"

namespace queue {

inline constexpr qint64 kFailuresInARow = 3;

[[nodiscard]] QByteArray baseAddress(const smtp::Address &address);
// Whether a refusal means that nobody is there.
[[nodiscard]] bool isFinal(const smtp::ClientResult &result);

[[nodiscard]] Result<bool> isSuppressed(db::Database &db, qint64 accountId, const smtp::Address &address);
// What a delivery came to, good or bad. Writer.
Result<void> noteDelivered(db::Database &db, qint64 accountId, const smtp::Address &address);
Result<void> noteFailed(db::Database &db, store::Effects &effects, qint64 accountId, const smtp::Address &address,
                        const smtp::ClientResult &result, Timestamp now);

[[nodiscard]] Result<api::SuppressionsListResult> listSuppressions(db::Database &db,
                                                                   const api::SuppressionsListParams &params);
Result<api::SuppressionResult> addSuppression(db::Database &db, store::Effects &effects,
                                              const api::SuppressionsAddParams &params, Timestamp now);
Result<api::SuppressionResult> removeSuppression(db::Database &db, store::Effects &effects,
                                                 const api::SuppressionsRemoveParams &params);

} // namespace queue
