// Rows of a mailbox's messages for FETCH and SEARCH, asked for in UID order and read ahead in bounded batches: one
// statement for a few hundred messages instead of one for each. Holds values only, so it may outlive a piece of work.
// One per command; on workers. Memory: about 1 MiB.
#pragma once

#include "daemon/store/messages.h"

namespace imap {

class RowReader
{
public:
    static constexpr qsizetype kAhead = 256; // rows of one batch

    RowReader() = default;
    RowReader(qint64 mailboxId, bool structures)
        : m_mailboxId(mailboxId)
        , m_structures(structures)
    {}
    // The row, or null if it is gone (or on an error, see failed()). Asked for with growing UIDs; lastUid says how far
    // reading ahead is of use. Valid until the next call.
    const store::MessageRow *find(db::Database &db, quint32 uid, quint32 lastUid);
    [[nodiscard]] const std::optional<Error> &failed() const { return m_error; }

private:
    qint64 m_mailboxId = 0;
    bool m_structures = false;
    std::vector<store::MessageRow> m_rows;
    size_t m_at = 0;
    std::optional<Error> m_error;
};

} // namespace imap
