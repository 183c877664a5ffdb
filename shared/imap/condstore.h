// What CONDSTORE and QRESYNC (RFC 7162 7) and PARTIAL (RFC 9394) add to SELECT, FETCH and STORE. Pure; any thread.
#pragma once

#include "shared/base/cursor.h"
#include "shared/imap/partial_range.h"
#include "shared/imap/sequence_set.h"

#include <optional>

namespace imap {

struct SelectParameters
{
    struct Qresync
    {
        quint32 uidValidity = 0;
        qint64 modseq = 0;
        std::optional<SequenceSet> knownUids;
        SequenceSet matchNumbers; // message numbers and the UIDs the client knows for them; may be empty
        SequenceSet matchUids;
    };
    bool condstore = false;
    std::optional<Qresync> qresync;
};
// "(" select-param *(SP select-param) ")"
[[nodiscard]] SelectParameters readSelectParameters(Cursor &in);

struct FetchModifiers
{
    std::optional<qint64> changedSince;
    bool vanished = false;
    std::optional<PartialRange> partial; // RFC 9394 3.3
};
// "(" fetch-modifier *(SP fetch-modifier) ")"
[[nodiscard]] FetchModifiers readFetchModifiers(Cursor &in);

// "(" "UNCHANGEDSINCE" SP mod-sequence-valzer ")"
[[nodiscard]] qint64 readUnchangedSince(Cursor &in);

// mod-sequence-value, a positive 63-bit integer
[[nodiscard]] qint64 readModseq(Cursor &in, quint64 least = 1);

} // namespace imap
