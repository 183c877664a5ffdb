#include "shared/base/network_rate.h"

namespace {

constexpr std::array<int, kNetworkWidths> kWidthsV4 = {32, 26, 21};
constexpr std::array<int, kNetworkWidths> kWidthsV6 = {64, 48, 32};

QByteArray keyOf(const IpAddress &network)
{
    const auto &octets = network.octets();
    return {reinterpret_cast<const char *>(octets.data()), network.isV4() ? 4 : 16};
}

} // namespace

IpAddress networkOf(const IpAddress &address, size_t width)
{
    return address.prefix(address.isV4() ? kWidthsV4.at(width) : kWidthsV6.at(width));
}

NetworkRate::NetworkRate(int most, std::chrono::milliseconds window, qsizetype mostKeys)
    : m_rates{RateLimit{most * kNetworkShares[0], window, mostKeys},
              RateLimit{most * kNetworkShares[1], window, mostKeys},
              RateLimit{most * kNetworkShares[2], window, mostKeys}}
{}

bool NetworkRate::hasRoom(const IpAddress &from, std::chrono::steady_clock::time_point now) const
{
    for (size_t width = 0; width < kNetworkWidths; ++width) {
        const RateLimit &rate = m_rates.at(width);
        if (rate.current(keyOf(networkOf(from, width)), now) >= rate.most())
            return false;
    }
    return true;
}

void NetworkRate::add(const IpAddress &from, std::chrono::steady_clock::time_point now)
{
    for (size_t width = 0; width < kNetworkWidths; ++width)
        m_rates.at(width).add(keyOf(networkOf(from, width)), now);
}

void NetworkRate::forgive(const IpAddress &from) { m_rates.front().reset(keyOf(networkOf(from, 0))); }

void NetworkRate::setMost(int most)
{
    for (size_t width = 0; width < kNetworkWidths; ++width)
        m_rates.at(width).setMost(most * kNetworkShares.at(width));
}
