// What a status code (RFC 3463, RFC 5248), or the words of a large provider's server, mean for the person who sent the
// message: a machine code, the cause, and what to do next. The rows are assets/explain/reasons.tsv, each with its
// source; reports, the command line and the control app say the same by them. Pure, any thread.
#pragma once

#include <QByteArray>
#include <QList>

namespace mime {

struct StatusExplanation
{
    QByteArray status; // "x.1.1": any class; "x.1.x": any detail; empty = any
    QByteArray words;  // part of the reply, in lower case; empty = any
    QByteArray code;   // "no-such-mailbox"
    QByteArray cause;  // "There is no mailbox with this address."
    QByteArray nextStep;
    QByteArray source; // "RFC 3463 3.2", or the address of a page
};

// Always one. Words that are known say more than the code, which servers choose freely; what is unknown is explained by
// its subject, or as unknown. `reply` is the reply as it came, with its code, or our own words.
[[nodiscard]] const StatusExplanation &explainStatus(QByteArrayView status, QByteArrayView reply = {});
[[nodiscard]] const QList<StatusExplanation> &explanations();

} // namespace mime
