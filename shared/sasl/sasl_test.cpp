#include "shared/sasl/scram.h"
#include "tests/support/test.h"

using sasl::Step;

class SaslTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void plain_data()
    {
        QTest::addColumn<QByteArray>("response");
        QTest::addColumn<int>("kind");
        QTest::newRow("good") << QByteArray("\0ann\0pw", 7) << int(Step::Kind::CheckPassword);
        QTest::newRow("same id") << QByteArray("ann\0ann\0pw", 10) << int(Step::Kind::CheckPassword);
        QTest::newRow("other id") << QByteArray("bob\0ann\0pw", 10) << int(Step::Kind::BadCredentials);
        QTest::newRow("two parts") << QByteArray("ann\0pw", 6) << int(Step::Kind::ProtocolError);
        QTest::newRow("empty") << QByteArray() << int(Step::Kind::ProtocolError);
    }
    void plain()
    {
        QFETCH(QByteArray, response);
        QFETCH(int, kind);
        QCOMPARE(int(sasl::makeServer("PLAIN", nullptr, {})->step(response).kind), kind);
    }
    void loginAsksTwice()
    {
        const auto server = sasl::makeServer("LOGIN", nullptr, {});
        QCOMPARE(server->step({}).bytes, QByteArray("Username:"));
        QCOMPARE(server->step("ann").bytes, QByteArray("Password:"));
        const Step last = server->step("pw");
        QCOMPARE(last.name + last.password, QByteArray("annpw"));
    }
    void scramSha256AsRfc7677() // section 3
    {
        sasl::ScramServer server(crypto::Hash::Sha256, false, nullptr, {});
        server.serverNonce = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        QCOMPARE(int(server.step("n,,n=user,r=rOprNGfwEbeRWgbNEkqO").kind), int(Step::Kind::NeedSecrets));
        const QByteArray salt = QByteArray::fromBase64("W22ZaJ0SNY7soEsUEjb6gQ==");
        QCOMPARE(server.provide(sasl::deriveSecrets(crypto::Hash::Sha256, "pencil", salt)).bytes,
                 QByteArray("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"));
        const Step last = server.step("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+"
                                      "Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        QCOMPARE(int(last.kind), int(Step::Kind::Success));
        QCOMPARE(last.bytes, QByteArray("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));
    }
    void unknownNamesLookLikeOthers()
    {
        sasl::ScramServer server(crypto::Hash::Sha1, false, nullptr, "key");
        server.serverNonce = "s";
        server.step("n,,n=x,r=c");
        const QByteArray challenge = server.provide({}).bytes;
        QVERIFY(challenge.startsWith("r=cs,s=") && challenge.endsWith(",i=4096"));
        QCOMPARE(int(server.step("c=biws,r=cs,p=AAAAAAAAAAAAAAAAAAAAAAAAAAA=").kind), int(Step::Kind::BadCredentials));
    }
    void bindingIsChecked()
    {
        tls::Info info;
        info.exporter = QByteArray(32, 'x');
        sasl::ScramServer downgraded(crypto::Hash::Sha256, false, &info, {});
        QCOMPARE(int(downgraded.step("y,,n=x,r=c").kind), int(Step::Kind::ProtocolError));
        sasl::ScramServer unbound(crypto::Hash::Sha256, true, &info, {});
        QCOMPARE(int(unbound.step("n,,n=x,r=c").kind), int(Step::Kind::ProtocolError));
        sasl::ScramServer other(crypto::Hash::Sha256, true, &info, {});
        QCOMPARE(int(other.step("p=tls-unique,,n=x,r=c").kind), int(Step::Kind::ProtocolError));
        QVERIFY(sasl::mechanisms(&info).contains("SCRAM-SHA-256-PLUS"));
        QVERIFY(!sasl::mechanisms(nullptr).contains("SCRAM-SHA-256-PLUS"));
    }
    void badMessagesAreNamed()
    {
        for (const char *bad : {"", "n", "n,,", "n,,n=,r=c", "n,,n=a=b,r=c", "n,,m=1,n=a,r=c", "q,,n=a,r=c"}) {
            sasl::ScramServer server(crypto::Hash::Sha256, false, nullptr, {});
            const Step step = server.step(bad);
            QVERIFY2(step.kind == Step::Kind::ProtocolError && !step.bytes.isEmpty(), bad);
        }
    }
};
POSTROOM_TEST(SaslTest)
#include "sasl_test.moc"
