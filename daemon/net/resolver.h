// The real resolver: libunbound, which validates DNSSEC itself. Questions go to the name servers of /etc/resolv.conf;
// the root's trust anchor is read where Debian's dns-root-data keeps it. Any thread asks; answers come on the
// resolver's own thread.
#pragma once

#include "shared/base/result.h"
#include "shared/dns/resolver.h"

#include <memory>

namespace net {

struct ResolverOptions
{
    QList<QByteArray> forwardTo; // "127.0.0.1@5353"; empty = as the system does
    QString trustAnchors;        // file of DNSKEY or DS records; empty = the root's, where Debian keeps it
};

class UnboundResolver final : public dns::Resolver
{
public:
    [[nodiscard]] static Result<std::unique_ptr<UnboundResolver>> start(const ResolverOptions &options = {});
    ~UnboundResolver() override; // questions still open are not answered

    void lookUp(const QByteArray &name, dns::Type type, std::function<void(dns::Answer)> answered) override;

private:
    struct State;
    explicit UnboundResolver(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace net
