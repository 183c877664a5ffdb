// What a client shows as its certificate, and key files: whatever is taken has a type and is the same when it is
// written and read again.
#include "shared/crypto/client_key.h"
#include "shared/crypto/pkcs12.h"

#include <cstdlib>

void fuzz(QByteArrayView input);

void fuzz(QByteArrayView input)
{
    const QByteArray bytes = input.toByteArray();
    std::ignore = crypto::readPkcs12(bytes, "secret");
    for (const auto &key : {crypto::readClientCertificate(bytes), crypto::readClientCertificatePem(bytes)}) {
        if (!key)
            continue;
        const auto again = crypto::readClientCertificatePem(crypto::certificatePem(key->certificateDer));
        if (key->type.isEmpty() || key->name.isEmpty() || !key->name.isValidUtf8() || !again ||
            again->fingerprint != key->fingerprint)
            std::abort();
    }
}
