// What FETCH asks for (RFC 9051 6.4.5, 9 fetch-att), and cutting sections out of a message, as they are or decoded
// (BINARY, RFC 3516). Pure; any thread.
#pragma once

#include "shared/base/cursor.h"
#include "shared/mime/part.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace imap {

inline constexpr qsizetype kMostFetchItems = 200;
inline constexpr qsizetype kMostFetchFields = 1000; // header fields of one item

struct FetchItem
{
    enum class Kind
    {
        Uid,
        Flags,
        InternalDate,
        Size,
        Envelope,
        Body, // without extension data
        BodyStructure,
        Section,
        Binary, // a part without its transfer encoding
        BinarySize,
        ModSeq,  // RFC 7162 3.1.4.2
        EmailId, // RFC 8474 5.3
        ThreadId,
        SaveDate, // RFC 8514 4.2
        Preview,  // RFC 8970 3
    };
    enum class What
    {
        All,
        Header,
        HeaderFields,
        HeaderFieldsNot,
        Text,
        Mime,
    };
    Kind kind = Kind::Flags;
    bool peek = true;
    QList<quint32> path; // of the part; empty = the message
    What what = What::All;
    QList<QByteArray> fields;
    std::optional<std::pair<quint32, quint32>> partial; // offset, most bytes
    bool lazy = false;                                  // of a preview: only if it is there, RFC 8970 4.1
    QByteArray label;                                   // what the response calls it: "BODY[1.MIME]<0>", "RFC822.TEXT"
};

// fetch-att, a list of them in parentheses, or ALL, FULL, FAST.
[[nodiscard]] QList<FetchItem> readFetchItems(Cursor &in);

// The same from behind the opening parenthesis, with the closing one.
[[nodiscard]] QList<FetchItem> readFetchList(Cursor &in);

// The bytes of a section; nothing if there is no such part (NIL).
[[nodiscard]] std::optional<QByteArray> section(QByteArrayView message, const mime::Part &root, const FetchItem &item);

// The decoded bytes of a part for BINARY and BINARY.SIZE; nothing inside if there is no such part.
enum class Decoding
{
    Done,
    NoSuchPart,
    UnknownEncoding, // [UNKNOWN-CTE]
};
struct Decoded
{
    Decoding outcome = Decoding::NoSuchPart;
    QByteArray bytes;
};
[[nodiscard]] Decoded binarySection(QByteArrayView message, const mime::Part &root, const FetchItem &item);

} // namespace imap
