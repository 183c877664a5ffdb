#include "shared/sasl/scram.h"
#include "shared/sasl/scram_client.h"
#include "tests/support/test.h"

using sasl::Step;

namespace {

tls::Info boundChannel()
{
    tls::Info info;
    info.exporter = QByteArray(32, 'e');
    info.serverEndPoint = QByteArray(32, 's');
    info.clientKeyFingerprint = QByteArray(43, 'k');
    return info;
}

sasl::Offer everything(const tls::Info &info) { return {.tlsOrNull = &info, .knownKey = true}; }

sasl::Secrets secretsOf(const QByteArray &name, sasl::SecretKind kind)
{
    if (name != "ann")
        return {.salt = "some salt", .storedKey = {}, .serverKey = {}};
    const auto hash = kind == sasl::SecretKind::ScramSha1 ? crypto::Hash::Sha1 : crypto::Hash::Sha256;
    return sasl::deriveSecrets(hash, "secret", "some salt");
}

// The whole dialogue against our server, which knows "ann" with "secret" and her key; the kind of its last step.
Step::Kind talk(sasl::Server &server, sasl::Client &client)
{
    const auto initial = client.initial();
    Step step = server.step(initial.value_or(QByteArray()));
    for (;;) {
        if (step.kind == Step::Kind::NeedSecrets)
            step = server.provide({secretsOf(step.name, server.secretKind())});
        if (step.kind == Step::Kind::ActAs)
            return step.name == "ann" ? Step::Kind::Success : Step::Kind::BadCredentials;
        if (step.kind == Step::Kind::CheckPassword)
            return step.name == "ann" && step.password == "secret" ? Step::Kind::Success : Step::Kind::BadCredentials;
        if (step.kind != Step::Kind::Challenge)
            break;
        const auto response = client.step(step.bytes);
        if (!response)
            return Step::Kind::ProtocolError;
        step = server.step(*response);
    }
    if (step.kind == Step::Kind::Success && !step.bytes.isEmpty() && client.step(step.bytes) != QByteArray())
        return Step::Kind::ProtocolError;
    return step.kind;
}

} // namespace

class ClientTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void signsInWithEveryMechanism_data()
    {
        QTest::addColumn<QByteArray>("mechanism");
        const tls::Info info = boundChannel();
        for (const QByteArray &mechanism : sasl::mechanisms(everything(info)))
            QTest::newRow(mechanism.constData()) << mechanism;
    }
    void signsInWithEveryMechanism()
    {
        QFETCH(QByteArray, mechanism);
        const tls::Info info = boundChannel();
        const auto result = [&](const QByteArray &name, const QByteArray &password) {
            const auto server = sasl::makeServer(mechanism, everything(info));
            const auto client = sasl::makeClient(mechanism, {.name = name, .password = password}, &info);
            const auto kind = talk(*server, *client);
            return kind == Step::Kind::Success && !client->finished() ? Step::Kind::ProtocolError : kind;
        };
        QCOMPARE(int(result("ann", "secret")), int(Step::Kind::Success));
        QCOMPARE(int(result("bob", "secret")), int(Step::Kind::BadCredentials));
        if (mechanism != "EXTERNAL")
            QCOMPARE(int(result("ann", "Secret")), int(Step::Kind::BadCredentials));
    }
    void anotherChannelIsNoticed()
    {
        const tls::Info ours = boundChannel();
        tls::Info theirs = boundChannel();
        theirs.exporter = QByteArray(32, 'x');
        const auto server = sasl::makeServer("SCRAM-SHA-256-PLUS", {.tlsOrNull = &theirs});
        const auto client = sasl::makeClient("SCRAM-SHA-256-PLUS", {.name = "ann", .password = "secret"}, &ours);
        QCOMPARE(int(talk(*server, *client)), int(Step::Kind::BadChannelBinding));
    }
    void removedPlusIsNoticed() // RFC 5802 6
    {
        const tls::Info info = boundChannel();
        const auto server = sasl::makeServer("SCRAM-SHA-256", {.tlsOrNull = &info});
        const auto client =
            sasl::makeClient("SCRAM-SHA-256", {.name = "ann", .password = "secret"}, &info, {"SCRAM-SHA-256", "PLAIN"});
        QVERIFY(client->initial()->startsWith("y,,"));
        QCOMPARE(int(talk(*server, *client)), int(Step::Kind::ProtocolError));
    }
    void theFlagBindsWhateverTheNameSays_data()
    {
        QTest::addColumn<bool>("sameChannel");
        QTest::addColumn<int>("kind");
        QTest::newRow("one channel") << true << int(Step::Kind::Success);
        QTest::newRow("two channels") << false << int(Step::Kind::BadChannelBinding);
    }
    void theFlagBindsWhateverTheNameSays()
    {
        QFETCH(bool, sameChannel);
        const tls::Info ours = boundChannel();
        tls::Info theirs = boundChannel();
        if (!sameChannel)
            theirs.exporter = QByteArray(32, 'x');
        const auto server = sasl::makeServer("SCRAM-SHA-256", {.tlsOrNull = &theirs});
        const auto client = sasl::makeClient("SCRAM-SHA-256-PLUS", {.name = "ann", .password = "secret"}, &ours);
        QTEST(int(talk(*server, *client)), "kind");
    }
    void everyBindingWorks()
    {
        tls::Info info = boundChannel();
        info.tlsUnique = QByteArray(12, 'u');
        const auto bindingWorks = [&info] {
            const auto server = sasl::makeServer("SCRAM-SHA-1-PLUS", {.tlsOrNull = &info});
            const auto client = sasl::makeClient("SCRAM-SHA-1-PLUS", {.name = "ann", .password = "secret"}, &info);
            return talk(*server, *client) == Step::Kind::Success;
        };
        QCOMPARE(sasl::bindingOf(&info).name, QByteArray("tls-exporter"));
        QVERIFY(bindingWorks());
        info.exporter.clear();
        QCOMPARE(sasl::bindingOf(&info).name, QByteArray("tls-unique"));
        QVERIFY(bindingWorks());
        info.tlsUnique.clear();
        QCOMPARE(sasl::bindingOf(&info).name, QByteArray("tls-server-end-point"));
        QVERIFY(bindingWorks());
        info.serverEndPoint.clear();
        QVERIFY(!sasl::makeClient("SCRAM-SHA-1-PLUS", {}, &info));
        QVERIFY(!sasl::makeServer("SCRAM-SHA-1-PLUS", {.tlsOrNull = &info}));
    }
    void answersAsRfc7677() // section 3
    {
        sasl::ScramClient client(crypto::Hash::Sha256, {.name = "user", .password = "pencil"}, {});
        client.nonce = "rOprNGfwEbeRWgbNEkqO";
        QCOMPARE(*client.initial(), QByteArray("n,,n=user,r=rOprNGfwEbeRWgbNEkqO"));
        QCOMPARE(*client.step("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"),
                 QByteArray("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+"
                            "Ute9ytag9zjfMHgsqmmiz7AndVQ="));
        QVERIFY(!client.finished());
        QCOMPARE(*client.step("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="), QByteArray());
        QVERIFY(client.finished());
    }
    void badChallengesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("challenge");
        for (const char *bad : {"", "r=cs", "r=cs,s=c2FsdA==", "r=c,s=c2FsdA==,i=4096", "r=xs,s=c2FsdA==,i=4096",
                                "r=cs,s=c2FsdA==,i=1", "r=cs,s=c2FsdA==,i=99999999", "r=cs,s=,i=4096",
                                "r=cs,s=!,i=4096", "r=cs,s=c2FsdA==,i=4096x", "m=1,r=cs,s=c2FsdA==,i=4096"})
            QTest::newRow(bad) << QByteArray(bad);
    }
    void badChallengesAreRefused()
    {
        QFETCH(QByteArray, challenge);
        sasl::ScramClient client(crypto::Hash::Sha256, {.name = "a", .password = "b"}, {});
        client.nonce = "c";
        QVERIFY(!client.step(challenge)); // also before initial()
        std::ignore = client.initial();
        QVERIFY(!client.step(challenge));
        QVERIFY(client.step("r=cs,s=c2FsdA==,i=4096,x=later"));
        for (const char *bad : {"", "v=", "v=AAAA", "e=other-error", "e=", "V=AAAA"})
            QVERIFY(!client.step(bad));
        QVERIFY(!client.finished());
    }
    void namesAreEncoded()
    {
        sasl::ScramClient client(crypto::Hash::Sha256, {.name = "a,b=c", .password = "x"}, {});
        QVERIFY(client.initial()->startsWith("n,,n=a=2Cb=3Dc,r="));
    }
    void strongestMechanismIsChosen()
    {
        const tls::Info info = boundChannel();
        const QList<QByteArray> all = sasl::mechanisms(everything(info));
        QCOMPARE(sasl::chooseMechanism(all, &info, true), QByteArray("EXTERNAL"));
        QCOMPARE(sasl::chooseMechanism(all, &info, false), QByteArray("SCRAM-SHA-256-PLUS"));
        QCOMPARE(sasl::chooseMechanism(all, nullptr, true), QByteArray("SCRAM-SHA-256"));
        QCOMPARE(sasl::chooseMechanism({"LOGIN", "PLAIN"}, &info, false), QByteArray("PLAIN"));
        QCOMPARE(sasl::chooseMechanism({"LOGIN", "PLAIN"}, nullptr, false), QByteArray());
        QCOMPARE(sasl::chooseMechanism({"XOAUTH2"}, &info, false), QByteArray());
        QVERIFY(!sasl::makeClient("XOAUTH2", {}, &info));
        QVERIFY(!sasl::makeClient("SCRAM-SHA-512", {}, &info));
    }
    void plainAndLoginEndAfterTheirAnswers()
    {
        const auto plain = sasl::makeClient("PLAIN", {.name = "a", .password = "b"}, nullptr);
        QCOMPARE(*plain->initial(), QByteArray("\0a\0b", 4));
        QVERIFY(!plain->step("more"));
        const auto login = sasl::makeClient("LOGIN", {.name = "a", .password = "b"}, nullptr);
        QVERIFY(!login->initial());
        QCOMPARE(*login->step("User Name"), QByteArray("a"));
        QCOMPARE(*login->step("Password:"), QByteArray("b"));
        QVERIFY(!login->step("Token:"));
    }
};
POSTROOM_TEST(ClientTest)
#include "client_test.moc"
