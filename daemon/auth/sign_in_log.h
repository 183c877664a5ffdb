// What came of sign-ins, for people to look at: who, how, from where, how often; when a key or app password was last
// used; which unknown keys came with a right password. Sessions note it from any thread and never wait for the disk:
// alike attempts are counted in memory and written a second later, all in one change, so that a flood of guesses is a
// handful of rows. A crash loses that second. Memory: at most kMostWaiting kinds of attempts; what is beyond is only
// counted as a metric. The mutex guards what waits.
#pragma once

#include "daemon/auth/devices.h"
#include "shared/api/devices.h"
#include "shared/base/ip.h"

#include <map>
#include <mutex>

namespace auth {

inline constexpr qsizetype kLongestLogin = 254; // RFC 5321 4.5.3.1.3: a path with its brackets has 256
inline constexpr size_t kMostWaiting = 10'000;  // kinds of attempts in a second
inline constexpr qint64 kMostSignIns = 100'000; // rows kept
inline constexpr auto kKeepSignIns = std::chrono::days(30);
inline constexpr auto kKeepSeenKeys = std::chrono::days(90);

struct Attempt
{
    QString login;
    qint64 account = 0; // 0 = the name is nobody's
    QByteArray device;
    QByteArray service; // "imap", "submission"
    QByteArray mechanism;
    IpAddress from;
    QString client; // name and version, as far as known
    api::SignInResult result = api::SignInResult::BadCredentials;
};

class SignInLog
{
public:
    void note(Attempt attempt, Timestamp now);
    void noteClient(const QByteArray &device, const QString &client); // it said later who it is
    void noteSeen(const SeenKey &key);

    Result<void> write(db::Database &db); // all that waits; writer's thread
    std::function<void()> onNews;         // set at startup: something waits, where nothing did

private:
    struct Count
    {
        Attempt attempt;
        qint64 count = 0;
        Timestamp first;
        Timestamp last;
    };
    struct Waiting
    {
        std::map<QByteArray, Count> attempts; // by everything that tells them apart
        QHash<QByteArray, QString> clients;   // by device
        std::map<std::pair<QByteArray, qint64>, SeenKey> seen;
        [[nodiscard]] bool isEmpty() const { return attempts.empty() && clients.isEmpty() && seen.empty(); }
    };
    static Result<void> write(db::Database &db, const Count &each);
    void tell(bool wasEmpty) const;

    std::mutex m_mutex;
    Waiting m_waiting;
};

[[nodiscard]] Result<QList<api::SignIn>> listSignIns(db::Database &db, qint64 accountId,
                                                     std::optional<api::SignInResult> result, qint64 most);
Result<void> sweepSignIns(db::Database &db, Timestamp now);

} // namespace auth
