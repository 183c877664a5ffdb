// Commands on mailboxes as a whole: names, making, removing.
#include "daemon/imap/session.h"

#include "daemon/imap/table.h"
#include "shared/base/bytes.h"
#include "shared/base/refusal.h"
#include "shared/base/unicode.h"
#include "shared/imap/response.h"
#include "shared/imap/syntax.h"
#include "shared/imap/utf7.h"

namespace imap {

// Names are UTF-8 after ENABLE (RFC 9051 5.1, RFC 6855 3), modified UTF-7 before (RFC 3501 5.1.3).
Result<QString> Session::decodeName(QByteArrayView raw) const
{
    if (!m_rev2 && !m_utf8Accept)
        return fromUtf7(raw);
    if (!unicode::isValidUtf8(raw))
        return failure(ErrorKind::Syntax, QStringLiteral("mailbox name is not UTF-8"));
    return QString::fromUtf8(raw);
}

void Session::appendName(QByteArray &to, const QString &name) const
{
    if (!m_rev2 && !m_utf8Accept)
        return appendAString(to, toUtf7(name));
    const QByteArray utf8 = name.toUtf8();
    if (bytes::isAscii(utf8))
        return appendAString(to, utf8);
    to.append('"').append(QByteArray(utf8).replace('\\', "\\\\").replace('"', "\\\"")).append('"');
}

// mailbox = "INBOX" / astring. `asGiven` is the name before it was made canonical.
QString Session::readMailboxName(Cursor &in, QString *asGivenOrNull)
{
    const auto decoded = decodeName(readAString(in));
    if (!decoded) {
        in.fail(decoded.error().text);
        return {};
    }
    const auto name = store::canonicalName(*decoded);
    if (!name)
        in.fail(name.error().text);
    if (asGivenOrNull)
        *asGivenOrNull = *decoded;
    return name.value_or(QString());
}

// RFC 9051 6.3.9.7: the name as the server keeps it, when that is not what the client said or it has changed.
void Session::tellOldName(const QString &name, const QString &oldName)
{
    if (!m_rev2 || name == oldName)
        return;
    out.bytes.append("* LIST () \"/\" ");
    appendName(out.bytes, name);
    out.bytes.append(" (\"OLDNAME\" (");
    appendName(out.bytes, oldName);
    out.bytes.append("))\r\n");
}

namespace {

// create-param = "USE" SP "(" [use-attr *(SP use-attr)] ")"     RFC 6154 6
QByteArray readUse(Cursor &in)
{
    static const QList<QByteArray> kKnown{"\\Archive", "\\Drafts", "\\Flagged", "\\Junk", "\\Sent", "\\Trash"};
    in.expectIgnoreCase("(USE ");
    const auto names = readFlags(in, false);
    in.expect(')');
    if (in.failed() || names.isEmpty())
        return {};
    for (const QByteArray &known : kKnown) {
        if (names.size() == 1 && bytes::equalsIgnoreCase(known, names.first()))
            return known;
    }
    return "?";
}

Error inUse() { return refusal("use-attr", QStringLiteral("another mailbox has that use")); }

} // namespace

// create = "CREATE" SP mailbox [SP create-params]     RFC 9051 6.3.4, RFC 6154 3
void Session::create(Cursor &in)
{
    in.expect(' ');
    QString given;
    const QString name = readMailboxName(in, &given);
    const QByteArray use = in.take(' ') ? readUse(in) : QByteArray();
    if (!finished(in))
        return;
    if (use == "?")
        return no("[USEATTR] one special use that this server has");
    auto id = std::make_shared<qint64>(0);
    change(
        [this, name, use, id](db::Database &db, store::Effects &effects) -> Result<void> {
            const auto mailboxes = store::listMailboxes(db, m_account);
            const auto has = [&use](const store::Mailbox &each) { return each.specialUse == use; };
            if (!use.isEmpty() && mailboxes && std::ranges::any_of(*mailboxes, has))
                return failure(inUse());
            return store::createMailbox(db, effects, m_account, name, use).transform([&id](qint64 made) {
                *id = made;
            });
        },
        [this, name, given, id] {
            if (!given.endsWith(u'/')) // "only children to come" is no other name
                tellOldName(name, given);
            ok("[MAILBOXID (F" + QByteArray::number(*id) + ")] CREATE done"); // RFC 8474 4.1
        });
}

void Session::remove(Cursor &in)
{
    in.expect(' ');
    const QString name = readMailboxName(in);
    if (!finished(in))
        return;
    change(
        [this, name](db::Database &db, store::Effects &effects) {
            return store::deleteMailbox(db, effects, m_account, name, m_services->clock.now());
        },
        [this] { ok("DELETE done"); });
}

void Session::rename(Cursor &in)
{
    in.expect(' ');
    const QString from = readMailboxName(in);
    in.expect(' ');
    const QString to = readMailboxName(in);
    if (!finished(in))
        return;
    change(
        [this, from, to](db::Database &db, store::Effects &effects) {
            return store::renameMailbox(db, effects, m_account, from, to, m_services->clock.now());
        },
        [this, from, to] {
            tellOldName(to, from);
            ok("RENAME done");
        });
}

void Session::subscribe(Cursor &in)
{
    in.expect(' ');
    const QString name = readMailboxName(in);
    if (finished(in))
        change([this, name](db::Database &db,
                            store::Effects &effects) { return store::subscribe(db, effects, m_account, name, true); },
               [this] { ok("SUBSCRIBE done"); });
}

void Session::unsubscribe(Cursor &in)
{
    in.expect(' ');
    const QString name = readMailboxName(in);
    if (finished(in))
        change([this, name](db::Database &db,
                            store::Effects &effects) { return store::subscribe(db, effects, m_account, name, false); },
               [this] { ok("UNSUBSCRIBE done"); });
}

} // namespace imap
