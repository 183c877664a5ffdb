// Local mode's own things: its folder, its private authority and certificate, and the table it prints. Main thread, at
// start.
#pragma once

#include "daemon/app/server.h"

namespace app {

[[nodiscard]] QString defaultPlayground(); // $XDG_DATA_HOME/postroom/local

[[nodiscard]] QByteArray endpointTable(const Server &server, const ServerOptions &options);

} // namespace app
