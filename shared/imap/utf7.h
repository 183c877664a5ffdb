// Mailbox names in modified UTF-7, as IMAP4rev1 clients send and expect them (RFC 3501 5.1.3). Any thread.
#pragma once

#include "shared/base/result.h"

#include <QByteArray>

namespace imap {

[[nodiscard]] QByteArray toUtf7(const QString &name);
[[nodiscard]] Result<QString> fromUtf7(QByteArrayView encoded);

} // namespace imap
