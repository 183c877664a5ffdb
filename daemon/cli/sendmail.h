// `postroomctl sendmail`: a message as programs hand it to sendmail(8), made ready for submission. Pure; any thread.
#pragma once

#include "shared/base/result.h"

#include <QByteArray>
#include <QStringList>

namespace cli {

struct Outgoing
{
    QByteArray message; // CRLF, without Bcc if the recipients were taken from it
    QStringList recipients;
};

// Line ends become CRLF. With `fromHeader` To, Cc and Bcc (RFC 5322 3.6.3) add to the recipients.
[[nodiscard]] Result<Outgoing> prepareMessage(const QByteArray &input, const QStringList &recipients, bool fromHeader);

} // namespace cli
