#include "shared/sasl/scram.h"

#include "shared/base/bytes.h"
#include "shared/base/cursor.h"
#include "shared/base/encoding.h"
#include "shared/base/random.h"
#include "shared/sasl/scram_common.h"

namespace sasl {

namespace {

constexpr CharClass kSaslName = (CharClass::range(0x20, 0x7e) | kNonAscii).without(",");

Step protocolError(const QString &text)
{
    return {.kind = Step::Kind::ProtocolError, .bytes = text.toUtf8(), .name = {}, .password = {}};
}

// attr-val = ALPHA "=" value: case counts     RFC 5802 5.1
void expectAttribute(Cursor &in, const char *attribute)
{
    if (!in.take(QByteArrayView(attribute)))
        in.fail(QStringLiteral("expected \"%1\"").arg(QLatin1StringView(attribute)));
}

// saslname: "," is "=2C", "=" is "=3D"     RFC 5802 5.1
std::optional<QByteArray> decodeName(QByteArrayView encoded)
{
    QByteArray name;
    Cursor in{encoded};
    while (!in.atEnd()) {
        if (in.take(QByteArrayView("=2C")))
            name.append(',');
        else if (in.take(QByteArrayView("=3D")))
            name.append('=');
        else if (in.peek() == '=')
            return {};
        else
            name.append(in.takeBytes(1));
    }
    return name.isValidUtf8() && !name.isEmpty() ? std::optional(name) : std::nullopt;
}

} // namespace

Secrets deriveSecrets(crypto::Hash hash, QByteArrayView password, const QByteArray &salt, int iterations)
{
    const QByteArray salted = crypto::pbkdf2(hash, password, salt, iterations);
    return {.salt = salt,
            .iterations = iterations,
            .storedKey = crypto::digest(hash, crypto::hmac(hash, salted, "Client Key")),
            .serverKey = crypto::hmac(hash, salted, "Server Key")};
}

ScramServer::ScramServer(crypto::Hash hash, bool plus, const tls::Info *tlsOrNull)
    : serverNonce(encoding::toBase64(randomBytes(18)))
    , m_hash(hash)
    , m_plus(plus)
{
    if (tlsOrNull)
        m_tls = *tlsOrNull;
}

Step ScramServer::step(QByteArrayView response)
{
    if (response.size() > kLongestScramMessage)
        return protocolError(QStringLiteral("SCRAM message too long"));
    ++m_steps;
    if (m_steps == 1)
        return first(response);
    if (m_steps == 2 && !m_serverFirst.isEmpty())
        return final(response);
    return protocolError(QStringLiteral("SCRAM is over"));
}

Step ScramServer::chooseBinding(QByteArrayView name)
{
    if (name == "tls-exporter")
        m_binding = m_tls->exporter;
    else if (name == "tls-unique")
        m_binding = m_tls->tlsUnique;
    else if (name == "tls-server-end-point")
        m_binding = m_tls->serverEndPoint;
    if (m_binding.isEmpty())
        return protocolError(QStringLiteral("channel binding %1 is not supported here").arg(quoted(name)));
    return {.kind = Step::Kind::Challenge, .bytes = {}, .name = {}, .password = {}};
}

// client-first-message = gs2-cbind-flag "," [ authzid ] "," "n=" saslname "," "r=" c-nonce     RFC 5802 7
Step ScramServer::first(QByteArrayView message)
{
    Cursor in{message};
    if (in.take(QByteArrayView("p="))) {
        const auto name = in.expectWhile(kAlpha | kDigit | CharClass::of(".-"), 1, 40, "channel binding name");
        // RFC 5802 6 judges by this flag. Cyrus SASL's clients set it and leave "-PLUS" out of the name.
        if (!canBind(m_tls ? &*m_tls : nullptr))
            return protocolError(QStringLiteral("channel binding is not supported here"));
        if (const Step step = chooseBinding(name); step.kind == Step::Kind::ProtocolError)
            return step;
    } else if (m_plus) {
        return protocolError(QStringLiteral("PLUS without channel binding"));
    } else if (in.take('y')) {
        // The client could bind and believes we can't: somebody took PLUS out of our list (RFC 5802 6).
        if (canBind(m_tls ? &*m_tls : nullptr))
            return protocolError(
                QStringLiteral("this server supports channel binding: the mechanism list was tampered with"));
    } else {
        in.expect('n');
    }
    in.expect(',');
    std::optional<QByteArray> actAs;
    if (in.take(QByteArrayView("a="))) {
        actAs = decodeName(in.takeWhile(kSaslName));
        if (!actAs)
            in.fail(QStringLiteral("bad authorization id"));
    }
    in.expect(',');
    m_gs2Header = in.since(0).toByteArray();
    m_clientFirstBare = in.rest().toByteArray();
    if (in.take(QByteArrayView("m=")))
        return protocolError(QStringLiteral("mandatory extensions are not supported"));
    expectAttribute(in, "n=");
    const auto name = decodeName(in.takeWhile(kSaslName));
    in.expect(',');
    expectAttribute(in, "r=");
    const QByteArrayView clientNonce = in.expectWhile(kPrintable, 1, 1024, "nonce");
    if (in.failed() || !name)
        return protocolError(
            QStringLiteral("bad SCRAM message: %1").arg(in.failed() ? in.error().text : QStringLiteral("bad name")));
    if (actAs && *actAs != *name)
        return {.kind = Step::Kind::BadCredentials, .bytes = {}, .name = *name, .password = {}};
    m_name = *name;
    m_nonce = clientNonce.toByteArray() + serverNonce;
    return {.kind = Step::Kind::NeedSecrets, .bytes = {}, .name = m_name, .password = {}};
}

Step ScramServer::provide(const QList<Secrets> &secrets)
{
    if (m_nonce.isEmpty() || !m_serverFirst.isEmpty() || secrets.isEmpty())
        return protocolError(QStringLiteral("no secrets were asked for"));
    m_secrets = secrets;
    const Secrets &first = m_secrets.first();
    m_serverFirst =
        "r=" + m_nonce + ",s=" + encoding::toBase64(first.salt) + ",i=" + QByteArray::number(first.iterations);
    return {.kind = Step::Kind::Challenge, .bytes = m_serverFirst, .name = {}, .password = {}};
}

// client-final-message = "c=" base64 "," "r=" nonce ["," extensions] "," "p=" base64     RFC 5802 7
Step ScramServer::final(QByteArrayView message)
{
    const qsizetype proofAt = message.lastIndexOf(",p=");
    if (proofAt < 0)
        return protocolError(QStringLiteral("SCRAM proof is missing"));
    const QByteArray withoutProof = message.first(proofAt).toByteArray();
    Cursor in{withoutProof};
    expectAttribute(in, "c=");
    const auto binding = encoding::fromBase64(in.takeWhile(kPrintable));
    in.expect(',');
    expectAttribute(in, "r=");
    const QByteArrayView nonce = in.takeWhile(kPrintable);
    const auto proof = encoding::fromBase64(message.sliced(proofAt + 3));
    if (in.failed() || !binding || !proof)
        return protocolError(QStringLiteral("bad SCRAM message"));
    if (nonce != m_nonce)
        return protocolError(QStringLiteral("SCRAM nonce differs"));
    if (!bytes::equalConstantTime(*binding, m_gs2Header + m_binding))
        return {.kind = Step::Kind::BadChannelBinding, .bytes = {}, .name = m_name, .password = {}};
    const QByteArray authMessage = m_clientFirstBare + ',' + m_serverFirst + ',' + withoutProof;
    Step step{.kind = Step::Kind::BadCredentials, .bytes = {}, .name = m_name, .password = {}};
    for (qsizetype i = 0; i < m_secrets.size(); ++i) {
        const Secrets &each = m_secrets.at(i);
        const QByteArray clientKey = exclusiveOr(*proof, crypto::hmac(m_hash, each.storedKey, authMessage));
        if (!bytes::equalConstantTime(crypto::digest(m_hash, clientKey), each.storedKey))
            continue;
        step.kind = Step::Kind::Success;
        step.bytes = "v=" + encoding::toBase64(crypto::hmac(m_hash, each.serverKey, authMessage));
        step.which = i;
    }
    return step;
}

} // namespace sasl
