// The settings as one document: what `postroomctl settings export` writes and `apply` reads. It names server,
// listeners, domains, accounts and aliases; never passwords, keys, queue or mail. `revision` guards against lost edits.
// Pure; used by daemon/control, the CLI and the control app. Errors carry JSON pointers (RFC 6901).
#pragma once

#include "shared/base/json.h"
#include "shared/settings/listener.h"
#include "shared/settings/people.h"
#include "shared/settings/server.h"

namespace settings {

struct Document
{
    qint64 revision = 0; // the revision it was exported at; 0 = apply to whatever is there
    Server server;
    QList<Listener> listeners;
    QList<Domain> domains;
    QList<Account> accounts;
    QList<Alias> aliases;

    static constexpr auto fields()
    {
        return std::tuple{
            field("revision", &Document::revision, "Revision this document was exported at; 0: any."),
            field("server", &Document::server, "The server as a whole."),
            field("listeners", &Document::listeners, "Open ports."),
            field("domains", &Document::domains, "Domains mail is taken for."),
            field("accounts", &Document::accounts, "People; without passwords."),
            field("aliases", &Document::aliases, "Addresses that lead to several people."),
        };
    }
};

// One setting that differs. List entries are named by their key: "/accounts/anna@example.org/quotaBytes".
struct Change
{
    QString path;
    QJsonValue before; // null = was not there
    QJsonValue after;  // null = is gone

    static constexpr auto fields()
    {
        return std::tuple{
            field("path", &Change::path, "JSON pointer; list entries by name.", kKey),
            field("before", &Change::before, "Value before."),
            field("after", &Change::after, "Value after."),
        };
    }
};

// Sections the JSON leaves out keep what `current` has. Reads and validates.
[[nodiscard]] Result<Document> parseDocument(const QJsonObject &json, const Document &current = {});
[[nodiscard]] Result<Document> parseDocument(QByteArrayView text, const Document &current = {});
[[nodiscard]] QByteArray writeDocument(const Document &document); // indented, keys in order: made for git

// What applying `to` over `from` changes; `revision` is not compared.
[[nodiscard]] QList<Change> diff(const Document &from, const Document &to);

// `wanted`, plus what only `current` has (and with what name it is reported): apply without --prune.
struct Merge
{
    Document document;
    QStringList unlisted; // pointers of what the document lacks, such as "/accounts/anna@example.org"
};
[[nodiscard]] Merge mergeUnlisted(const Document &current, const Document &wanted);

// `current` with the changes taken back. Refused where something was changed again since. Validates.
[[nodiscard]] Result<Document> revert(const Document &current, const QList<Change> &changes);

} // namespace settings
