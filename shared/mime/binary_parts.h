// Messages with parts in the transfer encoding "binary" (RFC 3030 3), as IMAP's literal8 brings them, made fit for all
// who read them: such parts become base64 (RFC 2045 6.8), what encloses them 8bit. Any thread. Memory: the message once
// more.
#pragma once

#include <QByteArray>

#include <optional>

namespace mime {

// Nothing if a NUL stands elsewhere than in such a part: no encoding is known for it.
[[nodiscard]] std::optional<QByteArray> withoutBinary(QByteArrayView message);

} // namespace mime
