#include "daemon/control/dispatch.h"

#include "daemon/control/history.h"
#include "daemon/control/stored_document.h"
#include "shared/crypto/crypto.h"

namespace control {

namespace {

constexpr qsizetype kLongestKey = 200;
constexpr int kMostOfTopic = 1000; // messages of the queue that a subscriber sees

bool always(const Services &) { return true; }
bool hasEnrol(const Services &services) { return bool(services.enrol); }
bool hasHandshakes(const Services &services) { return bool(services.handshakes); }
bool hasQueue(const Services &services) { return bool(services.queue.sending) && bool(services.queue.fail); }
bool hasSend(const Services &services) { return bool(services.queue.send); }

template<class P, class R, class Call>
auto wrap(Result<R> (*handler)(Call &, const P &))
{
    return [handler](Call &call, const QJsonObject &object) -> Result<QJsonObject> {
        const auto params = json::fromJson<P>(object);
        if (!params)
            return std::unexpected(params.error());
        const auto result = handler(call, *params);
        if (!result)
            return std::unexpected(result.error());
        return json::toJsonWithSecrets(*result);
    };
}

template<class P, class R>
Method row(const api::Method<P, R> &method, Result<R> (*handler)(Reading &, const P &),
           bool (*available)(const Services &) = always)
{
    return {method.name, method.role, false, method.topic, wrap(handler), {}, available};
}
template<class P, class R>
Method row(const api::Method<P, R> &method, Result<R> (*handler)(Writing &, const P &),
           bool (*available)(const Services &) = always)
{
    return {method.name, method.role, true, method.topic, {}, wrap(handler), available};
}

const QList<Method> &table()
{
    static const QList<Method> rows{
        row(api::kStatusGet, handleStatusGet),
        row(api::kAccountsList, handleAccountsList),
        row(api::kAccountsGet, handleAccountsGet),
        row(api::kAccountsAdd, handleAccountsAdd),
        row(api::kAccountsSetPassword, handleAccountsSetPassword),
        row(api::kAccountsUpdate, handleAccountsUpdate),
        row(api::kAccountsRemove, handleAccountsRemove),
        row(api::kAccountsRestore, handleAccountsRestore),
        row(api::kDevicesList, handleDevicesList),
        row(api::kDevicesRemove, handleDevicesRemove),
        row(api::kTlsPubkeyList, handleTlsPubkeyList),
        row(api::kTlsPubkeyGet, handleTlsPubkeyGet),
        row(api::kTlsPubkeyAdd, handleTlsPubkeyAdd),
        row(api::kTlsPubkeyUpdate, handleTlsPubkeyUpdate),
        row(api::kTlsPubkeyRemove, handleTlsPubkeyRemove),
        row(api::kAppPasswordsAdd, handleAppPasswordsAdd),
        row(api::kAppPasswordsList, handleAppPasswordsList),
        row(api::kAppPasswordsRemove, handleAppPasswordsRemove),
        row(api::kSeenKeysList, handleSeenKeysList),
        row(api::kSeenKeysAdopt, handleSeenKeysAdopt),
        row(api::kSignInsList, handleSignInsList),
        row(api::kDomainsList, handleDomainsList),
        row(api::kDomainsAdd, handleDomainsAdd),
        row(api::kDomainsRemove, handleDomainsRemove),
        row(api::kDomainsDns, handleDomainsDns),
        row(api::kDeliveryPolicy, handleDeliveryPolicy),
        row(api::kReportsTls, handleReportsTls),
        row(api::kTlsHandshakes, handleTlsHandshakes, hasHandshakes),
        row(api::kDevicesEnrol, handleDevicesEnrol, hasEnrol),
        row(api::kDkimList, handleDkimList),
        row(api::kDkimAdd, handleDkimAdd),
        row(api::kDkimSet, handleDkimSet),
        row(api::kDkimRemove, handleDkimRemove),
        row(api::kDkimRotate, handleDkimRotate),
        row(api::kAliasesList, handleAliasesList),
        row(api::kAliasesAdd, handleAliasesAdd),
        row(api::kAliasesUpdate, handleAliasesUpdate),
        row(api::kAliasesTest, handleAliasesTest),
        row(api::kAliasesRemove, handleAliasesRemove),
        row(api::kQueueList, handleQueueList, hasQueue),
        row(api::kQueueShow, handleQueueShow, hasQueue),
        row(api::kQueueRetry, handleQueueRetry, hasQueue),
        row(api::kQueueHold, handleQueueHold, hasQueue),
        row(api::kQueueRelease, handleQueueRelease, hasQueue),
        row(api::kQueueSchedule, handleQueueSchedule, hasQueue),
        row(api::kQueueRequireTls, handleQueueRequireTls, hasQueue),
        row(api::kQueueFail, handleQueueFail, hasQueue),
        row(api::kQueueDrop, handleQueueDrop, hasQueue),
        row(api::kQueueUndo, handleQueueUndo, hasQueue),
        row(api::kQueueHistory, handleQueueHistory, hasQueue),
        row(api::kHoldRulesList, handleHoldRulesList, hasQueue),
        row(api::kHoldRulesAdd, handleHoldRulesAdd, hasQueue),
        row(api::kHoldRulesRemove, handleHoldRulesRemove, hasQueue),
        row(api::kHoldRulesTest, handleHoldRulesTest, hasQueue),
        row(api::kTransportsList, handleTransportsList, hasQueue),
        row(api::kTransportsSet, handleTransportsSet, hasQueue),
        row(api::kTransportsRemove, handleTransportsRemove, hasQueue),
        row(api::kRoutesList, handleRoutesList, hasQueue),
        row(api::kRoutesAdd, handleRoutesAdd, hasQueue),
        row(api::kRoutesRemove, handleRoutesRemove, hasQueue),
        row(api::kQueueTransport, handleQueueTransport, hasQueue),
        row(api::kSuppressionsList, handleSuppressionsList, hasQueue),
        row(api::kSuppressionsAdd, handleSuppressionsAdd, hasQueue),
        row(api::kSuppressionsRemove, handleSuppressionsRemove, hasQueue),
        row(api::kTraceFind, handleTraceFind),
        row(api::kVerifyRun, handleVerifyRun),
        row(api::kSettingsExport, handleSettingsExport),
        row(api::kSettingsDiff, handleSettingsDiff),
        row(api::kSettingsApply, handleSettingsApply),
        row(api::kSettingsHistory, handleSettingsHistory),
        row(api::kSettingsUndo, handleSettingsUndo),
        row(api::kSettingsSchema, handleSettingsSchema),
        row(api::kSetupApply, handleSetupApply),
        row(api::kMailSend, handleMailSend, hasSend),
    };
    return rows;
}

Result<void> checkRevision(Writing &call, const api::CallOptions &options)
{
    if (!options.expect)
        return {};
    const auto revision = settingsRevision(call.db);
    if (!revision)
        return std::unexpected(revision.error());
    if (*revision == *options.expect)
        return {};
    return failure(
        refusal("revision-changed",
                QStringLiteral("the settings are at revision %1, not %2").arg(*revision).arg(*options.expect),
                QStringLiteral("look at them again"), QStringLiteral("/expect")));
}

// Settings that changed get a history entry, whichever method changed them.
Result<QJsonObject> runRecorded(Writing &call, const Method &method, const QJsonObject &params)
{
    const auto before = loadDocument(call.db, call.services.defaults);
    if (!before)
        return std::unexpected(before.error());
    auto answer = method.write(call, params);
    if (!answer)
        return answer;
    const auto after = loadDocument(call.db, call.services.defaults);
    if (!after)
        return std::unexpected(after.error());
    const auto changes = settings::diff(*before, *after);
    if (changes.isEmpty())
        return answer;
    const auto revision = recordChanges(
        call.db,
        {.revision = 0, .at = call.now, .who = call.who, .what = QString::fromLatin1(method.name), .changes = changes});
    if (!revision)
        return std::unexpected(revision.error());
    call.effects.topics.insert("settings");
    return answer;
}

void put(Items &items, const QString &id, const QJsonObject &value) { items.insert(id, value); }

} // namespace

const Method *findMethod(const QString &name)
{
    const auto found =
        std::ranges::find_if(table(), [&name](const Method &each) { return name == QLatin1StringView(each.name); });
    return found == table().end() ? nullptr : &*found;
}

QStringList capabilities(const Services &services)
{
    QStringList names{QStringLiteral("hello"), QStringLiteral("subscribe")};
    for (const Method &each : table()) {
        if (each.available(services))
            names << QLatin1StringView(each.name);
    }
    return names;
}

Result<api::CallOptions> takeOptions(QJsonObject &params)
{
    QJsonObject own;
    forEachField<api::CallOptions>([&](const auto &each) {
        const QJsonValue value = params.take(QLatin1StringView(each.name));
        if (!value.isUndefined())
            own.insert(QLatin1StringView(each.name), value);
    });
    auto options = json::fromJson<api::CallOptions>(own);
    if (options && options->idempotencyKey.size() > kLongestKey)
        return failure(refusal("key-too-long", QStringLiteral("must not be longer than %1 characters").arg(kLongestKey),
                               {}, QStringLiteral("/idempotencyKey")));
    return options;
}

Result<QJsonObject> runWriting(Writing &call, const Method &method, const api::CallOptions &options,
                               const QJsonObject &params)
{
    const bool keyed = !options.idempotencyKey.isEmpty();
    const KeyedCall key{options.idempotencyKey, call.who, QString::fromLatin1(method.name),
                        crypto::digest(crypto::Hash::Sha256, json::compact(params))};
    if (keyed) {
        const auto known = recall(call.db, key);
        if (!known)
            return std::unexpected(known.error());
        if (*known)
            return **known;
    }
    if (auto done = checkRevision(call, options); !done)
        return std::unexpected(done.error());
    const bool isSettings = qstrcmp(method.topic, "queue") != 0 && qstrcmp(method.topic, "devices") != 0;
    auto answer = isSettings ? runRecorded(call, method, params) : method.write(call, params);
    if (!answer)
        return answer;
    if (keyed) {
        if (auto done = remember(call.db, key, *answer, call.now); !done)
            return std::unexpected(done.error());
    }
    call.effects.topics.insert(method.topic);
    call.effects.topics.insert("status");
    return answer;
}

Result<Items> readTopic(Reading &call, const QString &topic)
{
    Items items;
    const auto all = [&items](const auto &result, auto member, auto id) -> Result<Items> {
        if (!result)
            return std::unexpected(result.error());
        for (const auto &each : (*result).*member)
            put(items, id(each), json::toJson(each));
        return items;
    };
    if (topic == QLatin1StringView("accounts"))
        return all(handleAccountsList(call, {.includeRemoved = true}), &api::AccountsListResult::accounts,
                   [](const api::Account &each) { return QString::number(each.id); });
    if (topic == QLatin1StringView("domains"))
        return all(handleDomainsList(call, {}), &api::DomainsListResult::domains,
                   [](const api::Domain &each) { return each.name; });
    if (topic == QLatin1StringView("aliases"))
        return all(handleAliasesList(call, {}), &api::AliasesListResult::aliases,
                   [](const api::Alias &each) { return each.address; });
    if (topic == QLatin1StringView("queue") && call.services.queue.sending) {
        api::QueueListParams params;
        params.limit = kMostOfTopic;
        return all(handleQueueList(call, params), &api::QueueListResult::messages,
                   [](const api::QueueMessage &each) { return QString::number(each.id); });
    }
    if (topic == QLatin1StringView("devices")) {
        const auto devices = allDevices(call.db);
        if (!devices)
            return std::unexpected(devices.error());
        for (const api::Device &each : *devices)
            put(items, each.kind == api::DeviceKind::SeenKey ? each.id + u' ' + each.account : each.id,
                json::toJson(each));
        return items;
    }
    if (topic == QLatin1StringView("quota")) {
        const auto warnings = quotaWarnings(call.db);
        if (!warnings)
            return std::unexpected(warnings.error());
        for (const api::QuotaWarning &each : *warnings)
            put(items, each.address + u' ' + QLatin1StringView(nameOf(each.resource)), json::toJson(each));
        return items;
    }
    if (topic == QLatin1StringView("settings")) {
        return loadDocument(call.db, call.services.defaults).transform([&topic](const settings::Document &document) {
            return Items{{topic, json::toJson(document)}};
        });
    }
    if (topic == QLatin1StringView("status"))
        return handleStatusGet(call, {}).transform(
            [&topic](const api::Status &status) { return Items{{topic, json::toJson(status)}}; });
    return items;
}

} // namespace control
