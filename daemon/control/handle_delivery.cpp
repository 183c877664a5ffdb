// delivery.policy, reports.tls
#include "daemon/control/bounds.h"
#include "daemon/control/call.h"
#include "daemon/control/names.h"
#include "daemon/reports/tls_results.h"

namespace control {

namespace {

constexpr int kMostDays = 60;

} // namespace

Result<api::DeliveryPolicy> handleDeliveryPolicy(Reading &call, const api::DeliveryPolicyParams &params)
{
    return storedDomain(params.domain, QStringLiteral("/domain")).and_then([&call](const QByteArray &domain) {
        return reports::deliveryPolicy(call.db, domain, call.now);
    });
}

Result<api::TlsReportResult> handleReportsTls(Reading &call, const api::TlsReportParams &params)
{
    if (auto done = checkRange("/days", params.days, 1, kMostDays); !done)
        return std::unexpected(done.error());
    const auto domain =
        params.domain.isEmpty() ? Result<QByteArray>() : storedDomain(params.domain, QStringLiteral("/domain"));
    return domain
        .and_then([&](const QByteArray &name) {
            return reports::listTlsResults(call.db, name, call.now - std::chrono::days(params.days));
        })
        .transform([](const QList<api::TlsSummary> &results) { return api::TlsReportResult{results}; });
}

} // namespace control
