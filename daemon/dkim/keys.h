// The DKIM keys of this server's domains: made here, kept in the database, chosen by state. A domain signs with every
// active key, usually one RSA and one Ed25519 (RFC 8463 6). Rotation takes two calls, so that the DNS can be changed
// between them: the first makes the next keys, the second lets them sign and retires the others. Functions that change
// run on the writer's thread; making an RSA key takes about 100 ms there.
#pragma once

#include "daemon/db/database.h"
#include "shared/settings/dkim.h"

#include <QList>

namespace dkim {

extern const char *const kSchema0001; // migration "dkim/0001_dkim"

using settings::DkimAlgorithm;
using settings::DkimState;

struct Key
{
    QByteArray domain;
    QByteArray selector;
    DkimAlgorithm algorithm = DkimAlgorithm::Rsa;
    DkimState state = DkimState::Active;
    QByteArray record; // the TXT record's text
    Timestamp createdAt;

    [[nodiscard]] QByteArray recordName() const { return selector + "._domainkey." + domain; }
};

// Of one domain, or of all if it is empty; by domain and selector.
[[nodiscard]] Result<QList<Key>> list(db::Database &db, const QByteArray &domain);
[[nodiscard]] Result<Key> find(db::Database &db, const QByteArray &domain, const QByteArray &selector);

// What a new domain signs with.
Result<void> makeFirstKeys(db::Database &db, const QByteArray &domain, Timestamp now);
// An empty selector gets a name made of the date.
Result<Key> add(db::Database &db, const Key &wanted, Timestamp now);
Result<void> setState(db::Database &db, const QByteArray &domain, const QByteArray &selector, DkimState state);
Result<void> remove(db::Database &db, const QByteArray &domain, const QByteArray &selector);

// The next step of a rotation. True: the next keys were made and want to be published; false: they sign now.
Result<bool> rotate(db::Database &db, const QByteArray &domain, Timestamp now);

// As a settings document lists them: what is missing is made, what is not listed removed.
[[nodiscard]] Result<QList<settings::DkimSelector>> selectors(db::Database &db, const QByteArray &domain);
Result<void> apply(db::Database &db, const QByteArray &domain, const QList<settings::DkimSelector> &wanted,
                   Timestamp now);

// DKIM-Signature fields for a message that its author sent through us: by the active keys of the domain of From or of
// the nearest parent that has some. Empty when there are none, or not exactly one author. `header`: all lines as they
// go out. Reads; any thread.
[[nodiscard]] Result<QByteArray> sign(db::Database &db, QByteArrayView header, QByteArrayView body, Timestamp now);

} // namespace dkim
