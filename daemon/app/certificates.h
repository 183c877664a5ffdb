// The server's certificate: the administrator's files, or one of our own authority (ca.pem in the state folder), made
// when it is missing and again before it ends. Main thread; reads and writes the folder.
#pragma once

#include "daemon/app/server.h"

namespace app {

[[nodiscard]] Result<Certificate> loadCertificate(const ServerOptions &options, const QByteArray &hostname);

} // namespace app
