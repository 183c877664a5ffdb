// Aliases: addresses that lead to several accounts, with who may write to them, who may write as them, and whether
// their members know each other. Rows and what they mean; functions that take a Database run in a change (writer) or on
// a reader, the others are pure.
#pragma once

#include "daemon/db/database.h"
#include "daemon/store/effects.h"

namespace store {

enum class PostPolicy
{
    Anyone,
    Members,
    Senders, // members, and those who are named
};

struct Alias
{
    QByteArray address;
    QList<QByteArray> members; // addresses of accounts; never empty
    PostPolicy post = PostPolicy::Anyone;
    QList<QByteArray> senders; // of PostPolicy::Senders, lower case
    bool listMembers = false;  // each copy names the members
    bool allowFrom = false;    // members may write with the alias's address
};

Result<void> setAlias(db::Database &db, Effects &effects, const Alias &alias);
Result<void> removeAlias(db::Database &db, Effects &effects, const QByteArray &address);
[[nodiscard]] Result<QList<Alias>> listAliases(db::Database &db);

// An address as the directory compares it: localpart without case, in NFC (RFC 6531 3.3 leaves both to us).
[[nodiscard]] QByteArray addressKey(const QByteArray &localpart, const QByteArray &domain);
// The same without "+detail".
[[nodiscard]] QByteArray withoutDetail(const QByteArray &key);

enum class PostVerdict
{
    Allowed,
    NotMember,  // PostPolicy::Members
    NotNamed,   // PostPolicy::Senders
    NotAsAlias, // from the alias itself, which its members may not write as
    NoAuthor,   // no From address, and not everybody may write
};
// Whether a message by these authors (its From addresses, as keys) may go to the alias. All of them must be allowed to.
[[nodiscard]] PostVerdict mayPost(const Alias &alias, const QList<QByteArray> &authors);
[[nodiscard]] QString describe(PostVerdict verdict); // for the sender and for `aliases.test`

// Who gets a copy: members but the authors; if nobody else is a member, they too, so that nothing is lost.
[[nodiscard]] QList<QByteArray> readers(const Alias &alias, const QList<QByteArray> &authors);

} // namespace store
