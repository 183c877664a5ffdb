// SELECT and EXAMINE: from memory when somebody had the mailbox open before.
#include "daemon/imap/session.h"

#include "daemon/imap/table.h"

namespace imap {

void Session::select(Cursor &in) { openMailbox(in, false); }

void Session::examine(Cursor &in) { openMailbox(in, true); }

namespace {

// RFC 7162 3.2.5.2: the largest UID up to which the client knows of every expunge, because a message it gave the number
// of is where it says. Both sets are walked together; numbers behind the last message can't match.
quint32 matchedUpTo(const store::View &view, const SelectParameters::Qresync &qresync)
{
    quint32 best = 0;
    const auto numbers = qresync.matchNumbers.resolved(0);
    const auto uids = qresync.matchUids.resolved(0);
    qsizetype range = 0;
    quint32 offset = 0;
    for (const auto &[first, last] : numbers) {
        for (quint64 number = first; number <= last && number <= static_cast<quint64>(view.size()); ++number) {
            if (range >= uids.size())
                return best;
            const quint32 uid = uids.at(range).first + offset;
            if (view.at(static_cast<qsizetype>(number) - 1).uid == uid)
                best = uid;
            offset = uid == uids.at(range).second ? 0 : offset + 1;
            range += offset == 0 ? 1 : 0;
        }
    }
    return best;
}

} // namespace

// What SELECT comes to.
struct Session::Opening
{
    QString given; // the name as the client wrote it
    bool readOnly = false;
    std::optional<SelectParameters::Qresync> resync;
    Result<store::MailboxName> mailbox = failure(ErrorKind::Server, QString());
    Result<std::shared_ptr<const store::View>> view = nullptr;
    Result<std::vector<store::UidRange>> expunged = {};
};

// select = "SELECT" SP mailbox [SP "(" select-param *(SP select-param) ")"]     RFC 9051 6.3.2, RFC 7162 7
void Session::openMailbox(Cursor &in, bool readOnly)
{
    in.expect(' ');
    QString given;
    const QString name = readMailboxName(in, &given);
    const auto parameters = in.take(' ') ? readSelectParameters(in) : SelectParameters{};
    if (parameters.qresync && !m_qresync)
        in.fail(QStringLiteral("QRESYNC must be enabled first")); // RFC 7162 3.2.5
    if (!finished(in))
        return;
    m_condstore = m_condstore || parameters.condstore;
    if (m_selected) { // RFC 9051 6.3.2: deselected even when the new one fails
        deselect();
        out.bytes.append("* OK [CLOSED] previous mailbox closed\r\n");
    }
    const auto found =
        std::make_shared<Opening>(Opening{.given = given, .readOnly = readOnly, .resync = parameters.qresync});
    auto &views = m_services->store.views;
    const auto known = parameters.qresync ? std::nullopt : m_services->store.names.known(m_account, name);
    if (known) { // of a mailbox that is in use all that is told is in memory
        views.watch(known->id, m_peer.id);
        if (auto view = views.current(known->id)) {
            found->mailbox = *known;
            found->view = std::move(view);
            return opened(*found);
        }
        views.unwatch(known->id, m_peer.id);
    }
    read([this, name, found](db::Database &db) { look(db, name, *found); }, [this, found] { opened(*found); });
}

// Worker.
void Session::look(db::Database &db, const QString &name, Opening &found)
{
    auto &views = m_services->store.views;
    found.mailbox = m_services->store.names.find(db, m_account, name);
    if (!found.mailbox)
        return;
    views.watch(found.mailbox->id, m_peer.id); // before reading, so that no change falls between
    found.view = views.open(found.mailbox->id);
    if (found.view && found.resync && found.resync->uidValidity == found.mailbox->uidValidity)
        found.expunged = store::expungedSince(db, found.mailbox->id, found.resync->modseq);
    if (!found.view || !found.expunged)
        views.unwatch(found.mailbox->id, m_peer.id);
}

void Session::opened(const Opening &found)
{
    if (!found.mailbox || !found.view || !found.expunged)
        return noFor(!found.mailbox ? found.mailbox.error()
                     : !found.view  ? found.view.error()
                                    : found.expunged.error());
    m_selected = Selected{.id = found.mailbox->id, .view = *found.view, .readOnly = found.readOnly};
    m_state = State::Selected;
    announce(*found.mailbox, found.given);
    const auto done = [this, readOnly = found.readOnly] {
        ok(readOnly ? "[READ-ONLY] opened" : "[READ-WRITE] opened");
    };
    const auto &qresync = found.resync;
    if (!qresync || qresync->uidValidity != found.mailbox->uidValidity)
        return done();
    const store::View &view = *m_selected->view;
    const auto known =
        qresync->knownUids ? rangesIn(*qresync->knownUids) : std::vector<store::UidRange>{{1, view.uidNext - 1}};
    const std::vector<store::UidRange> unmatched{{matchedUpTo(view, *qresync) + 1, 0xffffffffU}};
    appendVanished(*found.expunged, store::common(known, unmatched));
    std::vector<qsizetype> changed;
    for (const auto &[first, last] : known) {
        for (qsizetype i = view.lowerBound(first); i < view.size() && view.at(i).uid <= last; ++i) {
            if (view.at(i).modseq > qresync->modseq)
                changed.push_back(i);
        }
    }
    stream(
        static_cast<qsizetype>(changed.size()),
        [this, changed](qsizetype i) { tellFlags(changed[static_cast<size_t>(i)], true); }, done);
}

// RFC 9051 6.3.2; IMAP4rev1 clients get RECENT and UNSEEN too, which IMAP4rev2 no longer has.
void Session::announce(const store::MailboxName &mailbox, const QString &given)
{
    const store::View &view = *m_selected->view;
    QByteArray flags = "\\Answered \\Flagged \\Deleted \\Seen \\Draft";
    for (const QByteArray &keyword : view.keywords)
        flags.append(' ').append(keyword);
    out.bytes.append("* FLAGS (").append(flags).append(")\r\n* OK [PERMANENTFLAGS (");
    if (!m_selected->readOnly)
        out.bytes.append(flags).append(" \\*");
    out.bytes.append(")] kept\r\n* ").append(QByteArray::number(view.size())).append(" EXISTS\r\n");
    takeRecent(view.uidNext);
    tellRecent(view, true);
    if (!m_rev2) {
        view.forEach([this](qsizetype index, const store::Entry &entry) {
            if (entry.flags & store::kSeen)
                return true;
            out.bytes.append("* OK [UNSEEN ").append(QByteArray::number(index + 1)).append("] first unseen\r\n");
            return false;
        });
    }
    out.bytes.append("* OK [UIDVALIDITY ").append(QByteArray::number(mailbox.uidValidity)).append("] valid\r\n");
    out.bytes.append("* OK [UIDNEXT ").append(QByteArray::number(view.uidNext)).append("] next\r\n");
    out.bytes.append("* OK [MAILBOXID (F").append(QByteArray::number(mailbox.id)).append(")] kept\r\n"); // RFC 8474
    out.bytes.append("* OK [HIGHESTMODSEQ ").append(QByteArray::number(view.highestModseq)).append("] highest\r\n");
    if (m_rev2) {
        if (given != mailbox.name) {
            tellOldName(mailbox.name, given);
        } else {
            out.bytes.append("* LIST () \"/\" ");
            appendName(out.bytes, mailbox.name);
            out.bytes.append("\r\n");
        }
    }
}

} // namespace imap
