// The name of what ended a TLS connection, out of OpenSSL's error queue: short, fixed, few enough to be metric labels
// and rows for a person. Alerts of the peer are "alert " and their name in RFC 8446 6. Any thread.
#pragma once

namespace tls {

// Looks at this thread's error queue and empties it. What has no name of its own is "protocol error".
[[nodiscard]] const char *takeFailureReason();

} // namespace tls
