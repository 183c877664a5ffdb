// IP addresses as values, with a strict parser: QHostAddress reads "1" and "010.0.0.1" as addresses.
// Any thread.
#pragma once

#include "shared/base/result.h"

#include <QHashFunctions>

#include <QByteArrayView>

#include <array>
#include <compare>

class IpAddress
{
public:
    IpAddress() = default; // the unspecified IPv6 address
    static IpAddress v4(std::array<quint8, 4> octets);
    static IpAddress v6(const std::array<quint8, 16> &octets); // an IPv4-mapped one becomes IPv4
    static Result<IpAddress> parse(QByteArrayView text);       // RFC 4291 2.2, RFC 6943 3.1.1 strict form for IPv4

    [[nodiscard]] bool isV4() const { return m_v4; }
    [[nodiscard]] bool isLoopback() const;                                          // 127/8 or ::1
    [[nodiscard]] const std::array<quint8, 16> &octets() const { return m_octets; } // IPv4 in the first four
    [[nodiscard]] QByteArray toBytes() const;                                       // RFC 5952 form
    [[nodiscard]] QString toString() const { return QString::fromLatin1(toBytes()); }
    [[nodiscard]] IpAddress prefix(int bits) const; // with the other bits zero

    friend auto operator<=>(const IpAddress &, const IpAddress &) = default;
    friend size_t qHash(const IpAddress &address, size_t seed) noexcept
    {
        return qHashBits(address.m_octets.data(), address.m_octets.size(), seed ^ (address.m_v4 ? 1U : 0U));
    }

private:
    std::array<quint8, 16> m_octets = {};
    bool m_v4 = false;
};
