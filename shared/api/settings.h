// The settings document: export, compare, apply, history, undo; and the first set-up. Values only; any thread.
#pragma once

#include "shared/api/method.h"
#include "shared/settings/document.h"

namespace api {

struct SettingsExportResult
{
    settings::Document document;
    static constexpr auto fields()
    {
        return std::tuple{field("document", &SettingsExportResult::document, "All settings.")};
    }
};
struct SettingsDocumentParams
{
    QJsonObject document; // read by settings::parseDocument, so that errors point into it
    bool prune = false;
    static constexpr auto fields()
    {
        return std::tuple{
            field("document", &SettingsDocumentParams::document, "All settings, or some sections of them.", kRequired),
            field("prune", &SettingsDocumentParams::prune,
                  "Remove what the document does not name (never accounts with mail).")};
    }
};
struct SettingsChangesResult
{
    qint64 revision = 0; // after the change; for diff: now
    QList<settings::Change> changes;
    QStringList unlisted;
    static constexpr auto fields()
    {
        return std::tuple{
            field("revision", &SettingsChangesResult::revision, "Revision of the settings."),
            field("changes", &SettingsChangesResult::changes, "What differs."),
            field("unlisted", &SettingsChangesResult::unlisted, "What the document does not name and is kept."),
        };
    }
};
struct HistoryEntry
{
    qint64 revision = 0;
    Timestamp at;
    QString who;  // "uid 1000" or a program
    QString what; // method that made it
    QList<settings::Change> changes;
    static constexpr auto fields()
    {
        return std::tuple{
            field("revision", &HistoryEntry::revision, "Revision it made.", kKey),
            field("at", &HistoryEntry::at, "When."),
            field("who", &HistoryEntry::who, "Who."),
            field("what", &HistoryEntry::what, "How."),
            field("changes", &HistoryEntry::changes, "What changed."),
        };
    }
};
struct SettingsHistoryParams
{
    int limit = 50;
    static constexpr auto fields()
    {
        return std::tuple{field("limit", &SettingsHistoryParams::limit, "Most entries.")};
    }
};
struct SettingsHistoryResult
{
    QList<HistoryEntry> entries;
    static constexpr auto fields()
    {
        return std::tuple{field("entries", &SettingsHistoryResult::entries, "Newest first.")};
    }
};
struct SettingsUndoParams
{
    qint64 revision = 0;
    static constexpr auto fields()
    {
        return std::tuple{
            field("revision", &SettingsUndoParams::revision, "Revision whose change is taken back.", kRequired | kKey)};
    }
};
struct SettingsSchemaResult
{
    QJsonObject schema;
    static constexpr auto fields()
    {
        return std::tuple{field("schema", &SettingsSchemaResult::schema, "JSON Schema.")};
    }
};

struct SetupParams
{
    QString domain;
    QString hostname;    // empty = mail.DOMAIN
    QString accountName; // part before the @; empty = postmaster
    QString displayName;
    QString accountPassword; // empty = the server makes one and answers it once
    static constexpr auto fields()
    {
        return std::tuple{
            field("domain", &SetupParams::domain, "First domain, such as example.org.", kRequired | kKey),
            field("hostname", &SetupParams::hostname, "Name of this server; by default mail.DOMAIN."),
            field("accountName", &SetupParams::accountName, "First account: the part before the @.", kRequired),
            field("displayName", &SetupParams::displayName, "The person's name."),
            field("accountPassword", &SetupParams::accountPassword, "Password; without one the server makes one.",
                  kSecret),
        };
    }
};
struct DnsEntry
{
    QString name;
    QString type;
    QString value;
    QString why;
    static constexpr auto fields()
    {
        return std::tuple{field("name", &DnsEntry::name, "Name of the record.", kKey),
                          field("type", &DnsEntry::type, "Type."), field("value", &DnsEntry::value, "Value."),
                          field("why", &DnsEntry::why, "What it is for.")};
    }
};
struct SetupResult
{
    QString address;
    QString generatedPassword; // told this once
    QList<DnsEntry> dns;       // to be entered at the domain's DNS provider
    static constexpr auto fields()
    {
        return std::tuple{
            field("address", &SetupResult::address, "Address of the first account."),
            field("generatedPassword", &SetupResult::generatedPassword, "Password made by the server; shown once."),
            field("dns", &SetupResult::dns, "DNS records to enter."),
        };
    }
};

inline constexpr Method<None, SettingsExportResult> kSettingsExport{
    "settings.export", "Print all settings as one document.", Role::Admin, "settings", "export"};
inline constexpr Method<SettingsDocumentParams, SettingsChangesResult> kSettingsDiff{
    "settings.diff", "Compare a document with the settings.", Role::Admin, "settings", "diff"};
inline constexpr Method<SettingsDocumentParams, SettingsChangesResult> kSettingsApply{
    "settings.apply", "Make the settings what a document says.", Role::Admin, "settings", "apply", true, "settings"};
inline constexpr Method<SettingsHistoryParams, SettingsHistoryResult> kSettingsHistory{
    "settings.history", "List who changed what.", Role::Admin, "settings", "history"};
inline constexpr Method<SettingsUndoParams, SettingsChangesResult> kSettingsUndo{
    "settings.undo", "Take one change back.", Role::Admin, "settings", "undo", true, "settings"};
inline constexpr Method<None, SettingsSchemaResult> kSettingsSchema{
    "settings.schema", "Print the JSON Schema of the settings document.", Role::Viewer, "settings", "schema"};
inline constexpr Method<SetupParams, SetupResult> kSetupApply{
    "setup.apply", "First set-up: server name, domain and first account.", Role::Admin, "setup", "", true, "settings"};

} // namespace api
