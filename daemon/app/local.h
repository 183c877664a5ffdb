// Local mode's own things: its folder, its private authority and certificate, and the table it prints. Main thread, at
// start.
#pragma once

#include "daemon/app/server.h"

namespace app {

[[nodiscard]] QString defaultPlayground(); // $XDG_DATA_HOME/postroom/local

// Reads or makes ca.pem, and a certificate for localhost, 127.0.0.1 and ::1, renewed when less than 30 days are left.
Result<void> loadCertificate(ServerOptions &options);

[[nodiscard]] QByteArray endpointTable(const Server &server, const ServerOptions &options);

} // namespace app
