// What SORT, THREAD and searches in the usual header fields need of a message, computed once: sort keys (RFC 5256,
// RFC 5957), message ids, and the values of five fields as searches compare them. Packed, so that many fit in memory
// and in an index. Any thread.
#pragma once

#include "shared/imap/collation.h"
#include "shared/mime/header_list.h"

#include <QByteArray>

#include <array>
#include <optional>

namespace imap {

class Digest
{
public:
    enum Field
    {
        FromKey, // collation keys, of addr-mailbox of the first address
        ToKey,
        CcKey,
        DisplayFromKey, // RFC 5957 3
        DisplayToKey,
        SubjectKey, // of the base subject
        MessageId,  // normalised; empty: none
        References, // normalised ids, each followed by LF
        From,       // values as mime::TextSearch folds them, of several fields one a line
        To,
        Cc,
        Bcc,
        Subject,
        FieldCount,
    };
    // Beyond it a message has no complete() digest and searches look at its header.
    static constexpr qsizetype kMostBytes = 32 * 1024;

    Digest() = default;
    explicit Digest(const mime::HeaderList &header);
    // As packed() gave it; an empty digest if it is damaged.
    static Digest fromPacked(const QByteArray &packed);

    [[nodiscard]] QByteArrayView field(Field which) const;
    [[nodiscard]] const QByteArray &packed() const { return m_packed; }
    [[nodiscard]] bool complete() const { return m_complete; } // From to Subject hold everything

    std::optional<qint64> sentAt; // milliseconds UTC, RFC 5256 2.2
    std::optional<int> sentDay;   // as written, without its zone: SENTON
    bool reply = false;           // the subject says that it answers or forwards

private:
    QByteArray m_packed; // ends of the fields, 4 bytes each, then the fields
    bool m_complete = true;
};

// The field a search key's name stands for, if a digest has it.
[[nodiscard]] std::optional<Digest::Field> digestField(QByteArrayView headerName);

} // namespace imap
