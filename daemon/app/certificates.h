// The server's certificates: those of the settings, the administrator's files of the command line, or one of our own
// authority (ca.pem in the state folder), made when it is missing and again before it ends. Main thread; reads and
// writes the folder.
#pragma once

#include "daemon/app/server.h"

namespace app {

// An error is about the host's certificate; what is wrong with another is in `problems`, and the others are used.
[[nodiscard]] Result<Certificates> loadCertificates(const ServerOptions &options, const settings::Server &server);

// While somebody replaces files, they do not fit for a moment: what `before` has of those in `problems` stays.
[[nodiscard]] Certificates keepGood(Certificates now, const Certificates &before);

// For people: the host's first, then those of the settings by name, those that cannot be used too.
[[nodiscard]] QList<api::CertificateStatus> describe(const Certificates &certificates);

} // namespace app
