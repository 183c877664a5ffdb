#include "shared/tls/peer_verifier.h"

#include "shared/crypto/openssl.h"

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace tls {

namespace {

struct FreeStack
{
    void operator()(STACK_OF(X509) * stack) const { sk_X509_pop_free(stack, X509_free); }
};
using Stack = std::unique_ptr<STACK_OF(X509), FreeStack>;
using StoreContext = std::unique_ptr<X509_STORE_CTX, crypto::Freed<X509_STORE_CTX_free>>;
using Connection = std::unique_ptr<SSL, crypto::Freed<SSL_free>>;

std::unexpected<Error> unverified(const char *code, const QString &text)
{
    return failure({.kind = ErrorKind::Temporary,
                    .text = text,
                    .publicText = text,
                    .code = QLatin1StringView(code),
                    .hint = {},
                    .path = {}});
}

std::unexpected<Error> unverified(int error)
{
    ERR_clear_error();
    const QString text = QString::fromLatin1(X509_verify_cert_error_string(error));
    switch (error) {
    case X509_V_ERR_HOSTNAME_MISMATCH: return unverified("certificate-host-mismatch", text);
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID: return unverified("certificate-expired", text);
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN: return unverified("certificate-not-trusted", text);
    default: return unverified("validation-failure", text);
    }
}

Stack readChain(const QList<QByteArray> &chain)
{
    Stack stack(sk_X509_new_null());
    for (const QByteArray &der : chain) {
        const auto *at = reinterpret_cast<const unsigned char *>(der.constData());
        X509 *certificate = d2i_X509(nullptr, &at, der.size());
        if (!certificate || sk_X509_push(stack.get(), certificate) <= 0) {
            X509_free(certificate);
            return {};
        }
    }
    return stack;
}

// False: none of the records can be used.
bool addRecords(SSL *ssl, const QList<TlsaRecord> &records)
{
    bool any = false;
    for (const TlsaRecord &each : records)
        any = SSL_dane_tlsa_add(ssl, static_cast<uint8_t>(each.usage), static_cast<uint8_t>(each.selector),
                                static_cast<uint8_t>(each.matching),
                                reinterpret_cast<const unsigned char *>(each.data.constData()),
                                static_cast<size_t>(each.data.size())) > 0 ||
              any;
    ERR_clear_error();
    return any;
}

} // namespace

PeerVerifier::~PeerVerifier() { SSL_CTX_free(m_native); }

Result<std::shared_ptr<const PeerVerifier>> PeerVerifier::make(const QByteArray &authoritiesPem)
{
    std::shared_ptr<PeerVerifier> verifier(new PeerVerifier(SSL_CTX_new(TLS_client_method())));
    SSL_CTX *native = verifier->m_native;
    if (authoritiesPem.isEmpty()) {
        SSL_CTX_set_default_verify_paths(native);
    } else {
        const crypto::BioPointer bio = crypto::memory(authoritiesPem);
        while (crypto::CertificatePointer each{PEM_read_bio_X509(bio.get(), nullptr, &crypto::noPassphrase, nullptr)})
            X509_STORE_add_cert(SSL_CTX_get_cert_store(native), each.get());
    }
    // RFC 6698 2.1.1: usages 0 and 1 trust the authorities, too; whoever does not want them leaves their records out.
    const bool good = SSL_CTX_dane_enable(native) > 0 && SSL_CTX_dane_mtype_set(native, EVP_sha512(), 2, 2) > 0 &&
                      SSL_CTX_dane_mtype_set(native, EVP_sha256(), 1, 1) > 0;
    ERR_clear_error();
    if (!good)
        return crypto::opensslError(ErrorKind::Server, QStringLiteral("cannot set up DANE"));
    return verifier;
}

Result<void> PeerVerifier::verify(const QList<QByteArray> &chain, const PeerTerms &terms, Timestamp now) const
{
    const Stack stack = readChain(chain);
    if (!stack || chain.isEmpty())
        return unverified("validation-failure", QStringLiteral("the server showed no certificate"));
    const Connection ssl(SSL_new(m_native));
    const bool dane = !terms.tlsa.isEmpty();
    if (dane && SSL_dane_enable(ssl.get(), terms.names.value(0).constData()) <= 0)
        return crypto::opensslError(ErrorKind::Server, QStringLiteral("cannot set up DANE"));
    if (dane && !addRecords(ssl.get(), terms.tlsa))
        return unverified("tlsa-invalid", QStringLiteral("none of the TLSA records can be used"));
    if (dane)
        SSL_dane_set_flags(ssl.get(), DANE_FLAG_NO_DANE_EE_NAMECHECKS); // RFC 7672 3.1.1
    X509_VERIFY_PARAM *settings = SSL_get0_param(ssl.get());
    // RFC 7672 3.2.3, RFC 8461 4.1: a star is a whole label; MTA-STS looks at subjectAltName alone.
    X509_VERIFY_PARAM_set_hostflags(settings, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS |
                                                  (dane ? 0U : X509_CHECK_FLAG_NEVER_CHECK_SUBJECT));
    for (qsizetype i = dane ? 1 : 0; i < terms.names.size(); ++i)
        X509_VERIFY_PARAM_add1_host(settings, terms.names.at(i).constData(),
                                    static_cast<size_t>(terms.names.at(i).size()));
    X509_VERIFY_PARAM_set_time(settings, static_cast<time_t>(toMilliseconds(now) / 1000));
    const StoreContext context(X509_STORE_CTX_new());
    if (X509_STORE_CTX_init(context.get(), SSL_CTX_get_cert_store(m_native), sk_X509_value(stack.get(), 0),
                            stack.get()) != 1)
        return crypto::opensslError(ErrorKind::Server, QStringLiteral("cannot verify certificates"));
    X509_STORE_CTX_set_default(context.get(), "ssl_server");
    X509_VERIFY_PARAM_set1(X509_STORE_CTX_get0_param(context.get()), settings);
    X509_STORE_CTX_set_ex_data(context.get(), SSL_get_ex_data_X509_STORE_CTX_idx(), ssl.get());
    if (dane)
        X509_STORE_CTX_set0_dane(context.get(), SSL_get0_dane(ssl.get()));
    const bool good = X509_verify_cert(context.get()) == 1;
    const int error = X509_STORE_CTX_get_error(context.get());
    if (good && error == X509_V_OK)
        return {};
    return unverified(error);
}

} // namespace tls
