// MAIL: a transaction begins (RFC 5321 4.1.1.2).
#include "daemon/smtp/session.h"

namespace smtp {

// When a message that is to be held is let go; an error says what can't be promised.
Result<std::optional<Timestamp>> Session::releaseTime(const FutureRelease &release) const
{
    const Timestamp now = m_services->clock.now();
    if (release.request.isEmpty())
        return std::nullopt;
    const Timestamp until = release.until.value_or(now + release.after);
    if (until < now)
        return failure(ErrorKind::Syntax, QStringLiteral("the time of release is in the past"));
    if (until > now + kLongestHold)
        return failure(ErrorKind::Syntax,
                       QStringLiteral("a message is held for %1 days at most")
                           .arg(std::chrono::duration_cast<std::chrono::days>(kLongestHold).count()));
    return until;
}

std::optional<Reply> Session::refusalOf(const Mail &mail) const
{
    const Options &options = m_services->options;
    const auto refuse = [](int code, const char *enhanced, const QByteArray &text) {
        return Reply{.code = code, .enhanced = enhanced, .lines = {text}};
    };
    if (!mail.unknown.isEmpty()) // RFC 5321 4.1.1.11
        return refuse(555, "5.5.4", "unknown parameter " + mail.unknown);
    if (!mail.release.request.isEmpty() && !options.submission)
        return refuse(555, "5.5.4", "messages are held on submission only");
    if (mail.requireTls && !tlsActive()) // RFC 8689 2
        return refuse(523, "5.7.10", "REQUIRETLS needs TLS here, too");
    if (mail.sizeBytes > options.mostBytes)
        return refuse(552, "5.3.4", "message larger than " + QByteArray::number(options.mostBytes) + " bytes");
    if (mail.reversePath.needsUtf8() && !mail.smtpUtf8)
        return refuse(553, "5.6.7", "this address needs SMTPUTF8"); // RFC 6531 3.5
    if (options.submission && !mail.reversePath.isNull() &&
        !m_services->store.directory.mayWriteAs(m_account.value_or(0), mail.reversePath.localpart,
                                                mail.reversePath.domain))
        return refuse(550, "5.7.1", "this sender address is not yours");
    return {};
}

void Session::mail(QByteArrayView argument)
{
    const Options &options = m_services->options;
    if (++m_transactions > options.mostMessages) // RFC 9422: MAILMAX
        return close(421, "4.7.0",
                     "more than " + QByteArray::number(options.mostMessages) + " messages over one connection");
    const auto parsed = parseMail(argument);
    if (!parsed)
        return syntaxError("MAIL", parsed.error());
    if (const auto refusal = refusalOf(*parsed)) {
        out.bytes.append(refusal->toBytes());
        return;
    }
    const auto notBefore = releaseTime(parsed->release);
    if (!notBefore)
        return syntaxError("MAIL", notBefore.error()); // RFC 4865 4: 501 5.5.4
    if (const auto simulated = simulationOf(parsed->reversePath.localpart);
        options.acceptAnyAddress && simulated && simulated->stage == Simulation::Stage::Mail)
        return simulate(*simulated);
    const QByteArray domain = parsed->reversePath.domain;
    if (options.submission || parsed->reversePath.isNull() || m_services->store.directory.hosts(domain))
        return began(*parsed, *notBefore);
    askNullMx(domain, [this, mail = *parsed, release = *notBefore](bool null) {
        null ? reply(550, "5.7.27", "the sender's domain takes no mail, so it sends none") // RFC 7505 4.2
             : began(mail, release);
    });
}

void Session::began(const Mail &mail, std::optional<Timestamp> notBefore)
{
    m_mail = mail;
    m_notBefore = notBefore;
    m_messageKey = store::newMessageKey();
    reply(250, "2.1.0", "ok");
}

} // namespace smtp
