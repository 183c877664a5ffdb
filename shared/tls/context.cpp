#include "shared/tls/context.h"

#include "shared/crypto/certificate.h"
#include "shared/crypto/openssl.h"

#include <openssl/core_names.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <span>

namespace tls {

namespace {

using crypto::BioPointer;
using crypto::CertificatePointer;

constexpr long kMostHandshakeBytes = 64 * 1024; // of a peer's certificates; OpenSSL's default is 100 KiB
constexpr long kSessionSeconds = 2 * 60 * 60;   // a session can be resumed for so long
constexpr char kStrictCiphers[] = "ECDHE+AESGCM:ECDHE+CHACHA20"; // of TLS 1.2; RFC 9325 4.2

Result<void> useCertificate(SSL_CTX *context, const QByteArray &certificatePem, const QByteArray &keyPem)
{
    const BioPointer chain = crypto::memory(certificatePem);
    const CertificatePointer leaf(PEM_read_bio_X509(chain.get(), nullptr, &crypto::noPassphrase, nullptr));
    const crypto::KeyPointer key = crypto::readKey(keyPem);
    if (!leaf || !key || SSL_CTX_use_certificate(context, leaf.get()) != 1 ||
        SSL_CTX_use_PrivateKey(context, key.get()) != 1)
        return crypto::opensslError(ErrorKind::User, QStringLiteral("certificate and key do not fit"));
    while (CertificatePointer next{PEM_read_bio_X509(chain.get(), nullptr, &crypto::noPassphrase, nullptr)})
        SSL_CTX_add1_chain_cert(context, next.get());
    ERR_clear_error(); // the end of the PEM text is reported as an error
    return {};
}

Result<void> useAuthorities(SSL_CTX *context, const QByteArray &pem)
{
    const BioPointer bio = crypto::memory(pem);
    int count = 0;
    while (CertificatePointer authority{PEM_read_bio_X509(bio.get(), nullptr, &crypto::noPassphrase, nullptr)})
        count += X509_STORE_add_cert(SSL_CTX_get_cert_store(context), authority.get());
    ERR_clear_error();
    return count > 0 ? Result<void>()
                     : failure(ErrorKind::User, QStringLiteral("no PEM certificate among the authorities"));
}

// RFC 6125 6.4.3: the star is one whole label.
bool nameMatches(const QByteArray &pattern, const QByteArray &name)
{
    return pattern.startsWith("*.") && name.endsWith(pattern.sliced(1)) &&
           name.indexOf('.') == name.size() - pattern.size() + 1 && name.size() >= pattern.size();
}

int chooseName(SSL *ssl, int *alert, void *argument)
{
    const auto &context = *static_cast<const Context *>(argument);
    const char *sent = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    if (!sent)
        return SSL_TLSEXT_ERR_NOACK;
    if (SSL_CTX *native = context.nativeFor(QByteArray(sent).toLower())) {
        if (native != context.native())
            SSL_set_SSL_CTX(ssl, native);
        return SSL_TLSEXT_ERR_OK;
    }
    if (context.serverOptions().unknownName == UnknownName::UseDefault)
        return SSL_TLSEXT_ERR_OK;
    *alert = SSL_AD_UNRECOGNIZED_NAME;
    return SSL_TLSEXT_ERR_ALERT_FATAL;
}

// The key is the identity; who may use it is decided at sign-in. Chains, dates and purposes say nothing here.
int acceptAnyKey(X509_STORE_CTX *, void *) { return 1; }

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
                SSL_set_verify(ssl, SSL_VERIFY_PEER, nullptr);
            return SSL_TLSEXT_ERR_OK;
        }
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL;
}

bool setTicketMac(EVP_MAC_CTX *mac, const TicketKeys::Key &key)
{
    char digest[] = "SHA256";
    std::array parameters = {
        OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_KEY, const_cast<unsigned char *>(key.macKey.data()),
                                          key.macKey.size()),
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_end(),
    };
    return EVP_MAC_CTX_set_params(mac, parameters.data()) == 1;
}

// Seals a ticket, or finds the key that sealed one: 1 = go on, 2 = and give out a new one, 0 = a full handshake.
int useTicketKey(SSL *ssl, unsigned char *name, unsigned char *iv, EVP_CIPHER_CTX *cipher, EVP_MAC_CTX *mac, int seal)
{
    const auto *context = static_cast<const Context *>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl)));
    const auto keys = context->serverOptions().ticketKeys->keys();
    if (seal) {
        const TicketKeys::Key &key = keys->current;
        std::ranges::copy(key.name, name);
        const bool good = RAND_bytes(iv, EVP_CIPHER_get_iv_length(EVP_aes_256_cbc())) == 1 &&
                          EVP_EncryptInit_ex(cipher, EVP_aes_256_cbc(), nullptr, key.cipherKey.data(), iv) == 1;
        return good && setTicketMac(mac, key) ? 1 : -1;
    }
    const bool current = std::ranges::equal(keys->current.name, std::span(name, keys->current.name.size()));
    if (!current &&
        !(keys->previous && std::ranges::equal(keys->previous->name, std::span(name, keys->previous->name.size()))))
        return 0;
    const TicketKeys::Key &key = current ? keys->current : *keys->previous;
    if (EVP_DecryptInit_ex(cipher, EVP_aes_256_cbc(), nullptr, key.cipherKey.data(), iv) != 1 ||
        !setTicketMac(mac, key))
        return -1;
    return current ? 1 : 2;
}

int nativeVersion(Version version) { return version == Version::Tls12 ? TLS1_2_VERSION : TLS1_3_VERSION; }

void setUpCommon(SSL_CTX *context)
{
    SSL_CTX_set_mode(context,
                     SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_max_cert_list(context, kMostHandshakeBytes);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF); // tickets only: no server-side state
}

} // namespace

Context::~Context()
{
    for (const Named &each : m_named) {
        if (each.native != m_native)
            SSL_CTX_free(each.native);
    }
    SSL_CTX_free(m_native);
}

ssl_ctx_st *Context::nativeFor(const QByteArray &serverName) const
{
    for (const Named &each : m_named) {
        if (each.names.contains(serverName))
            return each.native;
    }
    for (const Named &each : m_named) {
        if (std::ranges::any_of(each.names,
                                [&serverName](const QByteArray &own) { return nameMatches(own, serverName); }))
            return each.native;
    }
    return nullptr;
}

// Each certificate has an SSL_CTX of its own. After SSL_set_SSL_CTX OpenSSL takes callbacks from the chosen one but
// keeps ticket keys, verification and versions of the first: every one is set up alike.
Result<void> Context::setUpServer(ssl_ctx_st *native, const QByteArray &certificatePem, const QByteArray &keyPem,
                                  const QList<QByteArray> &names)
{
    m_named.push_back({.names = names, .native = native});
    setUpCommon(native);
    SSL_CTX_set_min_proto_version(native, nativeVersion(m_options.leastVersion));
    SSL_CTX_set_options(native, SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
    if (auto done = useCertificate(native, certificatePem, keyPem); !done)
        return done;
    if (names.isEmpty()) {
        const auto own = crypto::names(certificatePem);
        if (!own)
            return std::unexpected(own.error());
        m_named.back().names = *own;
    }
    if (!m_options.wideCiphers)
        SSL_CTX_set_cipher_list(native, kStrictCiphers);
    SSL_CTX_set_timeout(native, kSessionSeconds);
    SSL_CTX_set_app_data(native, this);
    if (!m_options.tickets) {
        SSL_CTX_set_options(native, SSL_OP_NO_TICKET);
        SSL_CTX_set_num_tickets(native, 0);
    } else if (m_options.ticketKeys) {
        SSL_CTX_set_tlsext_ticket_key_evp_cb(native, &useTicketKey);
    }
    static constexpr unsigned char kSessionContext[] = "postroom"; // without it, resumption with a client key fails
    SSL_CTX_set_session_id_context(native, kSessionContext, sizeof kSessionContext - 1);
    SSL_CTX_set_tlsext_servername_callback(native, &chooseName);
    SSL_CTX_set_tlsext_servername_arg(native, this);
    if (!m_options.alpn.isEmpty())
        SSL_CTX_set_alpn_select_cb(native, &chooseProtocol, this);
    SSL_CTX_set_cert_verify_callback(native, &acceptAnyKey, nullptr);
    if (m_options.askForClientKey && m_options.clientKeyAlpn.isEmpty())
        SSL_CTX_set_verify(native, SSL_VERIFY_PEER, nullptr);
    return {};
}

Result<std::shared_ptr<const Context>> Context::server(const ServerOptions &options)
{
    std::shared_ptr<Context> context(new Context(SSL_CTX_new(TLS_server_method())));
    context->m_options = options;
    auto done = context->setUpServer(context->m_native, options.certificatePem, options.keyPem, options.names);
    for (const ServerCertificate &each : options.moreCertificates) {
        if (done)
            done = context->setUpServer(SSL_CTX_new(TLS_server_method()), each.certificatePem, each.keyPem, each.names);
    }
    if (!done)
        return std::unexpected(done.error());
    context->m_options.keyPem.clear();
    context->m_options.moreCertificates.clear();
    return context;
}

Result<std::shared_ptr<const Context>> Context::client(const ClientOptions &options)
{
    std::shared_ptr<Context> context(new Context(SSL_CTX_new(TLS_client_method())));
    context->m_verify = options.verify;
    SSL_CTX *native = context->m_native;
    setUpCommon(native);
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_max_proto_version(native, nativeVersion(options.mostVersion));
    if (options.verify) {
        SSL_CTX_set_verify(native, SSL_VERIFY_PEER, nullptr);
        X509_VERIFY_PARAM_set_hostflags(SSL_CTX_get0_param(native), X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        if (options.authoritiesPem.isEmpty())
            SSL_CTX_set_default_verify_paths(native);
        else if (auto done = useAuthorities(native, options.authoritiesPem); !done)
            return std::unexpected(done.error());
    }
    QByteArray offered; // ProtocolNameList, each with its length     RFC 7301 3.1
    for (const QByteArray &each : options.alpn)
        offered.append(static_cast<char>(each.size())).append(each);
    if (!offered.isEmpty())
        SSL_CTX_set_alpn_protos(native, reinterpret_cast<const unsigned char *>(offered.constData()),
                                static_cast<unsigned>(offered.size()));
    if (!options.certificatePem.isEmpty()) {
        if (auto done = useCertificate(native, options.certificatePem, options.keyPem); !done)
            return std::unexpected(done.error());
    }
    return context;
}

} // namespace tls
