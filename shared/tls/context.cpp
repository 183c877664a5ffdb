#include "shared/tls/context.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

namespace tls {

namespace {

using BioPointer = std::unique_ptr<BIO, decltype(&BIO_free)>;

std::unexpected<Error> opensslError(const QString &what)
{
    std::array<char, 256> text = {};
    ERR_error_string_n(ERR_get_error(), text.data(), text.size());
    ERR_clear_error();
    return failure(ErrorKind::User, what + QStringLiteral(": ") + QString::fromLatin1(text.data()));
}

Result<void> useCertificate(SSL_CTX *context, const QByteArray &certificatePem, const QByteArray &keyPem)
{
    const BioPointer chain(BIO_new_mem_buf(certificatePem.constData(), static_cast<int>(certificatePem.size())), &BIO_free);
    const BioPointer keyBio(BIO_new_mem_buf(keyPem.constData(), static_cast<int>(keyPem.size())), &BIO_free);
    X509 *leaf = PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr);
    EVP_PKEY *key = PEM_read_bio_PrivateKey(keyBio.get(), nullptr, nullptr, nullptr);
    const bool good = leaf && key && SSL_CTX_use_certificate(context, leaf) == 1 && SSL_CTX_use_PrivateKey(context, key) == 1;
    X509_free(leaf);
    EVP_PKEY_free(key);
    if (!good)
        return opensslError(QStringLiteral("certificate and key do not fit"));
    while (X509 *intermediate = PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr))
        SSL_CTX_add0_chain_cert(context, intermediate);
    ERR_clear_error();   // the end of the PEM text is reported as an error
    return {};
}

bool nameMatches(const QByteArray &pattern, const QByteArray &name)
{
    if (pattern.startsWith("*."))
        return name.endsWith(pattern.sliced(1)) && name.indexOf('.') == name.size() - pattern.size() + 1;
    return pattern == name;
}

int chooseName(SSL *ssl, int *alert, void *argument)
{
    const auto &options = static_cast<const Context *>(argument)->serverOptions();
    const char *sent = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    if (!sent || options.unknownName == UnknownName::UseDefault)
        return SSL_TLSEXT_ERR_OK;
    const QByteArray name = QByteArray(sent).toLower();
    if (std::ranges::any_of(options.names, [&name](const QByteArray &own) { return nameMatches(own, name); }))
        return SSL_TLSEXT_ERR_OK;
    *alert = SSL_AD_UNRECOGNIZED_NAME;
    return SSL_TLSEXT_ERR_ALERT_FATAL;
}

int acceptAnyKey(int, X509_STORE_CTX *) { return 1; }   // the key is the identity; who may use it is decided at sign-in

// RFC 7301 3.2: our order wins; nothing in common is fatal.
int chooseProtocol(SSL *ssl, const unsigned char **chosen, unsigned char *chosenLength, const unsigned char *offered,
                   unsigned int offeredLength, void *argument)
{
    const auto &options = static_cast<const Context *>(argument)->serverOptions();
    for (const QByteArray &own : options.alpn) {
        for (unsigned int at = 0; at < offeredLength; at += 1U + offered[at]) {
            if (QByteArrayView(offered + at + 1, offered[at]) != own)
                continue;
            *chosen = offered + at + 1;
            *chosenLength = offered[at];
            if (options.askForClientKey && options.clientKeyAlpn.contains(own))
                SSL_set_verify(ssl, SSL_VERIFY_PEER, &acceptAnyKey);
            return SSL_TLSEXT_ERR_OK;
        }
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL;
}

void setCommon(SSL_CTX *context)
{
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF);
}

} // namespace

Context::~Context() { SSL_CTX_free(m_native); }

Result<std::shared_ptr<const Context>> Context::server(const ServerOptions &options)
{
    std::shared_ptr<Context> context(new Context(SSL_CTX_new(TLS_server_method())));
    context->m_options = options;
    SSL_CTX *native = context->m_native;
    setCommon(native);
    SSL_CTX_set_options(native, SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
    if (auto done = useCertificate(native, options.certificatePem, options.keyPem); !done)
        return std::unexpected(done.error());
    if (!options.tickets) {
        SSL_CTX_set_options(native, SSL_OP_NO_TICKET);
        SSL_CTX_set_num_tickets(native, 0);
    }
    SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);   // tickets only: no server-side state
    static constexpr unsigned char kSessionContext[] = "postroom";   // without it, resumption with a client key fails
    SSL_CTX_set_session_id_context(native, kSessionContext, sizeof kSessionContext - 1);
    SSL_CTX_set_tlsext_servername_callback(native, &chooseName);
    SSL_CTX_set_tlsext_servername_arg(native, context.get());
    if (!options.alpn.isEmpty())
        SSL_CTX_set_alpn_select_cb(native, &chooseProtocol, context.get());
    if (options.askForClientKey && options.clientKeyAlpn.isEmpty())
        SSL_CTX_set_verify(native, SSL_VERIFY_PEER, &acceptAnyKey);
    return context;
}

Result<std::shared_ptr<const Context>> Context::client(const ClientOptions &options)
{
    std::shared_ptr<Context> context(new Context(SSL_CTX_new(TLS_client_method())));
    context->m_verify = options.verify;
    SSL_CTX *native = context->m_native;
    setCommon(native);
    if (options.verify)
        SSL_CTX_set_verify(native, SSL_VERIFY_PEER, nullptr);
    if (options.authoritiesPem.isEmpty()) {
        SSL_CTX_set_default_verify_paths(native);
    } else {
        const BioPointer bio(BIO_new_mem_buf(options.authoritiesPem.constData(), static_cast<int>(options.authoritiesPem.size())), &BIO_free);
        while (X509 *authority = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)) {
            X509_STORE_add_cert(SSL_CTX_get_cert_store(native), authority);
            X509_free(authority);
        }
        ERR_clear_error();
    }
    if (!options.certificatePem.isEmpty()) {
        if (auto done = useCertificate(native, options.certificatePem, options.keyPem); !done)
            return std::unexpected(done.error());
    }
    return context;
}

} // namespace tls
