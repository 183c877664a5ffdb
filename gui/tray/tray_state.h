// What the icon in the panel says: six states, told apart by shape. The worst wins: unreachable, trouble, attention,
// held, busy, fine. Pure; any thread.
#pragma once

#include "gui/health.h"

#include <QIcon>
#include <QImage>

namespace gui {

enum class TrayState
{
    Fine,
    Busy,        // much is being delivered
    Held,        // a rule holds everything, or mail is on hold
    Attention,   // something to do this week
    Trouble,     // mail is not flowing
    Unreachable, // the server does not answer, or we may not ask
};

struct TrayFacts
{
    bool reachable = false;
    Severity severity = Severity::Fine;
    bool allHeld = false; // a hold rule for everything
    qint64 held = 0;
    qint64 sending = 0; // messages that wait for their first try
};

// So many at once are worth a sign.
inline constexpr qint64 kBusyFrom = 50;

[[nodiscard]] TrayState trayState(const TrayFacts &facts);
[[nodiscard]] QString trayIconName(TrayState state); // "postroom-held-symbolic", of the icon theme

// Painted for panels without the theme's icon: the panel's text colour, on nothing.
[[nodiscard]] QIcon trayIcon(TrayState state, const QColor &ink);
[[nodiscard]] QImage trayImage(TrayState state, const QColor &ink, int size);
[[nodiscard]] QByteArray traySvg(TrayState state); // as a file of the icon theme: one colour, 16 by 16

} // namespace gui
