// A whole SMTP session on a real store, incoming or submission as the first byte says: the input comes in pieces of
// another byte's size. Whatever is sent, answers are whole lines with a code, as many messages arrive as were answered
// by 250, and the store is sound.
#include "tests/support/smtp_driver.h"

#include <QCoreApplication>

#include <cstdlib>

void fuzz(QByteArrayView input);

namespace {

constexpr int kSessions = 200; // of one store

struct World
{
    ManualClock clock;
    test::SmtpServer incoming{clock, {.hostname = "here.test", .startTls = true}};
    test::SmtpServer submission{clock, {.hostname = "here.test", .submission = true, .mayRelay = true}};
    int sessions = 0;
};

std::unique_ptr<World> world;

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
    static std::array<char, 5> name{"fuzz"};
    static std::array<char *, 2> arguments{name.data(), nullptr};
    static int count = 1;
    static const auto *const application = new QCoreApplication(count, arguments.data()); // for Qt Sql, to the very end
    Q_UNUSED(application)
    if (!world || ++world->sessions > kSessions)
        world = std::make_unique<World>();
    static const bool ends = std::atexit([] { world.reset(); }) == 0; // before Qt Sql does, which it needs
    if (!ends)
        std::abort();
    const bool submitting = !input.isEmpty() && (input.front() & 1) != 0;
    auto &server = submitting ? world->submission : world->incoming;
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
