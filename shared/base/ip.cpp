#include "shared/base/ip.h"

#include "shared/base/cursor.h"

#include <arpa/inet.h>

#include <cstring>

namespace {

constexpr qsizetype kLongestV4 = INET_ADDRSTRLEN - 1;  // without the terminating zero
constexpr qsizetype kLongestV6 = INET6_ADDRSTRLEN - 1; // as ::ffff:255.255.255.255 written out

} // namespace

IpAddress IpAddress::v4(std::array<quint8, 4> octets)
{
    IpAddress address;
    std::ranges::copy(octets, address.m_octets.begin());
    address.m_v4 = true;
    return address;
}

IpAddress IpAddress::v6(const std::array<quint8, 16> &octets)
{
    constexpr std::array<quint8, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}; // RFC 4291 2.5.5.2
    if (std::memcmp(octets.data(), kMapped.data(), kMapped.size()) == 0)
        return v4({octets[12], octets[13], octets[14], octets[15]});
    IpAddress address;
    address.m_octets = octets;
    return address;
}

Result<IpAddress> IpAddress::parse(QByteArrayView text)
{
    const QByteArray terminated = text.toByteArray();
    std::array<quint8, 16> octets = {};
    // inet_pton is strict: four decimal octets without leading zeros, or RFC 4291; it takes no zone and no blanks.
    if (text.size() <= kLongestV4 && !text.contains(':') &&
        inet_pton(AF_INET, terminated.constData(), octets.data()) == 1)
        return v4({octets[0], octets[1], octets[2], octets[3]});
    if (text.size() <= kLongestV6 && !text.contains('\0') &&
        inet_pton(AF_INET6, terminated.constData(), octets.data()) == 1)
        return v6(octets);
    return failure(ErrorKind::Syntax, QStringLiteral("not an IP address: %1").arg(quoted(text)));
}

bool IpAddress::isLoopback() const
{
    if (m_v4)
        return m_octets[0] == 127;
    static constexpr std::array<quint8, 16> kLoopback = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    return m_octets == kLoopback;
}

QByteArray IpAddress::toBytes() const
{
    std::array<char, INET6_ADDRSTRLEN> text = {};
    inet_ntop(m_v4 ? AF_INET : AF_INET6, m_octets.data(), text.data(), text.size());
    return QByteArray(text.data());
}

IpAddress IpAddress::prefix(int bits) const
{
    IpAddress result = *this;
    for (int i = 0; i < 16; ++i) {
        const int keep = std::clamp(bits - i * 8, 0, 8);
        result.m_octets[static_cast<size_t>(i)] &= static_cast<quint8>(0xff00 >> keep);
    }
    return result;
}
