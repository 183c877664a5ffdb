#include "shared/sasl/scram_client.h"

#include "shared/base/bytes.h"
#include "shared/base/cursor.h"
#include "shared/base/encoding.h"
#include "shared/base/random.h"
#include "shared/base/unicode.h"
#include "shared/sasl/scram_common.h"

namespace sasl {

namespace {

constexpr quint64 kLeastRounds = 2048;     // fewer would make our password easy to guess from the proof
constexpr quint64 kMostRounds = 1'000'000; // some 0.4 s; more would be an attack on our time

// saslname: "," is "=2C", "=" is "=3D"     RFC 5802 5.1
QByteArray encodedName(QByteArray name) { return name.replace('=', "=3D").replace(',', "=2C"); }

} // namespace

ScramClient::Binding bindingOf(const tls::Info *tlsOrNull)
{
    if (!tlsOrNull)
        return {};
    if (!tlsOrNull->exporter.isEmpty())
        return {.name = "tls-exporter", .data = tlsOrNull->exporter};
    if (!tlsOrNull->tlsUnique.isEmpty())
        return {.name = "tls-unique", .data = tlsOrNull->tlsUnique};
    if (!tlsOrNull->serverEndPoint.isEmpty())
        return {.name = "tls-server-end-point", .data = tlsOrNull->serverEndPoint};
    return {};
}

ScramClient::ScramClient(crypto::Hash hash, Credentials credentials, Binding binding)
    : nonce(encoding::toBase64(randomBytes(18)))
    , m_hash(hash)
    , m_credentials(std::move(credentials))
    , m_binding(std::move(binding))
{
    if (!m_binding.name.isEmpty())
        m_gs2Header = "p=" + m_binding.name + ",,";
    else
        m_gs2Header = m_binding.serverCannot ? "y,," : "n,,";
}

std::optional<QByteArray> ScramClient::initial()
{
    m_firstBare = "n=" + encodedName(m_credentials.name) + ",r=" + nonce;
    return m_gs2Header + m_firstBare;
}

Result<QByteArray> ScramClient::step(QByteArrayView challenge)
{
    if (challenge.size() > kLongestScramMessage)
        return failure(ErrorKind::Syntax, QStringLiteral("SCRAM message too long"));
    return m_expectedSignature.isEmpty() ? answer(challenge) : verify(challenge);
}

// server-first-message = "r=" nonce "," "s=" base64 "," "i=" number ["," extensions]     RFC 5802 7
Result<QByteArray> ScramClient::answer(QByteArrayView serverFirst)
{
    Cursor in{serverFirst};
    if (!in.take(QByteArrayView("r=")))
        in.fail(QStringLiteral("SCRAM nonce is missing")); // or "m=", a mandatory extension we do not know
    const QByteArray fullNonce = in.takeWhile(kPrintable).toByteArray();
    if (!in.take(QByteArrayView(",s=")))
        in.fail(QStringLiteral("SCRAM salt is missing"));
    const auto salt = encoding::fromBase64(in.takeWhile(kPrintable));
    if (!in.take(QByteArrayView(",i=")))
        in.fail(QStringLiteral("SCRAM iteration count is missing"));
    const auto rounds = in.number(kLeastRounds, kMostRounds, "iteration count");
    if (in.failed())
        return std::unexpected(in.error());
    if (!salt || salt->isEmpty() || !(in.atEnd() || in.peek() == ','))
        return failure(ErrorKind::Syntax, QStringLiteral("bad SCRAM challenge"));
    if (m_firstBare.isEmpty() || !fullNonce.startsWith(nonce) || fullNonce.size() == nonce.size())
        return failure(ErrorKind::Syntax, QStringLiteral("SCRAM nonce differs"));
    const auto password = unicode::opaqueString(m_credentials.password);
    if (!password)
        return std::unexpected(password.error());
    const QByteArray salted = crypto::pbkdf2(m_hash, *password, *salt, static_cast<int>(rounds));
    const QByteArray clientKey = crypto::hmac(m_hash, salted, "Client Key");
    const QByteArray withoutProof = "c=" + encoding::toBase64(m_gs2Header + m_binding.data) + ",r=" + fullNonce;
    const QByteArray authMessage = m_firstBare + ',' + serverFirst.toByteArray() + ',' + withoutProof;
    const QByteArray proof =
        exclusiveOr(clientKey, crypto::hmac(m_hash, crypto::digest(m_hash, clientKey), authMessage));
    m_expectedSignature = crypto::hmac(m_hash, crypto::hmac(m_hash, salted, "Server Key"), authMessage);
    return withoutProof + ",p=" + encoding::toBase64(proof);
}

// server-final-message = ("e=" error / "v=" base64) ["," extensions]     RFC 5802 7
Result<QByteArray> ScramClient::verify(QByteArrayView serverFinal)
{
    Cursor in{serverFinal};
    if (in.take(QByteArrayView("e=")))
        return failure(ErrorKind::User, QStringLiteral("server refused: %1").arg(quoted(in.takeWhile(kPrintable))));
    if (!in.take(QByteArrayView("v=")))
        return failure(ErrorKind::Syntax, QStringLiteral("SCRAM signature is missing"));
    const auto signature = encoding::fromBase64(in.takeWhile(kPrintable));
    if (!signature || !bytes::equalConstantTime(*signature, m_expectedSignature))
        return failure(ErrorKind::Permanent, QStringLiteral("the server does not know this account's password"));
    m_verified = true;
    return QByteArray();
}

Result<void> ScramClient::finished() const
{
    if (!m_verified)
        return failure(ErrorKind::Permanent, QStringLiteral("the server did not prove that it knows this account"));
    return {};
}

} // namespace sasl
