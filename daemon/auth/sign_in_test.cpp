#include "daemon/auth/auth_fixture.h"
#include "shared/base/encoding.h"
#include "shared/crypto/md5.h"
#include "shared/sasl/client.h"
#include "tests/support/test.h"

using api::SignInResult;
using test::AuthFixture;
using test::Dialogue;
using test::kAnn;
using test::kBob;
using test::kPassword;
using Kind = auth::SignIn::Answer::Kind;

namespace {

// As a client does it, with our own client's side.
Kind scram(Dialogue &dialogue, const QByteArray &mechanism, const QByteArray &name, const QByteArray &password,
           const tls::Info &info)
{
    const auto client = sasl::makeClient(mechanism, {.name = name, .password = password}, &info);
    auto answer = dialogue.begin(mechanism, client->initial());
    while (answer.kind == Kind::Challenge) {
        const auto response = client->step(answer.text);
        if (!response)
            return Kind::Invalid;
        answer = dialogue.respond(*response);
    }
    return answer.kind;
}

QByteArray cramMd5(const QByteArray &challenge, const QByteArray &name, const QByteArray &password)
{
    return name + ' ' + crypto::hmacMd5(crypto::hmacMd5State(password), challenge).toHex();
}

qint64 addAppPassword(AuthFixture &f, const QByteArray &password, bool withCramMd5 = false)
{
    return *auth::addAppPassword(
        *f.database,
        {.accountId = kAnn, .name = QStringLiteral("Printer"), .password = password, .cramMd5 = withCramMd5},
        f.clock.now());
}

} // namespace

class SignInTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void passwordsAreChecked()
    {
        AuthFixture f;
        Dialogue dialogue(f);
        const auto refused = dialogue.plain("ann@example.org", "wrong horse");
        QCOMPARE(int(refused.kind), int(Kind::Refused));
        QCOMPARE(dialogue.plain("nobody@example.org", kPassword).text, refused.text);
        QVERIFY(dialogue.tryPlain("ann@example.org", kPassword));
        QCOMPARE(dialogue.signIn.account(), kAnn);
        QVERIFY(Dialogue(f).tryPlain("ANN@Example.org", kPassword)); // remembered now
        QVERIFY(!Dialogue(f).tryPlain("ann@example.org", "wrong horse"));
        f.disabled = kAnn;
        QVERIFY(!Dialogue(f).tryPlain("ann@example.org", kPassword));
    }
    void aChangedPasswordIsForgotten()
    {
        AuthFixture f;
        QVERIFY(Dialogue(f).tryPlain("ann@example.org", kPassword));
        const qint64 app = addAppPassword(f, "for the printer");
        QVERIFY(auth::setPassword(*f.database, kAnn, "another horse"));
        f.authenticator->forget(kAnn);
        QVERIFY(!Dialogue(f).tryPlain("ann@example.org", kPassword));
        QVERIFY(Dialogue(f).tryPlain("ann@example.org", "another horse"));
        QVERIFY(Dialogue(f).tryPlain("ann@example.org", "for the printer"));
        QVERIFY(auth::removeAppPassword(*f.database, app));
        f.authenticator->forget(kAnn);
        f.authenticator->devices.removed(auth::deviceOf(app));
        QVERIFY(!Dialogue(f).tryPlain("ann@example.org", "for the printer"));
    }
    void everyMechanismTakesEveryPassword_data()
    {
        QTest::addColumn<QByteArray>("mechanism");
        for (const char *each :
             {"PLAIN", "LOGIN", "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256-PLUS", "CRAM-MD5"})
            QTest::newRow(each) << QByteArray(each);
    }
    void everyMechanismTakesEveryPassword()
    {
        QFETCH(QByteArray, mechanism);
        AuthFixture f;
        addAppPassword(f, "for the printer", true);
        tls::Info info{.protocol = "TLSv1.3"};
        info.exporter = QByteArray(32, 'e');
        const auto result = [&](const QByteArray &name, const QByteArray &password) {
            Dialogue dialogue(f, info, {.cramMd5 = true});
            if (mechanism != "CRAM-MD5")
                return scram(dialogue, mechanism, name, password, info);
            const auto challenge = dialogue.begin(mechanism);
            return dialogue.respond(cramMd5(challenge.text, name, password)).kind;
        };
        QCOMPARE(int(result("ann@example.org", kPassword)), int(Kind::SignedIn));
        QCOMPARE(int(result("ann@example.org", "for the printer")), int(Kind::SignedIn));
        QCOMPARE(int(result("ann@example.org", "for the scanner")), int(Kind::Refused));
        QCOMPARE(int(result("nobody@example.org", kPassword)), int(Kind::Refused));
        const auto attempts = f.attempts();
        QCOMPARE(attempts.size(), 4);
        QVERIFY(std::ranges::any_of(attempts, [](const api::SignIn &each) {
            return each.device == QLatin1StringView("app-1") && each.result == SignInResult::Ok;
        }));
        const auto used = auth::findAppPassword(*f.database, 1);
        QCOMPARE(used->lastUse.at, f.clock.now());
        QCOMPARE(used->lastUse.from, QStringLiteral("192.0.2.1"));
    }
    void cramMd5IsOffUnlessWanted()
    {
        AuthFixture f;
        QVERIFY(!Dialogue(f).signIn.mechanisms().contains("CRAM-MD5"));
        QCOMPARE(int(Dialogue(f).begin("CRAM-MD5").kind), int(Kind::NotOffered));
    }
    void aMissingSecretIsNotTheClientsFault()
    {
        AuthFixture f;
        Dialogue dialogue(f, {.protocol = "TLSv1.3"}, {.cramMd5 = true});
        for (int i = 0; i < 8; ++i) {
            const auto answer =
                dialogue.respond(cramMd5(dialogue.begin("CRAM-MD5").text, "bob@example.org", "bob's own"));
            QCOMPARE(answer.text, QByteArray("bad name or password"));
        }
        QVERIFY(!dialogue.out.trickle && !dialogue.signIn.hasFailedTooOften());
        QVERIFY(dialogue.tryPlain("bob@example.org", "bob's own"));
    }
    void namesOfNobodyHaveTheirSaltForGood()
    {
        AuthFixture f;
        const auto salt = [&f](const QByteArray &name) {
            Dialogue dialogue(f);
            const QByteArray first = dialogue.begin("SCRAM-SHA-256", "n,,n=" + name + ",r=c").text;
            return first.sliced(first.indexOf(",s="));
        };
        const QByteArray known = salt("nobody@example.org");
        QCOMPARE(known.size(), salt("ann@example.org").size());
        QVERIFY(known.endsWith(",i=4096"));
        QVERIFY(known != salt("noone@example.org"));
        QCOMPARE(salt("NOBODY@example.org"), known); // as it would be of an account
        f.open();
        QCOMPARE(salt("nobody@example.org"), known);
    }
    void anotherChannelIsNamed()
    {
        AuthFixture f;
        tls::Info info{.protocol = "TLSv1.3"};
        info.exporter = QByteArray(32, 'e');
        tls::Info other = info;
        other.exporter = QByteArray(32, 'x');
        Dialogue dialogue(f, info);
        QCOMPARE(int(scram(dialogue, "SCRAM-SHA-256-PLUS", "ann@example.org", kPassword, other)),
                 int(Kind::OtherChannel));
        QCOMPARE(int(f.attempts().first().result), int(SignInResult::BadChannelBinding));
    }
    void aKeySignsIn()
    {
        AuthFixture f;
        const tls::Info info = f.keyOf(kAnn);
        Dialogue dialogue(f, info);
        QVERIFY(dialogue.signIn.wantsPreauth());
        QVERIFY(dialogue.signIn.bySelf());
        QCOMPARE(dialogue.signIn.account(), kAnn);
        dialogue.signIn.client(QStringLiteral("Mail 1.2"));
        dialogue.signIn.triedInPreauth("LOGIN");
        std::ignore = f.attempts();
        const auto key = auth::findKey(*f.database, info.clientKeyFingerprint);
        QCOMPARE(key->lastUse.at, f.clock.now());
        QCOMPARE(key->lastUse.from + key->lastUse.by, QStringLiteral("192.0.2.1Mail 1.2"));
        QCOMPARE(key->preauthSignIns, 1);
        QVERIFY(!Dialogue(f, f.keyOf(kAnn, true)).signIn.wantsPreauth());
        f.disabled = kAnn;
        QVERIFY(!Dialogue(f, info).signIn.bySelf());
    }
    void external_data()
    {
        QTest::addColumn<QByteArray>("actAs");
        QTest::addColumn<bool>("good");
        QTest::newRow("empty") << QByteArray() << true;
        QTest::newRow("own") << QByteArray("ann@example.org") << true;
        QTest::newRow("other case") << QByteArray("Ann@Example.ORG") << true;
        QTest::newRow("somebody else") << QByteArray("bob@example.org") << false;
        QTest::newRow("nobody") << QByteArray("nobody@example.org") << false;
    }
    void external()
    {
        QFETCH(QByteArray, actAs);
        AuthFixture f;
        Dialogue dialogue(f, f.keyOf(kAnn, true));
        QCOMPARE(dialogue.signIn.mechanisms().first(), QByteArray("EXTERNAL"));
        QTEST(dialogue.begin("EXTERNAL", actAs).kind == Kind::SignedIn, "good");
    }
    void anotherMechanismIsForTheSameAccount()
    {
        AuthFixture f;
        Dialogue dialogue(f, f.keyOf(kAnn));
        QVERIFY(dialogue.signIn.bySelf());
        const auto other = dialogue.plain("bob@example.org", "bob's own");
        QCOMPARE(int(other.kind), int(Kind::Refused));
        QVERIFY(other.text.contains("another account"));
        QVERIFY(dialogue.tryPlain("ann@example.org", kPassword));
        const auto attempts = f.attempts(); // all at one time, so in no order
        QVERIFY(std::ranges::any_of(attempts,
                                    [](const api::SignIn &each) { return each.result == SignInResult::OtherAccount; }));
    }
    void anUnknownKeyIsSeenOnlyWithARightPassword()
    {
        AuthFixture f;
        const tls::Info info = f.keyOf(0);
        Dialogue dialogue(f, info);
        QVERIFY(!dialogue.signIn.refusesKey() && !dialogue.signIn.bySelf());
        QVERIFY(!dialogue.signIn.mechanisms().contains("EXTERNAL"));
        QCOMPARE(int(dialogue.begin("EXTERNAL", QByteArray()).kind), int(Kind::Refused));
        QVERIFY(!dialogue.tryPlain("ann@example.org", "wrong horse"));
        std::ignore = f.attempts();
        QCOMPARE(auth::listSeenKeys(*f.database)->size(), 0);
        QVERIFY(dialogue.tryPlain("ann@example.org", kPassword));
        const auto attempts = f.attempts();
        QVERIFY(std::ranges::any_of(attempts, [](const api::SignIn &each) {
            return each.result == SignInResult::UnknownKey && each.mechanism == QLatin1StringView("EXTERNAL");
        }));
        const auto seen = auth::findSeenKey(*f.database, info.clientKeyFingerprint, kAnn);
        QVERIFY(seen);
        QCOMPARE(seen->name, QStringLiteral("Phone"));
        QVERIFY(!auth::findSeenKey(*f.database, info.clientKeyFingerprint, kBob));
    }
    void unknownKeysMayBeRefused()
    {
        AuthFixture f;
        Dialogue dialogue(f, f.keyOf(0), {.refuseUnknownKeys = true});
        QVERIFY(dialogue.signIn.refusesKey());
        QCOMPARE(int(f.attempts().first().result), int(SignInResult::UnknownKey));
        QVERIFY(!Dialogue(f, f.keyOf(kAnn), {.refuseUnknownKeys = true}).signIn.refusesKey());
        QVERIFY(!Dialogue(f, {.protocol = "TLSv1.3"}, {.refuseUnknownKeys = true}).signIn.refusesKey());
    }
    void whatIsRevokedSignsOut()
    {
        AuthFixture f;
        const tls::Info info = f.keyOf(kAnn);
        Dialogue byKey(f, info);
        QVERIFY(byKey.signIn.bySelf());
        const qint64 app = addAppPassword(f, "for the printer");
        Dialogue byPassword(f);
        QVERIFY(byPassword.tryPlain("ann@example.org", "for the printer"));
        Dialogue late(f, info); // its handshake is done, it did not sign in yet
        f.authenticator->devices.removed(info.clientKeyFingerprint);
        QCOMPARE(f.revoked, QList<quint64>{byKey.id});
        QVERIFY(!late.signIn.bySelf());
        QCOMPARE(int(late.begin("EXTERNAL", QByteArray()).kind), int(Kind::Refused));
        f.authenticator->devices.removed(auth::deviceOf(app));
        QCOMPARE(f.revoked, (QList<quint64>{byKey.id, byPassword.id}));
        QVERIFY(!Dialogue(f, info).signIn.bySelf());
        byKey.signIn.signOut();
    }
    void whoGuessesIsSlowedAndRefused()
    {
        AuthFixture f;
        {
            Dialogue dialogue(f);
            for (int i = 0; i < 2; ++i)
                QVERIFY(!dialogue.tryPlain("ann@example.org", "wrong horse") && !dialogue.out.trickle);
            QVERIFY(!dialogue.tryPlain("ann@example.org", "wrong horse"));
            QVERIFY(dialogue.out.trickle);
            QCOMPARE(dialogue.paused, std::chrono::milliseconds(0));
            QVERIFY(!dialogue.tryPlain("ann@example.org", "wrong horse"));
            QVERIFY(!dialogue.tryPlain("ann@example.org", "wrong horse"));
            QCOMPARE(dialogue.paused, std::chrono::milliseconds(1000));
            QVERIFY(dialogue.signIn.hasFailedTooOften());
        }
        Dialogue elsewhere(f, {.protocol = "TLSv1.3"}, {}, "198.51.100.7");
        QVERIFY(elsewhere.tryPlain("ann@example.org", kPassword)); // later, but not locked out
        QCOMPARE(elsewhere.paused, std::chrono::milliseconds(2000));
        for (int i = 0; i < 5; ++i)
            QVERIFY(!Dialogue(f).tryPlain("bob@example.org", "wrong horse"));
        Dialogue tooMany(f);
        QCOMPARE(int(tooMany.plain("ann@example.org", kPassword).kind), int(Kind::TooMany));
        const auto attempts = f.attempts();
        QVERIFY(std::ranges::any_of(attempts, [](const api::SignIn &each) {
            return each.result == SignInResult::BadCredentials && each.count == 5 &&
                   each.login == QLatin1StringView("ann@example.org");
        }));
    }
    void mistakesAreTheClients()
    {
        AuthFixture f;
        Dialogue dialogue(f);
        QCOMPARE(int(dialogue.begin("PLAIN", QByteArray("no separators")).kind), int(Kind::Invalid));
        QCOMPARE(int(dialogue.begin("SCRAM-SHA-256", QByteArray("nonsense")).kind), int(Kind::Invalid));
        QVERIFY(!dialogue.out.trickle);
        QCOMPARE(int(dialogue.begin("LOGIN").kind), int(Kind::Challenge));
        dialogue.signIn.cancelled();
        dialogue.out.poolFull = true;
        QCOMPARE(int(dialogue.plain("ann@example.org", kPassword).kind), int(Kind::Busy));
    }
};
POSTROOM_TEST(SignInTest)
#include "sign_in_test.moc"
