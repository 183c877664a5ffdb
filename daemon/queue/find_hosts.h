// FindHosts over a dns::Resolver: what the look-up of a domain's mail servers means for its mail. Only facts are final;
// what could not be looked up now is tried again. Mail never comes back to this server by its own MX: hosts that are
// this server, and those that are no better, are left out (RFC 5321 5.1).
#pragma once

#include "daemon/queue/attempt.h"
#include "shared/dns/resolver.h"

namespace queue {

struct FindHostsOptions
{
    QByteArray ownName; // of this server, in lower case; empty: it may be its own peer (local mode)
    IsOwn isOwn;        // empty: no address is
    quint16 port = 25;
};

// The resolver outlives the queue.
[[nodiscard]] FindHosts findHostsBy(dns::Resolver &resolver, FindHostsOptions options);
// The addresses of a host itself, such as a relay's; not of the mail servers of a domain with that name.
[[nodiscard]] FindHosts findAddressesBy(dns::Resolver &resolver);

} // namespace queue
