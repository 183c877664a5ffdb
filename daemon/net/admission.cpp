#include "daemon/net/admission.h"

#include "shared/base/metrics.h"

namespace net {

namespace {

const CounterFamily kRefused{
    "postroom_connections_refused_total", "Connections not taken, by protocol and reason.", {"protocol", "reason"}};

constexpr std::array<const char *, kFamilies> kFamilyNames = {"smtp", "submission", "imap", "http"};

struct RefusalRow
{
    const char *reason; // metric label
    const char *smtp;   // reply code and enhanced status code
    const char *imap;   // RFC 5530 response code
    const char *http;   // status line and fields
    const char *text;
};
// In the order of Refused.
constexpr std::array kRows = {
    RefusalRow{"open", "421 4.7.0", "[LIMIT]", "429 Too Many Requests",
               "too many open connections from your address or network"},
    RefusalRow{"rate", "421 4.7.0", "[LIMIT]", "429 Too Many Requests",
               "too many new connections from your address or network; slow down"},
    RefusalRow{"full", "421 4.3.2", "[UNAVAILABLE]", "503 Service Unavailable",
               "too many connections; try again later"},
    RefusalRow{"shutting down", "421 4.3.2", "[UNAVAILABLE]", "503 Service Unavailable", "shutting down"},
};

} // namespace

void countRefused(Family family, Refused why)
{
    kRefused.add({kFamilyNames.at(static_cast<size_t>(family)), kRows.at(static_cast<size_t>(why)).reason});
}

QByteArray refusalText(Family family, Refused why)
{
    const RefusalRow &row = kRows.at(static_cast<size_t>(why));
    const QByteArray text = row.text;
    switch (family) {
    case Family::Smtp:
    case Family::Submission: return row.smtp + (' ' + text) + "\r\n";                // RFC 5321 3.1, 3.8
    case Family::Imap: return "* BYE " + QByteArray(row.imap) + ' ' + text + "\r\n"; // RFC 9051 7.1.5
    case Family::Http: break;
    }
    return "HTTP/1.1 " + QByteArray(row.http) +
           "\r\nRetry-After: 60\r\nConnection: close\r\nContent-Type: text/plain\r\n" +
           "Content-Length: " + QByteArray::number(text.size() + 1) + "\r\n\r\n" + text + '\n'; // RFC 6585 4
}

void Admission::Ticket::swap(Ticket &other) noexcept
{
    std::swap(m_admission, other.m_admission);
    std::swap(m_family, other.m_family);
    std::swap(m_from, other.m_from);
}

Admission::Ticket::~Ticket()
{
    if (m_admission)
        m_admission->left(m_family, m_from);
}

std::expected<void, Refused> Admission::Ticket::moveTo(Family family, std::chrono::steady_clock::time_point now)
{
    if (!m_admission || family == m_family)
        return {};
    Admission *admission = std::exchange(m_admission, nullptr);
    admission->left(m_family, m_from);
    return admission->admit(family, m_from, now).transform([this](Ticket ticket) { *this = std::move(ticket); });
}

std::expected<Admission::Ticket, Refused> Admission::admit(Family family, const IpAddress &from,
                                                           std::chrono::steady_clock::time_point now)
{
    const auto refuse = [family](Refused why) {
        countRefused(family, why);
        return std::unexpected(why);
    };
    const std::lock_guard lock(m_mutex);
    if (m_closing)
        return refuse(Refused::ShuttingDown);
    if (m_open >= mostConnections)
        return refuse(Refused::Full);
    OfFamily &all = m_families.at(static_cast<size_t>(family));
    if (!exemptLoopback || !from.isLoopback()) {
        if (!all.perMinute.hasRoom(from, now))
            return refuse(Refused::TooManyNew);
        all.perMinute.add(from, now); // those that are refused below count, too
        for (size_t width = 0; width < kNetworkWidths; ++width) {
            if (all.open.at(width).value(networkOf(from, width)) >= m_openPerAddress * kNetworkShares.at(width))
                return refuse(Refused::TooManyOpen);
        }
    }
    for (size_t width = 0; width < kNetworkWidths; ++width)
        ++all.open.at(width)[networkOf(from, width)];
    ++m_open;
    return Ticket(this, family, from);
}

void Admission::left(Family family, const IpAddress &from)
{
    const std::lock_guard lock(m_mutex);
    auto &open = m_families.at(static_cast<size_t>(family)).open;
    for (size_t width = 0; width < kNetworkWidths; ++width) {
        const auto found = open.at(width).find(networkOf(from, width));
        if (found != open.at(width).end() && --*found == 0)
            open.at(width).erase(found);
    }
    --m_open;
}

void Admission::close()
{
    const std::lock_guard lock(m_mutex);
    m_closing = true;
}

void Admission::setLimits(int openPerAddress, int newPerMinute)
{
    const std::lock_guard lock(m_mutex);
    m_openPerAddress = openPerAddress;
    for (OfFamily &family : m_families)
        family.perMinute.setMost(newPerMinute);
}

int Admission::open() const
{
    const std::lock_guard lock(m_mutex);
    return m_open;
}

} // namespace net
