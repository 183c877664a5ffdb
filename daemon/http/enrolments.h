// Key files that wait for a phone to fetch them: the control app leaves one here and shows its link as a code, the
// phone's browser takes it, once, within ten minutes. In memory only: a restart forgets them. The files are encrypted
// with a passphrase that never comes here. Any thread; a mutex guards the list.
#pragma once

#include "shared/base/time.h"

#include <QByteArray>

#include <map>
#include <mutex>
#include <optional>

namespace http {

inline constexpr auto kEnrolTime = std::chrono::minutes(10);
inline constexpr qsizetype kMostEnrolments = 100;              // waiting at the same time
inline constexpr qsizetype kLargestEnrolmentBytes = 64 * 1024; // of a file
inline constexpr char kEnrolPath[] = "/.enrol/";               // and the token

class Enrolments
{
public:
    explicit Enrolments(const Clock &clock)
        : m_clock(clock)
    {}
    // The token that fetches the file, 130 bits; none = too many wait already.
    [[nodiscard]] std::optional<QByteArray> add(const QByteArray &file);
    [[nodiscard]] std::optional<QByteArray> take(QByteArrayView token);

private:
    struct Waiting
    {
        QByteArray file;
        std::chrono::steady_clock::time_point until;
    };
    void forgetOld();

    const Clock &m_clock;
    std::mutex m_mutex;                      // guards m_waiting
    std::map<QByteArray, Waiting> m_waiting; // by the token's SHA-256: comparing takes no time that tells of the token
};

} // namespace http
