// Delivery status notifications: the report a sender gets about a message that failed, is late, or went on to a server
// that will not report itself (RFC 3464 in a multipart/report of RFC 6522; fields of RFC 3461; international ones RFC
// 6533). A person reads the first part: it names the cause and the next step in plain words. Pure, any thread.
#pragma once

#include "shared/base/time.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace mime {

enum class DsnAction
{
    Failed,
    Delayed,
    Delivered, // into a mailbox here
    Relayed,   // to a server that does not report
};

struct DsnRecipient
{
    QByteArray address;           // as the envelope had it; UTF-8
    QByteArray originalRecipient; // ORCPT= as sent: "rfc822;…" in xtext; empty = none
    QByteArray status;            // "5.1.1"
    QByteArray remoteHost;        // the server that answered; empty = it did not come to that
    QByteArray reply;             // its reply, "550 5.1.1 …"; empty = there was none
    QByteArray reason;            // in our own words, when there was no reply
    int attempts = 0;
    Timestamp lastAttempt;
    std::optional<Timestamp> nextAttempt; // Delayed
    std::optional<Timestamp> retryUntil;  // Delayed
};

struct Dsn
{
    DsnAction action = DsnAction::Failed; // of all recipients of this report
    QByteArray hostname;
    QByteArray recipient; // of the report: the message's reverse-path
    QByteArray messageId; // of the report, with angle brackets
    QByteArray seed;      // random letters: makes the boundary
    Timestamp now;
    Timestamp arrival;             // of the message
    QByteArray envelopeId;         // ENVID=, decoded; empty = none
    QByteArray futureRelease = {}; // "for;3600" of a message that was held on request, RFC 4865 5.1.2; empty = none
    QList<DsnRecipient> recipients;
    QByteArray original;    // the message, or its first part with the whole header
    bool attachAll = false; // the whole message, not its header alone (RET=FULL)
};

// The whole report, CRLF line ends, ready to be sent with a null reverse-path.
[[nodiscard]] QByteArray composeDsn(const Dsn &dsn);
// Sending it needs SMTPUTF8 and 8BITMIME: an address or the header that is returned has UTF-8.
[[nodiscard]] bool isInternational(const Dsn &dsn);

} // namespace mime
