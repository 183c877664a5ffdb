#include "shared/crypto/certificate.h"
#include "shared/crypto/key.h"
#include "tests/support/test.h"

#include <openssl/evp.h>
#include <openssl/pem.h>

Q_DECLARE_METATYPE(crypto::KeyKind)

class KeyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void makesKeysThatReadBack_data()
    {
        QTest::addColumn<crypto::KeyKind>("kind");
        QTest::addColumn<int>("leastBytes");
        QTest::newRow("P-256") << crypto::KeyKind::P256 << 91;
        QTest::newRow("Ed25519") << crypto::KeyKind::Ed25519 << 44;
        QTest::newRow("RSA") << crypto::KeyKind::Rsa2048 << 290;
    }
    void makesKeysThatReadBack()
    {
        QFETCH(crypto::KeyKind, kind);
        QFETCH(int, leastBytes);
        const auto pem = crypto::makeKey(kind);
        QVERIFY(pem && pem->startsWith("-----BEGIN PRIVATE KEY-----\n"));
        QCOMPARE(*crypto::normaliseKey(*pem), *pem);
        QVERIFY(crypto::publicKeyDer(*pem)->size() >= leastBytes);
        QCOMPARE(crypto::keyFingerprint(*pem)->size(), 43);
        QVERIFY(*crypto::keyFingerprint(*pem) != *crypto::keyFingerprint(*crypto::makeKey(kind)));
    }
    void certificateAndKeyHaveOneFingerprint()
    {
        const auto device = crypto::makeDeviceCertificate("Ann's phone", SystemClock().now(), std::chrono::days(3650));
        QVERIFY(device);
        QCOMPARE(*crypto::certificateFingerprint(device->certificatePem), *crypto::keyFingerprint(device->keyPem));
    }
    void refusesWhatIsNoUsableKey_data()
    {
        QTest::addColumn<QByteArray>("pem");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("not a key");
        QTest::newRow("cut") << crypto::makeKey(crypto::KeyKind::P256)->first(80);
        QTest::newRow("encrypted") << QByteArray("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                                                 "MIGjMF8GCSqGSIb3DQEFDTBSMDEGCSqGSIb3DQEFDDAkBBAAAAAAAAAAAAAAAAAA\n"
                                                 "-----END ENCRYPTED PRIVATE KEY-----\n");
        QTest::newRow("certificate")
            << crypto::makeDeviceCertificate("x", SystemClock().now(), std::chrono::days(1))->certificatePem;
    }
    void refusesWhatIsNoUsableKey()
    {
        QFETCH(QByteArray, pem);
        QVERIFY(!crypto::normaliseKey(pem));
        QVERIFY(!crypto::keyFingerprint(pem));
        QCOMPARE(crypto::publicKeyDer(pem).error().kind, ErrorKind::Syntax);
    }
    void rsaKeysHaveAtLeast1024Bits_data()
    {
        QTest::addColumn<int>("bits");
        QTest::addColumn<bool>("good");
        QTest::newRow("one less") << 1023 << false;
        QTest::newRow("least") << 1024 << true;
        QTest::newRow("one more") << 1025 << true;
    }
    void rsaKeysHaveAtLeast1024Bits()
    {
        QFETCH(int, bits);
        EVP_PKEY *key = EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", static_cast<size_t>(bits));
        BIO *memory = BIO_new(BIO_s_mem());
        PEM_write_bio_PKCS8PrivateKey(memory, key, nullptr, nullptr, 0, nullptr, nullptr);
        char *data = nullptr;
        const auto size = BIO_get_mem_data(memory, &data);
        const QByteArray pem(data, size);
        BIO_free(memory);
        EVP_PKEY_free(key);
        QTEST(crypto::normaliseKey(pem).has_value(), "good");
    }
    void fingerprintOfNonsenseIsAnError() { QVERIFY(!crypto::certificateFingerprint("nonsense")); }
};
POSTROOM_TEST(KeyTest)
#include "key_test.moc"
