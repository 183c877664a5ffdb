#include "daemon/smtp/session.h"

namespace smtp {

namespace {

constexpr auto kIdleTime = std::chrono::minutes(5); // RFC 5321 4.5.3.2.7

} // namespace

Session::Session(std::shared_ptr<const Services> services)
    : m_services(std::move(services))
{}

void Session::started(const net::Peer &peer)
{
    m_peer = peer;
    m_log = m_log.with({{"connection", static_cast<qint64>(peer.id.serial)}, {"from", peer.address.toString()}});
    out.bytes.append("220 ").append(m_services->options.hostname).append(" ESMTP ready\r\n");
    out.deadline = m_services->clock.steady() + kIdleTime;
}

void Session::secured(const tls::Info &info)
{
    m_tls = info;
    m_hello.clear(); // RFC 3207 4.2: what was learnt in clear is forgotten
    m_extended = false;
    reset();
}

void Session::received(QByteArrayView bytes)
{
    if (m_state == State::Hanging)
        return;
    m_input.append(bytes);
    out.deadline = m_services->clock.steady() + kIdleTime;
    process();
}

void Session::process()
{
    while (!m_input.isEmpty() && !out.work && !out.startTls && m_state != State::Ended && m_state != State::Hanging) {
        if (m_state == State::Data) {
            const qsizetype used = m_reader->feed(m_input, m_message);
            m_input.remove(0, used);
            if (m_reader->finished())
                dataEnded();
        } else if (m_state == State::Chunk) {
            const qsizetype used = std::min<qsizetype>(m_chunkLeft, m_input.size());
            if (!m_tooLarge)
                m_message.append(QByteArrayView(m_input).first(used));
            m_input.remove(0, used);
            m_chunkLeft -= used;
            if (m_chunkLeft == 0)
                chunkEnded();
        } else if (!takeLine()) {
            break;
        }
    }
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
    out.deadline = m_services->clock.steady() + kIdleTime;
    process();
}

// RFC 5321 7.3: no address harvest

void Session::reset()
{
    m_mail.reset();
    m_recipients.clear();
    m_message = {};
    m_reader.reset();
    m_usingChunks = false;
    m_tooLarge = false;
    m_afterData.reset();
}

void Session::notified(const net::Event &event)
{
    if (event.kind == net::Event::Kind::AccountCut)
        return close(421, "4.7.0", "the account was closed");
    if (event.kind != net::Event::Kind::Shutdown)
        return;
    m_shuttingDown = true;
    if (m_state == State::Command) // data in hand is finished first
        close(421, "4.3.2", "shutting down");
}

void Session::timedOut() { close(421, "4.4.2", "timed out"); }

void Session::ended()
{
    if (m_account)
        m_services->store.views.signOut(*m_account, m_peer.id);
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
