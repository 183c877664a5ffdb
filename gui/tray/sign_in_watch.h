// What the monitor tells of devices and sign-ins: a device that signs in for the first time, a key that belongs to
// nobody, passwords that are guessed. What was there when the monitor began is no news. Pure; owned by the Monitor.
#pragma once

#include "gui/tray/notifier.h"
#include "shared/api/all.h"

#include <QCoreApplication>

namespace gui {

// So many wrong passwords within an hour are guessing and not a typing error.
inline constexpr qint64 kGuesses = 20;
inline constexpr std::chrono::hours kGuessTime{1};

class SignInWatch
{
    Q_DECLARE_TR_FUNCTIONS(gui::SignInWatch)
public:
    // As they are now; the first call tells nothing.
    [[nodiscard]] QList<Notification> takeDevices(const QList<api::Device> &devices);
    // Tells once, until it has stopped.
    [[nodiscard]] std::optional<Notification> takeSignIns(const QList<api::SignIn> &signIns, Timestamp now);

private:
    QSet<QString> m_known; // keys that were seen; devices that have signed in
    bool m_begun = false;
    bool m_guessed = false;
};

} // namespace gui
