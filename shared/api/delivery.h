// Where mail for a domain goes and what it must have of TLS there; what became of TLS, by day. Values only; any thread.
#pragma once

#include "shared/api/method.h"

namespace api {

struct StsCache
{
    QString mode;
    QString id;
    QStringList mx;
    Timestamp fetchedAt;
    Timestamp validUntil;
    bool expired = false;
    QString problem;
    static constexpr auto fields()
    {
        return std::tuple{
            field("mode", &StsCache::mode, "none, testing or enforce; empty: no policy is known."),
            field("id", &StsCache::id, "Id of the record when it was fetched."),
            field("mx", &StsCache::mx, "Hosts the policy allows."),
            field("fetchedAt", &StsCache::fetchedAt, "When it was fetched."),
            field("validUntil", &StsCache::validUntil, "How long it is valid."),
            field("expired", &StsCache::expired, "It is not valid any more."),
            field("problem", &StsCache::problem, "Why it could not be fetched the last time."),
        };
    }
};
struct DeliveryHost
{
    QString host;
    QString required;
    QString by;
    QString tls;
    QString failure;
    QString detail;
    Timestamp lastAt;
    static constexpr auto fields()
    {
        return std::tuple{
            field("host", &DeliveryHost::host, "Mail host.", kKey),
            field("required", &DeliveryHost::required, "What a connection must have."),
            field("by", &DeliveryHost::by, "dane, mta-sts, mta-sts testing, requiretls, or nobody."),
            field("tls", &DeliveryHost::tls, "TLS of the last connection."),
            field("failure", &DeliveryHost::failure, "What was wrong with it, as RFC 8460 names it."),
            field("detail", &DeliveryHost::detail, "The same in words."),
            field("lastAt", &DeliveryHost::lastAt, "When that was."),
        };
    }
};
struct DeliveryPolicy
{
    QString domain;
    StsCache mtaSts;
    QList<DeliveryHost> hosts;
    static constexpr auto fields()
    {
        return std::tuple{
            field("domain", &DeliveryPolicy::domain, "Domain of recipients."),
            field("mtaSts", &DeliveryPolicy::mtaSts, "Its MTA-STS policy as it is known here."),
            field("hosts", &DeliveryPolicy::hosts, "Hosts met, the last one first."),
        };
    }
};
struct DeliveryPolicyParams
{
    QString domain;
    static constexpr auto fields()
    {
        return std::tuple{field("domain", &DeliveryPolicyParams::domain, "Domain of recipients.", kRequired | kKey)};
    }
};

struct TlsSummary
{
    Timestamp day;
    QString domain;
    QString policy;
    QString host;
    QString result;
    QString ip;
    QString detail;
    qint64 sessions = 0;
    Timestamp lastAt;
    static constexpr auto fields()
    {
        return std::tuple{
            field("day", &TlsSummary::day, "Day, UTC."),
            field("domain", &TlsSummary::domain, "Domain of the recipients."),
            field("policy", &TlsSummary::policy, "tlsa, sts or no-policy-found."),
            field("host", &TlsSummary::host, "Mail host."),
            field("result", &TlsSummary::result, "success, or the failure as RFC 8460 names it."),
            field("ip", &TlsSummary::ip, "Address of the last one."),
            field("detail", &TlsSummary::detail, "What the last one was."),
            field("sessions", &TlsSummary::sessions, "How many there were."),
            field("lastAt", &TlsSummary::lastAt, "The last one."),
        };
    }
};
struct TlsReportParams
{
    QString domain;
    int days = 7;
    static constexpr auto fields()
    {
        return std::tuple{field("domain", &TlsReportParams::domain, "Only of this domain.", kKey),
                          field("days", &TlsReportParams::days, "How many days back.")};
    }
};
struct TlsReportResult
{
    QList<TlsSummary> results;
    static constexpr auto fields()
    {
        return std::tuple{field("results", &TlsReportResult::results, "The newest day first.")};
    }
};

inline constexpr Method<DeliveryPolicyParams, DeliveryPolicy> kDeliveryPolicy{
    "delivery.policy", "Show what deliveries to a domain require, and what happened last.", Role::Admin,
    "delivery-policy", ""};
inline constexpr Method<TlsReportParams, TlsReportResult> kReportsTls{
    "reports.tls", "Show what became of TLS on outgoing connections.", Role::Admin, "tls-report", ""};

} // namespace api
