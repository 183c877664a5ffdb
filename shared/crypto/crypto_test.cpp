#include "shared/crypto/certificate.h"
#include "shared/crypto/crypto.h"
#include "shared/crypto/digest.h"
#include "tests/support/test.h"

class CryptoTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void derivesAsRfc6070() // PBKDF2-HMAC-SHA1 test vector 2
    {
        QCOMPARE(crypto::pbkdf2(crypto::Hash::Sha1, "password", "salt", 2).toHex(),
                 QByteArray("ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957"));
    }
    void hmacsAsRfc4231() // test case 2
    {
        QCOMPARE(crypto::hmac(crypto::Hash::Sha256, "Jefe", "what do ya want for nothing?").toHex(),
                 QByteArray("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    }
    void passwordsVerify()
    {
        const QByteArray encoded = crypto::hashPassword("secret");
        QVERIFY(encoded.startsWith("$argon2id$v=19$"));
        QVERIFY(crypto::verifyPassword("secret", encoded));
        QVERIFY(!crypto::verifyPassword("Secret", encoded));
        QVERIFY(!crypto::verifyPassword("secret", "$argon2id$broken"));
        QVERIFY(encoded != crypto::hashPassword("secret"));
    }
    void issuesCertificates()
    {
        const Timestamp now = fromMilliseconds(1'800'000'000'000);
        const auto authority = crypto::makeAuthority("Test authority", now, std::chrono::days(10));
        QVERIFY(authority);
        const auto issued =
            crypto::issueCertificate(*authority, {"localhost", "127.0.0.1", "::1"}, now, std::chrono::days(5));
        QVERIFY(issued);
        QCOMPARE(*crypto::notAfter(issued->certificatePem), now - std::chrono::hours(1) + std::chrono::days(5));
        QVERIFY(!crypto::notAfter("nonsense"));
        QCOMPARE(*crypto::names(issued->certificatePem), (QList<QByteArray>{"localhost", "127.0.0.1", "::1"}));
        QVERIFY(crypto::names(authority->certificatePem)->isEmpty());
        QVERIFY(!crypto::names("nonsense"));
    }
    void refusesOddNames_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char *name : {"", "*.", "a,DNS:b", "a b", "a:b", "a\n", "email:me"})
            QTest::newRow(name) << QByteArray(name);
    }
    void refusesOddNames()
    {
        QFETCH(QByteArray, name);
        const Timestamp now = fromMilliseconds(1'800'000'000'000);
        const auto authority = crypto::makeAuthority("Test authority", now, std::chrono::days(10));
        QVERIFY(!crypto::issueCertificate(*authority, {"good.example", name}, now, std::chrono::days(5)));
        QVERIFY(!crypto::issueCertificate(*authority, {}, now, std::chrono::days(5)));
        QVERIFY(!crypto::issueCertificate({.keyPem = "x", .certificatePem = "y"}, {"good.example"}, now,
                                          std::chrono::days(5)));
    }
    void digestsInPieces() // FIPS 180-4 example "abc"
    {
        crypto::Digest digest(crypto::Hash::Sha256);
        digest.add("a");
        digest.add({});
        digest.add("bc");
        const QByteArray expected = crypto::digest(crypto::Hash::Sha256, "abc");
        QCOMPARE(expected.toHex(), QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        QCOMPARE(digest.result(), expected);
        digest.add("abc");
        crypto::Digest moved = std::move(digest);
        QCOMPARE(moved.result(), expected);
        QCOMPARE(crypto::Digest(crypto::Hash::Sha1).result(), crypto::digest(crypto::Hash::Sha1, {}));
    }
};
POSTROOM_TEST(CryptoTest)
#include "crypto_test.moc"
