#include "daemon/smtp/session.h"

#include "shared/base/bytes.h"
#include "shared/base/encoding.h"
#include "shared/base/metrics.h"
#include "shared/mime/date.h"
#include "shared/mime/header_list.h"

namespace smtp {

namespace {

const CounterFamily kCommandCount{"postroom_smtp_commands_total", "SMTP commands by verb.", {"verb"}};
constexpr auto kIdleTime = std::chrono::minutes(5); // RFC 5321 4.5.3.2.7

enum Need : unsigned
{
    kNothing = 0,
    kHello = 1,
    kMail = 2,   // a MAIL before
    kNoMail = 4, // no transaction yet
    kSignIn = 8, // on submission: signed in
};

} // namespace

struct Session::Row
{
    const char *verb;
    void (Session::*handler)(QByteArrayView argument);
    unsigned needs;
    const char *source;
};

const Session::Row Session::kCommands[] = {
    {"EHLO", &Session::extendedHello, kNothing, "RFC 5321 4.1.1.1"},
    {"HELO", &Session::hello, kNothing, "RFC 5321 4.1.1.1"},
    {"MAIL", &Session::mail, kHello | kNoMail | kSignIn, "RFC 5321 4.1.1.2"},
    {"RCPT", &Session::rcpt, kHello | kMail, "RFC 5321 4.1.1.3"},
    {"DATA", &Session::data, kHello | kMail, "RFC 5321 4.1.1.4"},
    {"BDAT", &Session::bdat, kHello | kMail, "RFC 3030 2"},
    {"RSET", &Session::rset, kNothing, "RFC 5321 4.1.1.5"},
    {"NOOP", &Session::noop, kNothing, "RFC 5321 4.1.1.9"},
    {"QUIT", &Session::quit, kNothing, "RFC 5321 4.1.1.10"},
    {"VRFY", &Session::vrfy, kNothing, "RFC 5321 4.1.1.6"},
    {"EXPN", &Session::vrfy, kNothing, "RFC 5321 4.1.1.7"},
    {"HELP", &Session::help, kNothing, "RFC 5321 4.1.1.8"},
    {"STARTTLS", &Session::startTls, kHello | kNoMail, "RFC 3207 4"},
    {"AUTH", &Session::signIn, kHello | kNoMail, "RFC 4954 4"},
};

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
    out.bytes.append("220 ").append(m_services->options.hostname).append(" ESMTP ready\r\n");
    out.deadline = m_services->clock.steady() + kIdleTime;
}

void Session::secured(const tls::Info &info)
{
    m_tls = info;
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

void Session::command(QByteArrayView line)
{
    const Verb verb = splitVerb(line);
    const Row *found = nullptr;
    for (const Row &row : kCommands) {
        if (verb.name == row.verb)
            found = &row;
    }
    if (!found) {
        kCommandCount.add({"unknown"});
        reply(500, "5.5.1", "unknown command");
        badCommand();
        return;
    }
    kCommandCount.add({verb.name});
    if ((found->needs & kHello) && m_hello.isEmpty())
        return reply(503, "5.5.1", "say EHLO first");
    if ((found->needs & kSignIn) && m_services->options.submission && !m_account)
        return reply(530, "5.7.0", "sign in first");
    if ((found->needs & kMail) && !m_mail)
        return reply(503, "5.5.1", "MAIL must come first");
    if ((found->needs & kNoMail) && m_mail)
        return reply(503, "5.5.1", "a transaction is open; RSET ends it");
    (this->*found->handler)(verb.argument);
}

void Session::hello(QByteArrayView argument)
{
    const auto parsed = parseHello(argument);
    if (!parsed)
        return syntaxError("HELO", parsed.error());
    reset();
    m_hello = parsed->name;
    m_extended = false;
    out.bytes.append("250 ").append(m_services->options.hostname).append("\r\n");
}

void Session::extendedHello(QByteArrayView argument)
{
    const auto parsed = parseHello(argument);
    if (!parsed)
        return syntaxError("EHLO", parsed.error());
    reset();
    m_hello = parsed->name;
    m_extended = true;
    const Options &options = m_services->options;
    QList<QByteArray> lines{options.hostname, "PIPELINING", "SIZE " + QByteArray::number(options.mostBytes)};
    if (options.startTls && !tlsActive())
        lines << "STARTTLS"; // not last: gsasl looks for "250-STARTTLS"
    if (options.submission && tlsActive())
        lines << "AUTH " + m_signIn.mechanisms().join(' ');
    lines << "8BITMIME" << "ENHANCEDSTATUSCODES" << "SMTPUTF8" << "CHUNKING";
    out.bytes.append(Reply{.code = 250, .enhanced = {}, .lines = lines}.toBytes());
}

void Session::startTls(QByteArrayView argument)
{
    if (!argument.isEmpty())
        return reply(501, "5.5.4", "STARTTLS takes no parameters");
    if (tlsActive())
        return reply(503, "5.5.1", "TLS is active already");
    if (!m_services->options.startTls)
        return reply(502, "5.5.1", "STARTTLS is not available");
    if (!m_input.isEmpty()) // they came in clear and would be taken for encrypted: CVE-2011-0411
        return close(501, "5.5.1", "bytes after STARTTLS");
    reply(220, "2.0.0", "go ahead");
    out.startTls = true;
}

void Session::mail(QByteArrayView argument)
{
    const auto parsed = parseMail(argument);
    if (!parsed)
        return syntaxError("MAIL", parsed.error());
    const Options &options = m_services->options;
    if (parsed->sizeBytes > options.mostBytes)
        return reply(552, "5.3.4", "message larger than " + QByteArray::number(options.mostBytes) + " bytes");
    if (parsed->reversePath.needsUtf8() && !parsed->smtpUtf8)
        return reply(553, "5.6.7", "this address needs SMTPUTF8"); // RFC 6531 3.5
    if (const auto simulated = simulationOf(parsed->reversePath.localpart);
        options.acceptAnyAddress && simulated && simulated->stage == Simulation::Stage::Mail)
        return simulate(*simulated);
    if (options.submission && !parsed->reversePath.isNull() &&
        m_services->store.directory.account(parsed->reversePath.toBytes()) != m_account)
        return reply(550, "5.7.1", "this sender address is not yours");
    m_mail = *parsed;
    m_messageKey = store::newMessageKey();
    reply(250, "2.1.0", "ok");
}

void Session::rcpt(QByteArrayView argument)
{
    const auto parsed = parseRcpt(argument);
    if (!parsed)
        return syntaxError("RCPT", parsed.error());
    if (m_recipients.size() >= m_services->options.mostRecipients)
        return reply(452, "4.5.3",
                     "more than " + QByteArray::number(m_services->options.mostRecipients) + " recipients");
    const auto &directory = m_services->store.directory;
    const Address address = parsed->postmaster ? Address{.localpart = "postmaster", .domain = {}} : parsed->forwardPath;
    Recipient recipient{.rcpt = *parsed, .address = address, .accounts = {}};
    if (parsed->postmaster && directory.postmaster() != 0)
        recipient.accounts = {directory.postmaster()};
    else
        recipient.accounts = directory.resolve(address.localpart, address.domain);
    if (recipient.accounts.isEmpty() && m_services->options.acceptAnyAddress && directory.postmaster() != 0) {
        const auto simulated = simulationOf(address.localpart);
        if (simulated && simulated->stage == Simulation::Stage::Rcpt)
            return simulate(*simulated);
        if (simulated && simulated->stage == Simulation::Stage::Data)
            m_afterData = simulated;
        recipient.accounts = {directory.postmaster()};
    }
    recipient.leaves = recipient.accounts.isEmpty() && m_services->options.mayRelay && !directory.hosts(address.domain);
    if (recipient.accounts.isEmpty() && !recipient.leaves) {
        m_log.info("recipient refused", {{"recipient", QString::fromUtf8(address.toBytes())}});
        return directory.hosts(address.domain) ? reply(550, "5.1.1", "no such user here")
                                               : reply(550, "5.7.1", "not a domain of this server");
    }
    m_recipients.append(recipient);
    reply(250, "2.1.5", "ok");
}

void Session::data(QByteArrayView argument)
{
    if (!argument.isEmpty())
        return reply(501, "5.5.4", "DATA takes no parameters");
    if (m_usingChunks)
        return reply(503, "5.5.1", "DATA after BDAT"); // RFC 3030 2
    if (m_recipients.isEmpty())
        return reply(554, "5.5.1", "no valid recipients");
    m_reader.emplace(m_services->options.mostBytes);
    m_message.clear();
    m_state = State::Data;
    out.bytes.append("354 end with a dot on a line of its own\r\n");
}

void Session::dataEnded()
{
    m_state = State::Command;
    if (m_reader->hasBareLineEnd()) {
        count("bare line end");
        reply(550, "5.6.11", "message has a bare CR or LF"); // RFC 7293-registered code "Invalid characters"
        return reset();
    }
    if (m_reader->tooLarge()) {
        count("too large");
        reply(552, "5.3.4", "message larger than " + QByteArray::number(m_services->options.mostBytes) + " bytes");
        return reset();
    }
    deliver();
}

void Session::bdat(QByteArrayView argument)
{
    const auto parsed = parseBdat(argument);
    if (!parsed)
        return close(501, "5.5.4", publicText(parsed.error()).toUtf8()); // the stream can't be framed any more
    m_usingChunks = true;
    m_chunkLeft = parsed->sizeBytes;
    m_chunkLast = parsed->last;
    m_tooLarge = m_tooLarge || m_message.size() + parsed->sizeBytes > m_services->options.mostBytes;
    m_state = State::Chunk;
    if (m_chunkLeft == 0)
        chunkEnded();
}

void Session::chunkEnded()
{
    m_state = State::Command;
    if (m_recipients.isEmpty()) {
        reply(554, "5.5.1", "no valid recipients");
        if (m_chunkLast)
            reset();
        return;
    }
    if (m_tooLarge) {
        reply(552, "5.3.4", "message larger than " + QByteArray::number(m_services->options.mostBytes) + " bytes");
        if (m_chunkLast)
            reset();
        return;
    }
    if (!m_chunkLast)
        return reply(250, "2.0.0", "chunk taken");
    // BINARYMIME is not offered, so the content is lines: the same rule as for DATA.
    for (qsizetype at = m_message.indexOf('\n'); at >= 0; at = m_message.indexOf('\n', at + 1)) {
        if (at == 0 || m_message.at(at - 1) != '\r') {
            reply(550, "5.6.11", "message has a bare CR or LF");
            return reset();
        }
    }
    deliver();
}

QByteArray Session::receivedHeader(const QByteArray &key) const
{
    QByteArray protocol = !m_extended ? "SMTP" : m_mail->smtpUtf8 ? "UTF8SMTP" : "ESMTP"; // RFC 3848, RFC 6531 4.3
    if (tlsActive())
        protocol.append('S');
    if (m_account)
        protocol.append('A');
    const QByteArray literal = m_peer.address.isV4() ? m_peer.address.toBytes() : "IPv6:" + m_peer.address.toBytes();
    QByteArray line = "Received: from " + m_hello + " ([" + literal + "])\r\n\tby " + m_services->options.hostname +
                      " with " + protocol + " id " + key;
    if (m_recipients.size() == 1)
        line.append("\r\n\tfor <" + m_recipients.first().address.toBytes() + ">");
    return line + ";\r\n\t" + mime::formatDate(m_services->clock.now()) + "\r\n";
}

void Session::resumed()
{
    if (const auto continuation = std::exchange(m_whenResumed, {}))
        continuation();
    out.deadline = m_services->clock.steady() + kIdleTime;
    process();
}

void Session::rset(QByteArrayView argument)
{
    if (!argument.isEmpty())
        return reply(501, "5.5.4", "RSET takes no parameters");
    reset();
    reply(250, "2.0.0", "ok");
}

void Session::noop(QByteArrayView) { reply(250, "2.0.0", "ok"); }

void Session::quit(QByteArrayView argument)
{
    if (!argument.isEmpty())
        return reply(501, "5.5.4", "QUIT takes no parameters");
    close(221, "2.0.0", "bye");
}

void Session::vrfy(QByteArrayView) { reply(252, "2.5.2", "send mail and see"); } // RFC 5321 7.3: no address harvest

void Session::help(QByteArrayView) { reply(214, "2.0.0", "see RFC 5321"); }

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
    if (event.kind == net::Event::Kind::Revoked)
        return close(421, "4.7.0", "what you signed in with was revoked");
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
