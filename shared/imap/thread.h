// THREAD=ORDEREDSUBJECT and THREAD=REFERENCES, to the letter of RFC 5256 3. No recursion: a thread may be as deep as
// the mailbox is large. Any thread.
#pragma once

#include "shared/imap/sort.h"

#include <QByteArray>

#include <vector>

namespace imap {

enum class ThreadAlgorithm
{
    OrderedSubject,
    References,
};

// "(2)(3 6 (4 23)(44 7 96))"; empty for no messages. `messages` in the order of the mailbox.
[[nodiscard]] QByteArray threadMessages(ThreadAlgorithm algorithm, const std::vector<Sortable> &messages);

} // namespace imap
