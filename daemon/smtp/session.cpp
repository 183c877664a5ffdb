#include "daemon/smtp/session.h"

namespace smtp {

Session::Session(std::shared_ptr<const Services> services)
    : m_services(std::move(services))
    , m_signIn(m_services->authenticator, {.service = "submission",
                                           .hostname = m_services->options.hostname,
                                           .cramMd5 = m_services->options.cramMd5,
                                           .refuseUnknownKeys = m_services->options.refuseUnknownKeys})
{}

void Session::started(const net::Peer &peer)
{
    m_peer = peer;
    m_log = m_log.with({{"connection", static_cast<qint64>(peer.id.serial)}, {"from", peer.address.toString()}});
    m_signIn.started(peer);
    if (m_tls && !signInByKey())
        return;
    m_takesNoMail = !m_services->options.submission && m_services->store.directory.hostsNothing();
    out.bytes.append(m_takesNoMail ? "521 " : "220 ").append(m_services->options.hostname);
    out.bytes.append(m_takesNoMail ? " takes no mail: it has no domain\r\n" : " ESMTP ready\r\n"); // RFC 7504 3
    m_helloBy = m_services->clock.steady() + kGreetingTime;
    setDeadline();
}

void Session::secured(const tls::Info &info)
{
    m_tls = info;
    m_helloBy = m_services->clock.steady() + kGreetingTime;
    m_tls->peerChain.clear(); // not looked at again
    m_hello.clear();          // RFC 3207 4.2: what was learnt in clear is forgotten
    m_extended = false;
    reset();
    m_signIn.secured(info);
    if (m_peer.id.serial != 0) // after STARTTLS; else started() follows
        std::ignore = signInByKey();
}

void Session::received(QByteArrayView bytes)
{
    if (m_state == State::Hanging)
        return;
    if ((m_state == State::Data || m_state == State::Chunk) && drips(bytes.size()))
        return close(421, "4.4.2", "the message comes too slowly");
    m_input.append(bytes);
    if (m_answer && m_input.size() > kMostPipelined)
        return close(421, "4.7.0", "too many commands at once");
    process();
}

// Whether what came in the last kDripTime is too little.
bool Session::drips(qsizetype bytes)
{
    m_dripped += bytes;
    const auto now = m_services->clock.steady();
    if (now - m_dripsSince < kDripTime)
        return false;
    m_dripsSince = now;
    return std::exchange(m_dripped, 0) < kLeastDripBytes;
}

// When the peer must have said the next thing: the end of a line is what counts, not its bytes.
void Session::setDeadline()
{
    const auto now = m_services->clock.steady();
    if (m_state == State::Data || m_state == State::Chunk)
        out.deadline = now + kDataTime;
    else
        out.deadline = m_hello.isEmpty() ? m_helloBy : now + kCommandTime;
}

// Commands wait until the DNS has answered, or for kLookUpTime: then it is taken for a no.
void Session::askNullMx(const QByteArray &domain, std::function<void(bool)> then)
{
    if (!m_services->hasNullMx || !m_services->notifierOrNull || domain.startsWith('['))
        return then(false);
    m_answer = std::make_shared<Answer>();
    m_whenAnswered = std::move(then);
    m_services->hasNullMx(domain,
                          [answer = m_answer, notifier = m_services->notifierOrNull, id = m_peer.id](bool null) {
                              const std::lock_guard lock(answer->mutex);
                              answer->hasNullMx = null;
                              notifier->notify(id, {.kind = net::Event::Kind::Answer, .subject = 0});
                          });
    out.deadline = m_services->clock.steady() + kLookUpTime;
    answered();
}

void Session::answered()
{
    if (!m_answer)
        return;
    std::optional<bool> said;
    {
        const std::lock_guard lock(m_answer->mutex);
        said = m_answer->hasNullMx;
    }
    if (!said)
        return;
    m_answer.reset();
    std::exchange(m_whenAnswered, {})(*said);
}

void Session::process()
{
    bool progress = false;
    while (!m_input.isEmpty() && !out.work && !out.startTls && !m_answer && m_state != State::Ended &&
           m_state != State::Hanging) {
        if (m_state == State::Data) {
            const qsizetype used = m_reader->feed(m_input, m_message);
            m_input.remove(0, used);
            if (m_reader->finished())
                dataEnded();
        } else if (m_state == State::Chunk) {
            const qsizetype used = std::min<qsizetype>(m_chunkLeft, m_input.size());
            m_reader->feed(QByteArrayView(m_input).first(used), m_message);
            m_input.remove(0, used);
            m_chunkLeft -= used;
            if (m_chunkLeft == 0)
                chunkEnded();
        } else if (!takeLine()) {
            break;
        }
        spoolIfLarge();
        progress = true;
    }
    if (progress && !m_answer && m_state != State::Hanging)
        setDeadline();
    if (m_input.isEmpty())
        m_input = {};
}

bool Session::takeLine()
{
    const qsizetype end = m_input.indexOf('\n');
    if (end < 0) {
        const qsizetype longest = m_state == State::SignIn ? 12'290 : kLongestCommandLine;
        if (m_input.size() > longest) {
            m_skippingLine = true;
            m_input.clear();
        }
        return false;
    }
    const QByteArray line = m_input.first(end + 1);
    m_input.remove(0, end + 1);
    if (std::exchange(m_skippingLine, false) || (m_state == State::Command && line.size() > kLongestCommandLine)) {
        reply(500, "5.5.2", "line longer than " + QByteArray::number(kLongestCommandLine) + " bytes");
        badCommand();
        return true;
    }
    // RFC 5321 2.3.8: only CRLF ends a line; a bare one is not guessed at, or two servers read two things.
    if (!line.endsWith("\r\n") || line.first(line.size() - 2).contains('\r')) {
        reply(500, "5.5.2", "lines must end with CRLF, and only there");
        badCommand();
        return true;
    }
    const QByteArray text = line.chopped(2);
    if (m_state == State::SignIn)
        saslLine(text);
    else
        command(text);
    return true;
}

void Session::resumed()
{
    if (const auto continuation = std::exchange(m_whenResumed, {}))
        continuation();
    if (m_state != State::Hanging)
        setDeadline();
    process();
}

void Session::reset()
{
    m_mail.reset();
    m_notBefore.reset();
    m_recipients.clear();
    m_message = {};
    m_spool.reset();
    m_spoolFailure.reset();
    m_reader.reset();
    m_usingChunks = false;
    m_afterData.reset();
}

void Session::notified(const net::Event &event)
{
    if (event.kind == net::Event::Kind::AccountCut)
        return close(421, "4.7.0", "the account was closed");
    if (event.kind == net::Event::Kind::Answer) {
        answered();
        if (!m_answer && m_state != State::Hanging && m_state != State::Ended)
            setDeadline();
        return process();
    }
    if (event.kind == net::Event::Kind::Revoked)
        return close(421, "4.7.0", "what you signed in with was revoked");
    if (event.kind != net::Event::Kind::Shutdown)
        return;
    m_shuttingDown = true;
    if (m_state == State::Command) // data in hand is finished first
        close(421, "4.3.2", "shutting down");
}

void Session::timedOut()
{
    if (!m_answer)
        return close(421, "4.4.2", "timed out");
    m_answer.reset(); // what is said later is not heard
    std::exchange(m_whenAnswered, {})(false);
    setDeadline();
    process();
}

void Session::ended()
{
    if (m_account)
        m_services->store.views.signOut(*m_account, m_peer.id);
    m_signIn.signOut();
}

void Session::reply(int code, const char *enhanced, const QByteArray &text)
{
    out.bytes.append(Reply{.code = code, .enhanced = enhanced, .lines = {text}}.toBytes());
}

void Session::syntaxError(const char *what, const Error &error)
{
    reply(501, "5.5.4", QByteArray(what) + ": " + publicText(error).toUtf8());
    badCommand();
}

void Session::badCommand()
{
    if (++m_badCommands >= kMostBadCommands)
        close(421, "4.7.0", "too many bad commands");
}

void Session::close(int code, const char *enhanced, const QByteArray &text)
{
    reply(code, enhanced, text);
    m_state = State::Ended;
    m_input.clear();
    out.close = true;
}

} // namespace smtp
