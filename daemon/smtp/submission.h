// What a submission server does to a message before it goes on (RFC 6409 8): it says when it was written and has an
// identifier, names an author, and tells nobody of blind copies; and what it insists on: every author is the account's
// own. Pure; a worker.
#pragma once

#include "shared/base/result.h"
#include "shared/base/time.h"
#include "shared/smtp/address.h"

#include <QJsonObject>

#include <functional>

namespace smtp {

inline constexpr qsizetype kMostExtra = 50;        // X-Postroom-Extra-* fields of a message
inline constexpr qsizetype kLongestExtraKey = 100; // of what follows the prefix
inline constexpr qsizetype kLongestExtra = 1024;   // of a value

struct SubmissionTerms
{
    std::function<bool(const Address &author)> mayWriteAs;
    Address author;       // of a message that names none
    QByteArray messageId; // of one that has none, with its angle brackets
    Timestamp now;
};

struct Submission
{
    QByteArray content;
    QJsonObject extra; // X-Postroom-Extra-KEY: by key in lower case. The fields stay in the message
};

// Error codes "not-yours" and "bad-header"; texts are for the sender.
[[nodiscard]] Result<Submission> prepareSubmission(QByteArray content, const SubmissionTerms &terms);

} // namespace smtp
