// NOTIFY (RFC 5465): events of the selected mailbox at any time, and of other mailboxes as STATUS, LIST and METADATA
// responses. What happened elsewhere waits in store::Notices; its answers are made on a worker, between commands.
#include "daemon/imap/session.h"
#include "daemon/imap/table.h"
#include "shared/imap/response.h"

namespace imap {

namespace {

using Filter = NotifyGroup::Filter;
using NoticeKind = store::Notice::Kind;

// A group with its names as the store knows them.
bool covers(const NotifyGroup &group, const QStringList &names, const QString &mailbox, const QStringList &subscribed)
{
    switch (group.filter) {
    case Filter::Selected:
    case Filter::SelectedDelayed: return false;
    case Filter::Inboxes: // RFC 5465 6.3: as personal, for delivery may name any mailbox
    case Filter::Personal: return true;
    case Filter::Subscribed: return subscribed.contains(mailbox);
    case Filter::Mailboxes: return names.contains(mailbox);
    case Filter::Subtree:
        return std::ranges::any_of(
            names, [&mailbox](const QString &root) { return mailbox == root || mailbox.startsWith(root + u'/'); });
    }
    return false;
}

} // namespace

// What NOTIFY SET asked for, ready to be applied.
struct Session::Notify
{
    NotifyRequest request;
    QList<QStringList> names; // of each group

    [[nodiscard]] const NotifyGroup *selectedOrNull() const
    {
        for (const NotifyGroup &group : request.groups) {
            if (group.isSelected())
                return &group;
        }
        return nullptr;
    }
    // Of all groups that the mailbox is in.
    [[nodiscard]] NotifyGroup eventsOf(const QString &mailbox, const QStringList &subscribed) const
    {
        NotifyGroup all;
        for (qsizetype i = 0; i < request.groups.size(); ++i) {
            const NotifyGroup &group = request.groups.at(i);
            if (!covers(group, names.at(i), mailbox, subscribed))
                continue;
            all.messageNew = all.messageNew || group.messageNew;
            all.flagChange = all.flagChange || group.flagChange;
            all.mailboxName = all.mailboxName || group.mailboxName;
            all.subscriptionChange = all.subscriptionChange || group.subscriptionChange;
            all.mailboxMetadataChange = all.mailboxMetadataChange || group.mailboxMetadataChange;
        }
        return all;
    }
    [[nodiscard]] bool serverMetadata() const
    {
        return std::ranges::any_of(request.groups, &NotifyGroup::serverMetadataChange);
    }
};

// notify = "NOTIFY" SP ("SET" [SP "STATUS"] SP event-groups / "NONE")
void Session::notify(Cursor &in)
{
    in.expect(' ');
    auto notify = std::make_shared<Notify>(Notify{.request = readNotify(in), .names = {}});
    for (const NotifyGroup &group : std::as_const(notify->request.groups)) {
        QStringList names;
        for (const QByteArray &raw : group.names) {
            const auto decoded = decodeName(raw);
            const auto name = decoded ? store::canonicalName(*decoded) : decoded;
            if (!decoded)
                in.fail(decoded.error().text);
            else if (name) // a name no mailbox can have is ignored like any that is not there, RFC 5465 3.1
                names.append(*name);
        }
        notify->names.append(names);
    }
    if (!finished(in))
        return;
    if (notify->request.badEvent)
        return no(QByteArray("[BADEVENT (") + kNotifyEvents + ")] not an event this server has");
    sync(true); // RFC 5465 3.1: implies NOOP
    m_notify = notify;
    m_untold.clear();
    auto &notices = m_services->store.notices;
    const bool others =
        std::ranges::any_of(notify->request.groups, [](const auto &each) { return !each.isSelected(); });
    others ? notices.listen(m_account, m_peer.id) : notices.unlisten(m_account, m_peer.id);
    if (!notify->request.status)
        return ok("NOTIFY done");
    auto answer = std::make_shared<Result<QByteArray>>(QByteArray());
    read([this, notify, answer](db::Database &db) { *answer = notifyStatus(db, *notify); },
         [this, answer] {
             if (!*answer)
                 return noFor(answer->error());
             out.bytes.append(**answer);
             ok("NOTIFY done");
         });
}

// RFC 5465 3.1: the state of every other mailbox whose messages are watched. Worker.
Result<QByteArray> Session::notifyStatus(db::Database &db, const Notify &notify)
{
    const auto mailboxes = store::listMailboxes(db, m_account);
    const auto subscribed = store::listSubscriptions(db, m_account);
    if (!mailboxes || !subscribed)
        return std::unexpected(!mailboxes ? mailboxes.error() : subscribed.error());
    QByteArray answer;
    for (const store::Mailbox &mailbox : *mailboxes) {
        const NotifyGroup events = notify.eventsOf(mailbox.name, *subscribed);
        if (!events.messageNew || (m_selected && m_selected->id == mailbox.id))
            continue;
        QList<QByteArray> items{"MESSAGES", "UIDNEXT", "UIDVALIDITY"};
        if (events.flagChange)
            items.append("HIGHESTMODSEQ");
        const auto line = statusLine(db, mailbox, items);
        if (!line)
            return line;
        answer.append(*line);
    }
    return answer;
}

// What may be told of the selected mailbox, and when.
Session::SelectedEvents Session::selectedEvents() const
{
    if (!m_notify)
        return {};
    const NotifyGroup *group = m_notify->selectedOrNull();
    if (!group)
        return {.messages = false, .flags = false};
    return {.messages = group->messageNew,
            .flags = group->flagChange,
            .atAnyTime = true,
            .expungeAtAnyTime = group->filter == Filter::Selected,
            .fetch = &group->fetch};
}

// The selected mailbox changed while no command was under way.
void Session::selectedChanged()
{
    const SelectedEvents events = selectedEvents();
    if (m_idle || events.atAnyTime)
        sync(m_idle || events.expungeAtAnyTime);
    if (!m_untold.empty() && events.fetch)
        fetchUnasked(*events.fetch, std::exchange(m_untold, {}));
}

// Something happened elsewhere in the account.
void Session::accountChanged()
{
    auto taken = std::make_shared<store::Notices::Taken>(m_services->store.notices.take(m_account, m_peer.id));
    if (!m_notify)
        return;
    if (taken->overflow) { // RFC 5465 5.8
        out.bytes.append("* OK [NOTIFICATIONOVERFLOW] too much happened; NOTIFY is off\r\n");
        m_notify = std::make_shared<const Notify>(Notify{.request = {.none = true, .groups = {}}, .names = {}});
        m_services->store.notices.unlisten(m_account, m_peer.id);
        return;
    }
    auto answer = std::make_shared<QByteArray>();
    m_unasked = true;
    out.work =
        net::Work{.pool = net::Pool::Store, .run = [this, taken, answer, notify = m_notify]() -> net::WorkResult {
                      if (auto db = m_services->store.reader())
                          *answer = noticeLines(**db, *notify, taken->notices);
                      return net::Done{};
                  }};
    m_whenResumed = [this, answer] { out.bytes.append(*answer); };
}

namespace {

QByteArray withOldName(QByteArray line, const QByteArray &oldName)
{
    line.chop(2);
    return line.append(" (\"OLDNAME\" (").append(oldName).append("))\r\n");
}

} // namespace

// A LIST response for a name, existing or not (RFC 5465 5.4).
QByteArray Session::listLine(db::Database &db, const QString &name)
{
    const ListRequest request{
        .reference = {}, .patterns = {}, .extended = true, .returnSubscribed = true, .status = {}};
    const auto line = listAnswer(db, request, {name});
    if (line && !line->isEmpty())
        return *line;
    QByteArray gone = "* LIST (\\NonExistent) \"/\" ";
    appendName(gone, name);
    return gone.append("\r\n");
}

// Worker.
QByteArray Session::noticeLines(db::Database &db, const Notify &notify, const std::vector<store::Notice> &notices)
{
    const auto subscribed = store::listSubscriptions(db, m_account).value_or(QStringList());
    QByteArray lines;
    for (const store::Notice &notice : notices) {
        if (notice.kind == NoticeKind::Messages) {
            const auto mailbox = store::mailboxById(db, notice.mailboxId);
            if (!mailbox || (m_selected && m_selected->id == mailbox->id))
                continue;
            const NotifyGroup events = notify.eventsOf(mailbox->name, subscribed);
            QList<QByteArray> items;
            if (notice.added && events.messageNew) // RFC 5465 5.2, 5.3
                items = {"UIDNEXT", "MESSAGES"};
            if (notice.flags && events.flagChange) // RFC 5465 5.1
                items += {"UIDVALIDITY", "UNSEEN"};
            if (!items.isEmpty() && m_condstore)
                items.append("HIGHESTMODSEQ");
            if (!items.isEmpty())
                lines.append(statusLine(db, *mailbox, items).value_or(QByteArray()));
            continue;
        }
        if (notice.kind == NoticeKind::Metadata) {
            const bool wanted = notice.name.isEmpty() ? notify.serverMetadata()
                                                      : notify.eventsOf(notice.name, subscribed).mailboxMetadataChange;
            if (!wanted)
                continue;
            lines.append("* METADATA ");
            notice.name.isEmpty() ? void(lines.append("\"\"")) : appendName(lines, notice.name);
            for (const QByteArray &entry : notice.entries) {
                lines.append(' ');
                appendAString(lines, entry);
            }
            lines.append("\r\n");
            continue;
        }
        const NotifyGroup events = notify.eventsOf(notice.name, subscribed);
        if (notice.kind == NoticeKind::Subscription) {
            if (events.subscriptionChange)
                lines.append(listLine(db, notice.name));
            continue;
        }
        if (events.mailboxName) {
            QByteArray line = listLine(db, notice.name);
            if (notice.kind == NoticeKind::Renamed) {
                QByteArray oldName;
                appendName(oldName, notice.oldName);
                line = withOldName(std::move(line), oldName);
            }
            lines.append(line);
        }
        const qsizetype slash = notice.name.lastIndexOf(u'/');
        if (slash > 0 && notice.kind != NoticeKind::Renamed && // the direct parent is affected too
            notify.eventsOf(notice.name.first(slash), subscribed).mailboxName)
            lines.append(listLine(db, notice.name.first(slash)));
    }
    return lines;
}

} // namespace imap
