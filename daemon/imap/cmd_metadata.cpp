// GETMETADATA and SETMETADATA (RFC 5464): annotations of mailboxes, and with the name "" of the account. What is
// "/shared" is seen by everybody who may open the mailbox, which is its account.
#include "daemon/imap/session.h"
#include "daemon/imap/table.h"
#include "daemon/store/annotations.h"
#include "shared/imap/metadata.h"
#include "shared/imap/response.h"
#include "shared/imap/syntax.h"

namespace imap {

Result<qint64> Session::annotated(db::Database &db, const QString &name) const
{
    if (name.isEmpty())
        return 0;
    return store::findMailbox(db, m_account, name).transform([](const store::Mailbox &mailbox) { return mailbox.id; });
}

// getmetadata = "GETMETADATA" [SP getmetadata-options] SP mailbox SP entries
void Session::getMetadata(Cursor &in)
{
    in.expect(' ');
    MetadataOptions options;
    if (in.peek() == '(') {
        options = readMetadataOptions(in);
        in.expect(' ');
    }
    const QString name = readMailboxOrServer(in);
    in.expect(' ');
    const auto entries = readEntries(in);
    if (!finished(in))
        return;
    auto found = std::make_shared<Result<QList<store::Annotation>>>();
    read(
        [this, name, found](db::Database &db) {
            const auto id = annotated(db, name);
            *found = id ? store::listAnnotations(db, m_account, *id) : std::unexpected(id.error());
        },
        [this, name, found, options, entries] {
            if (!*found)
                return noFor(found->error());
            QByteArray list;
            qint64 longest = 0; // of those that are too large
            for (const store::Annotation &each : std::as_const(**found)) {
                const bool asked = std::ranges::any_of(
                    entries, [&](const QByteArray &entry) { return entryMatches(entry, each.entry, options.depth); });
                if (!asked)
                    continue;
                if (options.maxSize && each.value->size() > *options.maxSize) {
                    longest = std::max<qint64>(longest, each.value->size());
                    continue;
                }
                list.append(list.isEmpty() ? '(' : ' ');
                appendEntryValue(list, each.entry, each.value);
            }
            if (!list.isEmpty()) {
                out.bytes.append("* METADATA ");
                name.isEmpty() ? void(out.bytes.append("\"\"")) : appendName(out.bytes, name);
                out.bytes.append(' ').append(list).append(")\r\n");
            }
            ok((longest > 0 ? "[METADATA LONGENTRIES " + QByteArray::number(longest) + "] " : QByteArray()) +
               "GETMETADATA done");
        });
}

// setmetadata = "SETMETADATA" SP mailbox SP entry-values
void Session::setMetadata(Cursor &in)
{
    in.expect(' ');
    const QString name = readMailboxOrServer(in);
    in.expect(' ');
    QList<store::Annotation> annotations;
    for (EntryValue &each : readEntryValues(in))
        annotations.append({.entry = std::move(each.entry), .value = std::move(each.value)});
    if (!finished(in))
        return;
    change(
        [this, name, annotations](db::Database &db, store::Effects &effects) -> Result<void> {
            const auto id = annotated(db, name);
            if (!id)
                return std::unexpected(id.error());
            return store::setAnnotations(db, effects, m_account, *id, annotations);
        },
        [this] {
            sync(true);
            ok("SETMETADATA done");
        });
}

// mailbox, or the empty string for the server
QString Session::readMailboxOrServer(Cursor &in) { return in.takeIgnoreCase("\"\"") ? QString() : readMailboxName(in); }

} // namespace imap
