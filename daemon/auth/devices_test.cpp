#include "daemon/auth/auth_fixture.h"
#include "shared/crypto/password.h"
#include "tests/support/test.h"

using test::AuthFixture;
using test::kAnn;
using test::kBob;

namespace {

auth::TlsKey key(const QByteArray &fingerprint, qint64 account)
{
    return {.fingerprint = fingerprint,
            .accountId = account,
            .loginAddress = "ann@example.org",
            .type = "ed25519",
            .name = QStringLiteral("Laptop"),
            .certificateDer = "der",
            .createdAt = fromMilliseconds(1),
            .lastUse = {}};
}

} // namespace

class DevicesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aKeyIsOfOneAccount()
    {
        AuthFixture f;
        QVERIFY(auth::addKey(*f.database, key("one", kAnn)));
        const auto again = auth::addKey(*f.database, key("one", kBob));
        QVERIFY(!again && again.error().code == QLatin1StringView("key-exists"));
        QCOMPARE(auth::listKeys(*f.database)->size(), 1);
        QCOMPARE(auth::listKeys(*f.database, kBob)->size(), 0);
        auth::TlsKey changed = *auth::findKey(*f.database, "one");
        changed.noImapPreauth = true;
        QVERIFY(auth::updateKey(*f.database, changed));
        QVERIFY(auth::findKey(*f.database, "one")->noImapPreauth);
        QVERIFY(auth::removeKey(*f.database, "one"));
        QVERIFY(!auth::removeKey(*f.database, "one"));
        QVERIFY(auth::addKey(*f.database, key("one", kBob)));
    }
    void keysAreLimited()
    {
        AuthFixture f;
        for (int i = 0; i < auth::kMostKeys; ++i)
            QVERIFY(auth::addKey(*f.database, key(QByteArray::number(i), kAnn)));
        const auto more = auth::addKey(*f.database, key("more", kAnn));
        QVERIFY(!more && more.error().code == QLatin1StringView("too-many-keys"));
        QVERIFY(auth::addKey(*f.database, key("more", kBob)));
    }
    void appPasswordsAreLimited()
    {
        AuthFixture f;
        const auto add = [&f] {
            return auth::addAppPassword(
                *f.database, {.accountId = kAnn, .name = QStringLiteral("x"), .password = "a password"}, f.clock.now());
        };
        for (int i = 1; i < auth::kMostAppPasswords; ++i)
            QVERIFY(add());
        const auto more = add();
        QVERIFY(!more && more.error().code == QLatin1StringView("too-many-app-passwords"));
        QCOMPARE(auth::listAppPasswords(*f.database, kAnn)->size(), auth::kMostAppPasswords - 1);
        QCOMPARE(auth::argon2Hashes(*f.database, kAnn)->size(), auth::kMostAppPasswords);
    }
    void allPasswordsShareTheirSalts()
    {
        AuthFixture f;
        QVERIFY(auth::addAppPassword(
            *f.database, {.accountId = kAnn, .name = QStringLiteral("x"), .password = "a password"}, f.clock.now()));
        QVERIFY(auth::setPassword(*f.database, kAnn, "set anew"));
        const auto hashes = auth::argon2Hashes(*f.database, kAnn);
        QCOMPARE(crypto::saltOfHash(hashes->at(0).value), crypto::saltOfHash(hashes->at(1).value));
        QVERIFY(hashes->at(0).value != hashes->at(1).value);
        for (const auto kind : {sasl::SecretKind::ScramSha1, sasl::SecretKind::ScramSha256}) {
            const auto secrets = auth::secretsOf(*f.database, kAnn, kind);
            QCOMPARE(secrets->size(), 2);
            QCOMPARE(secrets->at(0).value.salt, secrets->at(1).value.salt);
            QCOMPARE(secrets->at(0).value.iterations, secrets->at(1).value.iterations);
        }
        QVERIFY(auth::secretsOf(*f.database, kAnn, sasl::SecretKind::CramMd5)->isEmpty()); // both were set without
    }
    void devicesAreNamed()
    {
        QCOMPARE(auth::deviceOf(7), QByteArray("app-7"));
        QCOMPARE(auth::appPasswordOf("app-7"), 7);
        for (const char *other : {"", "app-", "app-07", "app-x", "app--7", "apple", "GtUfT2FUSRUGgjBJD5cA5Np3KX7"})
            QCOMPARE(auth::appPasswordOf(other), 0);
    }
    void seenKeysAreAdoptedOnceAndLimited()
    {
        AuthFixture f;
        for (int i = 0; i <= auth::kMostSeenKeys; ++i)
            QVERIFY(
                auth::noteSeenKey(*f.database, {.fingerprint = "key-" + QByteArray::number(i),
                                                .accountId = kAnn,
                                                .type = "ed25519",
                                                .name = QStringLiteral("x"),
                                                .certificateDer = "der",
                                                .firstSeenAt = fromMilliseconds(1000 + i),
                                                .lastSeen = {.at = fromMilliseconds(1000 + i), .from = {}, .by = {}}}));
        QCOMPARE(auth::listSeenKeys(*f.database)->size(), auth::kMostSeenKeys);
        QVERIFY(!auth::findSeenKey(*f.database, "key-0", kAnn));
        const auth::SeenKey seen = *auth::findSeenKey(*f.database, "key-5", kAnn);
        QVERIFY(auth::addKey(*f.database, key("key-5", kAnn)));
        QVERIFY(!auth::findSeenKey(*f.database, "key-5", kAnn));
        QVERIFY(auth::noteSeenKey(*f.database, seen)); // it signs somebody in by now
        QVERIFY(!auth::findSeenKey(*f.database, "key-5", kAnn));
        auth::SeenKey ofNobody = seen;
        ofNobody.fingerprint = "other";
        ofNobody.accountId = 99;
        QVERIFY(auth::noteSeenKey(*f.database, ofNobody));
        QCOMPARE(auth::listSeenKeys(*f.database)->size(), auth::kMostSeenKeys - 1);
    }
    void oldSignInsAreSwept()
    {
        AuthFixture f;
        f.authenticator->log.note({.login = QStringLiteral("x"),
                                   .service = "imap",
                                   .mechanism = "PLAIN",
                                   .from = *IpAddress::parse("192.0.2.1")},
                                  f.clock.now());
        QCOMPARE(f.attempts().size(), 1);
        QVERIFY(auth::sweepSignIns(*f.database, f.clock.now() + auth::kKeepSignIns));
        QCOMPARE(f.attempts().size(), 1);
        QVERIFY(auth::sweepSignIns(*f.database, f.clock.now() + auth::kKeepSignIns + std::chrono::seconds(1)));
        QCOMPARE(f.attempts().size(), 0);
    }
};
POSTROOM_TEST(DevicesTest)
#include "devices_test.moc"
