// Dates of message headers (RFC 5322 3.3, 4.3) and of IMAP. Any thread.
#pragma once

#include "shared/base/time.h"

namespace mime {

// "Tue, 24 Nov 2026 08:32:20 +0000"
[[nodiscard]] QByteArray formatDate(Timestamp time);
// Lenient about the day name, comments, two-digit years and zone names.
[[nodiscard]] Result<Timestamp> parseDate(QByteArrayView value);
// The local date as written, without its zone: what IMAP's SENTON compares. Days since 1970-01-01.
[[nodiscard]] Result<std::chrono::sys_days> parseDateOnly(QByteArrayView value);

[[nodiscard]] int monthNumber(QByteArrayView name);  // 1 to 12; 0 = no month
[[nodiscard]] const char *monthName(unsigned month); // "Jan" …

} // namespace mime
