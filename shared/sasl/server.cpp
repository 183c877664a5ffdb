#include "shared/sasl/server.h"

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
    explicit External(QByteArray keyOwner)
        : m_keyOwner(std::move(keyOwner))
    {}
    Step step(QByteArrayView response) override
    {
        if (response.size() > kLongestResponse || !response.isValidUtf8() || response.contains('\0'))
            return protocolError("EXTERNAL takes a name in UTF-8, or nothing");
        const bool own = response.isEmpty() || response == m_keyOwner;
        return {.kind = own ? Step::Kind::Success : Step::Kind::BadCredentials,
                .bytes = {},
                .name = m_keyOwner,
                .password = {}};
    }

private:
    const QByteArray m_keyOwner;
};

} // namespace

Step Server::provide(const std::optional<Secrets> &) { return protocolError("no secrets were asked for"); }

bool canBind(const tls::Info *tlsOrNull)
{
    return tlsOrNull &&
           !(tlsOrNull->exporter.isEmpty() && tlsOrNull->tlsUnique.isEmpty() && tlsOrNull->serverEndPoint.isEmpty());
}

QList<QByteArray> mechanisms(const tls::Info *tlsOrNull, const QByteArray &keyOwner)
{
    QList<QByteArray> list;
    if (canBind(tlsOrNull))
        list << "SCRAM-SHA-256-PLUS" << "SCRAM-SHA-1-PLUS";
    list << "SCRAM-SHA-256" << "SCRAM-SHA-1" << "PLAIN" << "LOGIN";
    if (tlsOrNull && !tlsOrNull->clientKeyFingerprint.isEmpty() && !keyOwner.isEmpty())
        list << "EXTERNAL";
    return list;
}

std::unique_ptr<Server> makeServer(QByteArrayView mechanism, const tls::Info *tlsOrNull, const QByteArray &dummyKey,
                                   const QByteArray &keyOwner)
{
    if (!mechanisms(tlsOrNull, keyOwner).contains(mechanism))
        return nullptr;
    if (mechanism == "EXTERNAL")
        return std::make_unique<External>(keyOwner);
    if (mechanism == "PLAIN")
        return std::make_unique<Plain>();
    if (mechanism == "LOGIN")
        return std::make_unique<Login>();
    const auto hash = mechanism.startsWith("SCRAM-SHA-1") ? crypto::Hash::Sha1 : crypto::Hash::Sha256;
    return std::make_unique<ScramServer>(hash, mechanism.endsWith("-PLUS"), tlsOrNull, dummyKey);
}

} // namespace sasl
