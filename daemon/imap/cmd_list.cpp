// LIST in its old and extended form, LSUB and STATUS. Answers are made on a worker: names, subscriptions, figures and
// annotations come from the store.
#include "daemon/imap/session.h"
#include "daemon/imap/table.h"
#include "daemon/store/annotations.h"
#include "shared/base/bytes.h"
#include "shared/base/unicode.h"
#include "shared/imap/list.h"
#include "shared/imap/metadata.h"
#include "shared/imap/response.h"
#include "shared/imap/syntax.h"

#include <map>

namespace imap {

namespace {

// A name LIST may tell, existing or not.
struct Candidate
{
    const store::Mailbox *mailboxOrNull = nullptr;
    bool subscribed = false;
    bool selected = false;   // by the selection options
    bool childInfo = false;  // something below is
    bool hidesChild = false; // and the patterns leave something of that out
    bool hasChildren = false;
};
using Candidates = std::map<QString, Candidate>;

// Calls f with every name above this one.
template<class F>
void forEachParent(const QString &name, F f)
{
    for (qsizetype slash = name.lastIndexOf(u'/'); slash > 0; slash = name.lastIndexOf(u'/', slash - 1))
        f(name.left(slash));
}

bool anyMatches(const QStringList &patterns, const QString &name)
{
    return std::ranges::any_of(patterns, [&name](const QString &pattern) { return patternMatches(pattern, name); });
}

Candidates candidates(const QList<store::Mailbox> &mailboxes, const QStringList &subscriptions,
                      const ListRequest &request, const QStringList &patterns)
{
    Candidates all;
    for (const store::Mailbox &mailbox : mailboxes)
        all[mailbox.name].mailboxOrNull = &mailbox;
    for (const QString &name : subscriptions)
        all[name].subscribed = true; // perhaps of a mailbox that is no more, RFC 9051 6.3.9.1
    std::vector<QString> names;
    for (auto &[name, each] : all) {
        names.push_back(name);
        each.selected =
            (each.mailboxOrNull || request.selectSubscribed) && (!request.selectSubscribed || each.subscribed) &&
            (!request.selectSpecialUse || (each.mailboxOrNull && !each.mailboxOrNull->specialUse.isEmpty()));
    }
    for (const QString &name : names) {
        const Candidate own = all[name];
        const bool tells = request.recursiveMatch && own.selected;
        const bool hidden = tells && !anyMatches(patterns, name);
        forEachParent(name, [&](const QString &parent) {
            if (own.mailboxOrNull)
                all[parent].hasChildren = true;
            all[parent].childInfo = all[parent].childInfo || tells;
            all[parent].hidesChild = all[parent].hidesChild || hidden;
        });
    }
    return all;
}

// list-extended data of RFC 9051 6.3.9.6
QByteArray childInfo(const ListRequest &request)
{
    QByteArray options;
    if (request.selectSubscribed)
        options = "\"SUBSCRIBED\"";
    if (request.selectSpecialUse)
        options.append(options.isEmpty() ? "" : " ").append("\"SPECIAL-USE\"");
    return " (\"CHILDINFO\" (" + options + "))";
}

QByteArray attributes(const Candidate &candidate, const ListRequest &request)
{
    QByteArray list;
    if (!candidate.mailboxOrNull)
        list.append("\\NonExistent ");
    list.append(candidate.hasChildren ? "\\HasChildren" : "\\HasNoChildren");
    if (request.returnSubscribed && candidate.subscribed)
        list.append(" \\Subscribed");
    if (candidate.mailboxOrNull && !candidate.mailboxOrNull->specialUse.isEmpty())
        list.append(' ').append(candidate.mailboxOrNull->specialUse);
    return list;
}

} // namespace

// The reference and a pattern as one canonical pattern; empty if it is not a name at all.
QString Session::canonicalPattern(const QByteArray &reference, const QByteArray &pattern) const
{
    const auto first = decodeName(reference);
    const auto second = decodeName(pattern);
    QString wanted = unicode::nfc(first.value_or(QString()) + second.value_or(QString()));
    const bool inbox = wanted.startsWith(QLatin1StringView("inbox"), Qt::CaseInsensitive) &&
                       (wanted.size() == 5 || QStringView(u"/%*").contains(wanted.at(5)));
    return inbox ? wanted.replace(0, 5, QStringLiteral("INBOX")) : wanted;
}

void Session::list(Cursor &in)
{
    in.expect(' ');
    auto request = std::make_shared<ListRequest>(readList(in));
    if (!finished(in))
        return;
    becomeAware(request->status.contains("HIGHESTMODSEQ"));
    if (!request->extended && request->patterns.first().isEmpty()) { // asks for the separator
        out.bytes.append("* LIST (\\Noselect) \"/\" \"\"\r\n");
        return ok("LIST done");
    }
    QStringList patterns;
    for (const QByteArray &pattern : std::as_const(request->patterns))
        patterns.append(canonicalPattern(request->reference, pattern));
    auto answer = std::make_shared<Result<QByteArray>>();
    read([this, request, patterns, answer](db::Database &db) { *answer = listAnswer(db, *request, patterns); },
         [this, answer] {
             if (!*answer)
                 return noFor(answer->error());
             out.bytes.append(**answer);
             ok("LIST done");
         });
}

// Worker.
Result<QByteArray> Session::listAnswer(db::Database &db, const ListRequest &request, const QStringList &patterns)
{
    const auto mailboxes = store::listMailboxes(db, m_account);
    const auto subscriptions = store::listSubscriptions(db, m_account);
    if (!mailboxes || !subscriptions)
        return std::unexpected(!mailboxes ? mailboxes.error() : subscriptions.error());
    QByteArray answer;
    for (const auto &[name, candidate] : candidates(*mailboxes, *subscriptions, request, patterns)) {
        // RFC 5258 3.5: a name that is not selected itself, only for a child that is not told
        if (!(candidate.selected || candidate.hidesChild) || !anyMatches(patterns, name))
            continue;
        answer.append("* LIST (").append(attributes(candidate, request)).append(") \"/\" ");
        appendName(answer, name);
        if (candidate.childInfo)
            answer.append(childInfo(request));
        answer.append("\r\n");
        if (!candidate.mailboxOrNull)
            continue;
        if (!request.status.isEmpty()) {
            const auto line = statusLine(db, *candidate.mailboxOrNull, request.status);
            if (!line)
                return line;
            answer.append(*line);
        }
        if (!request.metadata.isEmpty()) {
            const auto line = metadataLine(db, *candidate.mailboxOrNull, request.metadata);
            if (!line)
                return line;
            answer.append(*line);
        }
    }
    return answer;
}

// RFC 9590 3: after the mailbox's LIST, every entry that was asked for, NIL if it has no value. Worker.
Result<QByteArray> Session::metadataLine(db::Database &db, const store::Mailbox &mailbox,
                                         const QList<QByteArray> &entries)
{
    const auto kept = store::listAnnotations(db, m_account, mailbox.id);
    if (!kept)
        return std::unexpected(kept.error());
    QByteArray line = "* METADATA ";
    appendName(line, mailbox.name);
    char separator = '(';
    line.append(' ');
    for (const QByteArray &entry : entries) {
        const auto found = std::ranges::find(*kept, entry, &store::Annotation::entry);
        line.append(separator);
        separator = ' ';
        appendEntryValue(line, entry, found == kept->end() ? std::nullopt : found->value);
    }
    return line.append(")\r\n");
}

// lsub = "LSUB" SP mailbox SP list-mailbox     RFC 3501 6.3.9
void Session::lsub(Cursor &in)
{
    in.expect(' ');
    const QByteArray reference = readAString(in);
    in.expect(' ');
    const QByteArray pattern = readPattern(in);
    if (!finished(in))
        return;
    auto all = std::make_shared<Result<QStringList>>();
    read([this, all](db::Database &db) { *all = store::listSubscriptions(db, m_account); },
         [this, all, wanted = canonicalPattern(reference, pattern)] {
             if (!*all)
                 return noFor(all->error());
             std::map<QString, bool> names; // subscribed itself, or only something below it
             for (const QString &name : **all) {
                 names[name] = true;
                 if (wanted.endsWith(u'%'))
                     forEachParent(name, [&names](const QString &parent) { names.try_emplace(parent, false); });
             }
             for (const auto &[name, subscribed] : names) {
                 if (!patternMatches(wanted, name) ||
                     (!subscribed && std::ranges::any_of(**all, [&](const QString &each) {
                         return each.startsWith(name + u'/') && patternMatches(wanted, each);
                     })))
                     continue;
                 out.bytes.append(subscribed ? "* LSUB () \"/\" " : "* LSUB (\\Noselect) \"/\" ");
                 appendName(out.bytes, name);
                 out.bytes.append("\r\n");
             }
             ok("LSUB done");
         });
}

// status = "STATUS" SP mailbox SP "(" status-att *(SP status-att) ")"
void Session::status(Cursor &in)
{
    in.expect(' ');
    const QString name = readMailboxName(in);
    in.expect(' ');
    const auto items = readStatusItems(in);
    if (!finished(in))
        return;
    becomeAware(items.contains("HIGHESTMODSEQ"));
    auto answer = std::make_shared<Result<QByteArray>>();
    read(
        [this, name, items, answer](db::Database &db) {
            const auto mailbox = store::findMailbox(db, m_account, name);
            *answer = mailbox ? statusLine(db, *mailbox, items) : std::unexpected(mailbox.error());
        },
        [this, answer] {
            if (!*answer)
                return noFor(answer->error());
            out.bytes.append(**answer);
            ok("STATUS done");
        });
}

// mailbox-data = "STATUS" SP mailbox SP "(" [status-att-list] ")". Worker.
Result<QByteArray> Session::statusLine(db::Database &db, const store::Mailbox &mailbox, const QList<QByteArray> &items)
{
    const auto opened = m_services->store.views.open(mailbox.id);
    if (!opened)
        return std::unexpected(opened.error());
    const store::View &view = **opened;
    qint64 recent = 0; // RFC 3501 6.3.10
    if (!m_rev2 && items.contains("RECENT")) {
        const auto from = m_services->store.views.recentFrom(db, mailbox.id);
        if (!from)
            return std::unexpected(from.error());
        recent = view.size() - view.lowerBound(*from);
    }
    qint64 unseen = 0;
    qint64 deleted = 0;
    qint64 sizeBytes = 0;    // RFC 8438
    qint64 deletedBytes = 0; // RFC 9208 4.1.4
    view.forEach([&](qsizetype, const store::Entry &entry) {
        unseen += entry.flags & store::kSeen ? 0 : 1;
        sizeBytes += entry.size;
        if (entry.flags & store::kDeleted) {
            ++deleted;
            deletedBytes += entry.size;
        }
        return true;
    });
    const std::array figures = {std::pair("MESSAGES", static_cast<qint64>(view.size())),
                                std::pair("RECENT", recent),
                                std::pair("UIDNEXT", static_cast<qint64>(view.uidNext)),
                                std::pair("UIDVALIDITY", static_cast<qint64>(mailbox.uidValidity)),
                                std::pair("UNSEEN", unseen),
                                std::pair("DELETED", deleted),
                                std::pair("SIZE", sizeBytes),
                                std::pair("HIGHESTMODSEQ", view.highestModseq),
                                std::pair("MAILBOXID", mailbox.id),
                                std::pair("APPENDLIMIT", m_reader.mostAppendBytes),
                                std::pair("DELETED-STORAGE", deletedBytes)};
    QByteArray line = "* STATUS ";
    appendName(line, mailbox.name);
    line.append(' ');
    char separator = '(';
    for (const QByteArray &item : items) {
        for (const auto &[name, value] : figures) {
            if (item == name && item == "MAILBOXID") // RFC 8474 4.3
                line.append(separator).append("MAILBOXID (F").append(QByteArray::number(value)).append(')');
            else if (item == name)
                line.append(separator).append(item).append(' ').append(QByteArray::number(value));
        }
        separator = ' ';
    }
    return line.append(")\r\n");
}

} // namespace imap
