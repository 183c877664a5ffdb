// Verifies DKIM signatures (RFC 6376 6, RFC 8301, RFC 8463): what a DKIM-Signature field says, what a key record says,
// and whether one fits the other and the message. Fetching the record is the caller's. Pure; any thread.
#pragma once

#include "shared/base/time.h"
#include "shared/mailauth/dkim_canonical.h"

#include <QList>

#include <optional>

namespace mailauth {

enum class DkimAlgorithm
{
    RsaSha256,
    Ed25519Sha256,
};

struct DkimSignature
{
    DkimAlgorithm algorithm = DkimAlgorithm::RsaSha256;
    Canon headerCanon = Canon::Simple;
    Canon bodyCanon = Canon::Simple;
    QByteArray domain;         // d=, lower case
    QByteArray selector;       // s=
    QByteArray identity;       // i=; "@" and d= if it is not said
    QList<QByteArray> headers; // h=, as said
    QByteArray bodyHash;       // bh=, decoded
    QByteArray signature;      // b=, decoded
    qint64 bodyLength = -1;    // l=; -1 = the whole body
    std::optional<Timestamp> signedAt;
    std::optional<Timestamp> expires;

    [[nodiscard]] QByteArray recordName() const { return selector + "._domainkey." + domain; } // RFC 6376 3.6.2.1
};
// An error is a permanent one of the signature: RFC 6376 6.1.1.
[[nodiscard]] Result<DkimSignature> parseDkimSignature(QByteArrayView fieldValue);

struct DkimKeyRecord
{
    DkimAlgorithm algorithm = DkimAlgorithm::RsaSha256;
    QByteArray publicKey; // decoded; empty = revoked
    bool testing = false; // t=y
    bool strict = false;  // t=s: i= has the very domain of d=
};
[[nodiscard]] Result<DkimKeyRecord> parseDkimKeyRecord(QByteArrayView text); // RFC 6376 3.6.1

enum class DkimResult // RFC 8601 2.7.1
{
    Pass,
    Fail,
    Policy, // verifies, but does not say enough: l= leaves some of the body out, or the subject is not signed
    PermError,
};
struct DkimVerdict
{
    DkimResult result = DkimResult::Fail;
    QString why;
};

// `header` is the message's header section; `field` counts its DKIM-Signature fields from the top.
[[nodiscard]] DkimVerdict verifyDkim(QByteArrayView header, QByteArrayView body, qsizetype field,
                                     const DkimSignature &signature, const DkimKeyRecord &record, Timestamp now);

} // namespace mailauth
