// APPEND of one or several messages, all or none (RFC 3502), and REPLACE (RFC 8508).
#include "daemon/imap/session.h"
#include "daemon/imap/table.h"
#include "shared/base/refusal.h"
#include "shared/imap/syntax.h"
#include "shared/mime/binary_parts.h"

namespace imap {

namespace {

struct NewMessage
{
    store::Flags flags;
    Timestamp date;
    QByteArray content;
    bool binary = false;
};

// append-data = literal / literal8 / "UTF8" SP "(" literal8 ")"     RFC 9051 9, RFC 3516 7, RFC 6855 4
void readData(Cursor &in, bool utf8, NewMessage &message)
{
    message.binary = in.peek() == '~';
    if (message.binary) {
        message.content = readLiteral8(in);
    } else if (utf8 && in.takeIgnoreCase("UTF8 (")) {
        message.content = readLiteral8(in);
        in.expect(')');
    } else {
        if (in.peek() != '{')
            in.fail(QStringLiteral("a message literal was expected"));
        message.content = readString(in);
    }
}

// append-message = [SP flag-list] [SP date-time] SP append-data     RFC 3502
NewMessage readMessage(Cursor &in, bool utf8, Timestamp now)
{
    NewMessage message{.flags = {}, .date = now, .content = {}};
    in.expect(' ');
    if (in.peek() == '(') {
        message.flags = parseFlags(readFlags(in, false), in);
        in.expect(' ');
    }
    if (in.peek() == '"') {
        message.date = fromMilliseconds(readDateTime(in));
        in.expect(' ');
    }
    readData(in, utf8, message);
    return message;
}

// Why a message is not taken; null if it is.
const char *problemOf(const NewMessage &message)
{
    if (message.content.isEmpty())
        return "empty message: append cancelled";          // RFC 3502
    if (!message.binary && message.content.contains('\0')) // RFC 9051 9 literal: CHAR8 without NUL
        return "[CANNOT] message contains NUL bytes; send it as a literal8";
    return nullptr;
}

Error noSuchMessage() { return refusal("not-found", QStringLiteral("the message is gone")); }

} // namespace

// What becomes of the messages of one command.
struct Session::Appending
{
    QString name;
    QList<NewMessage> messages;
    std::optional<quint32> replaced = {}; // UID in the selected mailbox
    qint64 selected = 0;
    Timestamp now;
    std::vector<std::shared_ptr<const store::Prepared>> prepared = {};
    quint32 uidValidity = 0;
    QList<quint32> uids = {};
    bool unknownEncoding = false; // a NUL where no binary part is
};

// append = "APPEND" SP mailbox 1*append-message
void Session::append(Cursor &in)
{
    in.expect(' ');
    auto work = std::make_shared<Appending>(
        Appending{.name = readMailboxName(in), .messages = {}, .now = m_services->clock.now()});
    do {
        work->messages.append(readMessage(in, m_utf8Accept, work->now));
    } while (!in.failed() && !in.atEnd());
    if (finished(in))
        keep(work);
}

// replace = "REPLACE" SP seq-number SP mailbox append-message     uid-replace = "UID" SP "REPLACE" SP uniqueid SP …
void Session::replace(Cursor &in)
{
    in.expect(' ');
    const SequenceSet chosen = readChosenSet(in);
    if (!in.failed() && !chosen.isSingle())
        in.fail(QStringLiteral("REPLACE takes one message"));
    in.expect(' ');
    auto work = std::make_shared<Appending>(
        Appending{.name = readMailboxName(in), .messages = {}, .now = m_services->clock.now()});
    work->messages.append(readMessage(in, m_utf8Accept, work->now));
    if (!finished(in))
        return;
    if (m_selected->readOnly)
        return no("[READ-ONLY] the mailbox was opened with EXAMINE");
    const auto uids = uidsOf(indices(chosen));
    if (uids.empty())
        return no("[NONEXISTENT] there is no such message");
    work->replaced = uids.front();
    work->selected = m_selected->id;
    keep(work);
}

void Session::keep(const std::shared_ptr<Appending> &work)
{
    for (const NewMessage &message : std::as_const(work->messages)) {
        if (const char *problem = problemOf(message))
            return no(problem);
    }
    out.work = net::Work{
        .pool = net::Pool::Check, .run = [this, work]() -> net::WorkResult {
            qint64 size = 0;
            for (NewMessage &message : work->messages) {
                if (message.binary && message.content.contains('\0')) { // RFC 3516 4.4: others read no binary
                    auto encoded = mime::withoutBinary(message.content);
                    work->unknownEncoding = !encoded;
                    if (!encoded)
                        return net::Done{};
                    message.content = std::move(*encoded);
                }
                size += message.content.size();
                work->prepared.push_back(store::prepare(std::exchange(message.content, {}), store::newMessageKey()));
            }
            auto made = m_services->store.change(
                [this, work](db::Database &db, store::Effects &effects) { return addAll(db, effects, *work); });
            made.sizeBytes = size;
            return made;
        }};
    m_whenResumed = [this, work] {
        if (work->unknownEncoding)
            return no("[UNKNOWN-CTE] message contains NUL bytes outside of parts whose transfer encoding is binary");
        if (!out.commit) {
            const Error error = out.commit.error();
            out.commit = {};
            return noFor(error);
        }
        const QByteArray code =
            "[APPENDUID " + QByteArray::number(work->uidValidity) + ' ' + formatSet(work->uids) + "] ";
        if (!work->replaced) {
            sync(true);
            m_untold.clear(); // RFC 5465 5.2: not for what this connection adds
            return ok(code + "APPEND done");
        }
        out.bytes.append("* OK ").append(code).append("replacement stored\r\n"); // RFC 8508 4.3: before the EXPUNGE
        sync(true);
        m_untold.clear();
        ok(modseqCode() + "REPLACE done");
    };
}

// Inside the change. The replaced message goes first, so that only the difference counts for the quota (RFC 8508 3.4).
Result<void> Session::addAll(db::Database &db, store::Effects &effects, Appending &work)
{
    work.uids.clear();
    effects.origin = m_peer.id;
    const auto mailbox = store::findMailbox(db, m_account, work.name);
    if (!mailbox)
        return std::unexpected(tryCreate(mailbox.error()));
    if (work.replaced) {
        const auto gone = store::expunge(db, effects,
                                         {.accountId = m_account,
                                          .mailboxId = work.selected,
                                          .uids = std::vector<quint32>{*work.replaced},
                                          .onlyDeleted = false,
                                          .now = work.now});
        if (!gone)
            return std::unexpected(gone.error());
        if (*gone == 0)
            return failure(noSuchMessage());
    }
    work.uidValidity = mailbox->uidValidity;
    for (size_t i = 0; i < work.prepared.size(); ++i) {
        const NewMessage &message = work.messages.at(static_cast<qsizetype>(i));
        const auto content = store::addContent(db, *work.prepared[i]);
        if (!content)
            return std::unexpected(content.error());
        const auto added = store::addMessage(db, effects, *content, *work.prepared[i],
                                             {.accountId = m_account,
                                              .mailboxId = mailbox->id,
                                              .prefix = {},
                                              .flags = message.flags,
                                              .internalDate = message.date,
                                              .savedAt = work.now});
        if (!added)
            return std::unexpected(added.error());
        work.uids.append(added->uid);
    }
    return {};
}

} // namespace imap
