#include "shared/mailauth/dane.h"

#include "shared/base/cursor.h"
#include "shared/base/encoding.h"

namespace mailauth {

namespace {

constexpr qsizetype kSha256Bytes = 32;
constexpr qsizetype kSha512Bytes = 64;
constexpr int kLargestByte = 255;

int byteAt(QByteArrayView bytes, qsizetype at) { return static_cast<quint8>(bytes[at]); }

bool isUsable(const tls::TlsaRecord &record)
{
    if ((record.usage != 2 && record.usage != 3) || record.selector > 1)
        return false;
    switch (record.matching) {
    case 0: return !record.data.isEmpty();
    case 1: return record.data.size() == kSha256Bytes;
    case 2: return record.data.size() == kSha512Bytes;
    default: return false;
    }
}

} // namespace

Result<tls::TlsaRecord> parseTlsa(QByteArrayView rdata)
{
    if (rdata.size() < 4)
        return failure(ErrorKind::Syntax, QStringLiteral("a TLSA record that is too short"));
    return tls::TlsaRecord{.usage = byteAt(rdata, 0),
                           .selector = byteAt(rdata, 1),
                           .matching = byteAt(rdata, 2),
                           .data = rdata.sliced(3).toByteArray()};
}

Result<tls::TlsaRecord> parseTlsaText(QByteArrayView text)
{
    Cursor in(text);
    tls::TlsaRecord record;
    for (int *number : {&record.usage, &record.selector, &record.matching}) {
        *number = static_cast<int>(in.number(0, kLargestByte));
        in.expect(' ');
    }
    const auto data = encoding::fromHex(in.takeWhile(kHexDigit));
    record.data = data.value_or(QByteArray());
    if (record.data.isEmpty())
        in.fail(QStringLiteral("a TLSA record without data"));
    return in.finish(std::move(record));
}

QList<tls::TlsaRecord> usableTlsa(const QList<tls::TlsaRecord> &records)
{
    QList<tls::TlsaRecord> usable;
    std::ranges::copy_if(records, std::back_inserter(usable), isUsable);
    return usable;
}

} // namespace mailauth
