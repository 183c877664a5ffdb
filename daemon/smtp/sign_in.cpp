// AUTH and what follows it (RFC 4954), for submission.
#include "daemon/smtp/session.h"

#include "shared/base/encoding.h"

namespace smtp {

void Session::signIn(QByteArrayView argument)
{
    if (!m_services->options.submission)
        return reply(502, "5.5.1", "sign-in is not available here");
    if (!tlsActive())
        return reply(538, "5.7.11", "sign-in needs TLS"); // RFC 4954 6
    if (m_account)
        return reply(503, "5.5.1", "signed in already");
    const auto parsed = parseAuth(argument);
    if (!parsed)
        return syntaxError("AUTH", parsed.error());
    if (!m_services->authenticator.mayTry(m_peer.address))
        return reply(454, "4.7.0", "too many failed sign-ins; try again later");
    m_sasl = sasl::makeServer(parsed->mechanism, &*m_tls, m_services->authenticator.dummyKey);
    if (!m_sasl)
        return reply(504, "5.5.4", "mechanism not offered");
    if (m_sasl->clientFirst() && !parsed->initial) {
        m_state = State::SignIn;
        out.bytes.append("334 \r\n");
        return;
    }
    saslStep(m_sasl->step(parsed->initial.value_or(QByteArray())));
}

void Session::saslLine(QByteArrayView line)
{
    m_state = State::Command;
    if (line == "*") { // RFC 4954 4: the client gives up
        m_sasl.reset();
        m_saslOutcome.reset();
        return reply(501, "5.0.0", "sign-in cancelled");
    }
    const auto decoded = encoding::fromBase64(line);
    if (!decoded) {
        m_sasl.reset();
        m_saslOutcome.reset();
        return reply(501, "5.5.2", decoded.error().text.toUtf8());
    }
    if (m_saslOutcome) // the client's empty answer to SCRAM's last message
        return signedIn(m_services->authenticator.account(std::exchange(m_saslOutcome, {})->name));
    saslStep(m_sasl->step(*decoded));
}

void Session::saslStep(const sasl::Step &step)
{
    using Kind = sasl::Step::Kind;
    auto &authenticator = m_services->authenticator;
    switch (step.kind) {
    case Kind::Challenge:
        m_state = State::SignIn;
        out.bytes.append("334 ").append(encoding::toBase64(step.bytes)).append("\r\n");
        return;
    case Kind::CheckPassword: {
        auto outcome = std::make_shared<std::optional<qint64>>();
        out.work = net::Work{.pool = net::Pool::Hash, .run = [&authenticator, step, outcome]() -> net::WorkResult {
                                 *outcome = authenticator.check(step.name, step.password);
                                 return net::Done{};
                             }};
        m_login = step.name;
        m_whenResumed = [this, outcome] {
            out.poolFull ? reply(454, "4.7.0", "busy; try again later") : signedIn(*outcome);
        };
        return;
    }
    case Kind::NeedSecrets: {
        auto secrets = std::make_shared<std::optional<sasl::Secrets>>();
        out.work =
            net::Work{.pool = net::Pool::Store, .run = [this, &authenticator, step, secrets]() -> net::WorkResult {
                          *secrets = authenticator.secrets(step.name, m_sasl->hash());
                          return net::Done{};
                      }};
        m_whenResumed = [this, secrets] { saslStep(m_sasl->provide(*secrets)); };
        return;
    }
    case Kind::Success:
        m_login = step.name;
        m_saslOutcome = step;
        m_state = State::SignIn;
        out.bytes.append("334 ").append(encoding::toBase64(step.bytes)).append("\r\n");
        return;
    case Kind::BadCredentials: return signedIn({});
    case Kind::ProtocolError: m_sasl.reset(); return reply(501, "5.5.2", step.bytes);
    }
}

void Session::signedIn(std::optional<qint64> account)
{
    m_sasl.reset();
    m_account = account;
    if (account) {
        m_log = m_log.with({{"account", QString::fromUtf8(m_login)}});
        m_services->store.views.signIn(*account, m_peer.id);
        return reply(235, "2.7.0", "signed in");
    }
    m_services->authenticator.failed(m_peer.address);
    m_log.info("sign-in failed", {{"login", QString::fromUtf8(m_login)}});
    if (++m_badSignIns >= kMostBadSignIns)
        return close(421, "4.7.0", "too many failed sign-ins");
    reply(535, "5.7.8", "bad name or password");
}

} // namespace smtp
