// What a handler of an API method is given. A reading one runs on a worker with its reader; a changing one runs inside
// a change, on the writer's thread: it checks, then acts, and an error takes everything back. A dry run is the same,
// always taken back. Header shared by the handle_*.cpp files and the dispatch.
#pragma once

#include "daemon/control/services.h"
#include "shared/base/refusal.h"

namespace control {

struct Reading
{
    const Services &services;
    db::Database &db;
    Timestamp now;
};

struct Writing : Reading
{
    store::Effects &effects;
    QString who;                              // "uid 1000"
    QList<std::function<void()>> &afterwards; // run on the writer's thread once the change is on disk
};

// --- handle_accounts.cpp ---------------------------------------------------------------------------------------------
[[nodiscard]] Result<api::AccountsListResult> handleAccountsList(Reading &call, const api::AccountsListParams &params);
[[nodiscard]] Result<api::AccountResult> handleAccountsGet(Reading &call, const api::AddressParams &params);
[[nodiscard]] Result<api::AccountSecretResult> handleAccountsAdd(Writing &call, const api::AccountsAddParams &params);
[[nodiscard]] Result<api::AccountSecretResult> handleAccountsSetPassword(Writing &call,
                                                                         const api::AccountsSetPasswordParams &params);
[[nodiscard]] Result<api::AccountResult> handleAccountsUpdate(Writing &call, const api::AccountsUpdateParams &params);
[[nodiscard]] Result<api::AccountResult> handleAccountsRemove(Writing &call, const api::AccountsRemoveParams &params);
[[nodiscard]] Result<api::AccountResult> handleAccountsRestore(Writing &call, const api::AddressParams &params);

// --- handle_sign_ins.cpp ---------------------------------------------------------------------------------------------
[[nodiscard]] Result<api::SignInsListResult> handleSignInsList(Reading &call, const api::SignInsListParams &params);

// --- handle_devices.cpp ----------------------------------------------------------------------------------------------
[[nodiscard]] Result<api::DevicesListResult> handleDevicesList(Reading &call, const api::DevicesListParams &params);
[[nodiscard]] Result<api::DeviceResult> handleDevicesRemove(Writing &call, const api::DeviceIdParams &params);
[[nodiscard]] Result<api::TlsPubkeyListResult> handleTlsPubkeyList(Reading &call, const api::DevicesListParams &params);
[[nodiscard]] Result<api::TlsPubkeyGetResult> handleTlsPubkeyGet(Reading &call, const api::FingerprintParams &params);
[[nodiscard]] Result<api::TlsPubkeyResult> handleTlsPubkeyAdd(Writing &call, const api::TlsPubkeyAddParams &params);
[[nodiscard]] Result<api::TlsPubkeyResult> handleTlsPubkeyUpdate(Writing &call,
                                                                 const api::TlsPubkeyUpdateParams &params);
[[nodiscard]] Result<api::TlsPubkeyResult> handleTlsPubkeyRemove(Writing &call, const api::FingerprintParams &params);
[[nodiscard]] Result<api::AppPasswordAddResult> handleAppPasswordsAdd(Writing &call,
                                                                      const api::AppPasswordAddParams &params);
[[nodiscard]] Result<api::DevicesListResult> handleAppPasswordsList(Reading &call,
                                                                    const api::DevicesListParams &params);
[[nodiscard]] Result<api::DeviceResult> handleAppPasswordsRemove(Writing &call, const api::DeviceIdParams &params);
[[nodiscard]] Result<api::SeenKeysListResult> handleSeenKeysList(Reading &call, const api::None &params);
[[nodiscard]] Result<api::TlsPubkeyResult> handleSeenKeysAdopt(Writing &call, const api::SeenKeyParams &params);
// Keys and app passwords, and keys that were seen: what the topic tells.
[[nodiscard]] Result<QList<api::Device>> allDevices(db::Database &db);
[[nodiscard]] Result<QList<api::QuotaWarning>> quotaWarnings(db::Database &db);

// --- handle_domains.cpp, handle_aliases.cpp --------------------------------------------------------------------------
// Aliases as the store has them and as the API and the settings document do.
[[nodiscard]] settings::AliasPost toApi(store::PostPolicy policy);
[[nodiscard]] store::PostPolicy toStored(settings::AliasPost post);
[[nodiscard]] QStringList toTexts(const QList<QByteArray> &addresses);
[[nodiscard]] Result<api::DomainsListResult> handleDomainsList(Reading &call, const api::None &params);
[[nodiscard]] Result<api::DomainResult> handleDomainsAdd(Writing &call, const api::DomainParams &params);
[[nodiscard]] Result<api::DomainResult> handleDomainsRemove(Writing &call, const api::DomainParams &params);
[[nodiscard]] Result<api::AliasesListResult> handleAliasesList(Reading &call, const api::None &params);
[[nodiscard]] Result<api::AliasResult> handleAliasesAdd(Writing &call, const api::AliasesAddParams &params);
[[nodiscard]] Result<api::AliasResult> handleAliasesUpdate(Writing &call, const api::AliasesUpdateParams &params);
[[nodiscard]] Result<api::AliasesTestResult> handleAliasesTest(Reading &call, const api::AliasesTestParams &params);
[[nodiscard]] Result<api::AliasResult> handleAliasesRemove(Writing &call, const api::AddressParams &params);

// --- handle_delivery.cpp ---------------------------------------------------------------------------------------------
[[nodiscard]] Result<api::DeliveryPolicy> handleDeliveryPolicy(Reading &call, const api::DeliveryPolicyParams &params);
[[nodiscard]] Result<api::TlsReportResult> handleReportsTls(Reading &call, const api::TlsReportParams &params);

// --- handle_dkim.cpp, handle_dns.cpp ---------------------------------------------------------------------------------
[[nodiscard]] Result<api::DkimListResult> handleDkimList(Reading &call, const api::DkimListParams &params);
[[nodiscard]] Result<api::DkimKeyResult> handleDkimAdd(Writing &call, const api::DkimAddParams &params);
[[nodiscard]] Result<api::DkimKeyResult> handleDkimSet(Writing &call, const api::DkimSetParams &params);
[[nodiscard]] Result<api::DkimKeyResult> handleDkimRemove(Writing &call, const api::DkimSelectorParams &params);
[[nodiscard]] Result<api::DkimRotateResult> handleDkimRotate(Writing &call, const api::DkimRotateParams &params);
[[nodiscard]] Result<api::DomainDnsResult> handleDomainsDns(Reading &call, const api::DomainParams &params);
// What a domain's mail needs in the DNS, its keys included.
[[nodiscard]] Result<QList<api::DnsEntry>> dnsFor(db::Database &db, const QString &domain, const QString &hostname);

// --- handle_tls.cpp --------------------------------------------------------------------------------------------------
[[nodiscard]] Result<api::HandshakesResult> handleTlsHandshakes(Reading &call, const api::HandshakesParams &params);
[[nodiscard]] Result<api::EnrolResult> handleDevicesEnrol(Reading &call, const api::EnrolParams &params);

// --- handle_queue.cpp, handle_trace.cpp ------------------------------------------------------------------------------
[[nodiscard]] Result<api::QueueListResult> handleQueueList(Reading &call, const api::QueueListParams &params);
[[nodiscard]] Result<api::QueueShowResult> handleQueueShow(Reading &call, const api::QueueIdParams &params);
[[nodiscard]] Result<api::QueueCountResult> handleQueueRetry(Writing &call, const api::QueueSelection &params);
[[nodiscard]] Result<api::QueueCountResult> handleQueueHold(Writing &call, const api::QueueSelection &params);
[[nodiscard]] Result<api::QueueCountResult> handleQueueRelease(Writing &call, const api::QueueSelection &params);
[[nodiscard]] Result<api::QueueCountResult> handleQueueSchedule(Writing &call, const api::QueueScheduleParams &params);
[[nodiscard]] Result<api::QueueCountResult> handleQueueRequireTls(Writing &call, const api::QueueTlsParams &params);
[[nodiscard]] Result<api::QueueCountResult> handleQueueFail(Writing &call, const api::QueueSelection &params);
[[nodiscard]] Result<api::QueueCountResult> handleQueueDrop(Writing &call, const api::QueueSelection &params);
[[nodiscard]] Result<api::QueueCountResult> handleQueueUndo(Writing &call, const api::QueueUndoParams &params);
[[nodiscard]] Result<api::QueueHistoryResult> handleQueueHistory(Reading &call, const api::QueueHistoryParams &params);
[[nodiscard]] Result<api::MailSendResult> handleMailSend(Writing &call, const api::MailSendParams &params);
[[nodiscard]] Result<api::TraceFindResult> handleTraceFind(Reading &call, const api::TraceFindParams &params);

// --- handle_hold_rules.cpp -------------------------------------------------------------------------------------------
[[nodiscard]] Result<api::HoldRulesListResult> handleHoldRulesList(Reading &call, const api::None &params);
[[nodiscard]] Result<api::HoldRuleResult> handleHoldRulesAdd(Writing &call, const api::HoldRulesAddParams &params);
[[nodiscard]] Result<api::HoldRuleResult> handleHoldRulesRemove(Writing &call,
                                                                const api::HoldRulesRemoveParams &params);
[[nodiscard]] Result<api::HoldRulesTestResult> handleHoldRulesTest(Reading &call, const api::HoldConditions &params);

// --- handle_suppressions.cpp -----------------------------------------------------------------------------------------
[[nodiscard]] Result<api::SuppressionsListResult> handleSuppressionsList(Reading &call,
                                                                         const api::SuppressionsListParams &params);
[[nodiscard]] Result<api::SuppressionResult> handleSuppressionsAdd(Writing &call,
                                                                   const api::SuppressionsAddParams &params);
[[nodiscard]] Result<api::SuppressionResult> handleSuppressionsRemove(Writing &call,
                                                                      const api::SuppressionsRemoveParams &params);

// --- handle_routes.cpp -----------------------------------------------------------------------------------------------
[[nodiscard]] Result<api::TransportsListResult> handleTransportsList(Reading &call, const api::None &params);
[[nodiscard]] Result<api::TransportResult> handleTransportsSet(Writing &call, const api::Transport &params);
[[nodiscard]] Result<api::TransportResult> handleTransportsRemove(Writing &call, const api::TransportParams &params);
[[nodiscard]] Result<api::RoutesListResult> handleRoutesList(Reading &call, const api::None &params);
[[nodiscard]] Result<api::RouteResult> handleRoutesAdd(Writing &call, const api::RoutesAddParams &params);
[[nodiscard]] Result<api::RouteResult> handleRoutesRemove(Writing &call, const api::RouteParams &params);
[[nodiscard]] Result<api::QueueCountResult> handleQueueTransport(Writing &call,
                                                                 const api::QueueTransportParams &params);
// What a selection means. Numbers that are nowhere are an error; a filter that fits nothing is not.
[[nodiscard]] Result<QList<qint64>> chosenMessages(Writing &call, const api::QueueSelection &selection);

// --- handle_status.cpp, handle_verify.cpp ----------------------------------------------------------------------------
[[nodiscard]] Result<api::Status> handleStatusGet(Reading &call, const api::None &params);
[[nodiscard]] Result<api::VerifyResult> handleVerifyRun(Reading &call, const api::None &params);

// --- handle_settings.cpp, handle_setup.cpp ---------------------------------------------------------------------------
[[nodiscard]] Result<api::SettingsExportResult> handleSettingsExport(Reading &call, const api::None &params);
[[nodiscard]] Result<api::SettingsChangesResult> handleSettingsDiff(Reading &call,
                                                                    const api::SettingsDocumentParams &params);
[[nodiscard]] Result<api::SettingsChangesResult> handleSettingsApply(Writing &call,
                                                                     const api::SettingsDocumentParams &params);
[[nodiscard]] Result<api::SettingsHistoryResult> handleSettingsHistory(Reading &call,
                                                                       const api::SettingsHistoryParams &params);
[[nodiscard]] Result<api::SettingsChangesResult> handleSettingsUndo(Writing &call,
                                                                    const api::SettingsUndoParams &params);
[[nodiscard]] Result<api::SettingsSchemaResult> handleSettingsSchema(Reading &call, const api::None &params);
[[nodiscard]] Result<api::SetupResult> handleSetupApply(Writing &call, const api::SetupParams &params);

} // namespace control
