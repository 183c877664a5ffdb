// Where mail for a domain goes, RFC 5321 5.1: the MX hosts by preference, in random order among equals, or without any
// MX the domain itself; each with its addresses. Sans-IO but for the Resolver; answers on the thread of its last
// answer.
#pragma once

#include "shared/dns/resolver.h"

namespace dns {

inline constexpr int kMostMailHosts = 10; // of a domain; the worse ones are not tried

struct MailHost
{
    QByteArray name;
    QList<IpAddress> addresses; // IPv6 first
};

struct MailHosts
{
    enum class Problem
    {
        None,
        NoSuchDomain, // 5.1.2
        NullMx,       // 5.1.10, RFC 7505 4.2
        NoAddress,    // MX hosts without address: 5.4.4
        Temporary,    // 4.4.3
    };
    Problem problem = Problem::None;
    QList<MailHost> hosts;  // best first
    bool authentic = false; // every answer that led here was validated
    QString why;
};

// `resolver` must live until it answered. `shuffle` puts hosts of one preference into random order.
void findMailHosts(Resolver &resolver, const QByteArray &domain, std::function<void(QList<MailHost> &)> shuffle,
                   std::function<void(MailHosts)> found);

} // namespace dns
