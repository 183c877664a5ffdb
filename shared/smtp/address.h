// Mailbox addresses as SMTP writes them (RFC 5321 4.1.2, RFC 6531 3.3): localpart@domain, with quoted localparts and
// address literals. Values keep the localpart unquoted and the domain in lower case ASCII (A-labels) or as a literal.
// Any thread.
#pragma once

#include "shared/base/cursor.h"
#include "shared/base/result.h"

#include <QByteArray>

namespace smtp {

struct Address
{
    QByteArray localpart; // unquoted, UTF-8 in NFC; case kept
    QByteArray domain;    // lower case; A-labels, or "[192.0.2.1]"

    [[nodiscard]] QByteArray toBytes() const; // localpart quoted when it must be
    [[nodiscard]] bool isNull() const { return localpart.isEmpty() && domain.isEmpty(); }
    [[nodiscard]] bool needsUtf8() const; // the localpart has non-ASCII
    friend bool operator==(const Address &, const Address &) = default;
};

// The whole text is one address. U-label domains are converted to A-labels.
[[nodiscard]] Result<Address> parseAddress(QByteArrayView text);

// At the cursor; stops after the domain.
[[nodiscard]] Address readAddress(Cursor &in);

// A domain or address literal at the cursor, lower case A-labels.
[[nodiscard]] QByteArray readDomain(Cursor &in);

} // namespace smtp
