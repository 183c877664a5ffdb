// The two directions of COMPRESS=DEFLATE (RFC 4978): raw deflate streams, flushed after every answer. Memory is fixed:
// about 40 KiB to inflate and 100 KiB to deflate; output is made in pieces the caller bounds. Pure; any thread.
#pragma once

#include "shared/base/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

namespace imap {

// A stream that grows more than so much after the first bytes is no client talking IMAP.
inline constexpr qint64 kMostRatio = 200;
inline constexpr qint64 kRatioFrom = 16 * 1024 * 1024; // inflated bytes from which on it counts

class Inflater
{
public:
    Inflater();
    ~Inflater();
    void give(QByteArrayView compressed) { m_input.append(compressed); }
    // More may come out without new input.
    [[nodiscard]] bool waiting() const { return !m_input.isEmpty() || m_full; }
    // Appends at most `most` bytes. An error ends the stream for good.
    Result<void> inflate(QByteArray &to, qsizetype most);

private:
    struct Stream;
    std::unique_ptr<Stream> m_stream;
    QByteArray m_input;
    bool m_full = false; // the last call filled all it had
    qint64 m_taken = 0;
    qint64 m_made = 0;
};

class Deflater
{
public:
    Deflater();
    ~Deflater();
    // Everything given so far can be read from what was returned so far.
    [[nodiscard]] QByteArray deflate(QByteArrayView plain);

private:
    struct Stream;
    std::unique_ptr<Stream> m_stream;
};

} // namespace imap
