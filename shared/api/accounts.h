// People and their sign-ins. Values only; any thread.
#pragma once

#include "shared/api/method.h"
#include "shared/settings/people.h"

namespace api {

using settings::AccountRole;

enum class AccountState
{
    Active,
    Disabled,
    Removed, // hidden and signed out; can be restored until it is purged
};
constexpr auto enumNames(AccountState)
{
    return std::array{EnumName{AccountState::Active, "active"}, EnumName{AccountState::Disabled, "disabled"},
                      EnumName{AccountState::Removed, "removed"}};
}

struct Account
{
    qint64 id = 0;
    QString address;
    QString name;
    AccountRole role = AccountRole::User;
    AccountState state = AccountState::Active;
    qint64 usedBytes = 0;
    qint64 quotaBytes = 0;
    qint64 messageCount = 0;
    qint64 quotaMessages = 0;
    std::chrono::seconds keepSent = std::chrono::days(14);
    QStringList uniqueSenders;
    qint64 dailyMessages = -1;
    qint64 dailyNewRecipients = -1;
    Timestamp createdAt;
    Timestamp lastSignIn; // epoch = not seen

    static constexpr auto fields()
    {
        return std::tuple{
            field("id", &Account::id, "Number of the account."),
            field("address", &Account::address, "Address and sign-in name.", kKey),
            field("name", &Account::name, "The person's name."),
            field("role", &Account::role, "user, or postmaster: gets mail for postmaster."),
            field("state", &Account::state, "Whether it can be used."),
            field("usedBytes", &Account::usedBytes, "Storage used.", kBytes),
            field("quotaBytes", &Account::quotaBytes, "Most storage; 0: no limit.", kBytes),
            field("messageCount", &Account::messageCount, "Messages kept."),
            field("quotaMessages", &Account::quotaMessages, "Most messages kept; 0: no limit."),
            field("keepSent", &Account::keepSent, "How long it is kept what became of each message sent."),
            field("uniqueSenders", &Account::uniqueSenders,
                  "Sign-in names whose messages each get an envelope sender of their own."),
            field("dailyMessages", &Account::dailyMessages,
                  "Most messages it may send in 24 hours; 0: no limit, -1: as the server's settings say."),
            field("dailyNewRecipients", &Account::dailyNewRecipients,
                  "Most people it may write to for the first time in 24 hours; likewise."),
            field("createdAt", &Account::createdAt, "When it was made."),
            field("lastSignIn", &Account::lastSignIn, "Last time someone signed in."),
        };
    }
};

enum class QuotaResource
{
    Storage,
    Messages,
};
constexpr auto enumNames(QuotaResource)
{
    return std::array{EnumName{QuotaResource::Storage, "storage"}, EnumName{QuotaResource::Messages, "messages"}};
}
// The topic "quota": what is nearly used up. Told once for each mark that is passed, and once when it is no more.
struct QuotaWarning
{
    QString address;
    QuotaResource resource = QuotaResource::Storage;
    int percent = 0; // the highest mark passed: 80 or 90

    static constexpr auto fields()
    {
        return std::tuple{field("address", &QuotaWarning::address, "Whose.", kKey),
                          field("resource", &QuotaWarning::resource, "What is nearly used up."),
                          field("percent", &QuotaWarning::percent, "The mark that was passed: 80 or 90.")};
    }
};

struct AccountsListParams
{
    bool includeRemoved = false;
    static constexpr auto fields()
    {
        return std::tuple{
            field("includeRemoved", &AccountsListParams::includeRemoved, "Also those removed and not yet purged.")};
    }
};
struct AccountsListResult
{
    QList<Account> accounts;
    static constexpr auto fields()
    {
        return std::tuple{field("accounts", &AccountsListResult::accounts, "By address.")};
    }
};

struct AddressParams
{
    QString address;
    static constexpr auto fields()
    {
        return std::tuple{
            field("address", &AddressParams::address, "Address, such as anna@example.org.", kRequired | kKey)};
    }
};

struct AccountsAddParams
{
    QString address;
    QString name;
    QString password; // empty = the server makes one and answers it once
    AccountRole role = AccountRole::User;
    qint64 quotaBytes = 0;
    qint64 quotaMessages = 0;
    qint64 dailyMessages = -1;
    qint64 dailyNewRecipients = -1;
    static constexpr auto fields()
    {
        return std::tuple{
            field("address", &AccountsAddParams::address, "Address and sign-in name.", kRequired | kKey),
            field("name", &AccountsAddParams::name, "The person's name."),
            field("password", &AccountsAddParams::password, "Password; without one the server makes one.", kSecret),
            field("role", &AccountsAddParams::role, "user, or postmaster: gets mail for postmaster."),
            field("quotaBytes", &AccountsAddParams::quotaBytes, "Most storage; 0: the server's default.", kBytes),
            field("quotaMessages", &AccountsAddParams::quotaMessages, "Most messages; 0: the server's default."),
            field("dailyMessages", &AccountsAddParams::dailyMessages,
                  "Most messages it may send in 24 hours; 0: no limit, -1: as the server's settings say."),
            field("dailyNewRecipients", &AccountsAddParams::dailyNewRecipients,
                  "Most people it may write to for the first time in 24 hours; likewise."),
        };
    }
};
struct AccountSecretResult
{
    Account account;
    QString generatedPassword; // told this once; empty if the caller chose it
    static constexpr auto fields()
    {
        return std::tuple{field("account", &AccountSecretResult::account, "The account."),
                          field("generatedPassword", &AccountSecretResult::generatedPassword,
                                "Password made by the server; shown once.")};
    }
};

struct AccountsSetPasswordParams
{
    QString address;
    QString password;
    static constexpr auto fields()
    {
        return std::tuple{
            field("address", &AccountsSetPasswordParams::address, "Address of the account.", kRequired | kKey),
            field("password", &AccountsSetPasswordParams::password, "Password; without one the server makes one.",
                  kSecret),
        };
    }
};

struct AccountsUpdateParams
{
    QString address;
    std::optional<QString> name;
    std::optional<AccountRole> role;
    std::optional<qint64> quotaBytes;
    std::optional<qint64> quotaMessages;
    std::optional<std::chrono::seconds> keepSent;
    std::optional<QStringList> uniqueSenders;
    std::optional<qint64> dailyMessages;
    std::optional<qint64> dailyNewRecipients;
    static constexpr auto fields()
    {
        return std::tuple{
            field("address", &AccountsUpdateParams::address, "Address of the account.", kRequired | kKey),
            field("name", &AccountsUpdateParams::name, "The person's name."),
            field("role", &AccountsUpdateParams::role, "user, or postmaster: gets mail for postmaster."),
            field("quotaBytes", &AccountsUpdateParams::quotaBytes, "Most storage; 0: no limit.", kBytes),
            field("quotaMessages", &AccountsUpdateParams::quotaMessages, "Most messages; 0: no limit."),
            field("keepSent", &AccountsUpdateParams::keepSent,
                  "How long it is kept what became of each message sent: 30d."),
            field("uniqueSenders", &AccountsUpdateParams::uniqueSenders,
                  "Sign-in names, such as its address, whose messages each get an envelope sender of their own: "
                  "address+id. Reports that come back are matched by it; none: an empty text."),
            field("dailyMessages", &AccountsUpdateParams::dailyMessages,
                  "Most messages it may send in 24 hours; 0: no limit, -1: as the server's settings say."),
            field("dailyNewRecipients", &AccountsUpdateParams::dailyNewRecipients,
                  "Most people it may write to for the first time in 24 hours; likewise."),
        };
    }
};
struct AccountsRemoveParams
{
    QString address;
    bool purge = false;
    static constexpr auto fields()
    {
        return std::tuple{
            field("address", &AccountsRemoveParams::address, "Address of the account.", kRequired | kKey),
            field("purge", &AccountsRemoveParams::purge,
                  "Delete its mail for good now, instead of after 30 days; also for one removed before."),
        };
    }
};
struct AccountResult
{
    Account account;
    static constexpr auto fields()
    {
        return std::tuple{field("account", &AccountResult::account, "The account as it is now.")};
    }
};

inline constexpr Method<AccountsListParams, AccountsListResult> kAccountsList{
    "accounts.list", "List people and what they use.", Role::Admin, "accounts", "list"};
inline constexpr Method<AddressParams, AccountResult> kAccountsGet{"accounts.get", "Show one account.", Role::Admin,
                                                                   "accounts", "show"};
inline constexpr Method<AccountsAddParams, AccountSecretResult> kAccountsAdd{
    "accounts.add", "Add a person.", Role::Admin, "accounts", "add", true, "accounts"};
inline constexpr Method<AccountsSetPasswordParams, AccountSecretResult> kAccountsSetPassword{
    "accounts.setPassword",
    "Give an account another password.",
    Role::Admin,
    "accounts",
    "set-password",
    true,
    "accounts"};
inline constexpr Method<AccountsUpdateParams, AccountResult> kAccountsUpdate{
    "accounts.update", "Change name, role, storage or daily limits of an account.",
    Role::Admin,       "accounts",
    "update",          true,
    "accounts"};
inline constexpr Method<AccountsRemoveParams, AccountResult> kAccountsRemove{
    "accounts.remove", "Disable and hide an account; its mail is kept for 30 days.",
    Role::Admin,       "accounts",
    "remove",          true,
    "accounts"};
inline constexpr Method<AddressParams, AccountResult> kAccountsRestore{
    "accounts.restore", "Bring a removed account back.", Role::Admin, "accounts", "restore", true, "accounts"};

} // namespace api
