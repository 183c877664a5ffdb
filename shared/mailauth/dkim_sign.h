// Signs messages with DKIM (RFC 6376; Ed25519: RFC 8463; RSA keys of 2,048 bits: RFC 8301), relaxed/relaxed. Every
// field that says something to the reader is signed as often as it is there and once more, so that nobody can add
// another (RFC 6376 8.15). Pure but for the time handed in; a worker's job: RSA takes about 1 ms.
#pragma once

#include "shared/base/time.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace mailauth {

struct DkimKey
{
    QByteArray domain;   // A-labels
    QByteArray selector; // A-label
    QByteArray keyPem;   // RSA or Ed25519
};

// `header` is every header line of the message as it goes out, `body` what stands behind the empty line. A field for
// each key, with its line end, to be put before the header.
[[nodiscard]] Result<QByteArray> signDkim(QByteArrayView header, QByteArrayView body, const QList<DkimKey> &keys,
                                          Timestamp now);

// The text of the TXT record SELECTOR._domainkey.DOMAIN.
[[nodiscard]] Result<QByteArray> dkimRecord(const QByteArray &keyPem);

} // namespace mailauth
