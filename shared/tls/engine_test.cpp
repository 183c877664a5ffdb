#include "shared/crypto/certificate.h"
#include "shared/crypto/key.h"
#include "shared/tls/engine.h"
#include "tests/support/test.h"

#include <openssl/ssl.h>

#include <malloc.h>

using Reason = QByteArray;

namespace {

struct Pair
{
    std::unique_ptr<tls::Engine> server;
    std::unique_ptr<tls::Engine> client;

    // Carries bytes both ways, `step` at a time, until nothing moves.
    void exchange(qsizetype step = 1000)
    {
        QByteArray toServer;
        QByteArray toClient;
        for (;;) {
            toServer += client->takeCiphertext();
            toClient += server->takeCiphertext();
            if (toServer.isEmpty() && toClient.isEmpty())
                return;
            if (!toServer.isEmpty())
                server->feed(toServer.first(std::min(step, toServer.size())));
            toServer.remove(0, step);
            if (!toClient.isEmpty())
                client->feed(toClient.first(std::min(step, toClient.size())));
            toClient.remove(0, step);
        }
    }
};

} // namespace

class EngineTest : public QObject
{
    Q_OBJECT
    crypto::KeyAndCertificate m_authority;
    crypto::KeyAndCertificate m_issued;
    crypto::KeyAndCertificate m_other;
    crypto::KeyAndCertificate m_device;

    tls::ClientOptions verifying() const { return {.verify = true, .authoritiesPem = m_authority.certificatePem}; }
    tls::ClientOptions withKey() const
    {
        return {.certificatePem = m_device.certificatePem, .keyPem = m_device.keyPem};
    }
    tls::ServerOptions options() const
    {
        return {.certificatePem = m_issued.certificatePem,
                .keyPem = m_issued.keyPem,
                .names = {"localhost"},
                .alpn = {},
                .clientKeyAlpn = {}};
    }
    static QByteArray allOf(tls::Engine &engine)
    {
        QByteArray all;
        for (QByteArray part = engine.read(); !part.isEmpty(); part = engine.read())
            all += part;
        return all;
    }
    Pair connect(const tls::ServerOptions &serverOptions, const tls::ClientOptions &clientOptions,
                 const QByteArray &name)
    {
        Pair pair;
        pair.server = tls::Engine::server(*tls::Context::server(serverOptions));
        pair.client = tls::Engine::client(*tls::Context::client(clientOptions), name);
        return pair;
    }
private Q_SLOTS:
    void initTestCase()
    {
        const Timestamp now = SystemClock().now();
        m_authority = *crypto::makeAuthority("Test", now, std::chrono::days(10));
        m_issued = *crypto::issueCertificate(m_authority, {"localhost", "127.0.0.1"}, now, std::chrono::days(5));
        m_other = *crypto::issueCertificate(m_authority, {"mail.example", "*.wild.example"}, now, std::chrono::days(5));
        m_device = *crypto::makeDeviceCertificate("phone", now, std::chrono::days(5));
    }
    void talksAtEverySplit_data()
    {
        QTest::addColumn<tls::Version>("version");
        QTest::addColumn<int>("step");
        for (const int step : {1, 2, 3, 5, 7, 64, 100, 1000, 100000}) {
            QTest::addRow("1.2 by %d", step) << tls::Version::Tls12 << step;
            QTest::addRow("1.3 by %d", step) << tls::Version::Tls13 << step;
        }
    }
    void talksAtEverySplit()
    {
        QFETCH(tls::Version, version);
        QFETCH(int, step);
        auto clientOptions = verifying();
        clientOptions.mostVersion = version;
        Pair pair = connect(options(), clientOptions, "localhost");
        pair.exchange(step);
        QCOMPARE(pair.server->state(), tls::Engine::State::Open);
        QCOMPARE(pair.client->state(), tls::Engine::State::Open);
        const tls::Info &server = pair.server->info();
        QCOMPARE(server.protocol, version == tls::Version::Tls12 ? QByteArray("TLSv1.2") : QByteArray("TLSv1.3"));
        QVERIFY(!server.cipher.isEmpty() && !server.resumed && server.alpn.isEmpty() &&
                server.clientKeyFingerprint.isEmpty());
        QCOMPARE(server.serverName, QByteArray("localhost"));
        QCOMPARE(server.exporter.size(), 32);
        QCOMPARE(server.exporter, pair.client->info().exporter);
        QCOMPARE(server.tlsUnique.size(), version == tls::Version::Tls12 ? 12 : 0);
        QCOMPARE(server.tlsUnique, pair.client->info().tlsUnique);
        QCOMPARE(server.serverEndPoint.size(), 32);
        QCOMPARE(server.serverEndPoint, pair.client->info().serverEndPoint);
        const QByteArray large(100'000, 'x');
        pair.client->write(large);
        QVERIFY(pair.client->pendingCiphertext() > large.size());
        pair.exchange(std::max(step, 64));
        QCOMPARE(pair.client->pendingCiphertext(), 0);
        QVERIFY(pair.server->pendingInput() > large.size());
        QCOMPARE(allOf(*pair.server).size(), large.size());
        QCOMPARE(pair.server->pendingInput(), 0);
        pair.client->shutdown();
        pair.exchange(step);
        QVERIFY(pair.server->read().isEmpty());
        QCOMPARE(pair.server->state(), tls::Engine::State::Closed);
        QVERIFY(!pair.server->truncated());
    }
    void certificateFollowsTheName_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<bool>("open");     // where unknown names are refused
        QTest::addColumn<bool>("verified"); // where they are not, and the client looks
        QTest::newRow("default") << QByteArray("localhost") << true << true;
        QTest::newRow("other") << QByteArray("mail.example") << true << true;
        QTest::newRow("capitals") << QByteArray("MAIL.Example") << true << true;
        QTest::newRow("star") << QByteArray("a.wild.example") << true << true;
        QTest::newRow("two labels for a star") << QByteArray("a.b.wild.example") << false << false;
        QTest::newRow("none for a star") << QByteArray("wild.example") << false << false;
        QTest::newRow("unknown") << QByteArray("unknown.example") << false << false;
        QTest::newRow("address, so no name") << QByteArray("127.0.0.1") << true << true;
        QTest::newRow("wrong address") << QByteArray("127.0.0.2") << true << false;
    }
    void certificateFollowsTheName()
    {
        QFETCH(QByteArray, name);
        QFETCH(bool, open);
        QFETCH(bool, verified);
        auto serverOptions = options();
        serverOptions.names.clear(); // as in the certificates
        serverOptions.moreCertificates = {
            {.certificatePem = m_other.certificatePem, .keyPem = m_other.keyPem, .names = {}}};
        serverOptions.alpn = {"imap"};
        Pair lax = connect(serverOptions,
                           {.verify = true, .authoritiesPem = m_authority.certificatePem, .alpn = {"imap"}}, name);
        lax.exchange();
        QCOMPARE(lax.client->state() == tls::Engine::State::Open, verified);
        if (verified) {
            QCOMPARE(lax.server->info().alpn, QByteArray("imap"));
            QCOMPARE(lax.server->info().serverEndPoint, lax.client->info().serverEndPoint);
        }
        serverOptions.unknownName = tls::UnknownName::Refuse;
        Pair strict = connect(serverOptions, {}, name);
        strict.exchange();
        QCOMPARE(Reason(strict.server->failureReason()), open ? Reason() : Reason("unknown name"));
        QVERIFY(open || strict.server->info().serverName == name); // the log says which name it was
        QCOMPARE(Reason(strict.client->failureReason()), open ? Reason() : Reason("alert unrecognized_name"));
    }
    void protocolIsTheServersFirst_data()
    {
        QTest::addColumn<QList<QByteArray>>("offered");
        QTest::addColumn<QByteArray>("chosen");
        QTest::newRow("none offered") << QList<QByteArray>{} << QByteArray();
        QTest::newRow("one") << QList<QByteArray>{"imap"} << QByteArray("imap");
        QTest::newRow("server's order") << QList<QByteArray>{"h2", "smtp", "imap"} << QByteArray("imap");
        QTest::newRow("nothing in common") << QList<QByteArray>{"h2", "imaps"} << QByteArray("refused");
    }
    void protocolIsTheServersFirst()
    {
        QFETCH(QList<QByteArray>, offered);
        QFETCH(QByteArray, chosen);
        auto serverOptions = options();
        serverOptions.alpn = {"http/1.1", "imap", "smtp"};
        Pair pair = connect(serverOptions, {.alpn = offered}, "localhost");
        pair.exchange();
        if (chosen == "refused") {
            QCOMPARE(Reason(pair.server->failureReason()), Reason("no application protocol"));
            QCOMPARE(Reason(pair.client->failureReason()), Reason("alert no_application_protocol"));
            return;
        }
        QCOMPARE(pair.server->info().alpn, chosen);
        QCOMPARE(pair.client->info().alpn, chosen);
    }
    void keyIsAskedForByProtocol()
    {
        auto serverOptions = options();
        serverOptions.alpn = {"http/1.1", "imap", "smtp"};
        serverOptions.askForClientKey = true;
        serverOptions.clientKeyAlpn = {"imap", "smtp"};
        for (const auto version : {tls::Version::Tls12, tls::Version::Tls13}) {
            for (const QByteArray &protocol : serverOptions.alpn + QList<QByteArray>{""}) {
                auto clientOptions = withKey();
                clientOptions.mostVersion = version;
                if (!protocol.isEmpty())
                    clientOptions.alpn = {protocol};
                Pair pair = connect(serverOptions, clientOptions, "localhost");
                pair.exchange();
                QCOMPARE(pair.server->info().alpn, protocol);
                QCOMPARE(!pair.server->info().clientKeyFingerprint.isEmpty(),
                         serverOptions.clientKeyAlpn.contains(protocol));
            }
        }
    }
    void resumesWithClientKey_data()
    {
        QTest::addColumn<tls::Version>("version");
        QTest::newRow("1.2") << tls::Version::Tls12;
        QTest::newRow("1.3") << tls::Version::Tls13;
    }
    void resumesWithClientKey()
    {
        QFETCH(tls::Version, version);
        auto serverOptions = options();
        serverOptions.askForClientKey = true;
        auto clientOptions = withKey();
        clientOptions.mostVersion = version;
        const auto server = *tls::Context::server(serverOptions);
        const auto client = *tls::Context::client(clientOptions);
        Pair first{tls::Engine::server(server), tls::Engine::client(client, "localhost")};
        first.exchange();
        std::ignore = first.client->read(); // tickets of TLS 1.3 come after the handshake
        const QByteArray session = first.client->takeSession();
        QVERIFY(!session.isEmpty());
        Pair second{tls::Engine::server(server), tls::Engine::client(client, "localhost", session)};
        second.exchange();
        QCOMPARE(second.server->state(), tls::Engine::State::Open);
        QVERIFY(second.server->info().resumed && second.client->info().resumed);
        QCOMPARE(second.server->info().clientKeyFingerprint, *crypto::certificateFingerprint(m_device.certificatePem));
        QCOMPARE(second.server->info().exporter, second.client->info().exporter);
        QVERIFY(second.server->info().exporter != first.server->info().exporter);
        QCOMPARE(second.server->info().tlsUnique, second.client->info().tlsUnique);
        QCOMPARE(second.server->info().serverEndPoint, second.client->info().serverEndPoint);
    }
    // A ticket of one context opens in another with the same keys (changed settings), and after one rotation.
    void ticketsOutliveOneRotation_data()
    {
        QTest::addColumn<tls::Version>("version");
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("1.2") << tls::Version::Tls12 << QByteArray("localhost");
        QTest::newRow("1.3") << tls::Version::Tls13 << QByteArray("localhost");
        QTest::newRow("1.2, second certificate") << tls::Version::Tls12 << QByteArray("mail.example");
        QTest::newRow("1.3, second certificate") << tls::Version::Tls13 << QByteArray("mail.example");
    }
    void ticketsOutliveOneRotation()
    {
        QFETCH(tls::Version, version);
        QFETCH(QByteArray, name);
        const auto keys = std::make_shared<tls::TicketKeys>();
        auto serverOptions = options();
        serverOptions.moreCertificates = {
            {.certificatePem = m_other.certificatePem, .keyPem = m_other.keyPem, .names = {}}};
        serverOptions.ticketKeys = keys;
        const auto client = *tls::Context::client({.mostVersion = version});
        Pair first{tls::Engine::server(*tls::Context::server(serverOptions)), tls::Engine::client(client, name)};
        first.exchange();
        std::ignore = first.client->read();
        const QByteArray session = first.client->takeSession();
        QVERIFY(!session.isEmpty());
        const auto again = *tls::Context::server(serverOptions);
        auto otherOptions = serverOptions;
        otherOptions.ticketKeys = std::make_shared<tls::TicketKeys>();
        const auto elsewhere = *tls::Context::server(otherOptions);
        const auto resumes = [&](const std::shared_ptr<const tls::Context> &server) {
            Pair pair{tls::Engine::server(server), tls::Engine::client(client, name, session)};
            pair.exchange();
            std::ignore = pair.client->read();
            return pair.server->state() == tls::Engine::State::Open && pair.server->info().resumed &&
                   !pair.client->takeSession().isEmpty();
        };
        QVERIFY(resumes(again));
        QVERIFY(!resumes(elsewhere));
        keys->rotate();
        QVERIFY(resumes(again));
        keys->rotate();
        QVERIFY(!resumes(again));
    }
    void ciphersWithoutForwardSecrecyAreForMailServers()
    {
        const auto client = *tls::Context::client({.mostVersion = tls::Version::Tls12});
        SSL_CTX_set_cipher_list(client->native(), "ECDHE-ECDSA-AES128-SHA256"); // CBC
        for (const bool wide : {false, true}) {
            auto serverOptions = options();
            serverOptions.wideCiphers = wide;
            Pair pair{tls::Engine::server(*tls::Context::server(serverOptions)),
                      tls::Engine::client(client, "localhost")};
            pair.exchange();
            QCOMPARE(Reason(pair.server->failureReason()), wide ? Reason() : Reason("no shared cipher"));
        }
    }
    void withoutTicketsNothingResumes()
    {
        auto serverOptions = options();
        serverOptions.tickets = false;
        for (const auto version : {tls::Version::Tls12, tls::Version::Tls13}) {
            Pair pair = connect(serverOptions, {.mostVersion = version}, "localhost");
            pair.exchange();
            std::ignore = pair.client->read();
            QCOMPARE(pair.client->takeSession(), QByteArray());
        }
    }
    void endOfStreamIsTold()
    {
        auto server = tls::Engine::server(*tls::Context::server(options()));
        server->feed({});
        QCOMPARE(Reason(server->failureReason()), Reason("eof"));
        Pair pair = connect(options(), {}, "localhost");
        pair.exchange();
        pair.client->write("last words");
        pair.server->feed(pair.client->takeCiphertext());
        pair.server->feed({});
        QCOMPARE(pair.server->read(), QByteArray("last words"));
        QVERIFY(pair.server->read().isEmpty());
        QCOMPARE(pair.server->state(), tls::Engine::State::Closed);
        QVERIFY(pair.server->truncated());
    }
    void oldVersionIsNamed()
    {
        auto modern = options();
        modern.leastVersion = tls::Version::Tls13;
        Pair pair = connect(modern, {.mostVersion = tls::Version::Tls12}, "localhost");
        pair.exchange();
        QCOMPARE(Reason(pair.server->failureReason()), Reason("old version"));
        QCOMPARE(Reason(pair.client->failureReason()), Reason("alert protocol_version"));
        const auto ancient = *tls::Context::client({});
        SSL_CTX_set_min_proto_version(ancient->native(), TLS1_VERSION);
        SSL_CTX_set_max_proto_version(ancient->native(), TLS1_1_VERSION);
        SSL_CTX_set_cipher_list(ancient->native(), "ALL:@SECLEVEL=0");
        Pair old{tls::Engine::server(*tls::Context::server(options())), tls::Engine::client(ancient, "localhost")};
        old.exchange();
        QCOMPARE(Reason(old.server->failureReason()), Reason("old version"));
        QVERIFY(old.server->info().protocol.isEmpty() && old.server->info().cipher.isEmpty()); // none was agreed on
    }
    void noSharedCipherIsNamed()
    {
        const auto client = *tls::Context::client({.mostVersion = tls::Version::Tls12});
        SSL_CTX_set_cipher_list(client->native(), "ECDHE-RSA-AES128-GCM-SHA256"); // our key is EC
        Pair pair{tls::Engine::server(*tls::Context::server(options())), tls::Engine::client(client, "localhost")};
        pair.exchange();
        QCOMPARE(Reason(pair.server->failureReason()), Reason("no shared cipher"));
        QCOMPARE(Reason(pair.client->failureReason()), Reason("alert handshake_failure"));
    }
    void refusalOfOurCertificateIsNamed()
    {
        for (const auto version : {tls::Version::Tls12, tls::Version::Tls13}) {
            const auto other = *crypto::makeAuthority("Other", SystemClock().now(), std::chrono::days(10));
            Pair pair =
                connect(options(), {.verify = true, .authoritiesPem = other.certificatePem, .mostVersion = version},
                        "localhost");
            pair.exchange();
            QCOMPARE(Reason(pair.server->failureReason()), Reason("alert unknown_ca"));
            const bool tls12 = version == tls::Version::Tls12;
            QCOMPARE(pair.server->info().protocol, tls12 ? QByteArray("TLSv1.2") : QByteArray("TLSv1.3"));
            QVERIFY(!pair.server->info().cipher.isEmpty());
            QCOMPARE(pair.server->info().serverName, QByteArray("localhost"));
        }
    }
    void damagedRecordIsNamed()
    {
        Pair pair = connect(options(), {}, "localhost");
        pair.exchange();
        pair.client->write("hello");
        QByteArray record = pair.client->takeCiphertext();
        record.back() = static_cast<char>(record.back() ^ 1);
        pair.server->feed(record);
        QVERIFY(pair.server->read().isEmpty());
        QCOMPARE(pair.server->state(), tls::Engine::State::Failed);
        QCOMPARE(Reason(pair.server->failureReason()), Reason("bad record"));
    }
    void idleConnectionIsSmall()
    {
        static constexpr int kConnections = 100;
        const auto server = *tls::Context::server(options());
        const auto client = *tls::Context::client({});
        std::vector<Pair> pairs;
        pairs.reserve(kConnections);
        const auto before = mallinfo2().uordblks;
        for (int i = 0; i < kConnections; ++i) {
            Pair &pair = pairs.emplace_back(tls::Engine::server(server), tls::Engine::client(client, "localhost"));
            pair.exchange();
            pair.client->write(QByteArray(60'000, 'x'));
            pair.exchange(100'000);
            std::ignore = allOf(*pair.server);
            pair.server->write(QByteArray(60'000, 'x'));
            std::ignore = pair.server->takeCiphertext();
            pair.client.reset();
        }
        const auto each = (mallinfo2().uordblks - before) / kConnections; // a sanitizer's allocator reports nothing
        qInfo("%zu bytes each", each);
        QVERIFY(each < size_t(30 * 1024));
    }
    void wrongAuthorityIsRefused()
    {
        const auto other = *crypto::makeAuthority("Other", SystemClock().now(), std::chrono::days(10));
        Pair pair = connect(
            options(), {.verify = true, .authoritiesPem = other.certificatePem, .certificatePem = {}, .keyPem = {}},
            "localhost");
        pair.exchange(1000);
        QCOMPARE(QByteArray(pair.client->failureReason()), QByteArray("bad certificate"));
    }
    void plainTextIsNamed()
    {
        for (const char *text : {"EHLO example.org\r\n", "GET / HTTP/1.1\r\n\r\n", "a1 LOGIN ann secret\r\n",
                                 "CONNECT x:25 HTTP/1.1\r\n"}) {
            auto server = tls::Engine::server(*tls::Context::server(options()));
            server->feed(text);
            QCOMPARE(server->state(), tls::Engine::State::Failed);
            QCOMPARE(Reason(server->failureReason()), Reason("plain text"));
        }
        auto client = tls::Engine::client(*tls::Context::client({}), "localhost");
        client->feed("220 mx.example ESMTP\r\n");
        QCOMPARE(Reason(client->failureReason()), Reason("plain text"));
    }
    void clientKeyIsItsFingerprint()
    {
        auto asking = options();
        asking.askForClientKey = true;
        Pair pair = connect(
            asking, {.authoritiesPem = {}, .certificatePem = m_authority.certificatePem, .keyPem = m_authority.keyPem},
            "localhost");
        pair.exchange(1000);
        QCOMPARE(pair.server->state(), tls::Engine::State::Open);
        QCOMPARE(pair.server->info().clientKeyFingerprint, *crypto::keyFingerprint(m_authority.keyPem));
        Pair without = connect(asking, {}, "localhost");
        without.exchange(1000);
        QCOMPARE(without.server->state(), tls::Engine::State::Open);
        QVERIFY(without.server->info().clientKeyFingerprint.isEmpty());
    }
    void mismatchedKeyIsAnError()
    {
        auto wrong = options();
        wrong.keyPem = m_authority.keyPem;
        QVERIFY(!tls::Context::server(wrong));
        auto wrongSecond = options();
        wrongSecond.moreCertificates = {
            {.certificatePem = m_other.certificatePem, .keyPem = m_issued.keyPem, .names = {}}};
        QVERIFY(!tls::Context::server(wrongSecond));
        QVERIFY(!tls::Context::server({}));
        QVERIFY(!tls::Context::client({.verify = true, .authoritiesPem = "nonsense"}));
        QVERIFY(!tls::Context::client({.certificatePem = m_device.certificatePem, .keyPem = "nonsense"}));
    }
};
POSTROOM_TEST(EngineTest)
#include "engine_test.moc"
