// The command table, and the commands that need no mailbox.
#include "daemon/imap/session.h"

#include "daemon/imap/table.h"
#include "shared/base/bytes.h"
#include "shared/base/encoding.h"
#include "shared/imap/response.h"
#include "shared/imap/syntax.h"
#include "shared/imap/utf7.h"

namespace imap {

namespace {

constexpr qsizetype kMostEnabled = 100; // names in one ENABLE

} // namespace

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
    {"GETQUOTA", &Session::getQuota, Need::SignedIn, "RFC 9208 4.1.1"},
    {"GETQUOTAROOT", &Session::getQuotaRoot, Need::SignedIn, "RFC 9208 4.1.2"},
    {"GETMETADATA", &Session::getMetadata, Need::SignedIn, "RFC 5464 4.2"},
    {"SETMETADATA", &Session::setMetadata, Need::SignedIn, "RFC 5464 4.3"},
    {"NOTIFY", &Session::notify, Need::SignedIn, "RFC 5465 3.1"},
    {"COMPRESS", &Session::compress, Need::SignedIn, "RFC 4978 3"},
    {"IDLE", &Session::idle, Need::SignedIn, "RFC 9051 6.3.13"},
    {"CLOSE", &Session::close, Need::Selected, "RFC 9051 6.4.1"},
    {"UNSELECT", &Session::unselect, Need::Selected, "RFC 9051 6.4.2"},
    {"EXPUNGE", &Session::expunge, Need::Selected, "RFC 9051 6.4.3"},
    {"SEARCH", &Session::search, Need::Selected, "RFC 9051 6.4.4"},
    {"SORT", &Session::sort, Need::Selected, "RFC 5256 3"},
    {"THREAD", &Session::thread, Need::Selected, "RFC 5256 3"},
    {"FETCH", &Session::fetch, Need::Selected, "RFC 9051 6.4.5"},
    {"STORE", &Session::storeFlags, Need::Selected, "RFC 9051 6.4.6"},
    {"COPY", &Session::copy, Need::Selected, "RFC 9051 6.4.7"},
    {"MOVE", &Session::move, Need::Selected, "RFC 9051 6.4.8"},
    {"REPLACE", &Session::replace, Need::Selected, "RFC 8508 3.2"},
    {"UID", &Session::uid, Need::Selected, "RFC 9051 6.4.9"},
    {"CHECK", &Session::noop, Need::Selected, "RFC 3501 6.4.1"},
    {nullptr, nullptr, Need::Nothing, ""},
};

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
// id_params_list = "(" *(string SP nstring) ")" / nil     RFC 2971 4
void Session::id(Cursor &in)
{
    QHash<QByteArray, QByteArray> said;
    in.expect(' ');
    if (!in.takeIgnoreCase("NIL")) {
        in.expect('(');
        for (int pair = 0; !in.atEnd() && in.peek() != ')' && pair < kMostIdPairs; ++pair) {
            if (pair > 0)
                in.expect(' ');
            const QByteArray field = bytes::toLower(readString(in));
            in.expect(' ');
            if (!in.takeIgnoreCase("NIL"))
                said.insert(field, readString(in));
        }
        in.expect(')');
    }
    if (!finished(in))
        return;
    if (const QString client = QString::fromUtf8(said.value("name") + ' ' + said.value("version")).trimmed();
        !client.isEmpty())
        m_signIn.client(client);
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
    answer(m_signIn.begin(out, mechanism, initial));
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
    answer(m_signIn.password(out, name, password));
}

// enable = "ENABLE" 1*(SP capability)
void Session::enable(Cursor &in)
{
    QList<QByteArray> names;
    do {
        in.expect(' ');
        names.append(bytes::toUpper(readAtom(in, "a capability")));
    } while (!in.atEnd() && names.size() < kMostEnabled);
    if (!finished(in))
        return;
    if (m_state == State::Selected)
        return bad("ENABLE comes before a mailbox is selected"); // RFC 9051 6.3.1
    QByteArray enabled;
    for (const QByteArray &name : std::as_const(names)) {
        if (name == "IMAP4REV2" && !std::exchange(m_rev2, true))
            enabled.append(" IMAP4rev2");
        else if (name == "UTF8=ACCEPT" && !std::exchange(m_utf8Accept, true))
            enabled.append(" UTF8=ACCEPT");
        else if (name == "CONDSTORE" && !std::exchange(m_condstore, true))
            enabled.append(" CONDSTORE");
        else if (name == "QRESYNC" && !std::exchange(m_qresync, true))
            enabled.append(" QRESYNC");
    }
    m_condstore = m_condstore || m_qresync; // RFC 7162 3.2.3
    out.bytes.append("* ENABLED").append(enabled).append("\r\n");
    ok("ENABLE done");
}

void Session::namespaces(Cursor &in)
{
    if (!finished(in))
        return;
    out.bytes.append("* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n");
    ok("NAMESPACE done");
}

void Session::idle(Cursor &in)
{
    if (!finished(in))
        return;
    out.bytes.append("+ idling\r\n");
    m_idle = true;
    sync(true);
}

// compress = "COMPRESS" SP "DEFLATE"     Only after sign-in, so that strangers cost no memory.
void Session::compress(Cursor &in)
{
    in.expect(' ');
    const QByteArray algorithm = bytes::toUpper(readAtom(in, "an algorithm"));
    if (!in.failed() && algorithm != "DEFLATE")
        in.fail(QStringLiteral("DEFLATE is the only algorithm"));
    if (!finished(in))
        return;
    if (m_inflater)
        return bad("DEFLATE is active already");
    ok("DEFLATE active");
    // Everything up to and with this answer goes out as it is. What the client sent with the command, against the rule,
    // is taken for compressed.
    out.encode = [plain = out.bytes.size(), deflater = std::make_shared<Deflater>()](const QByteArray &sent) mutable {
        const qsizetype before = std::exchange(plain, 0);
        return sent.first(before) + deflater->deflate(QByteArrayView(sent).sliced(before));
    };
    m_inflater = std::make_unique<Inflater>();
    m_inflater->give(std::exchange(m_input, {}));
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
