#include "shared/tls/engine.h"

#include "shared/base/encoding.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

namespace tls {

namespace {

struct Reason
{
    int code;
    const char *name;
};

// OpenSSL's reasons by the name a person and a metric can use. Alerts of the peer are named as RFC 8446 6.2 does.
constexpr std::array kReasons = {
    Reason{SSL_R_HTTP_REQUEST, "plain text"},
    Reason{SSL_R_WRONG_VERSION_NUMBER, "plain text"},
    Reason{SSL_R_HTTPS_PROXY_REQUEST, "plain text"},
    Reason{SSL_R_UNSUPPORTED_PROTOCOL, "old version"},
    Reason{SSL_R_VERSION_TOO_LOW, "old version"},
    Reason{SSL_R_NO_SHARED_CIPHER, "no shared cipher"},
    Reason{SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM, "no shared cipher"},
    Reason{SSL_R_NO_APPLICATION_PROTOCOL, "no application protocol"},
    Reason{SSL_R_CALLBACK_FAILED, "unknown name"},
    Reason{SSL_R_CERTIFICATE_VERIFY_FAILED, "bad certificate"},
    Reason{SSL_R_TLSV1_UNRECOGNIZED_NAME, "alert unrecognized_name"},
    Reason{SSL_R_TLSV1_ALERT_UNKNOWN_CA, "alert unknown_ca"},
    Reason{SSL_R_SSLV3_ALERT_BAD_CERTIFICATE, "alert bad_certificate"},
    Reason{SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN, "alert certificate_unknown"},
    Reason{SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED, "alert certificate_expired"},
    Reason{SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE, "alert handshake_failure"},
    Reason{SSL_R_TLSV1_ALERT_PROTOCOL_VERSION, "alert protocol_version"},
    Reason{SSL_R_TLSV1_ALERT_NO_APPLICATION_PROTOCOL, "alert no_application_protocol"},
    Reason{SSL_R_TLSV1_ALERT_USER_CANCELLED, "alert user_canceled"},
    Reason{SSL_R_UNEXPECTED_EOF_WHILE_READING, "eof"},
};

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
    const EVP_MD *method = digest == NID_undef || digest == NID_md5 || digest == NID_sha1 ? EVP_sha256() : EVP_get_digestbynid(digest);
    return method ? digestOf(certificate, method) : QByteArray();
}

QByteArray keyFingerprint(const X509 *certificate)
{
    unsigned char *spki = nullptr;
    const int length = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &spki);
    QByteArray hash(32, '\0');
    if (length > 0)
        EVP_Digest(spki, static_cast<size_t>(length), reinterpret_cast<unsigned char *>(hash.data()), nullptr, EVP_sha256(), nullptr);
    OPENSSL_free(spki);
    return length > 0 ? encoding::toBase64Url(hash) : QByteArray();
}

} // namespace

Engine::Engine(std::shared_ptr<const Context> context)
    : m_context(std::move(context))
    , m_ssl(SSL_new(m_context->native()))
{
    SSL_set_bio(m_ssl, BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    BIO_set_mem_eof_return(SSL_get_rbio(m_ssl), -1);
}

Engine::~Engine() { SSL_free(m_ssl); }

std::unique_ptr<Engine> Engine::server(std::shared_ptr<const Context> context)
{
    std::unique_ptr<Engine> engine(new Engine(std::move(context)));
    SSL_set_accept_state(engine->m_ssl);
    return engine;
}

std::unique_ptr<Engine> Engine::client(std::shared_ptr<const Context> context, const QByteArray &serverName)
{
    std::unique_ptr<Engine> engine(new Engine(std::move(context)));
    engine->m_server = false;
    SSL_set_connect_state(engine->m_ssl);
    SSL_set_tlsext_host_name(engine->m_ssl, serverName.constData());
    if (engine->m_context->verifies())
        SSL_set1_host(engine->m_ssl, serverName.constData());
    engine->advance();
    return engine;
}

void Engine::feed(QByteArrayView ciphertext)
{
    if (ciphertext.isEmpty()) {
        if (m_state == State::Handshaking) {
            m_state = State::Failed;
            m_failure = "eof";
        }
        return;
    }
    m_fedAnything = true;
    BIO_write(SSL_get_rbio(m_ssl), ciphertext.data(), static_cast<int>(ciphertext.size()));
    if (m_state == State::Handshaking)
        advance();
}

QByteArray Engine::takeCiphertext()
{
    BIO *bio = SSL_get_wbio(m_ssl);
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    if (size <= 0)
        return {};
    QByteArray result(data, size);
    // A used memory BIO keeps its largest size; a fresh one costs less while the connection is idle.
    if (size > 1024 && m_state != State::Handshaking)
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
    if (const X509 *peer = SSL_get0_peer_certificate(m_ssl); peer && m_server)
        m_info.clientKeyFingerprint = keyFingerprint(peer);
    const bool tls13 = SSL_version(m_ssl) >= TLS1_3_VERSION;
    if (tls13 || SSL_get_extms_support(m_ssl) == 1) {   // RFC 9266 3: only with the extended master secret
        m_info.exporter = QByteArray(32, '\0');
        static constexpr std::string_view kLabel = "EXPORTER-Channel-Binding";
        if (SSL_export_keying_material(m_ssl, reinterpret_cast<unsigned char *>(m_info.exporter.data()), 32, kLabel.data(), kLabel.size(),
                                       nullptr, 0, 0) != 1)
            m_info.exporter.clear();
        if (!tls13) {   // RFC 5929 3.1: the first Finished message, the server's own when resumed
            std::array<char, 64> finished = {};
            const bool own = m_server == m_info.resumed;
            const size_t length = own ? SSL_get_finished(m_ssl, finished.data(), finished.size())
                                      : SSL_get_peer_finished(m_ssl, finished.data(), finished.size());
            m_info.tlsUnique = QByteArray(finished.data(), static_cast<qsizetype>(length));
        }
    }
    const X509 *server = m_server ? SSL_get_certificate(m_ssl) : SSL_get0_peer_certificate(m_ssl);
    if (server)
        m_info.serverEndPoint = endPointBinding(server);
}

void Engine::failed()
{
    m_state = State::Failed;
    m_info.protocol = SSL_get_version(m_ssl);
    const int reason = ERR_GET_REASON(ERR_peek_error());
    const auto known = std::ranges::find_if(kReasons, [reason](const Reason &each) { return each.code == reason; });
    m_failure = known != kReasons.end() ? known->name : "protocol error";
    if (!m_fedAnything)
        m_failure = "eof";
    ERR_clear_error();
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
    if (error == SSL_ERROR_ZERO_RETURN)
        m_state = State::Closed;
    else if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE)
        failed();
    else if (BIO_ctrl_pending(SSL_get_rbio(m_ssl)) == 0)
        SSL_set0_rbio(m_ssl, [] {
            BIO *fresh = BIO_new(BIO_s_mem());   // gives the largest record's memory back
            BIO_set_mem_eof_return(fresh, -1);
            return fresh;
        }());
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
