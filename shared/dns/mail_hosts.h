// Where mail for a domain goes, RFC 5321 5.1: the MX hosts by preference, in random order among equals, or without any
// MX the domain itself; each with its addresses, and its TLSA records where the DNS is signed all the way (RFC 7672
// 2.2). Sans-IO but for the Resolver; answers on the thread of its last answer.
#pragma once

#include "shared/dns/resolver.h"

namespace dns {

inline constexpr int kMostMailHosts = 10; // of a domain; the worse ones are not tried

enum class TlsaState
{
    None,   // no records, or none that are signed: DANE does not apply
    Found,  // see MailHost::tlsa
    Failed, // they could not be looked up: the host must not be used (RFC 7672 2.1.2)
};

struct MailHost
{
    QByteArray name;
    QList<IpAddress> addresses; // IPv6 first
    int preference = 0;
    TlsaState tlsaState = TlsaState::None;
    QList<QByteArray> tlsa; // wire form
    QByteArray tlsaBase;    // whose they are: the name its certificate should have
    QString why;            // Failed
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
    QList<MailHost> hosts;      // best first
    bool authentic = false;     // that these are the hosts of this domain was validated
    QByteArray canonicalDomain; // after CNAMEs
    QString why;
};

struct MailHostsRequest
{
    QByteArray domain;
    quint16 port = 25;                              // TLSA records are looked up for it
    std::function<void(QList<MailHost> &)> shuffle; // puts hosts of one preference into random order
};

// `resolver` must live until it answered.
void findMailHosts(Resolver &resolver, MailHostsRequest request, std::function<void(MailHosts)> found);

} // namespace dns
