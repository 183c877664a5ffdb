// tls.handshakes, devices.enrol
#include "daemon/control/call.h"
#include "daemon/control/stored_document.h"
#include "daemon/http/enrolments.h"
#include "daemon/reports/handshakes.h"
#include "shared/base/encoding.h"
#include "shared/crypto/pkcs12.h"

namespace control {

namespace {

constexpr int kMostHours = 31 * 24;

// Where a browser finds this server; empty = it cannot, over TLS.
QString webAddress(const settings::Document &document)
{
    constexpr int kHttpsPort = 443;
    const auto found = std::ranges::find_if(document.listeners, [](const settings::Listener &each) {
        return each.enabled && each.kind == settings::ListenerKind::Https;
    });
    if (document.server.hostname.isEmpty() || found == document.listeners.end())
        return {};
    const QString port = found->port == kHttpsPort ? QString() : QStringLiteral(":%1").arg(found->port);
    return QStringLiteral("https://") + document.server.hostname + port;
}

} // namespace

Result<api::HandshakesResult> handleTlsHandshakes(Reading &call, const api::HandshakesParams &params)
{
    if (params.hours < 1 || params.hours > kMostHours)
        return failure(refusal("invalid-hours", QStringLiteral("must be between 1 and %1").arg(kMostHours), {},
                               QStringLiteral("/hours")));
    return reports::listHandshakes(call.db, call.services.handshakes(), call.now - std::chrono::hours(params.hours),
                                   params.service)
        .transform([](const QList<api::Handshakes> &list) { return api::HandshakesResult{list}; });
}

Result<api::EnrolResult> handleDevicesEnrol(Reading &call, const api::EnrolParams &params)
{
    const QString path = QStringLiteral("/file");
    const auto file = encoding::fromBase64(params.file.toUtf8());
    if (!file)
        return failure(refusal("invalid-file", QStringLiteral("is not base64"), {}, path));
    if (file->size() > http::kLargestEnrolmentBytes)
        return failure(refusal("invalid-file", QStringLiteral("is larger than 64 KiB"), {}, path));
    if (!crypto::isEncryptedPkcs12(*file))
        return failure(refusal("invalid-file", QStringLiteral("is not an encrypted key file (PKCS#12)"), {}, path));
    const auto document = loadDocument(call.db, call.services.defaults);
    if (!document)
        return std::unexpected(document.error());
    const QString address = webAddress(*document);
    if (address.isEmpty())
        return failure(refusal("no-https", QStringLiteral("no listener speaks HTTPS"),
                               QStringLiteral("enable one of kind https, or hand the file over in another way")));
    const auto token = call.services.enrol(*file);
    if (!token)
        return failure({.kind = ErrorKind::Temporary,
                        .text = {},
                        .publicText = QStringLiteral("%1 links wait already").arg(http::kMostEnrolments),
                        .code = QStringLiteral("too-many-links"),
                        .hint = QStringLiteral("they run out after ten minutes"),
                        .path = {}});
    return api::EnrolResult{.url = address + QLatin1StringView(http::kEnrolPath) + QString::fromLatin1(*token),
                            .expiresAt = call.now + http::kEnrolTime};
}

} // namespace control
