// Address lists of header fields (RFC 5322 3.4 with the obsolete forms of 4.4), read leniently: what can't be
// understood is kept as well as it can be. Groups are told by their start and end, as IMAP's ENVELOPE wants them. Any
// thread.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace mime {

inline constexpr qsizetype kMostAddresses = 1000;

struct ListedAddress
{
    enum class Kind
    {
        Mailbox,
        GroupStart, // name is the group's
        GroupEnd,
    };
    Kind kind = Kind::Mailbox;
    QByteArray name;      // display name, unquoted; encoded words as they are
    QByteArray route;     // obsolete source route, "@a,@b"; usually empty
    QByteArray localpart; // unquoted
    QByteArray domain;    // may be empty: "MAILER-DAEMON"
};

[[nodiscard]] QList<ListedAddress> parseAddressList(QByteArrayView value);

} // namespace mime
