#include "shared/imap/notify.h"

#include "shared/base/bytes.h"
#include "shared/imap/syntax.h"

namespace imap {

namespace {

using Filter = NotifyGroup::Filter;

constexpr int kMostEvents = 20; // in one group

// filter-mailboxes, and the names behind subtree and mailboxes
void readFilter(Cursor &in, NotifyGroup &group)
{
    struct Name
    {
        const char *name;
        Filter filter;
    };
    static constexpr std::array kNames = {
        Name{"SELECTED", Filter::Selected},     Name{"SELECTED-DELAYED", Filter::SelectedDelayed},
        Name{"INBOXES", Filter::Inboxes},       Name{"PERSONAL", Filter::Personal},
        Name{"SUBSCRIBED", Filter::Subscribed}, Name{"SUBTREE", Filter::Subtree},
        Name{"MAILBOXES", Filter::Mailboxes}};
    const QByteArray word = bytes::toUpper(readAtom(in, "a kind of mailboxes"));
    const auto known = std::ranges::find_if(kNames, [&word](const Name &each) { return word == each.name; });
    if (known == kNames.end()) {
        in.fail(QStringLiteral("not a kind of mailboxes: %1").arg(quoted(word)));
        return;
    }
    group.filter = known->filter;
    if (group.filter != Filter::Subtree && group.filter != Filter::Mailboxes)
        return;
    in.expect(' ');
    if (!in.take('(')) {
        group.names.append(readAString(in));
        return;
    }
    do {
        group.names.append(readAString(in));
        if (group.names.size() > kMostNotifyNames)
            in.fail(QStringLiteral("more than %1 mailboxes").arg(kMostNotifyNames));
    } while (in.take(' '));
    in.expect(')');
}

// events = ( "(" event *(SP event) ")" ) / "NONE"
void readEvents(Cursor &in, NotifyGroup &group, bool &badEvent)
{
    if (in.takeIgnoreCase("NONE"))
        return;
    bool expunge = false;
    bool others = false; // events that are not about messages
    int count = 0;
    in.expect('(');
    do {
        const QByteArray event = bytes::toUpper(readAtom(in, "an event"));
        if (event == "MESSAGENEW") {
            group.messageNew = true;
            if (in.takeIgnoreCase(" (")) { // fetch-att *(SP fetch-att) ")"
                if (!group.isSelected())
                    in.fail(QStringLiteral("what to fetch is for the selected mailbox"));
                group.fetch = readFetchList(in);
            }
        } else if (event == "MESSAGEEXPUNGE") {
            expunge = true;
        } else if (event == "FLAGCHANGE") {
            group.flagChange = true;
        } else if (event == "MAILBOXNAME") {
            group.mailboxName = others = true;
        } else if (event == "SUBSCRIPTIONCHANGE") {
            group.subscriptionChange = others = true;
        } else if (event == "MAILBOXMETADATACHANGE") {
            group.mailboxMetadataChange = others = true;
        } else if (event == "SERVERMETADATACHANGE") {
            group.serverMetadataChange = others = true;
        } else {
            badEvent = true;
        }
        if (++count > kMostEvents)
            in.fail(QStringLiteral("more than %1 events").arg(kMostEvents));
    } while (in.take(' '));
    in.expect(')');
    if (group.isSelected() && others)
        in.fail(QStringLiteral("only events about messages are for the selected mailbox"));
    if (group.messageNew != expunge || (group.flagChange && !expunge)) // RFC 5465 5
        in.fail(QStringLiteral("MessageNew and MessageExpunge go together, FlagChange with both"));
}

} // namespace

NotifyRequest readNotify(Cursor &in)
{
    NotifyRequest request;
    if (in.takeIgnoreCase("NONE")) {
        request.none = true;
        return request;
    }
    in.expectIgnoreCase("SET");
    request.status = in.takeIgnoreCase(" STATUS");
    int selected = 0;
    qsizetype names = 0;
    do {
        in.expect(' ');
        in.expect('(');
        NotifyGroup group;
        readFilter(in, group);
        in.expect(' ');
        readEvents(in, group, request.badEvent);
        in.expect(')');
        selected += group.isSelected() ? 1 : 0;
        names += group.names.size();
        request.groups.append(std::move(group));
        if (selected > 1)
            in.fail(QStringLiteral("SELECTED twice"));
        if (names > kMostNotifyNames)
            in.fail(QStringLiteral("more than %1 mailboxes").arg(kMostNotifyNames));
        if (request.groups.size() > kMostNotifyGroups)
            in.fail(QStringLiteral("more than %1 groups").arg(kMostNotifyGroups));
    } while (!in.failed() && !in.atEnd());
    return request;
}

} // namespace imap
