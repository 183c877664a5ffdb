#include "shared/sasl/client.h"

#include "shared/sasl/scram_client.h"

namespace sasl {

namespace {

Result<QByteArray> unexpectedChallenge()
{
    return failure(ErrorKind::Syntax, QStringLiteral("the server asks for more than the mechanism has"));
}

class PlainClient final : public Client
{
public:
    explicit PlainClient(Credentials credentials)
        : m_credentials(std::move(credentials))
    {}
    std::optional<QByteArray> initial() override { return '\0' + m_credentials.name + '\0' + m_credentials.password; }
    Result<QByteArray> step(QByteArrayView) override { return unexpectedChallenge(); }

private:
    const Credentials m_credentials;
};

// Prompts differ between servers and say nothing: the first is for the name, the second for the password.
class LoginClient final : public Client
{
public:
    explicit LoginClient(Credentials credentials)
        : m_credentials(std::move(credentials))
    {}
    std::optional<QByteArray> initial() override { return {}; }
    Result<QByteArray> step(QByteArrayView) override
    {
        switch (m_steps++) {
        case 0: return m_credentials.name;
        case 1: return m_credentials.password;
        default: return unexpectedChallenge();
        }
    }

private:
    const Credentials m_credentials;
    int m_steps = 0;
};

class ExternalClient final : public Client
{
public:
    explicit ExternalClient(QByteArray name)
        : m_name(std::move(name))
    {}
    std::optional<QByteArray> initial() override { return m_name; }
    Result<QByteArray> step(QByteArrayView) override { return unexpectedChallenge(); }

private:
    const QByteArray m_name;
};

} // namespace

QByteArray chooseMechanism(const QList<QByteArray> &offered, const tls::Info *tlsOrNull, bool haveKey)
{
    QList<QByteArray> usable;
    if (haveKey && tlsOrNull)
        usable << "EXTERNAL";
    if (canBind(tlsOrNull))
        usable << "SCRAM-SHA-256-PLUS" << "SCRAM-SHA-1-PLUS";
    usable << "SCRAM-SHA-256" << "SCRAM-SHA-1";
    if (tlsOrNull)
        usable << "PLAIN" << "LOGIN";
    const auto chosen =
        std::ranges::find_if(usable, [&offered](const QByteArray &each) { return offered.contains(each); });
    return chosen == usable.end() ? QByteArray() : *chosen;
}

std::unique_ptr<Client> makeClient(QByteArrayView mechanism, const Credentials &credentials, const tls::Info *tlsOrNull,
                                   const QList<QByteArray> &offered)
{
    if (mechanism == "EXTERNAL")
        return std::make_unique<ExternalClient>(credentials.name);
    if (mechanism == "PLAIN")
        return std::make_unique<PlainClient>(credentials);
    if (mechanism == "LOGIN")
        return std::make_unique<LoginClient>(credentials);
    const bool plus = mechanism.endsWith("-PLUS");
    const QByteArrayView base = plus ? mechanism.chopped(5) : mechanism;
    if ((base != "SCRAM-SHA-1" && base != "SCRAM-SHA-256") || (plus && !canBind(tlsOrNull)))
        return nullptr;
    const auto offersPlus = [](const QByteArray &each) { return each.startsWith("SCRAM-") && each.endsWith("-PLUS"); };
    const bool serverCannot = canBind(tlsOrNull) && !offered.isEmpty() && std::ranges::none_of(offered, offersPlus);
    return std::make_unique<ScramClient>(
        base == "SCRAM-SHA-1" ? crypto::Hash::Sha1 : crypto::Hash::Sha256, credentials,
        plus ? bindingOf(tlsOrNull) : ScramClient::Binding{.name = {}, .data = {}, .serverCannot = serverCannot});
}

} // namespace sasl
