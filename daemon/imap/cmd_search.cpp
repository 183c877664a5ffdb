// SEARCH and UID SEARCH: the plain answer of IMAP4rev1, the extended one (RFC 4731) that IMAP4rev2 always gives, and
// the result that "$" names afterwards (RFC 5182).
#include "daemon/imap/search_answer.h"
#include "daemon/imap/session.h"
#include "daemon/imap/table.h"
#include "shared/base/bytes.h"
#include "shared/imap/syntax.h"

namespace imap {

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
        SearchRun::Sources{.index = store.search, .facts = store.facts, .now = toMilliseconds(m_services->clock.now())},
        SearchRun::Request{
            .view = m_selected->view, .mailboxId = m_selected->id, .program = std::move(program), .saved = m_saved});
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
    const auto problem = std::make_shared<Result<void>>();
    read([run, problem](db::Database &db) { *problem = run->run(db); },
         [this, run, problem, options, modseq] {
             if (!*problem) {
                 if (options.save)
                     m_saved.clear();
                 return noFor(problem->error());
             }
             const auto &found = run->found();
             if (options.save)
                 saveResult(options, found);
             const SearchAnswer answer{.numbers = numbersOf(found),
                                       .modseq = modseq ? modseqOf(*m_selected->view, found, options) : 0};
             if (!options.given)
                 appendPlain(out.bytes, "SEARCH", answer);
             else if (options.min || options.max || options.count || options.all)
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

// RFC 9051 6.4.4.1: with MIN or MAX, and neither ALL nor COUNT, only those messages are saved.
void Session::saveResult(const SearchReturn &options, const std::vector<qsizetype> &found)
{
    m_saved = uidsOf(found);
    if (m_saved.empty() || options.all || options.count || (!options.min && !options.max))
        return;
    const quint32 first = m_saved.front();
    const quint32 last = m_saved.back();
    m_saved.clear();
    if (options.min)
        m_saved.push_back(first);
    if (options.max && (!options.min || last != first))
        m_saved.push_back(last);
}

} // namespace imap
