// SCRAM dialogues of a hostile client and a hostile server, a message a line: only who was asked for is ever signed in,
// and a client never believes a server that has not proved anything.
#include "shared/sasl/scram.h"
#include "shared/sasl/scram_client.h"

#include <cstdlib>

void fuzz(QByteArrayView input);

namespace {

const sasl::Secrets &secrets()
{
    static const auto kSecrets = sasl::deriveSecrets(crypto::Hash::Sha256, "pencil", "salt");
    return kSecrets;
}

tls::Info channel()
{
    tls::Info info;
    info.exporter = QByteArray(32, 'e');
    info.clientKeyFingerprint = QByteArray(43, 'k');
    return info;
}

void serve(sasl::Server &server, const QList<QByteArray> &messages)
{
    QByteArray asked;
    for (const QByteArray &message : messages) {
        sasl::Step step = server.step(message);
        if (step.kind == sasl::Step::Kind::NeedSecrets) {
            asked = step.name;
            step = server.provide(asked == "user" ? std::optional(secrets()) : std::nullopt);
        }
        if (step.kind == sasl::Step::Kind::Success && (asked != "user" || step.name != asked))
            std::abort();
        if (step.kind != sasl::Step::Kind::Challenge)
            return;
    }
}

void connect(sasl::ScramClient &client, const QList<QByteArray> &messages)
{
    client.nonce = "fixed";
    std::ignore = client.initial();
    for (const QByteArray &message : messages) {
        // A challenge may ask for many rounds: allowed, but not what this looks for.
        if (message.size() < 4096 && message.contains(",i=") && !message.contains(",i=4096"))
            return;
        if (!client.step(message))
            break;
    }
    const bool signature = std::ranges::any_of(messages, [](const QByteArray &each) { return each.startsWith("v="); });
    if (client.finished() && !signature)
        std::abort();
}

} // namespace

void fuzz(QByteArrayView input)
{
    if (input.isEmpty())
        return;
    const QList<QByteArray> messages = input.sliced(1).toByteArray().split('\n');
    const tls::Info info = channel();
    switch (static_cast<unsigned char>(input.front()) % 4) {
    case 0: {
        sasl::ScramServer server(crypto::Hash::Sha256, false, nullptr, "dummy");
        server.serverNonce = "server";
        return serve(server, messages);
    }
    case 1: {
        sasl::ScramServer server(crypto::Hash::Sha256, true, &info, "dummy");
        server.serverNonce = "server";
        return serve(server, messages);
    }
    case 2: {
        for (const char *mechanism : {"PLAIN", "LOGIN", "EXTERNAL"}) {
            const auto server = sasl::makeServer(mechanism, &info, "dummy", "owner");
            for (const QByteArray &message : messages)
                std::ignore = server->step(message);
        }
        return;
    }
    default: {
        sasl::ScramClient client(crypto::Hash::Sha256, {.name = "user", .password = "pencil"}, {});
        return connect(client, messages);
    }
    }
}
