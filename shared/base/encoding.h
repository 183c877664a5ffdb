// Strict base64, base64url and hex (RFC 4648). Qt's decoders skip or accept what they should refuse.
// Any thread.
#pragma once

#include "shared/base/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace encoding {

[[nodiscard]] QByteArray toBase64(QByteArrayView data);
[[nodiscard]] QByteArray toBase64Url(QByteArrayView data); // without padding

// Every character counts: right alphabet, right padding, unused bits zero.
[[nodiscard]] Result<QByteArray> fromBase64(QByteArrayView text);
[[nodiscard]] Result<QByteArray> fromBase64Url(QByteArrayView text);

[[nodiscard]] QByteArray toHex(QByteArrayView data);
[[nodiscard]] Result<QByteArray> fromHex(QByteArrayView text);

} // namespace encoding
