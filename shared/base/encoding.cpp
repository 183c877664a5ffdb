#include "shared/base/encoding.h"

#include "shared/base/cursor.h"

namespace encoding {

namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrlAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr std::array<qint8, 256> reversed(std::string_view alphabet)
{
    std::array<qint8, 256> table{};
    table.fill(-1);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        table[static_cast<unsigned char>(alphabet[i])] = static_cast<qint8>(i);
    return table;
}

constexpr auto kValues = reversed(kAlphabet);
constexpr auto kUrlValues = reversed(kUrlAlphabet);

Result<QByteArray> decode(QByteArrayView text, const std::array<qint8, 256> &values)
{
    if (text.size() % 4 == 1)
        return failure(ErrorKind::Syntax, QStringLiteral("base64 of impossible length"));
    QByteArray result;
    result.reserve(text.size() * 3 / 4);
    quint32 bits = 0;
    int count = 0;
    for (const char c : text) {
        const qint8 value = values[static_cast<unsigned char>(c)];
        if (value < 0)
            return failure(ErrorKind::Syntax, QStringLiteral("not base64: %1").arg(quoted(QByteArrayView(&c, 1))));
        bits = (bits << 6) | static_cast<quint8>(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            result.append(static_cast<char>((bits >> count) & 0xff));
        }
    }
    if ((bits & ((1U << count) - 1)) != 0)
        return failure(ErrorKind::Syntax, QStringLiteral("base64 with stray bits at its end"));
    return result;
}

} // namespace

QByteArray toBase64(QByteArrayView data) { return QByteArray::fromRawData(data.data(), data.size()).toBase64(); }

QByteArray toBase64Url(QByteArrayView data)
{
    return QByteArray::fromRawData(data.data(), data.size())
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

Result<QByteArray> fromBase64(QByteArrayView text)
{
    if (text.size() % 4 != 0)
        return failure(ErrorKind::Syntax, QStringLiteral("base64 without its padding"));
    if (text.endsWith("=="))
        text.chop(2);
    else if (text.endsWith('='))
        text.chop(1);
    return decode(text, kValues);
}

Result<QByteArray> fromBase64Url(QByteArrayView text) { return decode(text, kUrlValues); }

QByteArray toHex(QByteArrayView data) { return QByteArray::fromRawData(data.data(), data.size()).toHex(); }

Result<QByteArray> fromHex(QByteArrayView text)
{
    if (text.size() % 2 != 0)
        return failure(ErrorKind::Syntax, QStringLiteral("hex of odd length"));
    if (!std::ranges::all_of(text, [](char c) { return kHexDigit.contains(c); }))
        return failure(ErrorKind::Syntax, QStringLiteral("not hex: %1").arg(quoted(text)));
    return QByteArray::fromHex(QByteArray::fromRawData(text.data(), text.size()));
}

} // namespace encoding
