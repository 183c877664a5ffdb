// A lying server against the client: whatever it sends, in whatever pieces, every recipient gets one result, the
// results are the same whole and byte by byte, and the message is sent only to a server that asked for it.
#include "shared/smtp/client.h"

#include <cstdlib>

void fuzz(QByteArrayView input);

namespace {

smtp::ClientTransaction transaction()
{
    smtp::ClientTransaction wanted;
    wanted.mail = {.reversePath = {.localpart = "a", .domain = "x.test"}, .sizeBytes = 20};
    for (const char *name : {"b", "c", "d"})
        wanted.recipients.append({.forwardPath = {.localpart = name, .domain = "y.test"}});
    return wanted;
}

QByteArray converse(QByteArrayView input, qsizetype piece)
{
    smtp::Client client({.hostname = "me.test", .tls = smtp::TlsUse::Opportunistic, .signIn = {}});
    client.begin(transaction());
    QByteArray story;
    int begun = 1;
    for (qsizetype at = 0; at < input.size() && client.wants() != smtp::Client::Wants::Close;) {
        // A handshake lies between two reads: what stands behind its reply in one read is refused.
        qsizetype end = std::min(at + piece, input.size());
        if (piece == 1 || input.sliced(at, end - at).contains('\n'))
            end = std::min(end, input.indexOf('\n', at) < 0 ? end : input.indexOf('\n', at) + 1);
        client.received(input.sliced(at, end - at));
        at = end;
        if (client.wants() == smtp::Client::Wants::Tls)
            client.secured();
        if (client.wants() == smtp::Client::Wants::Data) {
            client.sendData("Subject: secret\r\n\r\n.\r\n");
            client.endData();
        }
        if (client.wants() == smtp::Client::Wants::Transaction && client.transactionEnded() && ++begun < 4)
            client.begin(transaction());
        story.append(client.takeOutput());
    }
    client.lost();
    if (!client.transactionEnded() || client.results().size() != 3 || client.wants() != smtp::Client::Wants::Close)
        std::abort();
    if (story.contains("secret") && !input.contains("354"))
        std::abort();
    for (const auto &result : client.results())
        story.append(result.accepted ? "+" : result.permanent ? "p" : "t").append(result.text);
    return story;
}

} // namespace

void fuzz(QByteArrayView input)
{
    if (converse(input, input.size() + 1) != converse(input, 1))
        std::abort();
}
