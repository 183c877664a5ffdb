#include "shared/tls/engine.h"

#include "shared/base/encoding.h"
#include "shared/base/ip.h"
#include "shared/tls/failure_reason.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace tls {

namespace {

QByteArray digestOf(const X509 *certificate, const EVP_MD *method)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash = {};
    unsigned int length = 0;
    X509_digest(certificate, method, hash.data(), &length);
    return QByteArray(reinterpret_cast<const char *>(hash.data()), length);
}

// RFC 5929 4.1: the hash of the certificate's signature, but SHA-256 instead of MD5 and SHA-1.
QByteArray endPointBinding(const X509 *certificate)
{
    int digest = NID_undef;
    OBJ_find_sigid_algs(X509_get_signature_nid(certificate), &digest, nullptr);
    const EVP_MD *method =
        digest == NID_undef || digest == NID_md5 || digest == NID_sha1 ? EVP_sha256() : EVP_get_digestbynid(digest);
    return method ? digestOf(certificate, method) : QByteArray();
}

QByteArray keyFingerprint(const X509 *certificate)
{
    unsigned char *spki = nullptr;
    const int length = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &spki);
    QByteArray hash(32, '\0');
    if (length > 0)
        EVP_Digest(spki, static_cast<size_t>(length), reinterpret_cast<unsigned char *>(hash.data()), nullptr,
                   EVP_sha256(), nullptr);
    OPENSSL_free(spki);
    return length > 0 ? encoding::toBase64Url(hash) : QByteArray();
}

QByteArray derOf(const X509 *certificate)
{
    unsigned char *bytes = nullptr;
    const int length = i2d_X509(certificate, &bytes);
    const QByteArray der(reinterpret_cast<const char *>(bytes), std::max(length, 0));
    OPENSSL_free(bytes);
    return der;
}

QList<QByteArray> chainOf(const SSL *ssl)
{
    QList<QByteArray> chain;
    const STACK_OF(X509) *certificates = SSL_get_peer_cert_chain(ssl);
    for (int i = 0; i < sk_X509_num(certificates); ++i)
        chain.append(derOf(sk_X509_value(certificates, i)));
    return chain;
}

constexpr long kKeptOutput = 1024; // a used memory BIO keeps its largest size

BIO *freshInput()
{
    BIO *bio = BIO_new(BIO_s_mem());
    BIO_set_mem_eof_return(bio, -1); // empty means: not yet
    return bio;
}

// RFC 6066 3: the SNI is a DNS name, never an address.
void expectPeer(SSL *ssl, const QByteArray &serverName, bool verify)
{
    const bool address = IpAddress::parse(serverName).has_value();
    if (!address && !serverName.isEmpty())
        SSL_set_tlsext_host_name(ssl, serverName.constData());
    if (verify && address)
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), serverName.constData());
    else if (verify)
        SSL_set1_host(ssl, serverName.constData());
}

} // namespace

Engine::Engine(std::shared_ptr<const Context> context)
    : m_context(std::move(context))
    , m_ssl(SSL_new(m_context->native()))
{
    SSL_set_bio(m_ssl, freshInput(), BIO_new(BIO_s_mem()));
}

Engine::~Engine() { SSL_free(m_ssl); }

std::unique_ptr<Engine> Engine::server(std::shared_ptr<const Context> context)
{
    std::unique_ptr<Engine> engine(new Engine(std::move(context)));
    SSL_set_accept_state(engine->m_ssl);
    return engine;
}

std::unique_ptr<Engine> Engine::client(std::shared_ptr<const Context> context, const QByteArray &serverName,
                                       const QByteArray &session)
{
    std::unique_ptr<Engine> engine(new Engine(std::move(context)));
    engine->m_server = false;
    SSL_set_connect_state(engine->m_ssl);
    expectPeer(engine->m_ssl, serverName, engine->m_context->verifies());
    const auto *at = reinterpret_cast<const unsigned char *>(session.constData());
    if (SSL_SESSION *earlier = session.isEmpty() ? nullptr : d2i_SSL_SESSION(nullptr, &at, session.size())) {
        SSL_set_session(engine->m_ssl, earlier);
        SSL_SESSION_free(earlier);
    }
    engine->advance();
    return engine;
}

QByteArray Engine::takeSession() const
{
    SSL_SESSION *session = SSL_get1_session(m_ssl);
    QByteArray result;
    if (session && SSL_SESSION_is_resumable(session) == 1) {
        result.resize(i2d_SSL_SESSION(session, nullptr));
        auto *at = reinterpret_cast<unsigned char *>(result.data());
        i2d_SSL_SESSION(session, &at);
    }
    SSL_SESSION_free(session);
    return result;
}

qsizetype Engine::pendingCiphertext() const { return static_cast<qsizetype>(BIO_ctrl_pending(SSL_get_wbio(m_ssl))); }

qsizetype Engine::pendingInput() const
{
    return static_cast<qsizetype>(BIO_ctrl_pending(SSL_get_rbio(m_ssl))) + SSL_pending(m_ssl);
}

void Engine::feed(QByteArrayView ciphertext)
{
    if (m_state == State::Closed || m_state == State::Failed)
        return;
    if (!ciphertext.isEmpty()) {
        BIO_write(SSL_get_rbio(m_ssl), ciphertext.data(), static_cast<int>(ciphertext.size()));
    } else {
        m_ended = true;
    }
    if (m_state != State::Handshaking)
        return;
    if (!m_ended) {
        advance();
    } else {
        m_state = State::Failed;
        m_failure = "eof";
    }
}

QByteArray Engine::takeCiphertext()
{
    BIO *bio = SSL_get_wbio(m_ssl);
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    if (size <= 0)
        return {};
    QByteArray result(data, size);
    if (size > kKeptOutput)
        SSL_set0_wbio(m_ssl, BIO_new(BIO_s_mem()));
    else
        std::ignore = BIO_reset(bio);
    return result;
}

void Engine::advance()
{
    ERR_clear_error();
    const int result = SSL_do_handshake(m_ssl);
    if (result == 1) {
        opened();
        return;
    }
    const int error = SSL_get_error(m_ssl, result);
    if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE)
        failed();
}

void Engine::opened()
{
    m_state = State::Open;
    m_info.protocol = SSL_get_version(m_ssl);
    m_info.cipher = SSL_get_cipher_name(m_ssl);
    if (const char *name = SSL_get_servername(m_ssl, TLSEXT_NAMETYPE_host_name))
        m_info.serverName = QByteArray(name).toLower();
    const unsigned char *alpn = nullptr;
    unsigned int alpnLength = 0;
    SSL_get0_alpn_selected(m_ssl, &alpn, &alpnLength);
    m_info.alpn = QByteArray(reinterpret_cast<const char *>(alpn), alpnLength);
    m_info.resumed = SSL_session_reused(m_ssl) == 1;
    // A session made where keys are asked for may be resumed where they are not: there it counts as without one.
    const bool asked = m_server && SSL_get_verify_mode(m_ssl) != SSL_VERIFY_NONE;
    if (const X509 *peer = SSL_get0_peer_certificate(m_ssl); peer && asked) {
        m_info.clientKeyFingerprint = keyFingerprint(peer);
        m_info.peerChain = {derOf(peer)};
    }
    const X509 *server = m_server ? SSL_get_certificate(m_ssl) : SSL_get0_peer_certificate(m_ssl);
    if (server)
        m_info.serverEndPoint = endPointBinding(server);
    if (!m_server)
        m_info.peerChain = chainOf(m_ssl);
    bindChannel();
    releaseInput();
}

// RFC 9266 3: TLS 1.2 binds a channel only with the extended master secret (RFC 7627).
void Engine::bindChannel()
{
    const bool tls13 = SSL_version(m_ssl) >= TLS1_3_VERSION;
    if (!tls13 && SSL_get_extms_support(m_ssl) != 1)
        return;
    static constexpr std::string_view kLabel = "EXPORTER-Channel-Binding";
    QByteArray exported(32, '\0');
    if (SSL_export_keying_material(m_ssl, reinterpret_cast<unsigned char *>(exported.data()), 32, kLabel.data(),
                                   kLabel.size(), nullptr, 0, 0) == 1)
        m_info.exporter = exported;
    if (tls13)
        return; // RFC 9266 1: tls-unique is not defined there
    std::array<char, 64> finished = {};
    const bool own = m_server == m_info.resumed; // RFC 5929 3.1: the first Finished; the server's when resumed
    const size_t length = own ? SSL_get_finished(m_ssl, finished.data(), finished.size())
                              : SSL_get_peer_finished(m_ssl, finished.data(), finished.size());
    m_info.tlsUnique = QByteArray(finished.data(), static_cast<qsizetype>(length));
}

// Gives the memory of the largest flight or record back.
void Engine::releaseInput()
{
    if (BIO_ctrl_pending(SSL_get_rbio(m_ssl)) == 0)
        SSL_set0_rbio(m_ssl, freshInput());
}

void Engine::failed()
{
    m_state = State::Failed;
    m_failure = takeFailureReason();
    if (const char *name = SSL_get_servername(m_ssl, TLSEXT_NAMETYPE_host_name))
        m_info.serverName = QByteArray(name).toLower();
    const SSL_CIPHER *chosen = SSL_get_current_cipher(m_ssl);
    if (!chosen)
        chosen = SSL_get_pending_cipher(m_ssl);
    if (!chosen)
        return; // before both had agreed on anything
    m_info.protocol = SSL_get_version(m_ssl);
    m_info.cipher = SSL_CIPHER_get_name(chosen);
}

QByteArray Engine::read()
{
    if (m_state != State::Open)
        return {};
    QByteArray plain(16384, Qt::Uninitialized);
    ERR_clear_error();
    const int count = SSL_read(m_ssl, plain.data(), static_cast<int>(plain.size()));
    if (count > 0) {
        plain.truncate(count);
        return plain;
    }
    const int error = SSL_get_error(m_ssl, count);
    if (error == SSL_ERROR_ZERO_RETURN) {
        m_state = State::Closed;
        m_ended = false;
    } else if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) {
        failed();
    } else if (m_ended) {
        m_state = State::Closed;
    } else {
        releaseInput();
    }
    return {};
}

void Engine::write(QByteArrayView plain)
{
    while (!plain.isEmpty() && m_state == State::Open) {
        ERR_clear_error();
        const int count = SSL_write(m_ssl, plain.data(), static_cast<int>(std::min<qsizetype>(plain.size(), 1 << 20)));
        if (count <= 0) {
            failed();
            return;
        }
        plain = plain.sliced(count);
    }
}

void Engine::shutdown()
{
    if (m_state == State::Open || m_state == State::Closed)
        SSL_shutdown(m_ssl);
}

} // namespace tls
