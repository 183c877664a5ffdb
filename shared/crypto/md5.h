// HMAC-MD5 (RFC 2104, RFC 1321) for CRAM-MD5 alone, in two steps: what is made of the key can be kept instead of the
// key. Any thread.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace crypto {

inline constexpr qsizetype kMd5Bytes = 16;

[[nodiscard]] QByteArray hmacMd5State(QByteArrayView key); // 32 bytes: MD5's state behind the inner and the outer pad
[[nodiscard]] QByteArray hmacMd5(QByteArrayView state,
                                 QByteArrayView data); // a state of another size: of no key at all

} // namespace crypto
