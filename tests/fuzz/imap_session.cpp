// A whole IMAP session on a real store: a client that is signed in and has its INBOX selected sends the input, in
// pieces whose size the first byte says, while another client of the account watches. Whatever is sent, answers are
// whole lines, the mailbox in memory is the one on disk, and the store is sound.
#include "tests/fuzz/support/store_world.h"
#include "tests/support/imap_driver.h"

#include <cstdlib>

void fuzz(QByteArrayView input);

namespace {

constexpr int kSessions = 200; // of one store

struct World
{
    ManualClock clock;
    test::ImapServer server{clock};
    quint64 serial = 0;

    World()
    {
        server.fixture.deliver("From: a@x.test\r\nSubject: one\r\n\r\nfirst\r\n");
        server.fixture.deliver("Subject: two\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: "
                               "text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPGI+\r\n--b--\r\n");
        server.fixture.deliver("Subject: Re: one\r\nReferences: <1@x.test>\r\n\r\nthird\r\n");
    }
};

bool same(const store::View &known, const store::View &stored)
{
    bool equal = known.size() == stored.size() && known.uidNext == stored.uidNext && known.keywords == stored.keywords;
    known.forEach([&](qsizetype index, const store::Entry &entry) {
        equal = equal && entry.uid == stored.at(index).uid && entry.flags == stored.at(index).flags &&
                entry.modseq == stored.at(index).modseq;
        return equal;
    });
    return equal;
}

} // namespace

void fuzz(QByteArrayView input)
{
    World &world = storeWorld<World>(kSessions);
    auto &server = world.server;
    test::ImapDriver watcher(server, ++world.serial);
    watcher.send("w SELECT INBOX\r\nw IDLE\r\n");
    {
        test::ImapDriver client(server, ++world.serial);
        bool compressed = false;
        client.send("s SELECT INBOX\r\n");
        const qsizetype step = input.isEmpty() ? 1 : 1 + static_cast<uchar>(input.front());
        for (qsizetype at = 1; at < input.size() && !client.closed(); at += step) {
            const QByteArray answer = client.send(input.sliced(at, std::min(step, input.size() - at)));
            compressed = compressed || answer.contains("DEFLATE active");
            if (!compressed && !answer.isEmpty() && !answer.endsWith("\r\n"))
                std::abort();
        }
    }
    watcher.send("DONE\r\n");
    const auto known = server.fixture.store->views.current(server.fixture.inbox);
    store::Views fresh(server.fixture.store->file);
    const auto stored = fresh.open(server.fixture.inbox);
    if (!stored || (known && !same(*known, **stored)) || !server.fixture.problems().isEmpty())
        std::abort();
}
