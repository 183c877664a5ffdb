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
        QCOMPARE(int(sasl::makeServer("PLAIN", {})->step(response).kind), kind);
    }
    void loginAsksTwice()
    {
        const auto server = sasl::makeServer("LOGIN", {});
        QCOMPARE(server->step({}).bytes, QByteArray("Username:"));
        QCOMPARE(server->step("ann").bytes, QByteArray("Password:"));
        const Step last = server->step("pw");
        QCOMPARE(last.name + last.password, QByteArray("annpw"));
    }
    void scramSha256AsRfc7677() // section 3
    {
        sasl::ScramServer server(crypto::Hash::Sha256, false, nullptr);
        server.serverNonce = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        QCOMPARE(int(server.step("n,,n=user,r=rOprNGfwEbeRWgbNEkqO").kind), int(Step::Kind::NeedSecrets));
        const QByteArray salt = QByteArray::fromBase64("W22ZaJ0SNY7soEsUEjb6gQ==");
        QCOMPARE(server.provide({sasl::deriveSecrets(crypto::Hash::Sha256, "pencil", salt)}).bytes,
                 QByteArray("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"));
        const Step last = server.step("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+"
                                      "Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        QCOMPARE(int(last.kind), int(Step::Kind::Success));
        QCOMPARE(last.bytes, QByteArray("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));
    }
    void scramSha1AsRfc5802() // section 5
    {
        sasl::ScramServer server(crypto::Hash::Sha1, false, nullptr);
        server.serverNonce = "3rfcNHYJY1ZVvWVs7j";
        QCOMPARE(server.step("n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL").name, QByteArray("user"));
        const auto secrets =
            sasl::deriveSecrets(crypto::Hash::Sha1, "pencil", QByteArray::fromBase64("QSXCR+Q6sek8bf92"));
        QCOMPARE(server.provide({secrets}).bytes,
                 QByteArray("r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096"));
        const Step last =
            server.step("c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=");
        QCOMPARE(int(last.kind), int(Step::Kind::Success));
        QCOMPARE(last.bytes, QByteArray("v=rmF9pqV8S7suAoZWja4dJRkFsKQ="));
        QCOMPARE(int(server.step({}).kind), int(Step::Kind::ProtocolError));
    }
    void badFinalMessagesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<int>("kind");
        const int broken = int(Step::Kind::ProtocolError);
        QTest::newRow("empty") << QByteArray() << broken;
        QTest::newRow("no proof") << QByteArray("c=biws,r=cs") << broken;
        QTest::newRow("other nonce") << QByteArray("c=biws,r=csx,p=AAAA") << broken;
        QTest::newRow("client's nonce only") << QByteArray("c=biws,r=c,p=AAAA") << broken;
        QTest::newRow("other header") << QByteArray("c=eSws,r=cs,p=AAAA") << int(Step::Kind::BadChannelBinding);
        QTest::newRow("bad base64") << QByteArray("c=biws,r=cs,p=A A=") << broken;
        QTest::newRow("capital") << QByteArray("C=biws,r=cs,p=AAAA") << broken;
        QTest::newRow("short proof") << QByteArray("c=biws,r=cs,p=AAAA") << int(Step::Kind::BadCredentials);
        QTest::newRow("wrong proof") << QByteArray("c=biws,r=cs,p=") + QByteArray(32, 'x').toBase64()
                                     << int(Step::Kind::BadCredentials);
    }
    void badFinalMessagesAreRefused()
    {
        QFETCH(QByteArray, message);
        QFETCH(int, kind);
        sasl::ScramServer server(crypto::Hash::Sha256, false, nullptr);
        server.serverNonce = "s";
        server.step("n,,n=x,r=c");
        server.provide({sasl::deriveSecrets(crypto::Hash::Sha256, "pencil", "salt")});
        QCOMPARE(int(server.step(message).kind), kind);
    }
    void stepsOutOfOrderAreRefused()
    {
        sasl::ScramServer server(crypto::Hash::Sha256, false, nullptr);
        QCOMPARE(int(server.provide({}).kind), int(Step::Kind::ProtocolError));
        server.step("n,,n=x,r=c");
        QCOMPARE(int(server.step("c=biws,r=c,p=AAAA").kind),
                 int(Step::Kind::ProtocolError)); // before the secrets are there
    }
    void namesAreDecoded()
    {
        sasl::ScramServer server(crypto::Hash::Sha256, false, nullptr);
        const Step step = server.step("n,a=a=2Cb=3Dc,n=a=2Cb=3Dc,r=c");
        QCOMPARE(int(step.kind), int(Step::Kind::NeedSecrets));
        QCOMPARE(step.name, QByteArray("a,b=c"));
        sasl::ScramServer other(crypto::Hash::Sha256, false, nullptr);
        QCOMPARE(int(other.step("n,a=bob,n=ann,r=c").kind), int(Step::Kind::BadCredentials));
    }
    void externalNeedsAKnownKey()
    {
        tls::Info info;
        QVERIFY(!sasl::makeServer("EXTERNAL", {.tlsOrNull = &info, .knownKey = true}));
        info.clientKeyFingerprint = QByteArray(43, 'k');
        QVERIFY(!sasl::makeServer("EXTERNAL", {.tlsOrNull = &info}));
        QVERIFY(!sasl::makeServer("EXTERNAL", {.tlsOrNull = nullptr, .knownKey = true}));
        const sasl::Offer offer{.tlsOrNull = &info, .knownKey = true};
        QCOMPARE(sasl::mechanisms(offer).first(), QByteArray("EXTERNAL"));
        const auto stepOf = [&offer](const QByteArray &response) {
            return sasl::makeServer("EXTERNAL", offer)->step(response);
        };
        QCOMPARE(int(stepOf({}).kind), int(Step::Kind::ActAs));
        QCOMPARE(stepOf("ann@example.org").name, QByteArray("ann@example.org"));
        QCOMPARE(int(stepOf("\xff").kind), int(Step::Kind::ProtocolError));
        QCOMPARE(int(stepOf(QByteArray("a\0b", 3)).kind), int(Step::Kind::ProtocolError));
    }
    void cramMd5AsRfc2195() // section 2
    {
        QVERIFY(!sasl::makeServer("CRAM-MD5", {}));
        const auto server =
            sasl::makeServer("CRAM-MD5", {.cramMd5 = true, .challenge = "<1896.697170952@postoffice.reston.mci.net>"});
        QCOMPARE(server->step({}).bytes, QByteArray("<1896.697170952@postoffice.reston.mci.net>"));
        QCOMPARE(server->step("tim b913a602c7eda7a495b4e6e7334d3890").name, QByteArray("tim"));
        const Step last = server->provide({sasl::deriveCramMd5("tanstaaf"), sasl::deriveCramMd5("tanstaaftanstaaf")});
        QCOMPARE(int(last.kind), int(Step::Kind::Success));
        QCOMPARE(last.which, 1);
    }
    void badCramMd5Responses_data()
    {
        QTest::addColumn<QByteArray>("response");
        for (const char *bad : {"tim", "tim b913", " b913a602c7eda7a495b4e6e7334d3890",
                                "b913a602c7eda7a495b4e6e7334d3890", "tim b913a602c7eda7a495b4e6e7334d389g",
                                "tim b913a602c7eda7a495b4e6e7334d389000", "\xff b913a602c7eda7a495b4e6e7334d3890"})
            QTest::newRow(bad) << QByteArray(bad);
        QTest::newRow("empty") << QByteArray();
    }
    void badCramMd5Responses()
    {
        QFETCH(QByteArray, response);
        const auto server = sasl::makeServer("CRAM-MD5", {.cramMd5 = true, .challenge = "<1@x>"});
        server->step({});
        QCOMPARE(int(server->step(response).kind), int(Step::Kind::ProtocolError));
        QCOMPARE(int(server->provide({sasl::deriveCramMd5("x")}).kind), int(Step::Kind::ProtocolError));
    }
    void anyPasswordOfTheAccountWillDo()
    {
        QList<sasl::Secrets> secrets;
        for (const char *password : {"first", "second", "third"})
            secrets << sasl::deriveSecrets(crypto::Hash::Sha1, password, "salt");
        sasl::ScramServer server(crypto::Hash::Sha1, false, nullptr);
        server.serverNonce = "s";
        server.step("n,,n=x,r=c");
        server.provide(secrets);
        const QByteArray message = "n=x,r=c,r=cs,s=c2FsdA==,i=4096,c=biws,r=cs";
        const QByteArray salted = crypto::pbkdf2(crypto::Hash::Sha1, "third", "salt", 4096);
        QByteArray proof = crypto::hmac(crypto::Hash::Sha1, salted, "Client Key");
        const QByteArray signature =
            crypto::hmac(crypto::Hash::Sha1, crypto::digest(crypto::Hash::Sha1, proof), message);
        for (qsizetype i = 0; i < proof.size(); ++i)
            proof[i] = static_cast<char>(proof.at(i) ^ signature.at(i));
        const Step last = server.step("c=biws,r=cs,p=" + proof.toBase64());
        QCOMPARE(int(last.kind), int(Step::Kind::Success));
        QCOMPARE(last.which, 2);
    }
    void nobodysSecretFitsNothing()
    {
        sasl::ScramServer server(crypto::Hash::Sha1, false, nullptr);
        server.serverNonce = "s";
        server.step("n,,n=x,r=c");
        const QByteArray challenge = server.provide({{.salt = "some salt", .storedKey = {}, .serverKey = {}}}).bytes;
        QVERIFY(challenge.startsWith("r=cs,s=") && challenge.endsWith(",i=4096"));
        QCOMPARE(int(server.step("c=biws,r=cs,p=AAAAAAAAAAAAAAAAAAAAAAAAAAA=").kind), int(Step::Kind::BadCredentials));
    }
    void bindingIsChecked()
    {
        tls::Info info;
        info.exporter = QByteArray(32, 'x');
        sasl::ScramServer downgraded(crypto::Hash::Sha256, false, &info);
        QCOMPARE(int(downgraded.step("y,,n=x,r=c").kind), int(Step::Kind::ProtocolError));
        sasl::ScramServer unbound(crypto::Hash::Sha256, true, &info);
        QCOMPARE(int(unbound.step("n,,n=x,r=c").kind), int(Step::Kind::ProtocolError));
        sasl::ScramServer other(crypto::Hash::Sha256, true, &info);
        QCOMPARE(int(other.step("p=tls-unique,,n=x,r=c").kind), int(Step::Kind::ProtocolError));
        sasl::ScramServer unnamed(crypto::Hash::Sha256, false, nullptr);
        QCOMPARE(int(unnamed.step("p=tls-exporter,,n=x,r=c").kind),
                 int(Step::Kind::ProtocolError)); // nothing to bind to
        QVERIFY(sasl::mechanisms({.tlsOrNull = &info}).contains("SCRAM-SHA-256-PLUS"));
        QVERIFY(!sasl::mechanisms({}).contains("SCRAM-SHA-256-PLUS"));
    }
    void badMessagesAreNamed()
    {
        for (const char *bad : {"", "n", "n,,", "n,,n=,r=c", "n,,n=a=b,r=c", "n,,m=1,n=a,r=c", "q,,n=a,r=c"}) {
            sasl::ScramServer server(crypto::Hash::Sha256, false, nullptr);
            const Step step = server.step(bad);
            QVERIFY2(step.kind == Step::Kind::ProtocolError && !step.bytes.isEmpty(), bad);
        }
    }
};
POSTROOM_TEST(SaslTest)
#include "sasl_test.moc"
