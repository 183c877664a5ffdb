// SEARCH and UID SEARCH: the plain answer of IMAP4rev1, the extended one (RFC 4731) that IMAP4rev2 always gives, and
// the result that "$" names afterwards (RFC 5182).
#include "daemon/imap/row_reader.h"
#include "daemon/imap/session.h"
#include "daemon/imap/table.h"
#include "shared/base/bytes.h"
#include "shared/imap/response.h"
#include "shared/imap/syntax.h"

namespace imap {

namespace {

struct Run
{
    std::shared_ptr<const store::View> view;
    qint64 mailboxId = 0;
    SearchKey program;
    std::vector<quint32> saved; // by an earlier SEARCH
    std::vector<qsizetype> found;
    std::optional<Error> error;
};

bool hasKeyword(const store::View &view, quint64 flags, const QByteArray &keyword)
{
    for (qsizetype k = 0; k < view.keywords.size(); ++k) {
        if (bytes::equalsIgnoreCase(view.keywords.at(k), keyword))
            return (flags & (quint64(1) << (store::kSystemFlags + k))) != 0;
    }
    return false;
}

void run(db::Database &db, Run &search)
{
    constexpr qint64 kDay = 86'400'000;
    const store::View &view = *search.view;
    resolve(search.program, static_cast<quint32>(view.size()), view.lastUid());
    RowReader rows(search.mailboxId, false);
    store::Entry entry;
    std::optional<QByteArray> header;
    std::optional<QByteArray> message;
    SearchSubject subject;
    const auto row = [&] {
        const auto *found = rows.find(db, entry.uid, view.lastUid());
        return found ? *found : store::MessageRow{};
    };
    subject.sizeBytes = [&] { return row().size; };
    subject.internalDay = [&] { return static_cast<int>(row().internalDate / kDay); };
    subject.hasKeyword = [&](const QByteArray &keyword) { return hasKeyword(view, entry.flags, keyword); };
    subject.message = [&]() -> const QByteArray & {
        if (!message)
            message = store::readMessage(db, entry.messageId).value_or(QByteArray());
        return *message;
    };
    subject.header = [&]() -> const QByteArray & {
        if (!header)
            header = store::readHeader(db, entry.messageId).value_or(QByteArray());
        return *header;
    };
    view.forEach([&](qsizetype index, const store::Entry &each) {
        entry = each;
        header.reset();
        message.reset();
        subject.number = static_cast<quint32>(index + 1);
        subject.uid = entry.uid;
        subject.flags = entry.flags;
        subject.saved = std::ranges::binary_search(search.saved, entry.uid);
        if (matches(search.program, subject))
            search.found.push_back(index);
        search.error = rows.failed();
        return !search.error;
    });
}

void appendNumbers(QByteArray &to, const QList<quint32> &numbers)
{
    for (const quint32 number : numbers) {
        to.append(' ');
        bytes::appendNumber(to, number);
    }
}

// esearch-response = "ESEARCH" [search-correlator] [SP "UID"] *(SP search-return-data)
void appendExtended(QByteArray &to, const QByteArray &tag, bool byUid, const SearchReturn &options,
                    const QList<quint32> &numbers)
{
    to.append("* ESEARCH (TAG ");
    appendString(to, tag);
    to.append(byUid ? ") UID" : ")");
    if (options.min && !numbers.isEmpty())
        to.append(" MIN ").append(QByteArray::number(numbers.first()));
    if (options.max && !numbers.isEmpty())
        to.append(" MAX ").append(QByteArray::number(numbers.last()));
    if (options.count)
        to.append(" COUNT ").append(QByteArray::number(numbers.size()));
    if (options.all && !numbers.isEmpty())
        to.append(" ALL ").append(formatSet(numbers));
    to.append("\r\n");
}

} // namespace

// search = "SEARCH" [search-return-opts] SP search-program
// search-program = ["CHARSET" SP charset SP] search-key *(SP search-key)
void Session::search(Cursor &in)
{
    in.expect(' ');
    SearchReturn options = readSearchReturn(in);
    if (in.takeIgnoreCase("CHARSET ")) {
        if (m_utf8Accept)
            in.fail(QStringLiteral("no CHARSET after ENABLE UTF8=ACCEPT")); // RFC 6855 3
        const QByteArray charset = bytes::toUpper(readAString(in));
        in.expect(' ');
        if (!in.failed() && charset != "UTF-8" && charset != "US-ASCII") {
            if (options.save)
                m_saved.clear(); // RFC 9051 6.4.4.1: a NO leaves an empty result
            return no("[BADCHARSET (UTF-8 US-ASCII)] charset not supported");
        }
    }
    auto search = std::make_shared<Run>();
    search->program = readSearch(in);
    if (!finished(in))
        return;
    search->view = m_selected->view;
    search->mailboxId = m_selected->id;
    search->saved = m_saved;
    if (!options.given && m_rev2)
        options.given = options.all = true; // RFC 9051 6.4.4: no SEARCH response any more
    read([search](db::Database &db) { run(db, *search); },
         [this, search, options] {
             if (search->error) {
                 if (options.save)
                     m_saved.clear();
                 return noFor(*search->error);
             }
             QList<quint32> numbers;
             for (const qsizetype index : search->found)
                 numbers.append(m_byUid ? search->view->at(index).uid : static_cast<quint32>(index + 1));
             if (options.save)
                 saveResult(options, search->found);
             if (!options.given) {
                 out.bytes.append("* SEARCH");
                 appendNumbers(out.bytes, numbers);
                 out.bytes.append("\r\n");
             } else if (options.min || options.max || options.count || options.all) {
                 appendExtended(out.bytes, m_tag, m_byUid, options, numbers);
             }
             sync(m_byUid);
             ok("SEARCH done");
         });
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
