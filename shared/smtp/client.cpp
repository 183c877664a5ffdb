#include "shared/smtp/client.h"

#include "shared/base/bytes.h"
#include "shared/base/encoding.h"

namespace smtp {

namespace {

using namespace std::chrono_literals;

constexpr qsizetype kLongestText = 1000;
constexpr qsizetype kLongestInitial = 400; // of AUTH on the command line: RFC 4954 4, RFC 5321 4.5.3.1.4

struct StageRow
{
    ClientStage stage;
    const char *name;
    std::chrono::seconds limit;
};
constexpr std::array kStages = {
    StageRow{ClientStage::Connect, "connecting", 30s},
    StageRow{ClientStage::Greeting, "the greeting", 5min}, // RFC 5321 4.5.3.2.1
    StageRow{ClientStage::Hello, "EHLO", 5min},
    StageRow{ClientStage::StartTls, "STARTTLS", 1min},
    StageRow{ClientStage::SignIn, "AUTH", 3min},
    StageRow{ClientStage::Mail, "MAIL FROM", 5min},              // RFC 5321 4.5.3.2.2
    StageRow{ClientStage::Rcpt, "RCPT TO", 5min},                // RFC 5321 4.5.3.2.3
    StageRow{ClientStage::Data, "DATA", 2min},                   // RFC 5321 4.5.3.2.4
    StageRow{ClientStage::Block, "the message", 3min},           // RFC 5321 4.5.3.2.5
    StageRow{ClientStage::End, "the end of the message", 10min}, // RFC 5321 4.5.3.2.6
    StageRow{ClientStage::Reset, "RSET", 5min},
    StageRow{ClientStage::Quit, "QUIT", 10s}, // nothing depends on it
};

const StageRow &rowOf(ClientStage stage) { return *std::ranges::find(kStages, stage, &StageRow::stage); }

QByteArray asText(QByteArray text)
{
    for (char &c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            c = ' ';
    }
    return text.first(std::min(text.size(), kLongestText));
}

} // namespace

const char *nameOf(ClientStage stage) { return rowOf(stage).name; }
std::chrono::seconds timeLimit(ClientStage stage) { return rowOf(stage).limit; }

Client::Client(ClientOptions options)
    : m_options(std::move(options))
{
    expect(ClientStage::Greeting);
}

void Client::expect(ClientStage stage, qsizetype recipient)
{
    m_expected.push_back({.stage = stage, .recipient = recipient});
    m_stage = m_expected.front().stage;
    m_wants = Wants::Reply;
}

void Client::send(const QByteArray &line, ClientStage stage, qsizetype recipient)
{
    m_output.append(line).append("\r\n");
    expect(stage, recipient);
}

void Client::received(QByteArrayView bytes)
{
    while (!bytes.isEmpty() && m_wants != Wants::Close) {
        if (m_wants == Wants::Tls) // RFC 3207 6, CVE-2011-0411: these would be taken for encrypted
            return fail({.enhanced = "4.7.0",
                         .text = "bytes in clear behind the reply to STARTTLS",
                         .stage = ClientStage::StartTls});
        std::optional<Reply> reply;
        const auto used = m_reader.feed(bytes, reply);
        if (!used)
            return fail({.enhanced = "4.5.0",
                         .text = "not an SMTP reply: " + publicText(used.error()).toUtf8(),
                         .stage = m_stage});
        bytes = bytes.sliced(*used);
        if (!reply)
            return;
        ++m_progress;
        if (m_expected.empty() || (reply->code == 421 && m_stage != ClientStage::Quit)) // RFC 5321 3.8: at any time
            return fail(resultOf(*reply, m_stage));
        const Expected expected = m_expected.front();
        m_expected.pop_front();
        handle(expected, *reply);
        if (!m_expected.empty())
            m_stage = m_expected.front().stage;
    }
}

void Client::handle(const Expected &expected, const Reply &reply)
{
    switch (expected.stage) {
    case ClientStage::Greeting: return greeted(reply);
    case ClientStage::Hello: return helloAnswered(reply);
    case ClientStage::StartTls: return startTlsAnswered(reply);
    case ClientStage::SignIn: return signInAnswered(reply);
    case ClientStage::Mail: return mailAnswered(reply);
    case ClientStage::Rcpt: return rcptAnswered(expected.recipient, reply);
    case ClientStage::Data: return dataAnswered(reply);
    case ClientStage::End: return endAnswered(reply);
    case ClientStage::Reset: m_mailSent = false; return sendEnvelope();
    case ClientStage::Connect:
    case ClientStage::Block:
    case ClientStage::Quit: m_wants = Wants::Close; return;
    }
}

void Client::greeted(const Reply &reply)
{
    if (reply.code != 220)
        return fail(resultOf(reply, ClientStage::Greeting));
    send("EHLO " + m_options.hostname, ClientStage::Hello);
}

void Client::helloAnswered(const Reply &reply)
{
    if (reply.code == 250) {
        m_extensions = m_saidHelo ? Extensions{} : parseExtensions(reply);
        return introduced();
    }
    // RFC 5321 3.2: a server that does not know EHLO. 521 and 554 say that no mail is taken here (RFC 7504).
    if (!m_saidHelo && reply.code >= 500 && reply.code != 521 && reply.code != 554) {
        m_saidHelo = true;
        return send("HELO " + m_options.hostname, ClientStage::Hello);
    }
    fail(resultOf(reply, ClientStage::Hello));
}

void Client::introduced()
{
    if (!m_secured && m_options.tls != TlsUse::Never && m_extensions.startTls)
        return send("STARTTLS", ClientStage::StartTls);
    if (!m_secured && m_options.tls == TlsUse::Required)
        return fail({.enhanced = "4.7.10",
                     .text = "TLS is required here, and the server does not offer it",
                     .stage = ClientStage::StartTls});
    signIn();
}

void Client::startTlsAnswered(const Reply &reply)
{
    if (reply.code == 220) {
        m_wants = Wants::Tls;
        m_stage = ClientStage::StartTls;
        return;
    }
    if (m_options.tls == TlsUse::Required) {
        ClientResult result = resultOf(reply, ClientStage::StartTls);
        result.permanent = false;
        return fail(result);
    }
    signIn(); // RFC 3207 4: whether to go on in clear is the client's choice
}

void Client::secured()
{
    m_secured = true;
    if (m_stage == ClientStage::Greeting) // TLS from the start, RFC 8314 3.3: the server speaks next
        return;
    m_saidHelo = false;
    m_extensions = {}; // RFC 3207 4.2: what was said in clear does not count
    m_wants = Wants::Reply;
    ++m_progress;
    send("EHLO " + m_options.hostname, ClientStage::Hello);
}

void Client::signIn()
{
    if (!m_options.signIn)
        return ready();
    m_signIn = m_options.signIn(m_extensions.mechanisms);
    if (!m_signIn.exchange && m_options.signInMayLack)
        return ready();
    if (!m_signIn.exchange)
        return fail({.enhanced = "4.7.0",
                     .text = "the server offers no way to sign in that can be used",
                     .stage = ClientStage::SignIn});
    QByteArray line = "AUTH " + m_signIn.mechanism;
    const auto initial = m_signIn.exchange->initial();
    if (initial && initial->size() <= kLongestInitial)
        line.append(' ').append(initial->isEmpty() ? "=" : encoding::toBase64(*initial)); // RFC 4954 4
    send(line, ClientStage::SignIn);
}

// A refused sign-in is for the administrator to mend, so mail waits: the results are temporary.
void Client::signInAnswered(const Reply &reply)
{
    if (reply.code == 334) {
        const auto challenge = encoding::fromBase64(reply.lines.first());
        const auto response = challenge ? m_signIn.exchange->step(*challenge) : std::unexpected(challenge.error());
        return send(response ? encoding::toBase64(*response) : QByteArray("*"), ClientStage::SignIn);
    }
    if (reply.code == 235) {
        if (const auto proved = m_signIn.exchange->finished(); !proved)
            return fail(
                {.enhanced = "4.7.0", .text = publicText(proved.error()).toUtf8(), .stage = ClientStage::SignIn});
        return ready();
    }
    ClientResult result = resultOf(reply, ClientStage::SignIn);
    result.permanent = false;
    fail(result);
}

void Client::ready()
{
    m_introduced = true;
    m_wants = Wants::Transaction;
    if (m_running)
        sendEnvelope();
}

void Client::quit()
{
    if (m_wants != Wants::Transaction) {
        m_wants = Wants::Close;
        return;
    }
    send("QUIT", ClientStage::Quit);
    ++m_progress;
}

void Client::lost()
{
    if (m_wants == Wants::Close)
        return;
    const QByteArray when = m_wants == Wants::Tls ? "the TLS handshake failed"
                            : m_stage == ClientStage::Block
                                ? "the connection was lost while the message was sent"
                                : QByteArray("the connection was lost while waiting for ") +
                                      (m_stage == ClientStage::Greeting ? "" : "the reply to ") + nameOf(m_stage);
    fail({.enhanced = m_wants == Wants::Tls ? "4.7.0" : "4.4.2", .text = when, .stage = m_stage});
}

void Client::timedOut()
{
    if (m_wants == Wants::Close)
        return;
    const auto limit = toText(timeLimit(m_stage)).toUtf8();
    const bool bare = m_stage == ClientStage::Greeting || m_stage == ClientStage::Block;
    const QByteArray what = m_stage == ClientStage::Block ? "the server did not take " : "the server did not send ";
    fail({.enhanced = "4.4.2",
          .text = what + (bare ? "" : "the reply to ") + nameOf(m_stage) + " within " + limit,
          .stage = m_stage});
}

void Client::fail(const ClientResult &result)
{
    if (m_running) {
        refuseRest(result);
        m_running = false;
        m_ended = true;
    }
    m_expected.clear();
    m_wants = Wants::Close;
}

ClientResult Client::resultOf(const Reply &reply, ClientStage stage)
{
    ClientResult result{.code = reply.code, .enhanced = reply.enhanced, .text = asText(reply.text()), .stage = stage};
    if (reply.code / 100 == 2 && stage == ClientStage::End)
        return result;
    if (reply.code < 400) { // positive, but not what was asked for
        result.enhanced = "4.5.0";
        result.text.prepend("unexpected reply " + QByteArray::number(reply.code) + ": ");
        return result;
    }
    result.permanent = reply.code >= 500;
    if (result.enhanced.isEmpty())
        result.enhanced = result.permanent ? "5.0.0" : "4.0.0";
    return result;
}

} // namespace smtp
