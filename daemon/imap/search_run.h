// A SEARCH program over a mailbox: flags from the view, sizes, dates and usual header fields from memory, other texts
// by the index and then the message itself. The result is that of a plain scan of every message. On a worker; lives for
// one command, in slices. Memory: a byte for each text key and document, the messages found.
#pragma once

#include "daemon/store/search_facts.h"
#include "daemon/store/uid_ranges.h"
#include "daemon/store/view.h"
#include "shared/base/time.h"
#include "shared/imap/search.h"
#include "shared/imap/sort.h"

namespace imap {

class SearchRun final : public SearchSubject
{
public:
    static constexpr auto kSlice = std::chrono::milliseconds(200);
    static constexpr auto kLongest = std::chrono::minutes(2);

    struct Sources
    {
        store::SearchIndex &index;
        store::FactsCache &facts;
        const Clock &clock;
    };
    struct Request
    {
        std::shared_ptr<const store::View> view;
        qint64 mailboxId = 0;
        SearchProgram program;
        std::vector<quint32> saved;          // UIDs, by an earlier SEARCH
        std::vector<store::UidRange> recent; // UIDs that are \Recent
    };
    SearchRun(const Sources &sources, Request request);

    // Goes on for about kSlice; whether all is done. Error code "limit" after kLongest.
    Result<bool> run(db::Database &db);
    [[nodiscard]] qsizetype looked() const { return m_next; } // messages so far
    [[nodiscard]] qsizetype messages() const { return m_request.view->size(); }
    [[nodiscard]] const std::vector<qsizetype> &found() const { return m_found; } // indices in the view, ascending
    // The found messages with what sorting needs. Valid while this lives.
    [[nodiscard]] Result<std::vector<Sortable>> sortable(db::Database &db, bool byUid);

    qint64 sizeBytes() override { return m_entry.size; }
    qint64 internalDate() override;
    qint64 savedDate() override;
    qint64 now() override { return m_now; }
    bool hasKeyword(const QByteArray &keyword) override;
    std::optional<int> sentDay() override;
    bool hasText(const SearchKey &key) override;
    bool hasObject(const SearchKey &key) override;

private:
    // What is known of a text key for all messages.
    struct Leaf
    {
        bool prepared = false;
        std::optional<Digest::Field> field; // a header field that digests hold
        QByteArray folded;
        std::optional<store::SearchIndex::Candidates> candidates;
        enum Answer : char
        {
            Unknown,
            No,
            Yes,
        };
        std::vector<Answer> answers; // by document
    };
    void prepare(const SearchKey &key, Leaf &leaf);
    const store::Fact *fact();
    [[nodiscard]] bool contentHasText(const SearchKey &key, Leaf &leaf, const store::Fact &message);
    [[nodiscard]] bool prefixHasText(const SearchKey &key, const Leaf &leaf, const store::Fact &message);
    [[nodiscard]] bool sliceIsOver();
    template<class T>
    [[nodiscard]] T take(Result<T> result); // notes the first error

    const Sources m_sources;
    const Request m_request;
    const qint64 m_now; // milliseconds
    const std::chrono::steady_clock::time_point m_started;
    std::chrono::steady_clock::time_point m_sliceEnd;
    qsizetype m_next = 0;    // the first message not looked at yet
    int m_unlooked = 0;      // steps since the clock was looked at
    bool m_resolved = false; // "*" was put in
    SearchKey m_keys;
    db::Database *m_db = nullptr;
    std::shared_ptr<const store::Facts> m_facts;
    size_t m_at = 0; // in m_facts
    store::Entry m_entry;
    std::vector<Leaf> m_leaves;
    std::vector<qsizetype> m_found;
    std::optional<Error> m_error;
};

} // namespace imap
