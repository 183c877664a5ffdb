// Bytes of a hostile peer, to a server and to a client, in slices the input itself chooses: no crash, and every failure
// has a name.
#include "shared/crypto/certificate.h"
#include "shared/tls/engine.h"

#include <cstdlib>

void fuzz(QByteArrayView input);

namespace {

std::shared_ptr<const tls::Context> serverContext()
{
    static const auto kContext = [] {
        const Timestamp now = SystemClock().now();
        const auto authority = crypto::makeAuthority("Fuzz", now, std::chrono::days(10));
        const auto issued = crypto::issueCertificate(*authority, {"localhost"}, now, std::chrono::days(10));
        return *tls::Context::server({.certificatePem = issued->certificatePem,
                                      .keyPem = issued->keyPem,
                                      .names = {"localhost"},
                                      .unknownName = tls::UnknownName::Refuse,
                                      .alpn = {"imap", "smtp"},
                                      .askForClientKey = true,
                                      .clientKeyAlpn = {}});
    }();
    return kContext;
}

// First byte of each slice: its length.
void feedSlices(tls::Engine &engine, QByteArrayView input)
{
    while (!input.isEmpty()) {
        const auto length = std::min<qsizetype>(static_cast<unsigned char>(input.front()), input.size() - 1);
        engine.feed(input.sliced(1, length));
        input = input.sliced(1 + length);
        std::ignore = engine.takeCiphertext();
        while (!engine.read().isEmpty())
            continue;
        const bool failed = engine.state() == tls::Engine::State::Failed;
        if (failed != (*engine.failureReason() != '\0'))
            std::abort();
    }
    engine.feed({});
    std::ignore = engine.read();
    if (engine.state() != tls::Engine::State::Failed && engine.state() != tls::Engine::State::Closed)
        std::abort();
    engine.write("x");
    engine.shutdown();
    std::ignore = engine.takeCiphertext();
}

} // namespace

void fuzz(QByteArrayView input)
{
    if (input.isEmpty())
        return;
    static const auto kClient = *tls::Context::client({.alpn = {"imap"}});
    const bool toServer = input.front() % 2 == 0;
    const auto engine = toServer ? tls::Engine::server(serverContext()) : tls::Engine::client(kClient, "localhost");
    feedSlices(*engine, input.sliced(1));
}
