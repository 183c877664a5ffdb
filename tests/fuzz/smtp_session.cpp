// A whole SMTP session on a real store, incoming or submission as the first byte says: the input comes in pieces of
// another byte's size. Whatever is sent, answers are whole lines with a code, as many messages arrive as were answered
// by 250, and the store is sound.
#include "tests/fuzz/support/store_world.h"
#include "tests/support/smtp_driver.h"

#include <cstdlib>

void fuzz(QByteArrayView input);

namespace {

constexpr int kSessions = 200; // of one store

struct World
{
    ManualClock clock;
    test::SmtpServer incoming{clock, {.hostname = "here.test", .startTls = true}};
    test::SmtpServer submission{clock, {.hostname = "here.test", .submission = true, .mayRelay = true}};
};

bool isReply(QByteArrayView line)
{
    return line.size() >= 4 && line.endsWith('\r') && line[0] >= '2' && line[0] <= '5' && line[1] >= '0' &&
           line[1] <= '5' && line[2] >= '0' && line[2] <= '9' && (line[3] == ' ' || line[3] == '-');
}

// How many messages these answers say were taken.
qint64 takenBy(const QByteArray &answers)
{
    qint64 taken = 0;
    if (!answers.isEmpty() && !answers.endsWith("\r\n"))
        std::abort();
    for (const QByteArray &line : answers.split('\n')) {
        if (!line.isEmpty() && !isReply(line))
            std::abort();
        taken += line.startsWith("250 2.6.0 ") ? 1 : 0;
    }
    return taken;
}

} // namespace

void fuzz(QByteArrayView input)
{
    World &world = storeWorld<World>(kSessions);
    const bool submitting = !input.isEmpty() && (input.front() & 1) != 0;
    auto &server = submitting ? world.submission : world.incoming;
    const qsizetype step = input.isEmpty() ? 1 : 1 + (static_cast<uchar>(input.front()) >> 1);
    const char *const received = "select count(*) from traces where event = 'received'";
    const qint64 before = server.fixture.count(received);
    qint64 taken = 0;
    {
        test::SmtpDriver client(server, submitting ? test::SmtpDriver::Tls::Yes : test::SmtpDriver::Tls::No);
        QByteArray answers = client.ask("EHLO client.test");
        if (submitting)
            answers += client.signIn("ann@example.org");
        for (qsizetype at = 1; at < input.size() && !client.closed(); at += step)
            answers += client.send(input.sliced(at, std::min(step, input.size() - at)));
        taken = takenBy(answers);
    }
    if (server.fixture.count(received) - before != taken || !server.fixture.problems().isEmpty())
        std::abort();
}
