// Where the control socket may be. The error of connecting names all places that were tried. Any thread.
#pragma once

#include "shared/base/result.h"

#include <QStringList>

namespace ipc {

struct SocketSearch
{
    QString option;      // --socket; if set, the only place
    QString environment; // $POSTROOM_SOCKET; if set, the only place
    QString dataHome;    // $XDG_DATA_HOME or ~/.local/share
};

// In the order to try.
[[nodiscard]] QStringList socketPaths(const SocketSearch &search);
[[nodiscard]] QStringList socketPaths(const QString &option = {}); // with this process's environment

// sun_path holds 107 bytes and a zero.
[[nodiscard]] Result<void> checkSocketPath(const QString &path);
[[nodiscard]] Error unreachable(const QStringList &tried, const QString &why);

} // namespace ipc
