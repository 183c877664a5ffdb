// What a server's EHLO reply offers (RFC 5321 4.1.1.1), as far as a client of ours makes use of it. Pure; any thread.
#pragma once

#include "shared/smtp/reply.h"

#include <optional>

namespace smtp {

struct Extensions
{
    bool pipelining = false;         // RFC 2920
    bool eightBitMime = false;       // RFC 6152
    bool smtpUtf8 = false;           // RFC 6531
    bool startTls = false;           // RFC 3207
    bool deliveryStatus = false;     // DSN, RFC 3461
    bool requireTls = false;         // RFC 8689
    std::optional<qint64> mostBytes; // SIZE, RFC 1870; 0 = offered without a limit
    qsizetype mostRecipients = 0;    // LIMITS RCPTMAX, RFC 9422; 0 = not said
    qsizetype mostMessages = 0;      // LIMITS MAILMAX: transactions of a connection
    qsizetype mostDomains = 0;       // LIMITS RCPTDOMAINMAX: of the recipients of a transaction
    QList<QByteArray> mechanisms;    // AUTH, RFC 4954; upper case
};

// The reply to EHLO; unknown or malformed keywords are passed over.
[[nodiscard]] Extensions parseExtensions(const Reply &reply);

} // namespace smtp
