// Sign-ins of a hostile client and of a hostile server, a message a line: only who was asked for is ever signed in,
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

sasl::Secrets secretsOf(const QByteArray &name, sasl::SecretKind kind)
{
    static const auto kCramMd5 = sasl::deriveCramMd5("pencil");
    if (name != "user")
        return {.salt = "salt", .storedKey = {}, .serverKey = {}};
    return kind == sasl::SecretKind::CramMd5 ? kCramMd5 : secrets();
}

void serve(sasl::Server &server, const QList<QByteArray> &messages)
{
    QByteArray asked;
    for (const QByteArray &message : messages) {
        sasl::Step step = server.step(message);
        if (step.kind == sasl::Step::Kind::NeedSecrets) {
            asked = step.name;
            step = server.provide({secretsOf(asked, server.secretKind())});
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
    switch (static_cast<unsigned char>(input.front()) % 5) {
    case 0: {
        sasl::ScramServer server(crypto::Hash::Sha256, false, nullptr);
        server.serverNonce = "server";
        return serve(server, messages);
    }
    case 1: {
        sasl::ScramServer server(crypto::Hash::Sha256, true, &info);
        server.serverNonce = "server";
        return serve(server, messages);
    }
    case 2: {
        for (const char *mechanism : {"PLAIN", "LOGIN", "EXTERNAL"}) {
            const auto server = sasl::makeServer(mechanism, {.tlsOrNull = &info, .knownKey = true});
            for (const QByteArray &message : messages)
                std::ignore = server->step(message);
        }
        return;
    }
    case 4: {
        const auto server = sasl::makeServer("CRAM-MD5", {.cramMd5 = true, .challenge = "<1@host>"});
        return serve(*server, messages);
    }
    default: {
        sasl::ScramClient client(crypto::Hash::Sha256, {.name = "user", .password = "pencil"}, {});
        return connect(client, messages);
    }
    }
}
