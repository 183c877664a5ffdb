// What signs in besides passwords of accounts: TLS public keys and app passwords, together the devices of a person;
// keys that were seen; and what came of sign-ins. Values only; any thread.
#pragma once

#include "shared/api/method.h"

namespace api {

enum class DeviceKind
{
    Key,
    AppPassword,
    SeenKey, // not let in yet; only among the records of the topic
};
constexpr auto enumNames(DeviceKind)
{
    return std::array{EnumName{DeviceKind::Key, "key"}, EnumName{DeviceKind::AppPassword, "appPassword"},
                      EnumName{DeviceKind::SeenKey, "seenKey"}};
}

struct Device
{
    QString id; // of a key its fingerprint
    QString name;
    DeviceKind kind = DeviceKind::Key;
    QString account;
    QString fingerprint;
    QString type;
    QString loginAddress;
    bool noImapPreauth = false;
    Timestamp createdAt;
    Timestamp lastUsedAt; // epoch = never
    QString lastUsedFrom;
    QString lastUsedBy;
    qint64 preauthSignIns = 0;

    static constexpr auto fields()
    {
        return std::tuple{
            field("id", &Device::id, "Identifies the key or app password.", kKey),
            field("name", &Device::name, "Name people know it by."),
            field("kind", &Device::kind, "key or appPassword."),
            field("account", &Device::account, "Whose it is."),
            field("fingerprint", &Device::fingerprint, "Of a key: base64url SHA-256 of its public part."),
            field("type", &Device::type, "Of a key: its algorithm and size."),
            field("loginAddress", &Device::loginAddress, "Address it signs in as."),
            field("noImapPreauth", &Device::noImapPreauth, "IMAP greets it as not signed in yet."),
            field("createdAt", &Device::createdAt, "When it was added."),
            field("lastUsedAt", &Device::lastUsedAt, "When it last signed in."),
            field("lastUsedFrom", &Device::lastUsedFrom, "Address it came from."),
            field("lastUsedBy", &Device::lastUsedBy, "Mail app, as far as known."),
            field("preauthSignIns", &Device::preauthSignIns, "Times it signed in where its key had done so."),
        };
    }
};

struct DevicesListParams
{
    QString account;
    static constexpr auto fields()
    {
        return std::tuple{field("account", &DevicesListParams::account, "Address; empty: everyone's.", kKey)};
    }
};
struct DevicesListResult
{
    QList<Device> devices;
    static constexpr auto fields()
    {
        return std::tuple{field("devices", &DevicesListResult::devices, "By account and name.")};
    }
};
struct DeviceIdParams
{
    QString id;
    static constexpr auto fields()
    {
        return std::tuple{
            field("id", &DeviceIdParams::id, "A key's fingerprint, or the id of an app password.", kRequired | kKey)};
    }
};
struct DeviceResult
{
    Device device;
    static constexpr auto fields()
    {
        return std::tuple{field("device", &DeviceResult::device, "The key or app password.")};
    }
};

struct TlsPubkeyListResult
{
    QList<Device> keys;
    static constexpr auto fields()
    {
        return std::tuple{field("keys", &TlsPubkeyListResult::keys, "By account and name.")};
    }
};
struct FingerprintParams
{
    QString fingerprint;
    static constexpr auto fields()
    {
        return std::tuple{
            field("fingerprint", &FingerprintParams::fingerprint, "Fingerprint of the key.", kRequired | kKey)};
    }
};
struct TlsPubkeyAddParams
{
    QString address;
    QString name;
    QString certificate;
    bool noImapPreauth = false;
    static constexpr auto fields()
    {
        return std::tuple{
            field("address", &TlsPubkeyAddParams::address, "Address it signs in as.", kRequired | kKey),
            field("name", &TlsPubkeyAddParams::name, "Name of the device; empty: as in the certificate.", kKey),
            field("certificate", &TlsPubkeyAddParams::certificate, "Its certificate in PEM."),
            field("noImapPreauth", &TlsPubkeyAddParams::noImapPreauth,
                  "Greet it as not signed in yet: for mail apps that sign in all the same."),
        };
    }
};
struct TlsPubkeyUpdateParams
{
    QString fingerprint;
    std::optional<QString> name;
    std::optional<QString> loginAddress;
    std::optional<bool> noImapPreauth;
    static constexpr auto fields()
    {
        return std::tuple{
            field("fingerprint", &TlsPubkeyUpdateParams::fingerprint, "Fingerprint of the key.", kRequired | kKey),
            field("name", &TlsPubkeyUpdateParams::name, "Name of the device."),
            field("loginAddress", &TlsPubkeyUpdateParams::loginAddress, "Address it signs in as."),
            field("noImapPreauth", &TlsPubkeyUpdateParams::noImapPreauth, "Greet it as not signed in yet."),
        };
    }
};
struct TlsPubkeyResult
{
    Device key;
    static constexpr auto fields() { return std::tuple{field("key", &TlsPubkeyResult::key, "The key.")}; }
};
struct TlsPubkeyGetResult
{
    Device key;
    QString certificate;
    static constexpr auto fields()
    {
        return std::tuple{field("key", &TlsPubkeyGetResult::key, "The key."),
                          field("certificate", &TlsPubkeyGetResult::certificate, "Its certificate in PEM.")};
    }
};

struct AppPasswordAddParams
{
    QString account;
    QString name;
    static constexpr auto fields()
    {
        return std::tuple{
            field("account", &AppPasswordAddParams::account, "Address of the account.", kRequired | kKey),
            field("name", &AppPasswordAddParams::name, "Name of the device it is for.", kRequired | kKey)};
    }
};
struct AppPasswordAddResult
{
    Device device;
    QString generatedPassword; // told this once
    static constexpr auto fields()
    {
        return std::tuple{
            field("device", &AppPasswordAddResult::device, "The app password."),
            field("generatedPassword", &AppPasswordAddResult::generatedPassword, "The password itself; shown once.")};
    }
};

struct SeenKey
{
    QString fingerprint;
    QString account;
    QString name;
    QString type;
    Timestamp firstSeenAt;
    Timestamp lastSeenAt;
    QString lastSeenFrom;
    QString lastSeenBy;
    static constexpr auto fields()
    {
        return std::tuple{
            field("fingerprint", &SeenKey::fingerprint, "Fingerprint of the key.", kKey),
            field("account", &SeenKey::account, "Whose password it came with."),
            field("name", &SeenKey::name, "Name in its certificate."),
            field("type", &SeenKey::type, "Its algorithm and size."),
            field("firstSeenAt", &SeenKey::firstSeenAt, "When it first came."),
            field("lastSeenAt", &SeenKey::lastSeenAt, "When it last came."),
            field("lastSeenFrom", &SeenKey::lastSeenFrom, "Address it came from."),
            field("lastSeenBy", &SeenKey::lastSeenBy, "Mail app, as far as known."),
        };
    }
};
struct SeenKeysListResult
{
    QList<SeenKey> keys;
    static constexpr auto fields() { return std::tuple{field("keys", &SeenKeysListResult::keys, "The latest first.")}; }
};
struct SeenKeyParams
{
    QString fingerprint;
    QString account;
    static constexpr auto fields()
    {
        return std::tuple{
            field("fingerprint", &SeenKeyParams::fingerprint, "Fingerprint of the key.", kRequired | kKey),
            field("account", &SeenKeyParams::account, "Address of the account it came with.", kRequired | kKey)};
    }
};

enum class SignInResult
{
    Ok,
    BadCredentials,
    BadChannelBinding,
    UnknownKey,
    OtherAccount,
    TooMany,
    ProtocolError,
    InPreauth,
};
constexpr auto enumNames(SignInResult)
{
    return std::array{EnumName{SignInResult::Ok, "ok"},
                      EnumName{SignInResult::BadCredentials, "badCredentials"},
                      EnumName{SignInResult::BadChannelBinding, "badChannelBinding"},
                      EnumName{SignInResult::UnknownKey, "unknownKey"},
                      EnumName{SignInResult::OtherAccount, "otherAccount"},
                      EnumName{SignInResult::TooMany, "tooMany"},
                      EnumName{SignInResult::ProtocolError, "protocolError"},
                      EnumName{SignInResult::InPreauth, "inPreauth"}};
}

struct SignIn
{
    Timestamp lastAt;
    Timestamp firstAt;
    qint64 count = 0;
    QString login;
    QString account;
    SignInResult result = SignInResult::Ok;
    QString service;
    QString mechanism;
    QString from;
    QString client;
    QString device;
    static constexpr auto fields()
    {
        return std::tuple{
            field("login", &SignIn::login, "Name given."),
            field("account", &SignIn::account, "Whose name that is; empty: nobody's."),
            field("result", &SignIn::result, "What came of it."),
            field("service", &SignIn::service, "imap or submission."),
            field("mechanism", &SignIn::mechanism, "How, such as PLAIN or TLS key."),
            field("from", &SignIn::from, "Network address."),
            field("client", &SignIn::client, "Mail app, as far as known."),
            field("device", &SignIn::device, "Id of the key or app password."),
            field("count", &SignIn::count, "How often the same happened."),
            field("firstAt", &SignIn::firstAt, "First time."),
            field("lastAt", &SignIn::lastAt, "Last time."),
        };
    }
};
struct SignInsListParams
{
    QString account;
    std::optional<SignInResult> result;
    qint64 most = 100;
    static constexpr auto fields()
    {
        return std::tuple{
            field("account", &SignInsListParams::account, "Address; empty: everyone's and nobody's.", kKey),
            field("result", &SignInsListParams::result, "Only those that came to this."),
            field("most", &SignInsListParams::most, "At most so many, 1,000 at most."),
        };
    }
};
struct SignInsListResult
{
    QList<SignIn> signIns;
    static constexpr auto fields()
    {
        return std::tuple{field("signIns", &SignInsListResult::signIns, "The latest first.")};
    }
};

inline constexpr Method<DevicesListParams, DevicesListResult> kDevicesList{
    "devices.list", "List keys and app passwords.", Role::Admin, "devices", "list"};
inline constexpr Method<DeviceIdParams, DeviceResult> kDevicesRemove{
    "devices.remove", "Revoke a key or app password; its sessions end.", Role::Admin, "devices", "remove", true,
    "devices"};
inline constexpr Method<DevicesListParams, TlsPubkeyListResult> kTlsPubkeyList{
    "tlspubkey.list", "List TLS public keys.", Role::Admin, "tlspubkey", "list"};
inline constexpr Method<FingerprintParams, TlsPubkeyGetResult> kTlsPubkeyGet{
    "tlspubkey.get", "Show a TLS public key and its certificate.", Role::Admin, "tlspubkey", "get"};
inline constexpr Method<TlsPubkeyAddParams, TlsPubkeyResult> kTlsPubkeyAdd{
    "tlspubkey.add", "Let a TLS client certificate sign in.", Role::Admin, "tlspubkey", "add", true, "devices"};
inline constexpr Method<TlsPubkeyUpdateParams, TlsPubkeyResult> kTlsPubkeyUpdate{
    "tlspubkey.update", "Change name, address or greeting of a TLS public key.",
    Role::Admin,        "tlspubkey",
    "update",           true,
    "devices"};
inline constexpr Method<FingerprintParams, TlsPubkeyResult> kTlsPubkeyRemove{
    "tlspubkey.remove", "Revoke a TLS public key; its sessions end.", Role::Admin, "tlspubkey", "remove", true,
    "devices"};
inline constexpr Method<AppPasswordAddParams, AppPasswordAddResult> kAppPasswordsAdd{
    "appPasswords.add", "Make a password for one device.", Role::Admin, "app-password", "add", true, "devices"};
inline constexpr Method<DevicesListParams, DevicesListResult> kAppPasswordsList{
    "appPasswords.list", "List app passwords.", Role::Admin, "app-password", "list"};
inline constexpr Method<DeviceIdParams, DeviceResult> kAppPasswordsRemove{"appPasswords.remove",
                                                                          "Revoke an app password; its sessions end.",
                                                                          Role::Admin,
                                                                          "app-password",
                                                                          "remove",
                                                                          true,
                                                                          "devices"};
inline constexpr Method<None, SeenKeysListResult> kSeenKeysList{
    "seenKeys.list", "List keys that came with a right password and are not let in.", Role::Admin, "seen-keys", "list"};
inline constexpr Method<SeenKeyParams, TlsPubkeyResult> kSeenKeysAdopt{
    "seenKeys.adopt", "Let a key that was seen sign in.", Role::Admin, "seen-keys", "adopt", true, "devices"};
inline constexpr Method<SignInsListParams, SignInsListResult> kSignInsList{
    "signIns.list", "List sign-ins and attempts.", Role::Admin, "sign-ins", "list"};

} // namespace api
