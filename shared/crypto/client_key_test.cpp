#include "shared/crypto/certificate.h"
#include "shared/crypto/client_key.h"
#include "shared/crypto/md5.h"
#include "tests/support/test.h"

#include <QFile>

namespace {

const Timestamp kNow = fromMilliseconds(1'800'000'000'000);

QByteArray file(const char *name)
{
    QFile in(QStringLiteral(POSTROOM_SOURCE_DIR "/tests/corpus/client_certificate/") + QLatin1StringView(name));
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

} // namespace

class ClientKeyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keysOfEachKind_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("type"); // empty = refused
        QTest::newRow("Ed25519") << QByteArray("ed25519.pem") << QByteArray("ed25519");
        QTest::newRow("P-256") << QByteArray("p256.pem") << QByteArray("ecdsa-p256");
        QTest::newRow("P-384") << QByteArray("p384.pem") << QByteArray("ecdsa-p384");
        QTest::newRow("RSA 2048") << QByteArray("rsa2048.pem") << QByteArray("rsa-2048");
        QTest::newRow("RSA 2047") << QByteArray("rsa2047.pem") << QByteArray();
        QTest::newRow("RSA 1024") << QByteArray("rsa1024.pem") << QByteArray();
        QTest::newRow("P-256 with its curve written out") << QByteArray("explicit.pem") << QByteArray();
        QTest::newRow("P-521") << QByteArray("p521.pem") << QByteArray();
        QTest::newRow("Ed448") << QByteArray("ed448.pem") << QByteArray();
    }
    void keysOfEachKind()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, type);
        const QByteArray pem = file(name.constData());
        QVERIFY(!pem.isEmpty());
        const auto key = crypto::readClientCertificatePem(pem);
        QCOMPARE(key ? key->type : QByteArray(), type);
        if (!key)
            QVERIFY(!publicText(key.error()).isEmpty() && key.error().code == QLatin1StringView("bad-certificate"));
        else
            QCOMPARE(key->name, QByteArray("A device"));
    }
    void theFingerprintIsThatOfTheKey()
    {
        const auto made = crypto::makeDeviceCertificate("Ann's phone", kNow, std::chrono::days(1));
        const auto key = crypto::readClientCertificatePem(made->certificatePem);
        QVERIFY(key);
        QCOMPARE(key->fingerprint.size(), 43);
        QCOMPARE(key->name, QByteArray("Ann's phone"));
        const auto again = crypto::readClientCertificatePem(crypto::certificatePem(key->certificateDer));
        QCOMPARE(again->fingerprint, key->fingerprint);
        // As openssl x509 -pubkey | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | base64 has it.
        QCOMPARE(crypto::readClientCertificatePem(file("p256.pem"))->fingerprint, file("p256.fingerprint").trimmed());
    }
    void otherTextsAreRefused()
    {
        const auto made = crypto::makeDeviceCertificate("x", kNow, std::chrono::days(1));
        QVERIFY(!crypto::readClientCertificatePem({}));
        QVERIFY(!crypto::readClientCertificatePem("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"));
        QVERIFY(!crypto::readClientCertificatePem(made->keyPem));
        const auto both = crypto::readClientCertificatePem(made->keyPem + made->certificatePem);
        QVERIFY(!both && publicText(both.error()).contains(QLatin1StringView("private key")));
        QVERIFY(!crypto::readClientCertificatePem(made->certificatePem + made->certificatePem));
        QVERIFY(crypto::readClientCertificatePem("a note\n" + made->certificatePem));
        const QByteArray der = crypto::readClientCertificatePem(made->certificatePem)->certificateDer;
        QVERIFY(!crypto::readClientCertificate(der + 'x'));
        QVERIFY(!crypto::readClientCertificate(der.chopped(1)));
        QVERIFY(!crypto::readClientCertificate(QByteArray(20'000, '0')));
    }
    void hmacMd5AsRfc2202() // section 2
    {
        const auto hmac = [](const QByteArray &key, const QByteArray &data) {
            return crypto::hmacMd5(crypto::hmacMd5State(key), data).toHex();
        };
        QCOMPARE(hmac(QByteArray(16, 0x0b), "Hi There"), QByteArray("9294727a3638bb1c13f48ef8158bfc9d"));
        QCOMPARE(hmac("Jefe", "what do ya want for nothing?"), QByteArray("750c783e6ab0b503eaa86e310a5db738"));
        QCOMPARE(hmac(QByteArray(80, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First"),
                 QByteArray("6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd"));
        QCOMPARE(crypto::hmacMd5("short", "data"), QByteArray());
    }
};
POSTROOM_TEST(ClientKeyTest)
#include "client_key_test.moc"
