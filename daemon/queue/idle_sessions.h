// Connections that have delivered and wait a moment for the next message to the same place, so that a queue of many
// messages greets, encrypts and introduces itself once (RFC 5321 4.1.1.5 allows any number of transactions). The queue
// gives a dialogue to a seat; the session that owns the seat takes it when it is notified, or hands it back if its
// connection has ended meanwhile. Any thread.
#pragma once

#include "daemon/net/session.h"
#include "shared/base/ip.h"

#include <compare>
#include <map>
#include <mutex>

namespace queue {

struct Dialogue;

// What a connection must have in common with what a dialogue wants.
struct Place
{
    IpAddress address;
    quint16 port = 0;
    QByteArray host;
    QByteArray terms; // of TLS, and whoever is signed in
    friend bool operator<(const Place &a, const Place &b)
    {
        return std::tie(a.address, a.port, a.host, a.terms) < std::tie(b.address, b.port, b.host, b.terms);
    }
};

class IdleSessions
{
public:
    struct Seat
    {
        net::ConnectionId connection;
        std::unique_ptr<Dialogue> next; // guarded by IdleSessions
        Seat();
        ~Seat();
    };

    // The notifier outlives every session.
    explicit IdleSessions(net::Notifier &notifier)
        : m_notifier(notifier)
    {}

    [[nodiscard]] std::shared_ptr<Seat> sit(const Place &place, net::ConnectionId connection); // by the session
    // Leaves the list; what was given meanwhile comes along.
    [[nodiscard]] std::unique_ptr<Dialogue> leave(const Place &place, const std::shared_ptr<Seat> &seat);

    // The dialogue goes to a connection that waits at this place. False: there is none, the dialogue stays.
    [[nodiscard]] bool give(const Place &place, std::unique_ptr<Dialogue> &dialogue);

private:
    net::Notifier &m_notifier;
    std::mutex m_mutex; // guards the seats and what they hold
    std::multimap<Place, std::shared_ptr<Seat>> m_seats;
};

} // namespace queue
