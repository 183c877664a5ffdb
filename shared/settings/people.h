// Domains, accounts and aliases as the settings document names them: what an administrator decides, not mail, keys or passwords.
// Values only; any thread.
#pragma once

#include "shared/base/fields.h"

#include <QStringList>

#include <array>

namespace settings {

enum class Role
{
    Viewer,   // may see the status
    Self,     // own account
    Admin,
};
constexpr auto enumNames(Role)
{
    return std::array{EnumName{Role::Viewer, "viewer"}, EnumName{Role::Self, "self"}, EnumName{Role::Admin, "admin"}};
}

struct Domain
{
    QString name;

    static constexpr auto fields()
    {
        return std::tuple{field("name", &Domain::name, "Domain, such as example.org.", kRequired | kKey)};
    }
};

struct Account
{
    QString address;
    QString name;
    Role role = Role::Self;
    qint64 quotaBytes = 0;

    static constexpr auto fields()
    {
        return std::tuple{
            field("address", &Account::address, "Address and sign-in name.", kRequired | kKey),
            field("name", &Account::name, "The person's name."),
            field("role", &Account::role, "What the person may do in the control app."),
            field("quotaBytes", &Account::quotaBytes, "Most bytes kept; 0: no limit.", kBytes),
        };
    }
};

struct Alias
{
    QString address;
    QStringList members;
    bool postPublic = true;         // people who are not members may write to it
    bool listMembers = false;       // members may see who else is one
    bool allowMsgFrom = false;      // members may send from the alias address

    static constexpr auto fields()
    {
        return std::tuple{
            field("address", &Alias::address, "Address of the alias.", kRequired | kKey),
            field("members", &Alias::members, "Addresses of the accounts that get the mail.", kRequired),
            field("postPublic", &Alias::postPublic, "Whether anyone may write to it, not only members."),
            field("listMembers", &Alias::listMembers, "Whether members see each other."),
            field("allowMsgFrom", &Alias::allowMsgFrom, "Whether members may send from this address."),
        };
    }
};

} // namespace settings
