// i;unicode-casemap (RFC 5051), the order SORT and THREAD compare text in (RFC 5256 7): octets of these keys. Any
// thread.
#pragma once

#include <QByteArray>
#include <QString>

namespace imap {

[[nodiscard]] QByteArray collationKey(const QString &text);

} // namespace imap
