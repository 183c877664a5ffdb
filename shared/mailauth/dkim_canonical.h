// DKIM's canonical forms of header fields and bodies (RFC 6376 3.4). Line ends may be CRLF, LF or CR: all count as the
// CRLF that smtp::DataWriter sends. Pure; the body goes to `sink` in pieces, nothing of its size is copied.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <functional>

namespace mailauth {

enum class Canon
{
    Simple,
    Relaxed,
};

// "name:value" without the line end; `rawValue` is what stands between the colon and the last line end.
[[nodiscard]] QByteArray canonicalField(QByteArrayView name, QByteArrayView rawValue, Canon canon);

void canonicalBody(QByteArrayView body, Canon canon, const std::function<void(QByteArrayView)> &sink);

// SHA-256 of the canonical body; of its first `length` bytes if that is not negative ("l="). `total`: how many there
// are.
[[nodiscard]] QByteArray bodyHash(QByteArrayView body, Canon canon, qint64 length = -1, qint64 *total = nullptr);

} // namespace mailauth
