#include "shared/crypto/certificate.h"
#include "shared/tls/engine.h"
#include "tests/support/test.h"

namespace {

struct Pair
{
    std::unique_ptr<tls::Engine> server;
    std::unique_ptr<tls::Engine> client;

    // Carries bytes both ways, `step` at a time, until nothing moves.
    void exchange(qsizetype step)
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

    tls::ServerOptions options() const
    {
        return {.certificatePem = m_issued.certificatePem, .keyPem = m_issued.keyPem, .names = {"localhost"}, .alpn = {}, .clientKeyAlpn = {}};
    }
    Pair connect(const tls::ServerOptions &serverOptions, const tls::ClientOptions &clientOptions, const QByteArray &name)
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
    }
    void talksAtEverySplit_data()
    {
        QTest::addColumn<int>("step");
        for (const int step : {1, 2, 7, 100, 100000})
            QTest::newRow(QByteArray::number(step).constData()) << step;
    }
    void talksAtEverySplit()
    {
        QFETCH(int, step);
        Pair pair = connect(options(), {.verify = true, .authoritiesPem = m_authority.certificatePem, .certificatePem = {}, .keyPem = {}}, "localhost");
        pair.exchange(step);
        QCOMPARE(pair.server->state(), tls::Engine::State::Open);
        QCOMPARE(pair.client->state(), tls::Engine::State::Open);
        QCOMPARE(pair.server->info().protocol, QByteArray("TLSv1.3"));
        QCOMPARE(pair.server->info().serverName, QByteArray("localhost"));
        QCOMPARE(pair.server->info().exporter, pair.client->info().exporter);
        QCOMPARE(pair.server->info().exporter.size(), 32);
        QCOMPARE(pair.server->info().serverEndPoint, pair.client->info().serverEndPoint);
        const QByteArray large(100'000, 'x');
        pair.client->write(large);
        pair.exchange(std::max(step, 64));
        QByteArray got;
        for (QByteArray part = pair.server->read(); !part.isEmpty(); part = pair.server->read())
            got += part;
        QCOMPARE(got.size(), large.size());
        pair.client->shutdown();
        pair.exchange(step);
        QVERIFY(pair.server->read().isEmpty());
        QCOMPARE(pair.server->state(), tls::Engine::State::Closed);
    }
    void wrongAuthorityIsRefused()
    {
        const auto other = *crypto::makeAuthority("Other", SystemClock().now(), std::chrono::days(10));
        Pair pair = connect(options(), {.verify = true, .authoritiesPem = other.certificatePem, .certificatePem = {}, .keyPem = {}}, "localhost");
        pair.exchange(1000);
        QCOMPARE(QByteArray(pair.client->failureReason()), QByteArray("bad certificate"));
    }
    void unknownNameIsRefusedWhereAsked()
    {
        auto strict = options();
        strict.unknownName = tls::UnknownName::Refuse;
        Pair pair = connect(strict, {}, "other.example");
        pair.exchange(1000);
        QCOMPARE(QByteArray(pair.server->failureReason()), QByteArray("unknown name"));
        Pair lax = connect(options(), {}, "other.example");
        lax.exchange(1000);
        QCOMPARE(lax.server->state(), tls::Engine::State::Open);
    }
    void plainTextIsNamed()
    {
        auto server = tls::Engine::server(*tls::Context::server(options()));
        server->feed("EHLO example.org\r\n");
        QCOMPARE(server->state(), tls::Engine::State::Failed);
        QCOMPARE(QByteArray(server->failureReason()), QByteArray("plain text"));
    }
    void clientKeyIsItsFingerprint()
    {
        auto asking = options();
        asking.askForClientKey = true;
        Pair pair = connect(asking, {.authoritiesPem = {}, .certificatePem = m_authority.certificatePem, .keyPem = m_authority.keyPem}, "localhost");
        pair.exchange(1000);
        QCOMPARE(pair.server->state(), tls::Engine::State::Open);
        QCOMPARE(pair.server->info().clientKeyFingerprint.size(), 43);
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
    }
};
POSTROOM_TEST(EngineTest)
#include "engine_test.moc"
