#include "daemon/imap/session.h"

#include "daemon/imap/table.h"
#include "daemon/store/annotations.h"
#include "shared/base/bytes.h"
#include "shared/base/encoding.h"
#include "shared/base/metrics.h"
#include "shared/imap/syntax.h"

namespace imap {

namespace {

const CounterFamily kCommandCount{"postroom_imap_commands_total", "IMAP commands by name.", {"command"}};
constexpr auto kSignInTime = std::chrono::minutes(3);
constexpr auto kIdleTime = std::chrono::minutes(31);                // RFC 9051 5.4: at least 30
constexpr char kAnnotationTooLarge[] = "[METADATA MAXSIZE 65536] "; // RFC 5464 4.3
static_assert(store::kLargestAnnotation == 65536);
constexpr CharClass kTagChar = kVisible.without("(){%*\"\\+");

} // namespace

Session::Session(std::shared_ptr<const Services> services)
    : m_services(std::move(services))
    , m_signIn(m_services->authenticator, {.service = "imap",
                                           .hostname = m_services->options.hostname,
                                           .cramMd5 = m_services->options.cramMd5,
                                           .refuseUnknownKeys = m_services->options.refuseUnknownKeys})
{}

void Session::started(const net::Peer &peer)
{
    m_peer = peer;
    m_log = m_log.with({{"connection", static_cast<qint64>(peer.id.serial)}, {"from", peer.address.toString()}});
    m_signIn.started(peer);
    out.deadline = m_services->clock.steady() + kSignInTime;
    if (m_tls && m_signIn.refusesKey())
        return bye("[AUTHENTICATIONFAILED] this TLS key is not known here");
    if (m_signIn.wantsPreauth() && m_signIn.bySelf()) { // RFC 9051 7.1.4
        m_preauth = true;
        signedIn();
        out.bytes.append("* PREAUTH [CAPABILITY ").append(capabilities()).append("] welcome, ");
        out.bytes.append(m_signIn.login()).append("\r\n");
        return;
    }
    out.bytes.append("* OK [CAPABILITY ").append(capabilities()).append("] ready\r\n");
}

void Session::secured(const tls::Info &info)
{
    m_tls = info;
    m_tls->peerChain.clear(); // not looked at again
    m_signIn.secured(info);
    if (m_peer.id.serial != 0 && m_signIn.refusesKey()) // after STARTTLS; else started() follows
        bye("[AUTHENTICATIONFAILED] this TLS key is not known here");
}

QByteArray Session::capabilities() const
{
    // Of a session that is signed in.
    static constexpr std::array kExtensions = {
        "LITERAL+",
        "ENABLE",
        "ID",
        "IDLE",
        "NAMESPACE",
        "UIDPLUS",
        "MOVE",
        "UNSELECT",
        "WITHIN",
        "SORT",
        "SORT=DISPLAY",
        "ESORT",
        "THREAD=ORDEREDSUBJECT",
        "THREAD=REFERENCES",
        "ESEARCH",
        "SEARCHRES",
        "BINARY",
        "LIST-EXTENDED",
        "LIST-STATUS",
        "STATUS=SIZE",
        "SPECIAL-USE",
        "CREATE-SPECIAL-USE",
        "CHILDREN",
        "UTF8=ACCEPT",
        "CONDSTORE",
        "QRESYNC",
        "OBJECTID",
        "MULTIAPPEND",
        "REPLACE",
        "SAVEDATE",
        "PREVIEW",
        "QUOTA",
        "QUOTA=RES-STORAGE",
        "QUOTA=RES-MESSAGE",
        "METADATA",
        "LIST-METADATA",
        "COMPRESS=DEFLATE",
        "NOTIFY",
        "PARTIAL",
        "INPROGRESS",
    };
    QByteArray list = "IMAP4rev2 IMAP4rev1";
    if (m_state != State::NotAuthenticated) {
        for (const char *extension : kExtensions)
            list.append(' ').append(extension);
        return list.append(" APPENDLIMIT=").append(QByteArray::number(m_reader.mostAppendBytes)); // RFC 7889 2
    }
    list.append(" LITERAL- ENABLE ID SASL-IR");
    if (!m_tls)
        return list + (m_services->options.startTls ? " STARTTLS LOGINDISABLED" : " LOGINDISABLED");
    for (const QByteArray &mechanism : m_signIn.mechanisms())
        list.append(" AUTH=").append(mechanism);
    return list;
}

void Session::received(QByteArrayView bytes)
{
    if (m_inflater)
        m_inflater->give(bytes);
    else
        m_input.append(bytes);
    out.deadline = m_services->clock.steady() +
                   (m_state == State::NotAuthenticated ? std::chrono::steady_clock::duration(kSignInTime) : kIdleTime);
    process();
}

void Session::process()
{
    constexpr qsizetype kInflatedPiece = 64 * 1024;
    processInput();
    while (m_inflater && m_inflater->waiting() && !out.work && m_state != State::Ended) {
        if (!m_inflater->inflate(m_input, kInflatedPiece))
            return bye("what was sent is not compressed");
        processInput();
    }
}

void Session::breathe()
{
    out.work = net::Work{.pool = net::Pool::Store, .run = [first = true]() mutable -> net::WorkResult {
                             if (std::exchange(first, false))
                                 return net::More{};
                             return net::Done{};
                         }};
    m_whenResumed = {};
}

void Session::processInput()
{
    while (!m_input.isEmpty() && !out.work && !out.startTls && m_state != State::Ended) {
        if (out.bytes.size() > kMostAnswers)
            return breathe();
        if (m_awaitingSasl || m_idle) { // a line that is not a command
            const qsizetype end = m_input.indexOf('\n');
            if (end < 0) {
                if (m_input.size() > 16 * 1024)
                    bye("line too long");
                return;
            }
            QByteArray line = m_input.first(end);
            m_input.remove(0, end + 1);
            if (line.endsWith('\r'))
                line.chop(1);
            if (m_awaitingSasl) {
                saslLine(line);
            } else {
                m_idle = false; // RFC 2177 3
                sync(true);
                bytes::equalsIgnoreCase(line, "DONE") ? ok("IDLE ended") : bad("DONE was expected");
            }
            continue;
        }
        m_reader.signedIn = m_state != State::NotAuthenticated;
        const auto outcome = m_reader.next(m_input);
        if (outcome.kind == CommandReader::Kind::NeedMore)
            break;
        if (outcome.kind == CommandReader::Kind::Continue) {
            out.bytes.append("+ go on\r\n");
        } else if (outcome.kind == CommandReader::Kind::Refused) {
            const qsizetype blank = outcome.command.indexOf(' ');
            m_tag = blank > 0 && blank < 100 ? outcome.command.first(blank) : QByteArray("*");
            outcome.tooLarge ? no(QByteArray("[TOOBIG] ") + outcome.problem) : bad(outcome.problem);
        } else {
            command(outcome.command);
        }
    }
}

// command = tag SP (command-any / command-auth / command-nonauth / command-select) CRLF     RFC 9051 9
void Session::command(const QByteArray &text)
{
    Cursor in{text};
    const QByteArrayView tag = in.expectWhile(kTagChar, 1, 200, "a tag");
    m_tag = tag.isEmpty() ? QByteArray("*") : tag.toByteArray();
    in.expect(' ');
    const QByteArray name = bytes::toUpper(in.expectWhile(kAlpha | kDigit | CharClass::of("."), 1, 40, "a command"));
    if (in.failed())
        return bad(in.error().text.toUtf8());
    const Row *found = nullptr;
    for (const Row *row = kCommands; row->name; ++row) {
        if (name == row->name)
            found = row;
    }
    m_byUid = false;
    kCommandCount.add({found ? name : QByteArray("unknown")});
    if (!found)
        return bad("unknown command " + quoted(name).toUtf8());
    const bool signedInNow = m_state != State::NotAuthenticated;
    if ((found->needs == Need::NotSignedIn && signedInNow)) {
        if (m_preauth && name != "STARTTLS")
            m_signIn.triedInPreauth(name);
        return bad("signed in already");
    }
    if (found->needs >= Need::SignedIn && !signedInNow)
        return bad("sign in first");
    if (found->needs == Need::Selected && m_state != State::Selected)
        return bad("select a mailbox first");
    (this->*found->handler)(in);
}

bool Session::finished(Cursor &in)
{
    if (!in.failed() && !in.atEnd())
        in.fail(QStringLiteral("unexpected %1").arg(quoted(in.rest())));
    if (in.failed())
        bad(in.error().text.toUtf8());
    return !in.failed();
}

void Session::read(std::move_only_function<void(db::Database &)> work, std::function<void()> then)
{
    auto problem = std::make_shared<std::optional<Error>>();
    out.work = net::Work{.pool = net::Pool::Store,
                         .run = [this, work = std::move(work), problem]() mutable -> net::WorkResult {
                             auto db = m_services->store.reader();
                             if (db)
                                 work(**db);
                             else
                                 *problem = db.error();
                             return net::Done{};
                         }};
    m_whenResumed = [this, problem, then = std::move(then)] { *problem ? noFor(**problem) : then(); };
}

void Session::change(Apply apply, std::function<void()> then)
{
    auto prepared = std::make_shared<core::Change>(
        m_services->store.change([this, apply = std::move(apply)](db::Database &db, store::Effects &effects) mutable {
            effects.origin = m_peer.id;
            return apply(db, effects);
        }));
    out.work =
        net::Work{.pool = net::Pool::Store, .run = [prepared]() -> net::WorkResult { return std::move(*prepared); }};
    m_whenResumed = [this, then = std::move(then)] {
        if (out.commit)
            return then();
        const Error error = out.commit.error();
        out.commit = {};
        noFor(error);
    };
}

void Session::resumed()
{
    const auto continuation = std::exchange(m_whenResumed, {});
    const bool unasked = std::exchange(m_unasked, false);
    if (!out.poolFull && continuation)
        continuation();
    else if (out.poolFull && continuation && !unasked)
        no("[UNAVAILABLE] busy; try again later");
    process();
}

// Codes of RFC 9051 7.1 for what the store says.
void Session::noFor(const Error &error)
{
    struct Code
    {
        const char *ours;
        const char *response;
    };
    static constexpr std::array kCodes = {Code{"exists", "[ALREADYEXISTS] "},
                                          Code{"not-found", "[NONEXISTENT] "},
                                          Code{"over-quota", "[OVERQUOTA] "},
                                          Code{"bad-name", "[CANNOT] "},
                                          Code{"cannot", "[CANNOT] "},
                                          Code{"has-children", "[HASCHILDREN] "},
                                          Code{"limit", "[LIMIT] "},
                                          Code{"annotation-size", kAnnotationTooLarge},
                                          Code{"annotations-many", "[METADATA TOOMANY] "},
                                          Code{"disk-full", "[UNAVAILABLE] "},
                                          Code{"try-create", "[TRYCREATE] "},
                                          Code{"use-attr", "[USEATTR] "},
                                          Code{"database-busy", "[UNAVAILABLE] "}};
    const auto known =
        std::ranges::find_if(kCodes, [&error](const Code &code) { return error.code == QLatin1StringView(code.ours); });
    m_log.failed("command refused", error);
    const QByteArray code = known != kCodes.end()           ? known->response
                            : error.kind == ErrorKind::User ? ""
                                                            : "[SERVERBUG] ";
    no(code + publicText(error).toUtf8());
}

Error tryCreate(Error error)
{
    if (error.code == QLatin1StringView("not-found"))
        error.code = QStringLiteral("try-create");
    return error;
}

void Session::ok(const QByteArray &text) { out.bytes.append(m_tag).append(" OK ").append(text).append("\r\n"); }

void Session::no(const QByteArray &text) { out.bytes.append(m_tag).append(" NO ").append(text).append("\r\n"); }

void Session::bad(const QByteArray &text)
{
    out.bytes.append(m_tag).append(" BAD ").append(text).append("\r\n");
    if (++m_badCommands >= kMostBadCommands)
        bye("too many bad commands");
}

void Session::bye(const QByteArray &text)
{
    if (m_state == State::Ended)
        return;
    out.bytes.append("* BYE ").append(text).append("\r\n");
    ended();
    m_state = State::Ended;
    m_input.clear();
    out.close = true;
}

void Session::saslLine(QByteArrayView line)
{
    m_awaitingSasl = false;
    if (line == "*") {
        m_signIn.cancelled();
        return bad("sign-in cancelled");
    }
    const auto decoded = encoding::fromBase64(line);
    if (!decoded) {
        m_signIn.cancelled();
        return bad(decoded.error().text.toUtf8());
    }
    answer(m_signIn.respond(out, *decoded));
}

void Session::answer(const auth::SignIn::Answer &answer)
{
    using Kind = auth::SignIn::Answer::Kind;
    switch (answer.kind) {
    case Kind::Challenge:
        m_awaitingSasl = true;
        out.bytes.append("+ ").append(encoding::toBase64(answer.text)).append("\r\n");
        return;
    case Kind::Working: m_whenResumed = [this] { this->answer(m_signIn.resumed(out)); }; return;
    case Kind::SignedIn: signedIn(); return ok("[CAPABILITY " + capabilities() + "] signed in");
    case Kind::Refused:
    case Kind::OtherChannel:
        m_log.info("sign-in failed", {{"login", QString::fromUtf8(m_signIn.login())}});
        no("[AUTHENTICATIONFAILED] " +
           (answer.kind == Kind::Refused
                ? answer.text
                : QByteArray("channel binding differs: another party is between you and this server")));
        if (m_signIn.hasFailedTooOften())
            bye("too many failed sign-ins");
        return;
    case Kind::Invalid: return bad(answer.text);
    case Kind::NotOffered: return no("[CANNOT] mechanism not offered");
    case Kind::TooMany: return no("[UNAVAILABLE] too many failed sign-ins; try again later");
    case Kind::Busy: return no("[UNAVAILABLE] busy; try again later");
    }
}

void Session::signedIn()
{
    m_account = m_signIn.account();
    m_state = State::Authenticated;
    m_log = m_log.with({{"account", QString::fromUtf8(m_signIn.login())}});
    m_log.info("signed in");
    m_services->store.views.signIn(m_account, m_peer.id);
    out.deadline = m_services->clock.steady() + kIdleTime;
}

void Session::notified(const net::Event &event)
{
    if (m_state == State::Ended)
        return;
    if (event.kind == net::Event::Kind::Shutdown)
        return bye("shutting down");
    if (event.kind == net::Event::Kind::AccountCut)
        return bye("the account was closed");
    if (event.kind == net::Event::Kind::Revoked)
        return bye("what you signed in with was revoked");
    if (event.kind == net::Event::Kind::MailboxChanged && m_selected && event.subject == m_selected->id)
        selectedChanged();
    if (event.kind == net::Event::Kind::AccountChanged)
        accountChanged();
}

void Session::timedOut() { bye("timed out"); }

void Session::ended()
{
    if (m_state == State::Ended)
        return;
    if (m_selected)
        m_services->store.views.unwatch(m_selected->id, m_peer.id);
    m_selected.reset();
    if (m_account) {
        m_services->store.views.signOut(m_account, m_peer.id);
        m_services->store.notices.unlisten(m_account, m_peer.id);
        m_signIn.signOut();
    }
}

} // namespace imap
