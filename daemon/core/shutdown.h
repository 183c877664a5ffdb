// SIGTERM, SIGINT and SIGHUP as a file descriptor the main thread's event loop can watch. Made before any other thread,
// so that all of them inherit the blocked mask.
#pragma once

#include <optional>

namespace core {

class Signals
{
public:
    Signals();
    ~Signals();
    Signals(const Signals &) = delete;
    Signals &operator=(const Signals &) = delete;

    [[nodiscard]] int descriptor() const { return m_descriptor; }
    std::optional<int> next(); // the signal's number; nothing when none waits

private:
    int m_descriptor;
};

// systemd's notify protocol (sd_notify(3)): "READY=1", "STOPPING=1". Nothing happens outside systemd.
void notifySystemd(const char *state);

} // namespace core
