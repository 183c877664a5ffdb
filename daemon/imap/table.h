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

struct Session::Row
{
    const char *name;                     // null ends the table
    void (Session::*handler)(Cursor &in); // the cursor stands behind the command's name
    Need needs;
    const char *source;
};

} // namespace imap
