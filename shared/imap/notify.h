// What NOTIFY asks for (RFC 5465 8). Pure; any thread.
#pragma once

#include "shared/imap/fetch.h"

namespace imap {

inline constexpr qsizetype kMostNotifyGroups = 100;
inline constexpr qsizetype kMostNotifyNames = 1000; // in all groups

struct NotifyGroup
{
    enum class Filter
    {
        Selected,
        SelectedDelayed,
        Inboxes,
        Personal,
        Subscribed,
        Subtree,
        Mailboxes,
    };
    Filter filter = Filter::Personal;
    QList<QByteArray> names; // of Subtree and Mailboxes, raw
    bool messageNew = false; // and MessageExpunge: they come together
    bool flagChange = false;
    bool mailboxName = false;
    bool subscriptionChange = false;
    bool mailboxMetadataChange = false;
    bool serverMetadataChange = false;
    QList<FetchItem> fetch; // of new messages in the selected mailbox

    [[nodiscard]] bool isSelected() const { return filter == Filter::Selected || filter == Filter::SelectedDelayed; }
};

struct NotifyRequest
{
    bool none = false;
    bool status = false;
    bool badEvent = false; // names one this server does not have: NO [BADEVENT …]
    QList<NotifyGroup> groups;
};

// From behind "NOTIFY ".
[[nodiscard]] NotifyRequest readNotify(Cursor &in);

inline constexpr char kNotifyEvents[] = "MessageNew MessageExpunge FlagChange MailboxName SubscriptionChange "
                                        "MailboxMetadataChange ServerMetadataChange";

} // namespace imap
