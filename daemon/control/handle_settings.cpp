// settings.*: the settings as one document.
#include "daemon/control/bounds.h"
#include "daemon/control/call.h"
#include "daemon/control/history.h"
#include "daemon/control/stored_document.h"
#include "shared/settings/schema.h"

namespace control {

namespace {

constexpr int kMostEntries = 1000;

// What a caller's document means for the settings as they are.
struct Plan
{
    settings::Document current;
    settings::Document wanted;
    QStringList unlisted;
};

// `{}` would change nothing: most likely what was to fill it went wrong, so that is said.
Result<void> checkNamesSomething(const QJsonObject &document)
{
    if (std::ranges::any_of(document.keys(), [](const QString &key) { return key != QLatin1StringView("revision"); }))
        return {};
    return failure(refusal("empty-document", QStringLiteral("names no settings"),
                           QStringLiteral("sections: server, listeners, domains, accounts, aliases"),
                           QStringLiteral("/document")));
}

Result<Plan> plan(Reading &call, const api::SettingsDocumentParams &params)
{
    if (auto done = checkNamesSomething(params.document); !done)
        return std::unexpected(done.error());
    const auto current = loadDocument(call.db, call.services.defaults);
    if (!current)
        return std::unexpected(current.error());
    const auto parsed = settings::parseDocument(params.document, *current);
    if (!parsed)
        return std::unexpected(parsed.error());
    const auto wanted = withStoredNames(*parsed);
    if (!wanted)
        return std::unexpected(wanted.error());
    auto merge = settings::mergeUnlisted(*current, *wanted);
    Plan result{*current, params.prune ? *wanted : merge.document, params.prune ? QStringList() : merge.unlisted};
    if (!params.prune) {
        if (const auto whole = withStoredNames(result.wanted); !whole) // with what is kept, it must still be right
            return std::unexpected(whole.error());
    }
    return result;
}

bool isStale(const QJsonObject &document, qint64 revision)
{
    const qint64 basis = document.value(QStringLiteral("revision")).toInteger();
    return basis != 0 && basis != revision;
}

} // namespace

Result<api::SettingsExportResult> handleSettingsExport(Reading &call, const api::None &)
{
    return loadDocument(call.db, call.services.defaults).transform([](const settings::Document &document) {
        return api::SettingsExportResult{document};
    });
}

Result<api::SettingsChangesResult> handleSettingsDiff(Reading &call, const api::SettingsDocumentParams &params)
{
    const auto planned = plan(call, params);
    if (!planned)
        return std::unexpected(planned.error());
    return api::SettingsChangesResult{planned->current.revision, settings::diff(planned->current, planned->wanted),
                                      planned->unlisted};
}

Result<api::SettingsChangesResult> handleSettingsApply(Writing &call, const api::SettingsDocumentParams &params)
{
    const auto planned = plan(call, params);
    if (!planned)
        return std::unexpected(planned.error());
    const qint64 revision = planned->current.revision;
    if (isStale(params.document, revision))
        return failure(refusal("revision-changed",
                               QStringLiteral("the settings are at revision %1 by now").arg(revision),
                               QStringLiteral("export again and edit that, or set the document's revision to 0"),
                               QStringLiteral("/revision")));
    const auto changes = settings::diff(planned->current, planned->wanted);
    if (auto done = applyDocument(call, planned->current, planned->wanted); !done)
        return std::unexpected(done.error());
    return api::SettingsChangesResult{revision + (changes.isEmpty() ? 0 : 1), changes, planned->unlisted};
}

Result<api::SettingsHistoryResult> handleSettingsHistory(Reading &call, const api::SettingsHistoryParams &params)
{
    return checkRange("/limit", params.limit, 1, kMostEntries)
        .and_then([&] { return readHistory(call.db, params.limit); })
        .transform([](const QList<api::HistoryEntry> &entries) { return api::SettingsHistoryResult{entries}; });
}

Result<api::SettingsChangesResult> handleSettingsUndo(Writing &call, const api::SettingsUndoParams &params)
{
    const auto entry = readRevision(call.db, params.revision);
    if (!entry)
        return std::unexpected(entry.error());
    const auto current = loadDocument(call.db, call.services.defaults);
    if (!current)
        return std::unexpected(current.error());
    const auto before = settings::revert(*current, entry->changes);
    if (!before)
        return std::unexpected(before.error());
    if (auto done = applyDocument(call, *current, *before); !done)
        return std::unexpected(done.error());
    const auto changes = settings::diff(*current, *before);
    return api::SettingsChangesResult{current->revision + (changes.isEmpty() ? 0 : 1), changes, {}};
}

Result<api::SettingsSchemaResult> handleSettingsSchema(Reading &, const api::None &)
{
    return api::SettingsSchemaResult{settings::documentSchema()};
}

} // namespace control
