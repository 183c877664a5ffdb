// SELECT and EXAMINE: from memory when somebody had the mailbox open before.
#include "daemon/imap/session.h"

#include "daemon/imap/table.h"

namespace imap {

void Session::select(Cursor &in) { openMailbox(in, false); }

void Session::examine(Cursor &in) { openMailbox(in, true); }

void Session::openMailbox(Cursor &in, bool readOnly)
{
    in.expect(' ');
    QString given;
    const QString name = readMailboxName(in, &given);
    if (!finished(in))
        return;
    if (m_selected) { // RFC 9051 6.3.2: deselected even when the new one fails
        deselect();
        out.bytes.append("* OK [CLOSED] previous mailbox closed\r\n");
    }
    struct Opened
    {
        Result<store::Mailbox> mailbox = failure(ErrorKind::Server, QString());
        Result<std::shared_ptr<const store::View>> view = nullptr;
    };
    auto found = std::make_shared<Opened>();
    read(
        [this, name, found](db::Database &db) {
            auto &views = m_services->store.views;
            found->mailbox = store::findMailbox(db, m_account, name);
            if (!found->mailbox)
                return;
            views.watch(found->mailbox->id, m_peer.id); // before reading, so that no change falls between
            found->view = views.open(found->mailbox->id);
            if (!found->view)
                views.unwatch(found->mailbox->id, m_peer.id);
        },
        [this, readOnly, given, found] {
            if (!found->mailbox || !found->view)
                return noFor(!found->mailbox ? found->mailbox.error() : found->view.error());
            opened(*found->mailbox, *found->view, readOnly, given);
        });
}

// RFC 9051 6.3.2; IMAP4rev1 clients get RECENT and UNSEEN too, which IMAP4rev2 no longer has.
void Session::opened(const store::Mailbox &mailbox, const std::shared_ptr<const store::View> &view, bool readOnly,
                     const QString &given)
{
    m_selected = Selected{.id = mailbox.id, .view = view, .readOnly = readOnly};
    m_state = State::Selected;
    QByteArray flags = "\\Answered \\Flagged \\Deleted \\Seen \\Draft";
    for (const QByteArray &keyword : view->keywords)
        flags.append(' ').append(keyword);
    out.bytes.append("* FLAGS (").append(flags).append(")\r\n* OK [PERMANENTFLAGS (");
    if (!readOnly)
        out.bytes.append(flags).append(" \\*");
    out.bytes.append(")] kept\r\n* ").append(QByteArray::number(view->size())).append(" EXISTS\r\n");
    if (!m_rev2) {
        out.bytes.append("* 0 RECENT\r\n");
        view->forEach([this](qsizetype index, const store::Entry &entry) {
            if (entry.flags & store::kSeen)
                return true;
            out.bytes.append("* OK [UNSEEN ").append(QByteArray::number(index + 1)).append("] first unseen\r\n");
            return false;
        });
    }
    out.bytes.append("* OK [UIDVALIDITY ").append(QByteArray::number(mailbox.uidValidity)).append("] valid\r\n");
    out.bytes.append("* OK [UIDNEXT ").append(QByteArray::number(view->uidNext)).append("] next\r\n");
    if (m_rev2) {
        if (given != mailbox.name) {
            tellOldName(mailbox.name, given);
        } else {
            out.bytes.append("* LIST () \"/\" ");
            appendName(out.bytes, mailbox.name);
            out.bytes.append("\r\n");
        }
    }
    ok(readOnly ? "[READ-ONLY] opened" : "[READ-WRITE] opened");
}

} // namespace imap
