// An IMAP4rev2 and IMAP4rev1 server session (RFC 9051, RFC 3501; ENABLE of RFC 5161 says which replies the client
// gets). For IMAP4rev1 clients what IMAP4rev2 has is announced by name: UIDPLUS RFC 4315, MOVE RFC 6851, IDLE RFC 2177,
// NAMESPACE RFC 2342, ID RFC 2971, UNSELECT RFC 3691, SPECIAL-USE RFC 6154, SASL-IR RFC 4959, LITERAL- and LITERAL+ RFC
// 7888, CHILDREN RFC 3348, ESEARCH RFC 4731, SEARCHRES RFC 5182, WITHIN RFC 5032, SORT and THREAD RFC 5256, ESORT RFC
// 5267, SORT=DISPLAY RFC 5957, BINARY RFC 3516, LIST-EXTENDED RFC 5258, LIST-STATUS RFC 5819, STATUS=SIZE RFC 8438,
// UTF8=ACCEPT RFC 6855, CONDSTORE and QRESYNC RFC 7162, PARTIAL RFC 9394, INPROGRESS RFC 9585, LIST-METADATA RFC 9590;
// response codes of RFC 5530. Mailboxes are kept by us, so UIDNOTSTICKY is never told. Commands come whole from
// CommandReader; one table says what each needs. Reads run on the Store pool, changes are committed before their OK.
// The session holds one version of the selected mailbox's view and moves to the newest when it may tell. Belongs to its
// connection; see net/session.h for threads. Memory: one command, 256 KiB of unsent FETCH output, 1 MiB of answers to
// pipelined commands and 1 MiB of rows read ahead.
#pragma once

#include "daemon/auth/sign_in.h"
#include "daemon/imap/search_run.h"
#include "daemon/net/session.h"
#include "daemon/store/mailboxes.h"
#include "daemon/store/messages.h"
#include "daemon/store/store.h"
#include "shared/base/log.h"
#include "shared/imap/command_reader.h"
#include "shared/imap/condstore.h"
#include "shared/imap/deflate.h"
#include "shared/imap/fetch.h"
#include "shared/imap/list.h"
#include "shared/imap/notify.h"
#include "shared/imap/search.h"

namespace imap {

inline constexpr int kMostBadCommands = 10;
inline constexpr int kMostIdPairs = 30;                // RFC 2971 3.3
inline constexpr qsizetype kSliceBytes = 256 * 1024;   // of FETCH output before it must drain
inline constexpr qsizetype kMostAnswers = 1024 * 1024; // of pipelined commands before they must drain

struct Options
{
    bool startTls = false;
    QByteArray hostname;
    bool cramMd5 = false;           // offered
    bool refuseUnknownKeys = false; // a TLS key that is not known ends the connection
};

struct Services
{
    store::Store &store;
    auth::Authenticator &authenticator;
    const Clock &clock;
    Options options;
};

class Session final : public net::Session
{
public:
    explicit Session(std::shared_ptr<const Services> services);

    void started(const net::Peer &peer) override;
    void received(QByteArrayView bytes) override;
    void secured(const tls::Info &info) override;
    void resumed() override;
    void notified(const net::Event &event) override;
    void timedOut() override;
    void ended() override;

private:
    enum class State
    {
        NotAuthenticated,
        Authenticated,
        Selected,
        Ended,
    };
    struct Row;
    static const Row kCommands[];
    struct Selected
    {
        qint64 id = 0;
        std::shared_ptr<const store::View> view;
        bool readOnly = false;
        bool behind = false;                      // expunges wait until they may be told
        std::vector<store::UidRange> recent = {}; // \Recent here for as long as it is selected
        quint32 recentUpTo = 1;                   // which of the messages below are recent is known
        qsizetype recentTold = 0;
    };
    struct FetchState;
    using Apply = std::move_only_function<Result<void>(db::Database &, store::Effects &)>;

    // session.cpp: dialogue
    void process();
    void processInput();
    void breathe(); // goes on when the output has drained
    void command(const QByteArray &text);
    void saslLine(QByteArrayView line);
    void answer(const auth::SignIn::Answer &answer); // to AUTHENTICATE and LOGIN
    void signedIn();
    void ok(const QByteArray &text);
    void no(const QByteArray &text);
    void bad(const QByteArray &text);
    void bye(const QByteArray &text);
    void noFor(const Error &error);
    void read(std::move_only_function<void(db::Database &)> work, std::function<void()> then);
    void change(Apply apply, std::function<void()> then); // `then` only after success
    [[nodiscard]] QByteArray capabilities() const;

    // commands.cpp, cmd_select.cpp, cmd_mailbox.cpp, cmd_list.cpp, cmd_append.cpp, cmd_quota.cpp, cmd_metadata.cpp
    void capability(Cursor &in);
    void noop(Cursor &in);
    void logout(Cursor &in);
    void id(Cursor &in);
    void startTls(Cursor &in);
    void authenticate(Cursor &in);
    void login(Cursor &in);
    void enable(Cursor &in);
    void select(Cursor &in);
    void examine(Cursor &in);
    void openMailbox(Cursor &in, bool readOnly);
    void create(Cursor &in);
    void remove(Cursor &in);
    void rename(Cursor &in);
    void subscribe(Cursor &in);
    void unsubscribe(Cursor &in);
    void list(Cursor &in);
    void lsub(Cursor &in);
    void namespaces(Cursor &in);
    void status(Cursor &in);
    void append(Cursor &in);
    void replace(Cursor &in);
    struct Appending;
    void keep(const std::shared_ptr<Appending> &work);
    Result<void> addAll(db::Database &db, store::Effects &effects, Appending &work);
    void getQuota(Cursor &in);
    void getQuotaRoot(Cursor &in);
    void tellQuota(const QByteArray &before);
    void getMetadata(Cursor &in);
    void setMetadata(Cursor &in);
    [[nodiscard]] Result<qint64> annotated(db::Database &db, const QString &name) const; // 0 = the account
    void idle(Cursor &in);
    void notify(Cursor &in);
    void compress(Cursor &in);
    [[nodiscard]] Result<QString> decodeName(QByteArrayView raw) const;
    void appendName(QByteArray &to, const QString &name) const;
    [[nodiscard]] QString readMailboxOrServer(Cursor &in);
    [[nodiscard]] QString readMailboxName(Cursor &in, QString *asGivenOrNull = nullptr);
    void tellOldName(const QString &name, const QString &oldName);
    [[nodiscard]] QString canonicalPattern(const QByteArray &reference, const QByteArray &pattern) const;
    Result<QByteArray> listAnswer(db::Database &db, const ListRequest &request, const QStringList &patterns);
    Result<QByteArray> statusLine(db::Database &db, const store::Mailbox &mailbox, const QList<QByteArray> &items);
    Result<QByteArray> metadataLine(db::Database &db, const store::Mailbox &mailbox, const QList<QByteArray> &entries);
    struct Opening;
    void look(db::Database &db, const QString &name, Opening &found);
    void opened(const Opening &found);
    void announce(const store::MailboxName &mailbox, const QString &given);
    [[nodiscard]] bool finished(Cursor &in); // answers BAD and returns false when the command is wrong

    // selected.cpp, sync.cpp, cmd_search.cpp, cmd_fetch.cpp, cmd_store.cpp: commands on the selected mailbox
    void close(Cursor &in);
    void unselect(Cursor &in);
    void expunge(Cursor &in);
    void search(Cursor &in);
    void sort(Cursor &in);
    void thread(Cursor &in);
    void fetch(Cursor &in);
    void storeFlags(Cursor &in);
    void copy(Cursor &in);
    void move(Cursor &in);
    void copyOrMove(Cursor &in, bool moving);
    void uid(Cursor &in);
    void deselect();
    // notify.cpp
    struct Notify;
    struct SelectedEvents
    {
        bool messages = true;
        bool flags = true;
        bool atAnyTime = false; // also when no command is under way
        bool expungeAtAnyTime = false;
        const QList<FetchItem> *fetch = nullptr; // of new messages
    };
    [[nodiscard]] SelectedEvents selectedEvents() const;
    void selectedChanged();
    void accountChanged();
    void fetchUnasked(const QList<FetchItem> &items, const std::vector<quint32> &uids);
    Result<QByteArray> notifyStatus(db::Database &db, const Notify &notify);
    QByteArray noticeLines(db::Database &db, const Notify &notify, const std::vector<store::Notice> &notices);
    QByteArray listLine(db::Database &db, const QString &name);
    // recent.cpp
    void takeRecent(quint32 next);
    void tellRecent(const store::View &view, bool always = false);
    [[nodiscard]] quint64 flagsOf(const store::Entry &entry) const;
    bool sync(bool mayExpunge); // whether messages the client knew have changed
    struct StoreRequest;
    void stored(const StoreRequest &request, const store::Stored &outcome);
    void tellFlags(qsizetype index, bool withFlags); // a FETCH response nobody asked for
    // Makes `count` lines of output, in slices that drain when they are many.
    void stream(qsizetype count, std::function<void(qsizetype)> line, std::function<void()> then);
    void appendVanished(std::span<const store::UidRange> expunged, std::span<const store::UidRange> asked);
    [[nodiscard]] std::vector<store::UidRange> rangesIn(const SequenceSet &uids) const; // "*" is the last UID given out
    void tellBehind();
    void becomeAware(bool condition);            // a CONDSTORE enabling command, if the condition holds
    [[nodiscard]] QByteArray modseqCode() const; // a response code for the tagged OK, or nothing
    void saveResult(const SearchReturn &options, const std::vector<qsizetype> &found);
    void markAndFetch(const std::shared_ptr<FetchState> &state); // \Seen first, where the items set it
    bool readProgram(Cursor &in, const QByteArray &charset, bool save, SearchProgram &program);
    bool readSortProgram(Cursor &in, bool save, SearchProgram &program);
    [[nodiscard]] std::shared_ptr<SearchRun> searchRun(SearchProgram program);
    // In slices, so that others work between; the client is told that it goes on. `last` on the worker, when all is
    // found.
    void search(const std::shared_ptr<SearchRun> &run, std::move_only_function<Result<void>(db::Database &)> last,
                std::function<void()> then);
    [[nodiscard]] QList<quint32> numbersOf(const std::vector<qsizetype> &found) const;
    void streamFetch(const std::shared_ptr<FetchState> &state);
    void fetchOne(db::Database &db, FetchState &state, qsizetype index);
    [[nodiscard]] SequenceSet readChosenSet(Cursor &in) const;                  // a sequence-set that must fit
    [[nodiscard]] std::vector<qsizetype> readChosen(Cursor &in) const;          // the same as indices
    [[nodiscard]] std::vector<qsizetype> indices(const SequenceSet &set) const; // in the view, ascending
    [[nodiscard]] std::vector<quint32> uidsOf(const std::vector<qsizetype> &indices) const;
    void appendFlags(QByteArray &to, const store::View &view, quint64 mask) const;

    std::shared_ptr<const Services> m_services;
    Log m_log{"imap"};
    net::Peer m_peer;
    std::optional<tls::Info> m_tls;
    State m_state = State::NotAuthenticated;
    QByteArray m_input;
    std::unique_ptr<Inflater> m_inflater; // after COMPRESS
    CommandReader m_reader;
    QByteArray m_tag;
    bool m_byUid = false; // a UID command
    qint64 m_account = 0;
    auth::SignIn m_signIn;
    bool m_preauth = false; // greeted as signed in
    bool m_awaitingSasl = false;
    bool m_idle = false;
    bool m_rev2 = false;       // ENABLE IMAP4rev2
    bool m_utf8Accept = false; // ENABLE UTF8=ACCEPT
    bool m_condstore = false;  // a CONDSTORE enabling command was given, RFC 7162 3.1
    bool m_qresync = false;    // ENABLE QRESYNC
    std::optional<Selected> m_selected;
    std::shared_ptr<const Notify> m_notify; // null: NOTIFY was never used
    std::vector<quint32> m_untold;          // new messages whose FETCH, as NOTIFY asks for it, is still to come
    bool m_unasked = false;                 // the work under way is for no command
    std::vector<quint32> m_saved;           // UIDs of "$", RFC 9051 6.4.4.1
    std::function<void()> m_whenResumed;
    int m_badCommands = 0;
};

} // namespace imap
