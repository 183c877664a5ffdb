#include "shared/crypto/key.h"
#include "shared/crypto/pkcs12.h"
#include "tests/support/test.h"

using crypto::Pkcs12Form;
Q_DECLARE_METATYPE(crypto::Pkcs12Form)

class Pkcs12Test : public QObject
{
    Q_OBJECT
    const Timestamp m_now = SystemClock().now();
    const crypto::KeyAndCertificate m_device = *crypto::makeDeviceCertificate("Phone", m_now, std::chrono::days(10));
private Q_SLOTS:
    void readsBack_data()
    {
        QTest::addColumn<Pkcs12Form>("form");
        QTest::newRow("modern") << Pkcs12Form::Modern;
        QTest::newRow("compatible") << Pkcs12Form::Compatible;
    }
    void readsBack()
    {
        QFETCH(Pkcs12Form, form);
        const auto file = crypto::makePkcs12(m_device, "Ann's phone", "secret", form);
        QVERIFY2(file.has_value(), qPrintable(file ? QString() : file.error().text));
        const auto back = crypto::readPkcs12(*file, "secret");
        QVERIFY(back);
        QCOMPARE(back->keyPem, m_device.keyPem);
        QCOMPARE(back->certificatePem, m_device.certificatePem);
        QVERIFY(!crypto::readPkcs12(*file, "Secret"));
        QVERIFY(!crypto::readPkcs12(file->first(file->size() / 2), "secret"));
    }
    void knowsWhatEverybodyCouldRead()
    {
        for (const Pkcs12Form form : {Pkcs12Form::Modern, Pkcs12Form::Compatible}) {
            const QByteArray file = *crypto::makePkcs12(m_device, "phone", "secret", form);
            QVERIFY(crypto::isEncryptedPkcs12(file));
            QVERIFY(!crypto::isEncryptedPkcs12(file + 'x'));
            QVERIFY(!crypto::isEncryptedPkcs12(file.first(file.size() - 1)));
        }
        QVERIFY(!crypto::isEncryptedPkcs12({}));
        QVERIFY(!crypto::isEncryptedPkcs12(m_device.keyPem));
        // openssl pkcs12 -export -keypbe NONE -certpbe NONE of an Ed25519 key and no certificate
        const QByteArray open = QByteArray::fromBase64(
            "MIGtAgEDMGUGCSqGSIb3DQEHAaBYBFYwVDBSBgkqhkiG9w0BBwGgRQRDMEEwPwYLKoZIhvcNAQwKAQGgMDAuAgEA"
            "MAUGAytlcAQiBCB5NomXTE9bGNCfJsmLNnXHs2tzqQUvxBZK1eSN6ZULNDBBMDEwDQYJYIZIAWUDBAIBBQAEIEUJ"
            "wDtJ5pkTh6ZtkU/y9uCZevn6HoUHpOCCzsgVslo1BAgH25oCJmNbIwICCAA=");
        QVERIFY(!open.isEmpty() && !crypto::isEncryptedPkcs12(open));
    }
    void keepsTheChain()
    {
        const auto authority = *crypto::makeAuthority("Authority", m_now, std::chrono::days(10));
        auto issued = *crypto::issueCertificate(authority, {"localhost"}, m_now, std::chrono::days(5));
        issued.certificatePem += authority.certificatePem;
        const auto file = crypto::makePkcs12(issued, "server", "secret", Pkcs12Form::Modern);
        QCOMPARE(crypto::readPkcs12(*file, "secret")->certificatePem, issued.certificatePem);
    }
    void formsUseTheirCiphers() // the object identifiers of AES-256-CBC and pbeWithSHA1And3-KeyTripleDES-CBC
    {
        const QByteArray aes = QByteArray::fromHex("60864801650304012a");
        const QByteArray tripleDes = QByteArray::fromHex("2a864886f70d010c0103");
        const auto modern = *crypto::makePkcs12(m_device, "x", "secret", Pkcs12Form::Modern);
        const auto compatible = *crypto::makePkcs12(m_device, "x", "secret", Pkcs12Form::Compatible);
        QVERIFY(modern.contains(aes) && !modern.contains(tripleDes));
        QVERIFY(compatible.contains(tripleDes) && !compatible.contains(aes));
    }
    void refusesBadInput()
    {
        QVERIFY(!crypto::makePkcs12(m_device, "x", {}, Pkcs12Form::Modern));
        QVERIFY(!crypto::makePkcs12({}, "x", "secret", Pkcs12Form::Modern));
        const auto other = *crypto::makeKey(crypto::KeyKind::P256);
        QVERIFY(!crypto::makePkcs12({.keyPem = other, .certificatePem = m_device.certificatePem}, "x", "secret",
                                    Pkcs12Form::Modern));
        QVERIFY(!crypto::readPkcs12({}, "secret"));
        QVERIFY(!crypto::readPkcs12("nonsense", {}));
    }
};
POSTROOM_TEST(Pkcs12Test)
#include "pkcs12_test.moc"
