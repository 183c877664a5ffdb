#include "shared/imap/deflate.h"

#include <zlib.h>

namespace imap {

namespace {

constexpr int kLevel = 3;         // most of what there is to win, at a fraction of the time
constexpr int kDeflateBits = -14; // negative: no zlib header, RFC 4978 4
constexpr int kDeflateMemory = 6;
constexpr qsizetype kPiece = 32 * 1024;

} // namespace

struct Inflater::Stream
{
    z_stream z = {};
    bool broken = false;
};

Inflater::Inflater()
    : m_stream(std::make_unique<Stream>())
{
    m_stream->broken = inflateInit2(&m_stream->z, -MAX_WBITS) != Z_OK;
}

Inflater::~Inflater() { inflateEnd(&m_stream->z); }

Result<void> Inflater::inflate(QByteArray &to, qsizetype most)
{
    z_stream &z = m_stream->z;
    const qsizetype before = to.size();
    to.resize(before + most);
    z.next_in = reinterpret_cast<Bytef *>(m_input.data());
    z.avail_in = static_cast<uInt>(m_input.size());
    z.next_out = reinterpret_cast<Bytef *>(to.data() + before);
    z.avail_out = static_cast<uInt>(most);
    const int outcome = m_stream->broken ? Z_DATA_ERROR : ::inflate(&z, Z_SYNC_FLUSH);
    const qsizetype made = most - static_cast<qsizetype>(z.avail_out);
    to.resize(before + made);
    m_full = z.avail_out == 0;
    m_taken += m_input.size() - static_cast<qsizetype>(z.avail_in);
    m_made += made;
    m_input.remove(0, m_input.size() - static_cast<qsizetype>(z.avail_in));
    if (outcome == Z_OK || outcome == Z_BUF_ERROR) { // the latter: nothing to do, not an error
        if (m_made < kRatioFrom || m_made / kMostRatio <= m_taken)
            return {};
    }
    m_stream->broken = true;
    return failure(ErrorKind::Syntax, QStringLiteral("not a deflate stream that a client would send"));
}

struct Deflater::Stream
{
    z_stream z = {};
    bool good = false;
};

Deflater::Deflater()
    : m_stream(std::make_unique<Stream>())
{
    m_stream->good =
        deflateInit2(&m_stream->z, kLevel, Z_DEFLATED, kDeflateBits, kDeflateMemory, Z_DEFAULT_STRATEGY) == Z_OK;
}

Deflater::~Deflater() { deflateEnd(&m_stream->z); }

QByteArray Deflater::deflate(QByteArrayView plain)
{
    QByteArray result;
    if (!m_stream->good || plain.isEmpty())
        return result;
    z_stream &z = m_stream->z;
    z.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(plain.data()));
    z.avail_in = static_cast<uInt>(plain.size());
    do {
        const qsizetype before = result.size();
        result.resize(before + kPiece);
        z.next_out = reinterpret_cast<Bytef *>(result.data() + before);
        z.avail_out = static_cast<uInt>(kPiece);
        ::deflate(&z, Z_SYNC_FLUSH);
        result.resize(before + kPiece - static_cast<qsizetype>(z.avail_out));
    } while (z.avail_out == 0);
    return result;
}

} // namespace imap
