// SEARCH and UID SEARCH: the plain answer of IMAP4rev1, the extended one (RFC 4731) that IMAP4rev2 always gives, and
// the result that "$" names afterwards (RFC 5182).
#include "daemon/imap/search_answer.h"
#include "daemon/imap/session.h"
#include "daemon/imap/table.h"
#include "shared/base/bytes.h"
#include "shared/imap/response.h"
#include "shared/imap/syntax.h"

namespace imap {

namespace {

constexpr auto kTellEvery = std::chrono::seconds(10); // that a search goes on

} // namespace

// search-program = ["CHARSET" SP charset SP] search-key *(SP search-key). False: answered already.
bool Session::readProgram(Cursor &in, const QByteArray &charset, bool save, SearchProgram &program)
{
    program = readSearch(in, charset);
    if (!in.failed() && !program.knownCharset) {
        if (save)
            m_saved.clear(); // RFC 9051 6.4.4.1: a NO leaves an empty result
        no("[BADCHARSET (UTF-8 US-ASCII)] charset not supported");
        return false;
    }
    return finished(in);
}

std::shared_ptr<SearchRun> Session::searchRun(SearchProgram program)
{
    becomeAware(program.usesModseq);
    auto &store = m_services->store;
    return std::make_shared<SearchRun>(
        SearchRun::Sources{.index = store.search, .facts = store.facts, .clock = m_services->clock},
        SearchRun::Request{.view = m_selected->view,
                           .mailboxId = m_selected->id,
                           .program = std::move(program),
                           .saved = m_saved,
                           .recent = m_rev2 ? std::vector<store::UidRange>() : m_selected->recent});
}

void Session::search(const std::shared_ptr<SearchRun> &run, std::move_only_function<Result<void>(db::Database &)> last,
                     std::function<void()> then)
{
    auto problem = std::make_shared<std::optional<Error>>();
    const auto &clock = m_services->clock;
    out.work = net::Work{.pool = net::Pool::Store,
                         .run = [this, run, last = std::move(last), problem, tell = clock.steady() + kTellEvery,
                                 &clock]() mutable -> net::WorkResult {
                             auto db = m_services->store.reader();
                             const auto done = db ? run->run(**db) : Result<bool>(std::unexpected(db.error()));
                             const auto outcome = done && *done ? last(**db) : done.transform([](bool) {});
                             if (!outcome) {
                                 *problem = outcome.error();
                                 return net::Done{};
                             }
                             if (*done)
                                 return net::Done{};
                             if (clock.steady() >= tell) { // inprogress-state-known-goal, RFC 9585 5
                                 tell = clock.steady() + kTellEvery;
                                 out.bytes.append("* OK [INPROGRESS (");
                                 appendString(out.bytes, m_tag);
                                 out.bytes.append(' ').append(QByteArray::number(run->looked())).append(' ');
                                 out.bytes.append(QByteArray::number(run->messages())).append(")] searching\r\n");
                             }
                             return net::More{};
                         }};
    m_whenResumed = [this, problem, then = std::move(then)] {
        if (!*problem)
            return then();
        noFor(**problem);
    };
}

// search = "SEARCH" [search-return-opts] SP search-program
void Session::search(Cursor &in)
{
    in.expect(' ');
    SearchReturn options = readSearchReturn(in);
    QByteArray charset = "UTF-8";
    if (in.takeIgnoreCase("CHARSET ")) {
        if (m_utf8Accept)
            in.fail(QStringLiteral("no CHARSET after ENABLE UTF8=ACCEPT")); // RFC 6855 3
        charset = readAString(in);
        in.expect(' ');
    }
    SearchProgram program;
    if (!readProgram(in, charset, options.save, program))
        return;
    if (!options.given && m_rev2)
        options.given = options.all = true; // RFC 9051 6.4.4: no SEARCH response any more
    const bool modseq = program.usesModseq;
    const auto run = searchRun(std::move(program));
    if (options.save)
        m_saved.clear(); // RFC 9051 6.4.4.1: what stays if the search fails
    search(
        run, [](db::Database &) { return Result<void>(); },
        [this, run, options, modseq] {
            const auto &found = run->found();
            if (options.save)
                saveResult(options, found);
            const SearchAnswer answer{.numbers = numbersOf(found),
                                      .modseq = modseq ? modseqOf(*m_selected->view, namedBy(options, found)) : 0};
            if (!options.given)
                appendPlain(out.bytes, "SEARCH", answer);
            else if (options.tells())
                appendExtended(out.bytes, {.tag = m_tag, .byUid = m_byUid}, options, answer);
            sync(m_byUid);
            ok("SEARCH done");
        });
}

QList<quint32> Session::numbersOf(const std::vector<qsizetype> &found) const
{
    QList<quint32> numbers;
    numbers.reserve(static_cast<qsizetype>(found.size()));
    for (const qsizetype index : found)
        numbers.append(m_byUid ? m_selected->view->at(index).uid : static_cast<quint32>(index + 1));
    return numbers;
}

void Session::saveResult(const SearchReturn &options, const std::vector<qsizetype> &found)
{
    m_saved = uidsOf(namedBy(options, found));
    std::ranges::sort(m_saved);
}

} // namespace imap
