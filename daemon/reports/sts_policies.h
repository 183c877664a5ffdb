// MTA-STS policies of other domains (RFC 8461 3.3, 5): the cache in the database, the TXT record that says whether it
// is still right, fetching. A valid policy stays in force when record or host are gone, so that nobody who blocks them
// turns it off. find() is called on the queue's thread and answers on any, once.
#pragma once

#include "daemon/core/change.h"
#include "daemon/db/database.h"
#include "daemon/net/http_client.h"
#include "shared/dns/resolver.h"
#include "shared/mailauth/mta_sts.h"

namespace reports {

struct StsAnswer
{
    std::optional<mailauth::StsPolicy> policy; // in force
    QByteArray problem;                        // why there is none though there should be one
};

// A row of the cache.
struct StsRow
{
    QByteArray recordId; // empty: never fetched
    QByteArray mode;     // empty: no policy yet
    std::chrono::seconds maxAge{0};
    QList<QByteArray> mx;
    Timestamp fetchedAt;
    Timestamp triedAt;
    QString problem;
};
[[nodiscard]] Result<std::optional<StsRow>> readSts(db::Database &db, const QByteArray &domain);

struct StsServices
{
    dns::Resolver &resolver;
    net::NetThreads &net;
    core::Committer &writer;
    const Clock &clock;
    QString databaseFile;
    std::shared_ptr<const net::Service> https; // verifies, TLS from the start
    quint16 port = 443;
    bool loopbackOnly = false;
};

class StsPolicies : public std::enable_shared_from_this<StsPolicies>
{
public:
    explicit StsPolicies(StsServices services)
        : m_services(std::move(services))
    {}
    using Found = std::function<void(StsAnswer)>;
    void find(const QByteArray &domain, Found found);

private:
    struct Search;
    void recordKnown(const std::shared_ptr<Search> &search, const dns::Answer &answer);
    void fetch(const std::shared_ptr<Search> &search);
    void fetched(const std::shared_ptr<Search> &search, const Result<http::Response> &response);
    void keep(const std::shared_ptr<Search> &search, const Result<mailauth::StsPolicy> &policy);
    const StsServices m_services;
};

} // namespace reports
