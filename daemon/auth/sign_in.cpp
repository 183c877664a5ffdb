#include "daemon/auth/sign_in.h"

#include "shared/base/metrics.h"
#include "shared/base/random.h"
#include "shared/base/unicode.h"

namespace auth {

namespace {

using api::SignInResult;

const CounterFamily kUnknownKeys("postroom_unknown_client_keys_total", "TLS keys that belong to nobody.", {"service"});

constexpr char kBadCredentials[] = "bad name or password";
constexpr char kKeyMechanism[] = "TLS key";

} // namespace

struct SignIn::Asked
{
    std::optional<Authenticator::Proved> proved; // of a password
    Authenticator::Secrets secrets;
    bool isPassword = false;
};

void SignIn::secured(const tls::Info &info)
{
    m_tls = info;
    m_key.reset();
    m_refusesKey = false;
    if (info.clientKeyFingerprint.isEmpty())
        return;
    if (const auto key = m_authenticator.devices.find(info.clientKeyFingerprint);
        key && m_authenticator.account(key->loginAddress) == key->accountId) {
        m_key = key;
        return;
    }
    kUnknownKeys.add({m_options.service});
    m_refusesKey = m_options.refuseUnknownKeys;
}

bool SignIn::refusesKey()
{
    if (!m_refusesKey)
        return false;
    m_mechanism = kKeyMechanism;
    std::ignore = refuse(nullptr, SignInResult::UnknownKey, true);
    return true;
}

sasl::Offer SignIn::offer() const
{
    return {.tlsOrNull = m_tls ? &*m_tls : nullptr,
            .knownKey = m_key.has_value(),
            .cramMd5 = m_options.cramMd5,
            .challenge = m_challenge};
}

bool SignIn::bySelf()
{
    if (!m_key || !attach(m_tls->clientKeyFingerprint))
        return false;
    m_mechanism = kKeyMechanism;
    m_account = m_key->accountId;
    m_login = m_key->loginAddress;
    note(SignInResult::Ok, m_tls->clientKeyFingerprint);
    return true;
}

void SignIn::triedInPreauth(const QByteArray &mechanism)
{
    m_mechanism = mechanism;
    note(SignInResult::InPreauth, m_tls->clientKeyFingerprint);
}

bool SignIn::mayTry()
{
    if (m_authenticator.limits.mayTry(m_peer.address, std::chrono::steady_clock::now()))
        return true;
    note(SignInResult::TooMany, {});
    return false;
}

SignIn::Answer SignIn::begin(net::Outbox &out, const QByteArray &mechanism, const std::optional<QByteArray> &initial)
{
    cancelled(); // what was left of an attempt before
    m_login.clear();
    if (mechanism == "EXTERNAL" && !m_key) { // without a key nothing was tried
        const bool hasKey = m_tls && !m_tls->clientKeyFingerprint.isEmpty();
        m_mechanism = mechanism;
        if (!mayTry())
            return {Answer::Kind::TooMany};
        auto answer = refuse(&out, SignInResult::UnknownKey, hasKey);
        answer.text = hasKey ? "this TLS key is not known here" : "EXTERNAL needs a TLS client certificate";
        return answer;
    }
    if (!sasl::mechanisms(offer()).contains(mechanism))
        return {Answer::Kind::NotOffered};
    m_mechanism = mechanism;
    if (!mayTry())
        return {Answer::Kind::TooMany};
    m_challenge = '<' + randomText(20) + '.' + QByteArray::number(toMilliseconds(m_authenticator.clock.now())) + '@' +
                  m_options.hostname + '>';
    m_sasl = sasl::makeServer(mechanism, offer());
    if (m_sasl->clientFirst() && !initial)
        return {Answer::Kind::Challenge};
    return take(out, m_sasl->step(initial.value_or(QByteArray())));
}

SignIn::Answer SignIn::password(net::Outbox &out, const QByteArray &name, const QByteArray &password)
{
    cancelled();
    m_mechanism = "LOGIN";
    m_login = name;
    if (!mayTry())
        return {Answer::Kind::TooMany};
    if (!name.isValidUtf8() || !password.isValidUtf8())
        return {Answer::Kind::Invalid, "name and password must be UTF-8"};
    return take(out, {.kind = sasl::Step::Kind::CheckPassword, .bytes = {}, .name = name, .password = password});
}

SignIn::Answer SignIn::respond(net::Outbox &out, QByteArrayView response)
{
    if (const auto proved = std::exchange(m_proved, {})) {
        if (response.isEmpty())
            return conclude(out, proved->first, proved->second);
        cancelled();
        return {Answer::Kind::Invalid, "SCRAM ends with an empty line"};
    }
    return take(out, m_sasl->step(response));
}

SignIn::Answer SignIn::take(net::Outbox &out, const sasl::Step &step)
{
    using Kind = sasl::Step::Kind;
    if (!step.name.isEmpty())
        m_login = step.name;
    switch (step.kind) {
    case Kind::Challenge: return {Answer::Kind::Challenge, step.bytes};
    case Kind::CheckPassword:
        work(out, net::Pool::Hash, [this, password = step.password](Asked &asked) {
            asked.isPassword = true;
            asked.proved = m_authenticator.check(m_login, password);
        });
        return {Answer::Kind::Working};
    case Kind::NeedSecrets:
        work(out, net::Pool::Store,
             [this](Asked &asked) { asked.secrets = m_authenticator.secrets(m_login, m_sasl->secretKind()); });
        return {Answer::Kind::Working};
    case Kind::ActAs: return actAs(step.name);
    case Kind::Success: {
        const auto &secrets = m_asked->secrets;
        m_proved = {secrets.account.value_or(0), secrets.appPasswords.value(step.which)};
        if (!step.bytes.isEmpty())
            return {Answer::Kind::Challenge, step.bytes}; // our proof; its answer is empty
        const auto proved = *std::exchange(m_proved, {});
        return conclude(out, proved.first, proved.second);
    }
    case Kind::BadCredentials: {
        const bool missing = m_asked && m_asked->secrets.missing;
        return refuse(&out, SignInResult::BadCredentials, !missing);
    }
    case Kind::BadChannelBinding: return refuse(&out, SignInResult::BadChannelBinding, true);
    case Kind::ProtocolError: break;
    }
    note(SignInResult::ProtocolError, {});
    cancelled();
    return {Answer::Kind::Invalid, step.bytes};
}

// Whoever guesses waits: for the name first, then for this connection.
void SignIn::work(net::Outbox &out, net::Pool pool, std::move_only_function<void(Asked &)> find)
{
    const auto now = std::chrono::steady_clock::now();
    const auto &limits = m_authenticator.limits;
    const std::chrono::milliseconds ownDelay = std::chrono::seconds(std::max(0, m_failures - kFreeFailures));
    if (!limits.exempt(m_peer.address))
        out.pause = std::max(ownDelay, limits.delay(Authenticator::comparable(m_login), m_peer.address, now));
    m_asked = std::make_shared<Asked>();
    out.work = net::Work{.pool = pool, .run = [find = std::move(find), asked = m_asked]() mutable -> net::WorkResult {
                             find(*asked);
                             return net::Done{};
                         }};
}

SignIn::Answer SignIn::resumed(net::Outbox &out)
{
    if (out.poolFull) {
        cancelled();
        return {Answer::Kind::Busy};
    }
    if (m_asked->isPassword) {
        const auto proved = m_asked->proved;
        return proved ? conclude(out, proved->account, proved->appPassword)
                      : refuse(&out, SignInResult::BadCredentials, true);
    }
    return take(out, m_sasl->provide(m_asked->secrets.secrets));
}

SignIn::Answer SignIn::actAs(const QByteArray &name)
{
    const auto account = name.isEmpty() ? std::optional(m_key->accountId) : m_authenticator.account(name);
    m_login = name.isEmpty() ? m_key->loginAddress : name;
    m_sasl.reset();
    if (account != m_key->accountId)
        return refuse(nullptr, SignInResult::OtherAccount, false);
    if (!attach(m_tls->clientKeyFingerprint)) // removed since the handshake
        return refuse(nullptr, SignInResult::UnknownKey, false);
    m_account = *account;
    note(SignInResult::Ok, m_tls->clientKeyFingerprint);
    return {Answer::Kind::SignedIn};
}

SignIn::Answer SignIn::conclude(net::Outbox &out, qint64 account, qint64 appPassword)
{
    m_sasl.reset();
    m_asked.reset();
    const QByteArray device = deviceOf(appPassword);
    if (m_authenticator.account(m_login) != account || (!device.isEmpty() && !attach(device)))
        return refuse(&out, SignInResult::BadCredentials, false); // disabled or revoked while it signed in
    if (m_key && m_key->accountId != account) {
        auto answer = refuse(&out, SignInResult::OtherAccount, false);
        answer.text = "the TLS key belongs to another account";
        return answer;
    }
    if (m_key && !m_devices.contains(m_tls->clientKeyFingerprint) && !attach(m_tls->clientKeyFingerprint))
        return refuse(&out, SignInResult::UnknownKey, false);
    m_account = account;
    m_failures = 0;
    out.trickle.reset();
    m_authenticator.limits.succeeded(Authenticator::comparable(m_login), m_peer.address);
    note(SignInResult::Ok, device);
    noteSeenKey();
    return {Answer::Kind::SignedIn};
}

SignIn::Answer SignIn::refuse(net::Outbox *outOrNull, SignInResult result, bool counts)
{
    m_sasl.reset();
    m_asked.reset();
    m_proved.reset();
    note(result, {});
    if (counts) {
        ++m_failures;
        m_authenticator.limits.failed(Authenticator::comparable(m_login), m_peer.address,
                                      std::chrono::steady_clock::now());
    }
    if (outOrNull && m_failures >= kFreeFailures && !m_authenticator.limits.exempt(m_peer.address))
        outOrNull->trickle = net::Trickle{};
    return {result == SignInResult::BadChannelBinding ? Answer::Kind::OtherChannel : Answer::Kind::Refused,
            kBadCredentials};
}

void SignIn::cancelled()
{
    m_sasl.reset();
    m_asked.reset();
    m_proved.reset();
}

bool SignIn::attach(const QByteArray &device)
{
    if (m_devices.contains(device))
        return true;
    if (!m_authenticator.devices.signIn(device, m_peer.id))
        return false;
    m_devices.append(device);
    return true;
}

void SignIn::signOut()
{
    for (const QByteArray &device : std::as_const(m_devices))
        m_authenticator.devices.signOut(device, m_peer.id);
    m_devices.clear();
    m_account = 0;
}

void SignIn::client(const QString &nameAndVersion)
{
    m_client = unicode::printable(nameAndVersion, kLongestDeviceName);
    for (const QByteArray &device : std::as_const(m_devices))
        m_authenticator.log.noteClient(device, m_client);
}

void SignIn::noteSeenKey() const
{
    if (m_key || !m_tls || m_tls->clientKeyFingerprint.isEmpty() || m_tls->peerChain.isEmpty())
        return;
    const auto key = crypto::readClientCertificate(m_tls->peerChain.first());
    if (!key) // one that could not be adopted
        return;
    const Timestamp now = m_authenticator.clock.now();
    m_authenticator.log.noteSeen({.fingerprint = key->fingerprint,
                                  .accountId = m_account,
                                  .type = key->type,
                                  .name = QString::fromUtf8(key->name),
                                  .certificateDer = key->certificateDer,
                                  .firstSeenAt = now,
                                  .lastSeen = {.at = now, .from = m_peer.address.toString(), .by = m_client}});
}

void SignIn::note(SignInResult result, const QByteArray &device) const
{
    m_authenticator.log.note({.login = QString::fromUtf8(m_login),
                              .account = m_authenticator.account(m_login).value_or(0),
                              .device = device,
                              .service = m_options.service,
                              .mechanism = m_mechanism,
                              .from = m_peer.address,
                              .client = m_client,
                              .result = result},
                             m_authenticator.clock.now());
}

} // namespace auth
