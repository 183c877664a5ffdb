// Every API method, in the order of the command line's help. Any thread.
#pragma once

#include "shared/api/accounts.h"
#include "shared/api/delivery.h"
#include "shared/api/devices.h"
#include "shared/api/dkim.h"
#include "shared/api/domains.h"
#include "shared/api/hold_rules.h"
#include "shared/api/queue.h"
#include "shared/api/settings.h"
#include "shared/api/status.h"
#include "shared/api/suppressions.h"
#include "shared/api/tls.h"
#include "shared/api/transports.h"

namespace api {

inline constexpr std::tuple kMethods{kHello,
                                     kSubscribe,
                                     kStatusGet,
                                     kAccountsList,
                                     kAccountsGet,
                                     kAccountsAdd,
                                     kAccountsSetPassword,
                                     kAccountsUpdate,
                                     kAccountsRemove,
                                     kAccountsRestore,
                                     kDevicesList,
                                     kDevicesRemove,
                                     kTlsPubkeyList,
                                     kTlsPubkeyGet,
                                     kTlsPubkeyAdd,
                                     kTlsPubkeyUpdate,
                                     kTlsPubkeyRemove,
                                     kAppPasswordsAdd,
                                     kAppPasswordsList,
                                     kAppPasswordsRemove,
                                     kSeenKeysList,
                                     kSeenKeysAdopt,
                                     kSignInsList,
                                     kDomainsList,
                                     kDomainsAdd,
                                     kDomainsRemove,
                                     kAliasesList,
                                     kAliasesAdd,
                                     kAliasesUpdate,
                                     kAliasesTest,
                                     kAliasesRemove,
                                     kQueueList,
                                     kQueueShow,
                                     kQueueRetry,
                                     kQueueHold,
                                     kQueueRelease,
                                     kQueueSchedule,
                                     kQueueRequireTls,
                                     kQueueTransport,
                                     kQueueFail,
                                     kQueueDrop,
                                     kQueueUndo,
                                     kQueueHistory,
                                     kHoldRulesList,
                                     kHoldRulesAdd,
                                     kHoldRulesRemove,
                                     kHoldRulesTest,
                                     kTransportsList,
                                     kTransportsSet,
                                     kTransportsRemove,
                                     kRoutesList,
                                     kRoutesAdd,
                                     kRoutesRemove,
                                     kSuppressionsList,
                                     kSuppressionsAdd,
                                     kSuppressionsRemove,
                                     kTraceFind,
                                     kVerifyRun,
                                     kSettingsExport,
                                     kSettingsDiff,
                                     kSettingsApply,
                                     kSettingsHistory,
                                     kSettingsUndo,
                                     kSettingsSchema,
                                     kSetupApply,
                                     kMailSend,
                                     kDkimList,
                                     kDkimAdd,
                                     kDkimSet,
                                     kDkimRemove,
                                     kDkimRotate,
                                     kDomainsDns,
                                     kDeliveryPolicy,
                                     kReportsTls,
                                     kTlsHandshakes,
                                     kDevicesEnrol};

template<class Visitor>
constexpr void forEachMethod(Visitor &&visit)
{
    std::apply([&visit](const auto &...each) { (visit(each), ...); }, kMethods);
}

[[nodiscard]] QStringList methodNames();
[[nodiscard]] QStringList topicNames();

// The nearest of `known` to a misspelt name; empty if none is near.
[[nodiscard]] QString nearest(const QString &name, const QStringList &known);

// Name, role, documentation and JSON Schema of parameters and result of every method.
[[nodiscard]] QJsonObject apiSchema();

} // namespace api
