// A mail server for tests that does as it is told: each command line (and "." for the end of a message) is put to
// `answer`, whose reply goes out; empty = the usual one, "cut" = the connection ends. Keeps all it was sent.
#pragma once

#include "daemon/net/listener.h"

#include <QList>

#include <mutex>

namespace test {

struct SinkState
{
    std::mutex mutex; // guards all
    QList<QByteArray> lines;
    QList<QByteArray> messages; // dot-stuffed as they came, with the end mark
    int connections = 0;
    std::function<QByteArray(const QByteArray &line)> answer;
    QByteArray extensions = "250-PIPELINING\r\n"; // behind the first line of EHLO's reply

    [[nodiscard]] QList<QByteArray> linesThatStart(const QByteArray &text)
    {
        const std::lock_guard lock(mutex);
        QList<QByteArray> found;
        for (const QByteArray &line : std::as_const(lines)) {
            if (line.startsWith(text))
                found.append(line);
        }
        return found;
    }
    [[nodiscard]] qsizetype messageCount()
    {
        const std::lock_guard lock(mutex);
        return messages.size();
    }
};

class SmtpSink final : public net::Session
{
public:
    explicit SmtpSink(std::shared_ptr<SinkState> state)
        : m_state(std::move(state))
    {}
    void started(const net::Peer &) override
    {
        {
            const std::lock_guard lock(m_state->mutex);
            ++m_state->connections;
        }
        reply("greeting", "220 sink");
    }
    void received(QByteArrayView bytes) override
    {
        m_input.append(bytes);
        while (!out.close && !out.startTls) {
            const QByteArray end = m_inData ? "\r\n.\r\n" : "\r\n";
            const bool empty = m_inData && m_input.startsWith(".\r\n");
            const qsizetype at = empty ? 0 : m_input.indexOf(end);
            if (at < 0)
                return;
            const QByteArray taken = m_input.first(empty ? 3 : at + end.size());
            m_input.remove(0, taken.size());
            m_inData ? message(taken) : command(taken.chopped(2));
        }
    }
    void secured(const tls::Info &) override { m_tls = true; }
    void resumed() override {}
    void notified(const net::Event &) override { out.close = true; }
    void timedOut() override {}

private:
    void message(const QByteArray &bytes)
    {
        m_inData = false;
        if (bytes != ".\r\n") {
            const std::lock_guard lock(m_state->mutex);
            m_state->messages.append(bytes);
        }
        reply(".", bytes == ".\r\n" ? "554 5.5.1 no recipients" : "250 2.0.0 kept");
    }
    void command(const QByteArray &line)
    {
        {
            const std::lock_guard lock(m_state->mutex);
            m_state->lines.append(line);
        }
        if (line.startsWith("EHLO"))
            return reply(line, "250-sink\r\n" + m_state->extensions + (m_tls ? "250 SIZE 0" : "250 HELP"));
        if (line == "STARTTLS") {
            reply(line, "220 go");
            out.startTls = !out.close;
            return;
        }
        if (line == "DATA") {
            reply(line, "354 go");
            m_inData = out.bytes.endsWith("354 go\r\n");
            return;
        }
        reply(line, line == "QUIT" ? "221 bye" : "250 2.1.0 ok");
        out.close = out.close || line == "QUIT";
    }
    void reply(const QByteArray &line, const QByteArray &usual)
    {
        const std::lock_guard lock(m_state->mutex);
        const QByteArray own = m_state->answer ? m_state->answer(line) : QByteArray();
        if (own == "cut")
            out.close = true;
        else
            out.bytes.append(own.isEmpty() ? usual : own).append("\r\n");
    }

    const std::shared_ptr<SinkState> m_state;
    QByteArray m_input;
    bool m_inData = false;
    bool m_tls = false;
};

} // namespace test
