// Domains, accounts and aliases as the settings document names them: what an administrator decides, not mail, keys or
// passwords. Values only; any thread.
#pragma once

#include "shared/base/fields.h"
#include "shared/settings/dkim.h"

#include <QStringList>

#include <array>
#include <optional>

namespace settings {

enum class AccountRole
{
    User,
    Postmaster, // gets what is sent to postmaster of any domain, RFC 5321 4.5.1
};
constexpr auto enumNames(AccountRole)
{
    return std::array{EnumName{AccountRole::User, "user"}, EnumName{AccountRole::Postmaster, "postmaster"}};
}

struct Domain
{
    QString name;
    std::optional<QList<DkimSelector>> dkim; // not said: as they are; a new domain gets one of each algorithm

    static constexpr auto fields()
    {
        return std::tuple{
            field("name", &Domain::name, "Domain, such as example.org.", kRequired | kKey),
            field("dkim", &Domain::dkim, "Keys that sign its mail; left out: as they are."),
        };
    }
};

struct Account
{
    QString address;
    QString name;
    AccountRole role = AccountRole::User;
    qint64 quotaBytes = 0;
    qint64 quotaMessages = 0;
    qint64 dailyMessages = -1;      // -1 = the server's, 0 = no limit
    qint64 dailyNewRecipients = -1; // likewise

    static constexpr auto fields()
    {
        return std::tuple{
            field("address", &Account::address, "Address and sign-in name.", kRequired | kKey),
            field("name", &Account::name, "The person's name."),
            field("role", &Account::role, "user, or postmaster: gets mail for postmaster."),
            field("quotaBytes", &Account::quotaBytes, "Most bytes kept; 0: no limit.", kBytes),
            field("quotaMessages", &Account::quotaMessages, "Most messages kept; 0: no limit."),
            field("dailyMessages", &Account::dailyMessages,
                  "Most messages it may send in 24 hours; 0: no limit, -1: as the server's settings say."),
            field("dailyNewRecipients", &Account::dailyNewRecipients,
                  "Most people it may write to for the first time in 24 hours; likewise."),
        };
    }
};

enum class AliasPost
{
    Anyone,
    Members,
    Senders, // members, and those who are named
};
constexpr auto enumNames(AliasPost)
{
    return std::array{EnumName{AliasPost::Anyone, "anyone"}, EnumName{AliasPost::Members, "members"},
                      EnumName{AliasPost::Senders, "senders"}};
}

struct Alias
{
    QString address;
    QStringList members;
    AliasPost post = AliasPost::Anyone;
    QStringList senders; // of AliasPost::Senders
    bool listMembers = false;
    bool allowFrom = false;

    static constexpr auto fields()
    {
        return std::tuple{
            field("address", &Alias::address, "Address of the alias.", kRequired | kKey),
            field("members", &Alias::members, "Addresses of the accounts that get the mail.", kRequired),
            field("post", &Alias::post, "Who may write to it: anyone, members, or senders."),
            field("senders", &Alias::senders, "Who may write to it besides its members, with post = senders."),
            field("listMembers", &Alias::listMembers, "Whether each copy names the members."),
            field("allowFrom", &Alias::allowFrom, "Whether members may write with its address."),
        };
    }
};

} // namespace settings
