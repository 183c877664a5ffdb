// Deliveries to hosts with TLSA records: the right key, another key, records that could not be looked up.
#include "daemon/reports/tls_results.h"
#include "shared/crypto/certificate.h"
#include "shared/crypto/crypto.h"
#include "shared/crypto/key.h"
#include "shared/tls/context.h"
#include "tests/support/queue_fixture.h"

using namespace queue;

class TlsDeliveryTest : public test::QueueFixture
{
    Q_OBJECT
    crypto::KeyAndCertificate m_server;
    QByteArray m_digest;

    void listenWithTls()
    {
        m_sink->extensions = "250-STARTTLS\r\n";
        listen(*tls::Context::server({.certificatePem = m_server.certificatePem, .keyPem = m_server.keyPem}));
    }
    void hostHas(const Dane &dane)
    {
        m_hosts = [dane](const QByteArray &) {
            return MailHosts{
                .hosts = {{.name = "mx.there.test", .addresses = {*IpAddress::parse("127.0.0.1")}, .dane = dane}},
                .failure = {},
                .authentic = true};
        };
    }
    static Dane key(const QByteArray &digest)
    {
        return {.state = DaneState::Usable,
                .records = {{.usage = 3, .selector = 1, .matching = 1, .data = digest}},
                .names = {"mx.there.test"},
                .why = {}};
    }
    api::DeliveryHost page()
    {
        const auto hosts = reports::deliveryPolicy(**m_store->reader(), "there.test", m_clock.now())->hosts;
        return hosts.isEmpty() ? api::DeliveryHost{} : hosts.first();
    }
    QString lastError() { return waiting().isEmpty() ? QString() : waiting().first().lastError; }

private Q_SLOTS:
    void initTestCase()
    {
        const Timestamp now = m_clock.now();
        const auto authority = *crypto::makeAuthority("x", now, std::chrono::days(10));
        m_server = *crypto::issueCertificate(authority, {"mx.there.test"}, now, std::chrono::days(5));
        m_digest = crypto::digest(crypto::Hash::Sha256, *crypto::publicKeyDer(m_server.keyPem));
    }
    void init() { QueueFixture::init(); }
    void cleanup() { QueueFixture::cleanup(); }
    void theRightKey()
    {
        listenWithTls();
        hostHas(key(m_digest));
        QVERIFY(m_queue->start());
        send({"bob@there.test"});
        QTRY_VERIFY(m_sink->messageCount() == 1 && waiting().isEmpty());
        QCOMPARE(m_sink->linesThatStart("STARTTLS").size(), 1);
        QCOMPARE(page().by, QStringLiteral("dane"));
        QCOMPARE(page().failure, QString());
        QVERIFY(page().tls.startsWith(u"TLSv1"));
    }
    void anotherKey()
    {
        listenWithTls();
        hostHas(key(QByteArray(32, 'x')));
        QVERIFY(m_queue->start());
        send({"bob@there.test"});
        QTRY_VERIFY(lastError().contains(u"certificate"));
        QCOMPARE(m_sink->linesThatStart("MAIL").size(), 0);
        QCOMPARE(m_sink->connections, 1); // not again in clear
        QCOMPARE(page().failure, QStringLiteral("validation-failure"));
        const auto sums = *reports::listTlsResults(**m_store->reader(), "there.test", m_clock.now());
        QCOMPARE(sums.size(), 1);
        QCOMPARE(sums.first().policy, QStringLiteral("tlsa"));
        QCOMPARE(sums.first().sessions, 1);
    }
    void noTlsAtAll()
    {
        listen();
        hostHas(key(m_digest));
        QVERIFY(m_queue->start());
        send({"bob@there.test"});
        QTRY_VERIFY(lastError().contains(u"TLS is required"));
        QCOMPARE(m_sink->linesThatStart("MAIL").size(), 0);
        QCOMPARE(page().failure, QStringLiteral("starttls-not-supported"));
    }
    void recordsThatCouldNotBeLookedUp()
    {
        listenWithTls();
        hostHas({.state = DaneState::Failed, .records = {}, .names = {}, .why = "timeout"});
        QVERIFY(m_queue->start());
        send({"bob@there.test"});
        QTRY_VERIFY(lastError().contains(u"TLSA records could not be looked up: timeout"));
        QCOMPARE(m_sink->connections, 0);
        QCOMPARE(page().failure, QStringLiteral("dnssec-invalid"));
    }
    void recordsOfNoUseWantTlsOfAnybody()
    {
        listenWithTls();
        hostHas({.state = DaneState::Unusable, .records = {}, .names = {}, .why = {}});
        QVERIFY(m_queue->start());
        send({"bob@there.test"});
        QTRY_COMPARE(m_sink->messageCount(), 1);
        QCOMPARE(m_sink->linesThatStart("STARTTLS").size(), 1);
    }
};

POSTROOM_TEST(TlsDeliveryTest)
#include "tls_delivery_test.moc"
