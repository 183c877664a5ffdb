// The command table, and the commands that do not need a selected mailbox.
#include "daemon/imap/session.h"

#include "daemon/imap/table.h"
#include "shared/base/bytes.h"
#include "shared/base/encoding.h"
#include "shared/imap/response.h"
#include "shared/imap/syntax.h"
#include "shared/imap/utf7.h"

namespace imap {

const Session::Row Session::kCommands[] = {
    {"CAPABILITY", &Session::capability, Need::Nothing, "RFC 9051 6.1.1"},
    {"NOOP", &Session::noop, Need::Nothing, "RFC 9051 6.1.2"},
    {"LOGOUT", &Session::logout, Need::Nothing, "RFC 9051 6.1.3"},
    {"ID", &Session::id, Need::Nothing, "RFC 2971 3.1"},
    {"STARTTLS", &Session::startTls, Need::NotSignedIn, "RFC 9051 6.2.1"},
    {"AUTHENTICATE", &Session::authenticate, Need::NotSignedIn, "RFC 9051 6.2.2"},
    {"LOGIN", &Session::login, Need::NotSignedIn, "RFC 9051 6.2.3"},
    {"ENABLE", &Session::enable, Need::SignedIn, "RFC 9051 6.3.1"},
    {"SELECT", &Session::select, Need::SignedIn, "RFC 9051 6.3.2"},
    {"EXAMINE", &Session::examine, Need::SignedIn, "RFC 9051 6.3.3"},
    {"CREATE", &Session::create, Need::SignedIn, "RFC 9051 6.3.4"},
    {"DELETE", &Session::remove, Need::SignedIn, "RFC 9051 6.3.5"},
    {"RENAME", &Session::rename, Need::SignedIn, "RFC 9051 6.3.6"},
    {"SUBSCRIBE", &Session::subscribe, Need::SignedIn, "RFC 9051 6.3.7"},
    {"UNSUBSCRIBE", &Session::unsubscribe, Need::SignedIn, "RFC 9051 6.3.8"},
    {"LIST", &Session::list, Need::SignedIn, "RFC 9051 6.3.9"},
    {"LSUB", &Session::lsub, Need::SignedIn, "RFC 3501 6.3.9"},
    {"NAMESPACE", &Session::namespaces, Need::SignedIn, "RFC 9051 6.3.10"},
    {"STATUS", &Session::status, Need::SignedIn, "RFC 9051 6.3.11"},
    {"APPEND", &Session::append, Need::SignedIn, "RFC 9051 6.3.12"},
    {"IDLE", &Session::idle, Need::SignedIn, "RFC 9051 6.3.13"},
    {"CLOSE", &Session::close, Need::Selected, "RFC 9051 6.4.1"},
    {"UNSELECT", &Session::unselect, Need::Selected, "RFC 9051 6.4.2"},
    {"EXPUNGE", &Session::expunge, Need::Selected, "RFC 9051 6.4.3"},
    {"SEARCH", &Session::search, Need::Selected, "RFC 9051 6.4.4"},
    {"FETCH", &Session::fetch, Need::Selected, "RFC 9051 6.4.5"},
    {"STORE", &Session::storeFlags, Need::Selected, "RFC 9051 6.4.6"},
    {"COPY", &Session::copy, Need::Selected, "RFC 9051 6.4.7"},
    {"MOVE", &Session::move, Need::Selected, "RFC 9051 6.4.8"},
    {"UID", &Session::uid, Need::Selected, "RFC 9051 6.4.9"},
    {"CHECK", &Session::noop, Need::Selected, "RFC 3501 6.4.1"},
    {nullptr, nullptr, Need::Nothing, ""},
};

namespace {

// LIST patterns: "*" matches anything, "%" anything within one level. Iterative, no backtracking blow-up: two
// remembered stars.
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

void appendMailboxName(QByteArray &to, const QString &name) { appendAString(to, toUtf7(name)); }

} // namespace

// mailbox = "INBOX" / astring
QString Session::readMailboxName(Cursor &in)
{
    const QByteArray raw = readAString(in);
    const auto decoded = fromUtf7(raw);
    if (!decoded) {
        in.fail(decoded.error().text);
        return {};
    }
    const auto name = store::canonicalName(*decoded);
    if (!name)
        in.fail(name.error().text);
    return name.value_or(QString());
}

void Session::capability(Cursor &in)
{
    if (!finished(in))
        return;
    out.bytes.append("* CAPABILITY ").append(capabilities()).append("\r\n");
    ok("CAPABILITY done");
}

void Session::noop(Cursor &in)
{
    if (!finished(in))
        return;
    sync(true);
    ok("done");
}

void Session::logout(Cursor &in)
{
    if (!finished(in))
        return;
    out.bytes.append("* BYE bye\r\n");
    ok("LOGOUT done");
    ended();
    m_state = State::Ended;
    out.close = true;
}

// id = "ID" SP ("(" [string SP nstring *(SP string SP nstring)] ")" / "NIL")
void Session::id(Cursor &in)
{
    in.expect(' ');
    if (!in.takeIgnoreCase("NIL")) {
        in.expect('(');
        for (int count = 0; !in.atEnd() && in.peek() != ')' && count <= 60; ++count) {
            if (count > 0)
                in.expect(' ');
            if (count > 0 && in.takeIgnoreCase("NIL"))
                continue;
            std::ignore = readString(in);
        }
        in.expect(')');
    }
    if (!finished(in))
        return;
    out.bytes.append("* ID (\"name\" \"Postroom\" \"version\" \"" POSTROOM_VERSION "\")\r\n");
    ok("ID done");
}

void Session::startTls(Cursor &in)
{
    if (!finished(in))
        return;
    if (m_tls)
        return bad("TLS is active already");
    if (!m_services->options.startTls)
        return bad("STARTTLS is not available");
    if (!m_input.isEmpty()) { // they came in clear and would be taken for encrypted: CVE-2011-0411
        bad("bytes after STARTTLS");
        return bye("bytes after STARTTLS");
    }
    ok("begin TLS");
    out.startTls = true;
}

// authenticate = "AUTHENTICATE" SP auth-type [SP initial-resp]     RFC 9051 9, RFC 4959
void Session::authenticate(Cursor &in)
{
    in.expect(' ');
    const QByteArray mechanism = bytes::toUpper(readAtom(in, "a mechanism"));
    std::optional<QByteArray> initial;
    if (in.take(' ')) {
        if (in.take('=')) {
            initial = QByteArray();
        } else {
            const auto decoded = encoding::fromBase64(in.takeWhile(kVisible));
            if (!decoded)
                in.fail(decoded.error().text);
            initial = decoded.value_or(QByteArray());
        }
    }
    if (!finished(in))
        return;
    if (!m_tls)
        return no("[PRIVACYREQUIRED] sign-in needs TLS");
    if (!m_services->authenticator.mayTry(m_peer.address))
        return no("[UNAVAILABLE] too many failed sign-ins; try again later");
    m_sasl = sasl::makeServer(mechanism, &*m_tls, m_services->authenticator.dummyKey);
    if (!m_sasl)
        return no("[CANNOT] mechanism not offered");
    if (m_sasl->clientFirst() && !initial) {
        m_awaitingSasl = true;
        out.bytes.append("+ \r\n");
        return;
    }
    saslStep(m_sasl->step(initial.value_or(QByteArray())));
}

void Session::login(Cursor &in)
{
    in.expect(' ');
    const QByteArray name = readAString(in);
    in.expect(' ');
    const QByteArray password = readAString(in);
    if (!finished(in))
        return;
    if (!m_tls)
        return no("[PRIVACYREQUIRED] sign-in needs TLS");
    if (!m_services->authenticator.mayTry(m_peer.address))
        return no("[UNAVAILABLE] too many failed sign-ins; try again later");
    saslStep({.kind = sasl::Step::Kind::CheckPassword, .bytes = {}, .name = name, .password = password});
}

// enable = "ENABLE" 1*(SP capability)
void Session::enable(Cursor &in)
{
    do {
        in.expect(' ');
        std::ignore = readAtom(in, "a capability");
    } while (!in.atEnd());
    if (!finished(in))
        return;
    out.bytes.append("* ENABLED\r\n"); // nothing that is announced needs enabling
    ok("ENABLE done");
}

void Session::select(Cursor &in) { openMailbox(in, false); }

void Session::examine(Cursor &in) { openMailbox(in, true); }

void Session::openMailbox(Cursor &in, bool readOnly)
{
    in.expect(' ');
    const QString name = readMailboxName(in);
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
    auto opened = std::make_shared<Opened>();
    read(
        [this, name, opened](db::Database &db) {
            opened->mailbox = store::findMailbox(db, m_account, name);
            if (!opened->mailbox)
                return;
            m_services->store.views.watch(opened->mailbox->id,
                                          m_peer.id); // before reading, so that no change falls between
            opened->view = m_services->store.views.open(opened->mailbox->id);
            if (!opened->view)
                m_services->store.views.unwatch(opened->mailbox->id, m_peer.id);
        },
        [this, readOnly, opened] {
            if (!opened->mailbox || !opened->view)
                return noFor(!opened->mailbox ? opened->mailbox.error() : opened->view.error());
            const auto &view = *opened->view;
            m_selected = Selected{.id = opened->mailbox->id, .view = *opened->view, .readOnly = readOnly};
            m_state = State::Selected;
            out.bytes.append("* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft");
            for (const QByteArray &keyword : view->keywords)
                out.bytes.append(' ').append(keyword);
            out.bytes.append(")\r\n* OK [PERMANENTFLAGS (");
            if (!readOnly) {
                out.bytes.append("\\Answered \\Flagged \\Deleted \\Seen \\Draft");
                for (const QByteArray &keyword : view->keywords)
                    out.bytes.append(' ').append(keyword);
                out.bytes.append(" \\*");
            }
            out.bytes.append(")] kept\r\n* ")
                .append(QByteArray::number(view->size()))
                .append(" EXISTS\r\n* 0 RECENT\r\n");
            for (qsizetype i = 0; i < view->size(); ++i) {
                if (!(view->at(i).flags & store::kSeen)) {
                    out.bytes.append("* OK [UNSEEN ").append(QByteArray::number(i + 1)).append("] first unseen\r\n");
                    break;
                }
            }
            out.bytes.append("* OK [UIDVALIDITY ")
                .append(QByteArray::number(opened->mailbox->uidValidity))
                .append("] valid\r\n* OK [UIDNEXT ");
            out.bytes.append(QByteArray::number(view->uidNext)).append("] next\r\n");
            ok(readOnly ? "[READ-ONLY] opened" : "[READ-WRITE] opened");
        });
}

void Session::create(Cursor &in)
{
    in.expect(' ');
    const QString name = readMailboxName(in);
    if (!finished(in))
        return;
    change(
        [this, name](db::Database &db, store::Effects &effects) {
            return store::createMailbox(db, effects, m_account, name).transform([](qint64) {});
        },
        [this] { ok("CREATE done"); });
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
        [this] { ok("RENAME done"); });
}

void Session::subscribe(Cursor &in)
{
    in.expect(' ');
    const QString name = readMailboxName(in);
    if (finished(in))
        change([this, name](db::Database &db, store::Effects &) { return store::subscribe(db, m_account, name, true); },
               [this] { ok("SUBSCRIBE done"); });
}

void Session::unsubscribe(Cursor &in)
{
    in.expect(' ');
    const QString name = readMailboxName(in);
    if (finished(in))
        change(
            [this, name](db::Database &db, store::Effects &) { return store::subscribe(db, m_account, name, false); },
            [this] { ok("UNSUBSCRIBE done"); });
}

// list = "LIST" SP mailbox SP list-mailbox     RFC 3501 6.3.8; an empty pattern asks for the hierarchy separator
void Session::list(Cursor &in)
{
    in.expect(' ');
    const auto reference = fromUtf7(readAString(in));
    in.expect(' ');
    const auto pattern = fromUtf7(readPattern(in));
    if (!reference || !pattern)
        in.fail(QStringLiteral("bad mailbox name"));
    if (!finished(in))
        return;
    if (pattern->isEmpty()) {
        out.bytes.append("* LIST (\\Noselect) \"/\" \"\"\r\n");
        return ok("LIST done");
    }
    auto all = std::make_shared<Result<QList<store::Mailbox>>>();
    read([this, all](db::Database &db) { *all = store::listMailboxes(db, m_account); },
         [this, all, wanted = *reference + *pattern] {
             if (!*all)
                 return noFor(all->error());
             QString canonical = wanted;
             if (wanted.startsWith(QLatin1StringView("inbox"), Qt::CaseInsensitive))
                 canonical.replace(0, 5, QStringLiteral("INBOX"));
             for (const store::Mailbox &mailbox : **all) {
                 if (!patternMatches(canonical, mailbox.name))
                     continue;
                 const bool children = std::ranges::any_of(
                     **all, [&mailbox](const auto &each) { return each.name.startsWith(mailbox.name + u'/'); });
                 out.bytes.append("* LIST (").append(children ? "\\HasChildren" : "\\HasNoChildren");
                 if (!mailbox.specialUse.isEmpty())
                     out.bytes.append(' ').append(mailbox.specialUse);
                 out.bytes.append(") \"/\" ");
                 appendMailboxName(out.bytes, mailbox.name);
                 out.bytes.append("\r\n");
             }
             ok("LIST done");
         });
}

void Session::lsub(Cursor &in)
{
    in.expect(' ');
    const auto reference = fromUtf7(readAString(in));
    in.expect(' ');
    const auto pattern = fromUtf7(readPattern(in));
    if (!reference || !pattern)
        in.fail(QStringLiteral("bad mailbox name"));
    if (!finished(in))
        return;
    auto all = std::make_shared<Result<QStringList>>();
    read([this, all](db::Database &db) { *all = store::listSubscriptions(db, m_account); },
         [this, all, wanted = *reference + *pattern] {
             if (!*all)
                 return noFor(all->error());
             for (const QString &name : **all) {
                 if (!patternMatches(wanted, name))
                     continue;
                 out.bytes.append("* LSUB () \"/\" ");
                 appendMailboxName(out.bytes, name);
                 out.bytes.append("\r\n");
             }
             ok("LSUB done");
         });
}

void Session::namespaces(Cursor &in)
{
    if (!finished(in))
        return;
    out.bytes.append("* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n");
    ok("NAMESPACE done");
}

// status = "STATUS" SP mailbox SP "(" status-att *(SP status-att) ")"
void Session::status(Cursor &in)
{
    in.expect(' ');
    const QString name = readMailboxName(in);
    in.expect(' ');
    in.expect('(');
    QList<QByteArray> items;
    do {
        items.append(bytes::toUpper(readAtom(in, "a status item")));
        static const QList<QByteArray> known{"MESSAGES", "RECENT", "UIDNEXT", "UIDVALIDITY", "UNSEEN"};
        if (!in.failed() && !known.contains(items.last()))
            in.fail(QStringLiteral("not a status item: %1").arg(quoted(items.last())));
    } while (in.take(' ') && items.size() < 20);
    in.expect(')');
    if (!finished(in))
        return;
    struct Answer
    {
        Result<store::Mailbox> mailbox = failure(ErrorKind::Server, QString());
        Result<std::shared_ptr<const store::View>> view = nullptr;
    };
    auto answer = std::make_shared<Answer>();
    read(
        [this, name, answer](db::Database &db) {
            answer->mailbox = store::findMailbox(db, m_account, name);
            if (answer->mailbox)
                answer->view = m_services->store.views.open(answer->mailbox->id);
        },
        [this, items, answer] {
            if (!answer->mailbox || !answer->view)
                return noFor(!answer->mailbox ? answer->mailbox.error() : answer->view.error());
            const store::View &view = **answer->view;
            out.bytes.append("* STATUS ");
            appendMailboxName(out.bytes, answer->mailbox->name);
            char separator = '(';
            out.bytes.append(' ');
            for (const QByteArray &item : items) {
                qint64 value = 0;
                if (item == "MESSAGES")
                    value = view.size();
                else if (item == "UIDNEXT")
                    value = view.uidNext;
                else if (item == "UIDVALIDITY")
                    value = answer->mailbox->uidValidity;
                else if (item == "UNSEEN") {
                    for (qsizetype i = 0; i < view.size(); ++i)
                        value += view.at(i).flags & store::kSeen ? 0 : 1;
                }
                out.bytes.append(separator).append(item).append(' ').append(QByteArray::number(value));
                separator = ' ';
            }
            out.bytes.append(")\r\n");
            ok("STATUS done");
        });
}

// append = "APPEND" SP mailbox [SP flag-list] [SP date-time] SP literal
void Session::append(Cursor &in)
{
    in.expect(' ');
    const QString name = readMailboxName(in);
    in.expect(' ');
    store::Flags flags;
    if (in.peek() == '(') {
        flags = parseFlags(readFlags(in, false), in);
        in.expect(' ');
    }
    Timestamp date = m_services->clock.now();
    if (in.peek() == '"') {
        date = fromMilliseconds(readDateTime(in));
        in.expect(' ');
    }
    if (in.peek() != '{')
        in.fail(QStringLiteral("a message literal was expected"));
    const QByteArray content = readString(in);
    if (!finished(in))
        return;
    if (content.contains('\0'))
        return no("[CANNOT] message contains NUL bytes"); // RFC 9051 9 literal: CHAR8 without NUL
    auto added = std::make_shared<store::Added>();
    out.work = net::Work{
        .pool = net::Pool::Check, .run = [this, name, flags, date, content, added]() -> net::WorkResult {
            auto message = store::prepare(content, store::newMessageKey());
            auto made = m_services->store.change(
                [this, name, flags, date, message, added](db::Database &db, store::Effects &effects) -> Result<void> {
                    auto mailbox = store::findMailbox(db, m_account, name);
                    if (!mailbox) {
                        mailbox.error().code = QStringLiteral("try-create");
                        return std::unexpected(mailbox.error());
                    }
                    const auto id = store::addContent(db, *message);
                    if (!id)
                        return std::unexpected(id.error());
                    return store::addMessage(db, effects, *id, *message,
                                             {.accountId = m_account,
                                              .mailboxId = mailbox->id,
                                              .prefix = {},
                                              .flags = flags,
                                              .internalDate = date})
                        .transform([&added](const store::Added &done) { *added = done; });
                });
            made.sizeBytes = content.size();
            return made;
        }};
    m_whenResumed = [this, added] {
        if (!out.commit) {
            const Error error = out.commit.error();
            out.commit = {};
            if (error.code == QLatin1StringView("try-create"))
                return no("[TRYCREATE] " + publicText(error).toUtf8()); // RFC 9051 6.3.12
            return noFor(error);
        }
        sync(true);
        ok("[APPENDUID " + QByteArray::number(added->uidValidity) + ' ' + QByteArray::number(added->uid) +
           "] APPEND done");
    };
}

void Session::idle(Cursor &in)
{
    if (!finished(in))
        return;
    out.bytes.append("+ idling\r\n");
    m_idle = true;
    sync(true);
}

store::Flags parseFlags(const QList<QByteArray> &names, Cursor &in)
{
    store::Flags flags;
    for (const QByteArray &name : names) {
        if (!name.startsWith('\\')) {
            flags.keywords.append(name);
            continue;
        }
        bool known = bytes::equalsIgnoreCase(name, "\\Recent"); // RFC 3501: the client can't change it; ignored
        for (size_t i = 0; i < store::kSystemFlagNames.size(); ++i) {
            if (bytes::equalsIgnoreCase(name, store::kSystemFlagNames[i])) {
                flags.system |= quint64(1) << i;
                known = true;
            }
        }
        if (!known)
            in.fail(QStringLiteral("not a system flag: %1").arg(quoted(name)));
    }
    return flags;
}

} // namespace imap
