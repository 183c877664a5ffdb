// Hands a message to a submission server over TLS (RFC 6409, RFC 8314), signing in with a password or a client key, and
// keeps what could not be sent. Blocking; for a program that does nothing else meanwhile.
#pragma once

#include "daemon/cli/sendmail.h"
#include "daemon/cli/submission_settings.h"

namespace cli {

// Every recipient or none counts as sent; the error says what the server said.
Result<void> submit(const SubmissionSettings &settings, const QString &from, const Outgoing &message);

// Writes the message to a file of its own that nobody else can read, and answers its name. Empty folder: failed-mail in
// the user's state folder.
Result<QString> keepFailed(const QString &folder, const Outgoing &message);

} // namespace cli
