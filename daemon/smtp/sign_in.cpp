// AUTH and what follows it (RFC 4954), and signing in with a TLS key, for submission.
#include "daemon/smtp/session.h"

#include "shared/base/encoding.h"

namespace smtp {

void Session::signIn(QByteArrayView argument)
{
    if (!m_services->options.submission)
        return reply(502, "5.5.1", "sign-in is not available here");
    if (!tlsActive())
        return reply(538, "5.7.11", "sign-in needs TLS"); // RFC 4954 6
    if (m_account && !m_byKey)
        return reply(503, "5.5.1", "signed in already");
    const auto parsed = parseAuth(argument);
    if (!parsed)
        return syntaxError("AUTH", parsed.error());
    answer(m_signIn.begin(out, parsed->mechanism, parsed->initial));
}

void Session::saslLine(QByteArrayView line)
{
    m_state = State::Command;
    if (line == "*") { // RFC 4954 4: the client gives up
        m_signIn.cancelled();
        return reply(501, "5.0.0", "sign-in cancelled");
    }
    const auto decoded = encoding::fromBase64(line);
    if (!decoded) {
        m_signIn.cancelled();
        return reply(501, "5.5.2", decoded.error().text.toUtf8());
    }
    answer(m_signIn.respond(out, *decoded));
}

void Session::answer(const auth::SignIn::Answer &answer)
{
    using Kind = auth::SignIn::Answer::Kind;
    switch (answer.kind) {
    case Kind::Challenge:
        m_state = State::SignIn;
        out.bytes.append("334 ").append(encoding::toBase64(answer.text)).append("\r\n");
        return;
    case Kind::Working: m_whenResumed = [this] { this->answer(m_signIn.resumed(out)); }; return;
    case Kind::SignedIn: return signedIn();
    case Kind::Refused:
    case Kind::OtherChannel:
        m_log.info("sign-in failed", {{"login", QString::fromUtf8(m_signIn.login())}});
        if (m_signIn.hasFailedTooOften())
            return close(421, "4.7.0", "too many failed sign-ins");
        return answer.kind == Kind::Refused
                   ? reply(535, "5.7.8", answer.text)
                   : reply(535, "5.7.7", "channel binding differs: another party is between you and this server");
    case Kind::Invalid: return reply(501, "5.5.2", answer.text);
    case Kind::NotOffered: return reply(504, "5.5.4", "mechanism not offered");
    case Kind::TooMany: return reply(454, "4.7.0", "too many failed sign-ins; try again later");
    case Kind::Busy: return reply(454, "4.7.0", "busy; try again later");
    }
}

void Session::signedIn()
{
    if (!m_account)
        m_services->store.views.signIn(m_signIn.account(), m_peer.id);
    m_account = m_signIn.account();
    m_byKey = false;
    m_log = m_log.with({{"account", QString::fromUtf8(m_signIn.login())}});
    reply(235, "2.7.0", "signed in");
}

bool Session::signInByKey()
{
    if (m_signIn.refusesKey()) {
        m_log.info("unknown TLS key refused");
        const bool greets = m_peer.tlsFromStart; // RFC 5321 3.1: 554 instead of a greeting
        close(greets ? 554 : 421, greets ? "5.7.8" : "4.7.0", "this TLS key is not known here");
        return false;
    }
    if (m_signIn.bySelf()) {
        m_account = m_signIn.account();
        m_byKey = true;
        m_log = m_log.with({{"account", QString::fromUtf8(m_signIn.login())}});
        m_services->store.views.signIn(*m_account, m_peer.id);
    }
    return true;
}

} // namespace smtp
