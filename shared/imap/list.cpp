#include "shared/imap/list.h"

#include "shared/base/bytes.h"
#include "shared/imap/metadata.h"
#include "shared/imap/syntax.h"

namespace imap {

namespace {

constexpr int kMostOptions = 20;

// Before each option of a list but the first.
void nextOption(Cursor &in, int count)
{
    if (count > 0)
        in.expect(' ');
    if (count >= kMostOptions)
        in.fail(QStringLiteral("more than %1 options").arg(kMostOptions));
}

// list-select-opts = "(" [option *(SP option)] ")"     RFC 9051 9, RFC 6154 6
void readSelection(Cursor &in, ListRequest &list)
{
    in.expect('(');
    for (int count = 0; !in.atEnd() && in.peek() != ')'; ++count) {
        nextOption(in, count);
        const QByteArray name = bytes::toUpper(readAtom(in, "a selection option"));
        if (name == "SUBSCRIBED")
            list.selectSubscribed = list.returnSubscribed = true;
        else if (name == "RECURSIVEMATCH")
            list.recursiveMatch = true;
        else if (name == "SPECIAL-USE")
            list.selectSpecialUse = list.returnSpecialUse = true;
        else if (name != "REMOTE") // there are no remote mailboxes
            in.fail(QStringLiteral("not a selection option: %1").arg(quoted(name)));
    }
    in.expect(')');
    if (list.recursiveMatch && !list.selectSubscribed && !list.selectSpecialUse)
        in.fail(QStringLiteral("RECURSIVEMATCH needs another selection option")); // RFC 9051 6.3.9.1
}

// list-return-opts = "RETURN" SP "(" [option *(SP option)] ")"
void readReturn(Cursor &in, ListRequest &list)
{
    in.expectIgnoreCase("RETURN (");
    for (int count = 0; !in.atEnd() && in.peek() != ')'; ++count) {
        nextOption(in, count);
        const QByteArray name = bytes::toUpper(readAtom(in, "a return option"));
        if (name == "SUBSCRIBED") {
            list.returnSubscribed = true;
        } else if (name == "SPECIAL-USE") {
            list.returnSpecialUse = true;
        } else if (name == "STATUS") {
            in.expect(' ');
            list.status = readStatusItems(in);
        } else if (name == "METADATA") { // "METADATA" SP "(" entry *(SP entry) ")"     RFC 9590 5
            in.expect(' ');
            if (in.peek() != '(')
                in.fail(QStringLiteral("a list of entries was expected"));
            list.metadata = readEntries(in);
        } else if (name != "CHILDREN") { // children are always told
            in.fail(QStringLiteral("not a return option: %1").arg(quoted(name)));
        }
    }
    in.expect(')');
}

} // namespace

QList<QByteArray> readStatusItems(Cursor &in)
{
    static const QList<QByteArray> known{"MESSAGES",  "RECENT",      "UIDNEXT",        "UIDVALIDITY",
                                         "UNSEEN",    "DELETED",     "SIZE",           "HIGHESTMODSEQ",
                                         "MAILBOXID", "APPENDLIMIT", "DELETED-STORAGE"};
    QList<QByteArray> items;
    in.expect('(');
    do {
        items.append(bytes::toUpper(readAtom(in, "a status item")));
        if (!in.failed() && !known.contains(items.last()))
            in.fail(QStringLiteral("not a status item: %1").arg(quoted(items.last())));
        if (items.size() > kMostOptions)
            in.fail(QStringLiteral("more than %1 status items").arg(kMostOptions));
    } while (in.take(' '));
    in.expect(')');
    return items;
}

// list = "LIST" [SP list-select-opts] SP mailbox SP mbox-or-pat [SP list-return-opts]
ListRequest readList(Cursor &in)
{
    ListRequest list;
    if (in.peek() == '(') {
        list.extended = true;
        readSelection(in, list);
        in.expect(' ');
    }
    list.reference = readAString(in);
    in.expect(' ');
    if (in.take('(')) {
        list.extended = true;
        do {
            list.patterns.append(readPattern(in));
            if (list.patterns.size() > kMostPatterns)
                in.fail(QStringLiteral("more than %1 patterns").arg(kMostPatterns));
        } while (in.take(' '));
        in.expect(')');
    } else {
        list.patterns.append(readPattern(in));
    }
    if (in.take(' ')) {
        list.extended = true;
        readReturn(in, list);
    }
    return list;
}

bool patternMatches(QStringView pattern, QStringView name)
{
    std::vector<bool> reachable(static_cast<size_t>(name.size()) + 1, false);
    reachable[0] = true;
    for (const QChar c : pattern) {
        std::vector<bool> next(reachable.size(), false);
        bool running = false;
        for (size_t i = 0; i < reachable.size(); ++i) {
            if (c == u'*' || c == u'%') {
                running = (running && !(c == u'%' && name[static_cast<qsizetype>(i) - 1] == u'/')) || reachable[i];
                next[i] = running;
            } else if (reachable[i] && i < static_cast<size_t>(name.size()) && name[static_cast<qsizetype>(i)] == c) {
                next[i + 1] = true;
            }
        }
        reachable.swap(next);
    }
    return reachable.back();
}

} // namespace imap
