// Points in time as the data and the APIs use them: UTC, milliseconds. Clock is handed to whoever needs "now".
// Any thread.
#pragma once

#include "shared/base/result.h"

#include <QByteArrayView>
#include <QString>

#include <chrono>

using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

// "2026-11-24T08:32:20.123Z" (RFC 3339); milliseconds are left out when zero.
[[nodiscard]] QString toIso(Timestamp time);
[[nodiscard]] Result<Timestamp> parseIso(QByteArrayView text); // with Z or a numeric offset

// "7 min 30 s", "4 h", "5 d": for people. parseDuration reads "90s", "7m30s", "4h", "5d".
[[nodiscard]] QString toText(std::chrono::milliseconds duration);
[[nodiscard]] Result<std::chrono::milliseconds> parseDuration(QByteArrayView text);

[[nodiscard]] inline qint64 toMilliseconds(Timestamp time) { return time.time_since_epoch().count(); }
[[nodiscard]] inline Timestamp fromMilliseconds(qint64 value) { return Timestamp(std::chrono::milliseconds(value)); }

class Clock
{
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Timestamp now() const = 0;                                // wall clock, may jump
    [[nodiscard]] virtual std::chrono::steady_clock::time_point steady() const = 0; // never jumps
};

// The machine's clock.
class SystemClock final : public Clock
{
public:
    [[nodiscard]] Timestamp now() const override
    {
        return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override
    {
        return std::chrono::steady_clock::now();
    }
};

// A clock that stands still until a test moves it.
class ManualClock final : public Clock
{
public:
    explicit ManualClock(Timestamp start = fromMilliseconds(1'700'000'000'000))
        : m_now(start)
    {}
    [[nodiscard]] Timestamp now() const override { return m_now; }
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override { return m_steady; }
    void advance(std::chrono::milliseconds by)
    {
        m_now += by;
        m_steady += by;
    }

private:
    Timestamp m_now;
    std::chrono::steady_clock::time_point m_steady = {};
};
