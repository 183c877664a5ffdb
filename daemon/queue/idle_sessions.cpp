#include "daemon/queue/idle_sessions.h"

#include "daemon/queue/delivery_session.h"

namespace queue {

IdleSessions::Seat::Seat() = default;
IdleSessions::Seat::~Seat() = default;

std::shared_ptr<IdleSessions::Seat> IdleSessions::sit(const Place &place, net::ConnectionId connection)
{
    auto seat = std::make_shared<Seat>();
    seat->connection = connection;
    const std::lock_guard lock(m_mutex);
    m_seats.emplace(place, seat);
    return seat;
}

std::unique_ptr<Dialogue> IdleSessions::leave(const Place &place, const std::shared_ptr<Seat> &seat)
{
    const std::lock_guard lock(m_mutex);
    const auto [first, last] = m_seats.equal_range(place);
    for (auto each = first; each != last; ++each) {
        if (each->second == seat) {
            m_seats.erase(each);
            break;
        }
    }
    return std::move(seat->next);
}

bool IdleSessions::give(const Place &place, std::unique_ptr<Dialogue> &dialogue)
{
    net::ConnectionId connection;
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_seats.find(place);
        if (found == m_seats.end())
            return false;
        connection = found->second->connection;
        found->second->next = std::move(dialogue);
        m_seats.erase(found);
    }
    m_notifier.notify(connection, {.kind = net::Event::Kind::Answer, .subject = 0});
    return true;
}

} // namespace queue
