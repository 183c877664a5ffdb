// What an enhanced status code (RFC 3463, RFC 5248) means for the person who sent the message: the cause, and what to
// do next. Pure, any thread.
#pragma once

#include <QByteArrayView>

namespace mime {

struct StatusExplanation
{
    const char *status; // "x.1.1": any class; "x.1.x": any detail
    const char *cause;  // "there is no mailbox with this address"
    const char *nextStep;
};

// Always one: what is unknown is explained by its subject, or as unknown.
[[nodiscard]] const StatusExplanation &explainStatus(QByteArrayView status);

} // namespace mime
