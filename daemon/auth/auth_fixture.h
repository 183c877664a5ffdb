// A database with two accounts, ann and bob, an Authenticator over it, and connections that sign in. For this folder's
// tests.
#pragma once

#include "daemon/auth/sign_in.h"
#include "daemon/db/migrator.h"
#include "shared/crypto/certificate.h"

#include <QTemporaryDir>

namespace test {

inline constexpr qint64 kAnn = 1;
inline constexpr qint64 kBob = 2;
inline constexpr char kPassword[] = "correct horse";

class AuthFixture : public net::Notifier
{
public:
    AuthFixture()
        : database(*db::Database::open(file(), db::Database::Mode::Write))
    {
        const QList<db::Migration> schema{
            {.name = "test/0001",
             .sql =
                 "create table accounts(account_id integer primary key autoincrement, localpart text not null, domain "
                 "text not null) strict;\ninsert into accounts(localpart, domain) values('ann', 'example.org'), "
                 "('bob', 'example.org');\n"},
            {.name = "auth/0001_secrets", .sql = auth::kSchema0001},
            {.name = "auth/0002_devices", .sql = auth::kSchema0002}};
        if (!db::migrate(*database, schema) || !auth::setPassword(*database, kAnn, kPassword, true) ||
            !auth::setPassword(*database, kBob, "bob's own"))
            qFatal("no database");
        open();
    }
    // As after a restart: nothing is in memory.
    void open()
    {
        authenticator = std::make_unique<auth::Authenticator>(
            file(), clock, [this](const QByteArray &name) -> std::optional<qint64> {
                const qint64 id = name == "ann@example.org" ? kAnn : name == "bob@example.org" ? kBob : 0;
                return id == 0 || id == disabled ? std::nullopt : std::optional(id);
            });
        authenticator->devices.notifierOrNull = this;
        if (!authenticator->load(*database))
            qFatal("not loaded");
    }
    void notify(net::ConnectionId connection, const net::Event &event) override
    {
        if (event.kind == net::Event::Kind::Revoked)
            revoked.append(connection.serial);
    }
    // A device's key: registered for the account unless that is 0.
    tls::Info keyOf(qint64 account, bool noPreauth = false)
    {
        const auto made = crypto::makeDeviceCertificate("Phone", clock.now(), std::chrono::days(1));
        const auto key = crypto::readClientCertificatePem(made->certificatePem);
        tls::Info info{.protocol = "TLSv1.3"};
        info.clientKeyFingerprint = key->fingerprint;
        info.peerChain = {key->certificateDer};
        info.exporter = QByteArray(32, 'e');
        if (account == 0)
            return info;
        const auth::TlsKey row{.fingerprint = key->fingerprint,
                               .accountId = account,
                               .loginAddress = account == kAnn ? "ann@example.org" : "bob@example.org",
                               .type = key->type,
                               .name = QStringLiteral("Phone"),
                               .noImapPreauth = noPreauth,
                               .certificateDer = key->certificateDer,
                               .createdAt = clock.now(),
                               .lastUse = {}};
        if (!auth::addKey(*database, row))
            qFatal("no key");
        authenticator->devices.added(row);
        return info;
    }
    QList<api::SignIn> attempts()
    {
        if (!authenticator->log.write(*database))
            qFatal("not written");
        return *auth::listSignIns(*database, 0, {}, 100);
    }
    QString file() const { return folder.filePath(QStringLiteral("auth.db")); }

    QTemporaryDir folder;
    ManualClock clock;
    std::unique_ptr<db::Database> database;
    std::unique_ptr<auth::Authenticator> authenticator;
    qint64 disabled = 0;
    QList<quint64> revoked; // connections that were told
};

// One connection from 192.0.2.1.
class Dialogue
{
public:
    using Answer = auth::SignIn::Answer;

    explicit Dialogue(AuthFixture &fixture, const tls::Info &info = {.protocol = "TLSv1.3"},
                      const auth::SignInOptions &options = {}, const char *from = "192.0.2.1")
        : signIn(*fixture.authenticator, options)
    {
        static quint64 serial = 0;
        signIn.secured(info);
        signIn.started({.id = {.thread = 0, .serial = ++serial}, .address = *IpAddress::parse(from)});
        id = serial;
    }
    Answer begin(const QByteArray &mechanism, const std::optional<QByteArray> &initial = {})
    {
        return settle(signIn.begin(out, mechanism, initial));
    }
    Answer respond(const QByteArray &response) { return settle(signIn.respond(out, response)); }
    Answer plain(const QByteArray &name, const QByteArray &password)
    {
        return begin("PLAIN", '\0' + name + '\0' + password);
    }
    bool tryPlain(const QByteArray &name, const QByteArray &password)
    {
        return plain(name, password).kind == Answer::Kind::SignedIn;
    }

    auth::SignIn signIn;
    net::Outbox out;
    quint64 id = 0;
    std::chrono::milliseconds paused{0}; // by the last step

private:
    Answer settle(Answer answer)
    {
        paused = std::exchange(out.pause, {});
        while (answer.kind == Answer::Kind::Working) {
            std::ignore = out.work->run();
            out.work.reset();
            answer = signIn.resumed(out);
        }
        return answer;
    }
};

} // namespace test
