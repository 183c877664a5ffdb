// What a command of imap::Session needs, and the shape of its table rows.
#pragma once

#include "daemon/imap/session.h"

namespace imap {

enum class Need
{
    Nothing,
    NotSignedIn,
    SignedIn,
    Selected,
};

// Flag names as a client sends them; unknown system flags are an error at the cursor.
[[nodiscard]] store::Flags parseFlags(const QList<QByteArray> &names, Cursor &in);

// "not-found" of a mailbox that something was to be put into: RFC 9051 6.3.12, 6.4.7.
[[nodiscard]] Error tryCreate(Error error);

struct Session::Row
{
    const char *name;                     // null ends the table
    void (Session::*handler)(Cursor &in); // the cursor stands behind the command's name
    Need needs;
    const char *source;
};

} // namespace imap
