#include "shared/sasl/server.h"

#include "shared/base/bytes.h"
#include "shared/base/encoding.h"
#include "shared/crypto/md5.h"
#include "shared/sasl/scram.h"

namespace sasl {

namespace {

constexpr qsizetype kLongestResponse = 12'288; // RFC 4954 4: a limit a server may set

Step protocolError(const char *text)
{
    return {.kind = Step::Kind::ProtocolError, .bytes = text, .name = {}, .password = {}};
}

// message = [authzid] UTF8NUL authcid UTF8NUL passwd     RFC 4616 2
class Plain final : public Server
{
public:
    Step step(QByteArrayView response) override
    {
        const QList<QByteArray> parts = response.toByteArray().split('\0');
        if (response.size() > kLongestResponse || parts.size() != 3 || parts.at(1).isEmpty())
            return protocolError("PLAIN needs authorization id, name and password, separated by NUL");
        if (!response.isValidUtf8())
            return protocolError("PLAIN must be UTF-8");
        if (!parts.at(0).isEmpty() && parts.at(0) != parts.at(1))
            return {.kind = Step::Kind::BadCredentials,
                    .bytes = {},
                    .name = parts.at(1),
                    .password = {}}; // nobody acts for others
        return {.kind = Step::Kind::CheckPassword, .bytes = {}, .name = parts.at(1), .password = parts.at(2)};
    }
};

class Login final : public Server
{
public:
    Step step(QByteArrayView response) override
    {
        if (response.size() > kLongestResponse || !response.isValidUtf8())
            return protocolError("LOGIN must be UTF-8 and short");
        if (!m_asked && response.isEmpty()) {
            m_asked = true;
            return {.kind = Step::Kind::Challenge, .bytes = "Username:", .name = {}, .password = {}};
        }
        m_asked = true;
        if (m_name.isEmpty()) {
            m_name = response.toByteArray();
            if (m_name.isEmpty())
                return protocolError("LOGIN needs a name");
            return {.kind = Step::Kind::Challenge, .bytes = "Password:", .name = {}, .password = {}};
        }
        return {.kind = Step::Kind::CheckPassword, .bytes = {}, .name = m_name, .password = response.toByteArray()};
    }
    [[nodiscard]] bool clientFirst() const override { return false; }

private:
    QByteArray m_name;
    bool m_asked = false;
};

// message = [authzid]     RFC 4422 A.2. The key has shown who it is; the response may only confirm that.
class External final : public Server
{
public:
    Step step(QByteArrayView response) override
    {
        if (response.size() > kLongestResponse || !response.isValidUtf8() || response.contains('\0'))
            return protocolError("EXTERNAL takes a name in UTF-8, or nothing");
        return {.kind = Step::Kind::ActAs, .bytes = {}, .name = response.toByteArray(), .password = {}};
    }
};

// response = user SP 32HEXDIG     RFC 2195 2. The name may have blanks, the digest is behind the last.
class CramMd5 final : public Server
{
public:
    explicit CramMd5(QByteArray challenge)
        : m_challenge(std::move(challenge))
    {}
    Step step(QByteArrayView response) override
    {
        if (!std::exchange(m_challenged, true))
            return response.isEmpty()
                       ? Step{.kind = Step::Kind::Challenge, .bytes = m_challenge, .name = {}, .password = {}}
                       : protocolError("CRAM-MD5 begins with the server");
        const qsizetype blank = response.lastIndexOf(' ');
        const auto digest = encoding::fromHex(response.sliced(blank + 1));
        if (response.size() > kLongestResponse || blank <= 0 || !digest || digest->size() != crypto::kMd5Bytes ||
            !response.isValidUtf8() || response.contains('\0') || !m_name.isEmpty())
            return protocolError("CRAM-MD5 needs a name, a blank and a digest of 32 hexadecimal digits");
        m_name = response.first(blank).toByteArray();
        m_digest = *digest;
        return {.kind = Step::Kind::NeedSecrets, .bytes = {}, .name = m_name, .password = {}};
    }
    Step provide(const QList<Secrets> &secrets) override
    {
        if (m_digest.isEmpty())
            return protocolError("no secrets were asked for");
        Step step{.kind = Step::Kind::BadCredentials, .bytes = {}, .name = m_name, .password = {}};
        for (qsizetype i = 0; i < secrets.size(); ++i) {
            if (bytes::equalConstantTime(crypto::hmacMd5(secrets.at(i).storedKey, m_challenge), m_digest)) {
                step.kind = Step::Kind::Success;
                step.which = i;
            }
        }
        return step;
    }
    [[nodiscard]] bool clientFirst() const override { return false; }
    [[nodiscard]] SecretKind secretKind() const override { return SecretKind::CramMd5; }

private:
    const QByteArray m_challenge;
    QByteArray m_name;
    QByteArray m_digest;
    bool m_challenged = false;
};

} // namespace

Step Server::provide(const QList<Secrets> &) { return protocolError("no secrets were asked for"); }

Secrets deriveCramMd5(QByteArrayView password)
{
    return {.salt = {}, .iterations = 0, .storedKey = crypto::hmacMd5State(password), .serverKey = {}};
}

bool canBind(const tls::Info *tlsOrNull)
{
    return tlsOrNull &&
           !(tlsOrNull->exporter.isEmpty() && tlsOrNull->tlsUnique.isEmpty() && tlsOrNull->serverEndPoint.isEmpty());
}

QList<QByteArray> mechanisms(const Offer &offer)
{
    QList<QByteArray> list;
    if (offer.knownKey && offer.tlsOrNull && !offer.tlsOrNull->clientKeyFingerprint.isEmpty())
        list << "EXTERNAL";
    if (canBind(offer.tlsOrNull))
        list << "SCRAM-SHA-256-PLUS" << "SCRAM-SHA-1-PLUS";
    list << "SCRAM-SHA-256" << "SCRAM-SHA-1";
    if (offer.cramMd5)
        list << "CRAM-MD5";
    return list << "PLAIN" << "LOGIN";
}

std::unique_ptr<Server> makeServer(QByteArrayView mechanism, const Offer &offer)
{
    if (!mechanisms(offer).contains(mechanism))
        return nullptr;
    if (mechanism == "EXTERNAL")
        return std::make_unique<External>();
    if (mechanism == "PLAIN")
        return std::make_unique<Plain>();
    if (mechanism == "LOGIN")
        return std::make_unique<Login>();
    if (mechanism == "CRAM-MD5")
        return std::make_unique<CramMd5>(offer.challenge);
    const auto hash = mechanism.startsWith("SCRAM-SHA-1") ? crypto::Hash::Sha1 : crypto::Hash::Sha256;
    return std::make_unique<ScramServer>(hash, mechanism.endsWith("-PLUS"), offer.tlsOrNull);
}

} // namespace sasl
