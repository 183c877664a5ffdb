#include "daemon/imap/row_reader.h"

namespace imap {

const store::MessageRow *RowReader::find(db::Database &db, quint32 uid, quint32 lastUid)
{
    while (m_at < m_rows.size() && m_rows[m_at].uid < uid)
        ++m_at;
    if (m_at == m_rows.size()) {
        auto rows = store::readRows(db, m_mailboxId, uid, std::max(uid, lastUid), kAhead, m_structures);
        if (!rows) {
            m_error = rows.error();
            return nullptr;
        }
        m_rows = std::move(*rows);
        m_at = 0;
    }
    return m_at < m_rows.size() && m_rows[m_at].uid == uid ? &m_rows[m_at] : nullptr;
}

} // namespace imap
