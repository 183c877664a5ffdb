// SORT, THREAD and their UID forms (RFC 5256), SORT with return options (RFC 5267 3).
#include "daemon/imap/search_answer.h"
#include "daemon/imap/session.h"
#include "daemon/imap/table.h"
#include "shared/base/bytes.h"
#include "shared/imap/syntax.h"
#include "shared/imap/thread.h"

namespace imap {

// charset = atom / quoted, before the keys and never left out
bool Session::readSortProgram(Cursor &in, bool save, SearchProgram &program)
{
    in.expect(' ');
    const QByteArray charset = readAString(in);
    in.expect(' ');
    if (m_utf8Accept && !bytes::equalsIgnoreCase(charset, "UTF-8") && !bytes::equalsIgnoreCase(charset, "US-ASCII"))
        in.fail(QStringLiteral("no other charset than UTF-8 after ENABLE UTF8=ACCEPT")); // RFC 6855 3
    return readProgram(in, charset, save, program);
}

// sort = ["UID" SP] "SORT" [search-return-opts] SP sort-criteria SP search-criteria
void Session::sort(Cursor &in)
{
    in.expect(' ');
    const SearchReturn options = readSearchReturn(in);
    const QList<SortCriterion> criteria = readSortCriteria(in);
    SearchProgram program;
    if (!readSortProgram(in, options.save, program))
        return;
    const bool modseq = program.usesModseq;
    const auto run = searchRun(std::move(program));
    const auto sorted = std::make_shared<std::vector<Sortable>>();
    if (options.save)
        m_saved.clear(); // RFC 9051 6.4.4.1: what stays if the search fails
    search(
        run,
        [run, sorted, criteria, byUid = m_byUid](db::Database &db) -> Result<void> {
            auto messages = run->sortable(db, byUid);
            if (!messages)
                return std::unexpected(messages.error());
            *sorted = std::move(*messages);
            sortMessages(*sorted, criteria);
            return {};
        },
        [this, run, sorted, options, modseq] {
            SearchAnswer answer;
            answer.numbers.reserve(static_cast<qsizetype>(sorted->size()));
            std::vector<qsizetype> inOrder;
            for (const Sortable &each : *sorted) {
                answer.numbers.append(each.number);
                inOrder.push_back(m_byUid ? m_selected->view->lowerBound(each.number)
                                          : static_cast<qsizetype>(each.number) - 1);
            }
            if (options.save)
                saveResult(options, inOrder);
            if (modseq)
                answer.modseq = modseqOf(*m_selected->view, namedBy(options, inOrder));
            if (!options.given)
                appendPlain(out.bytes, "SORT", answer);
            else if (options.tells())
                appendExtended(out.bytes, {.tag = m_tag, .byUid = m_byUid}, options, answer);
            sync(m_byUid);
            ok("SORT done");
        });
}

// thread = ["UID" SP] "THREAD" SP thread-alg SP search-criteria
void Session::thread(Cursor &in)
{
    in.expect(' ');
    const QByteArray name = bytes::toUpper(readAtom(in, "a threading algorithm"));
    if (!in.failed() && name != "REFERENCES" && name != "ORDEREDSUBJECT")
        in.fail(QStringLiteral("not a threading algorithm: %1").arg(quoted(name)));
    const auto algorithm = name == "REFERENCES" ? ThreadAlgorithm::References : ThreadAlgorithm::OrderedSubject;
    SearchProgram program;
    if (!readSortProgram(in, false, program))
        return;
    const auto run = searchRun(std::move(program));
    const auto text = std::make_shared<QByteArray>();
    search(
        run,
        [run, text, algorithm, byUid = m_byUid](db::Database &db) {
            return run->sortable(db, byUid).transform(
                [&](const auto &list) { *text = threadMessages(algorithm, list); });
        },
        [this, text] {
            out.bytes.append(text->isEmpty() ? "* THREAD" : "* THREAD ").append(*text).append("\r\n");
            sync(m_byUid);
            ok("THREAD done");
        });
}

} // namespace imap
