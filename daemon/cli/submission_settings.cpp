#include "daemon/cli/submission_settings.h"

#include <QStringList>

namespace cli {

namespace {

constexpr int kLargestPort = 65535;

std::unexpected<Error> wrong(const QString &path, const QString &text)
{
    return failure({.kind = ErrorKind::User,
                    .text = text,
                    .publicText = text,
                    .code = QStringLiteral("bad-settings"),
                    .hint = {},
                    .path = path});
}

} // namespace

Result<SubmissionSettings> readSubmissionSettings(QByteArrayView text)
{
    const auto object = json::parseObject(text);
    if (!object)
        return std::unexpected(object.error());
    auto settings = json::fromJson<SubmissionSettings>(*object);
    if (!settings)
        return settings;
    if (settings->host.isEmpty() || settings->username.isEmpty())
        return wrong(settings->host.isEmpty() ? QStringLiteral("/host") : QStringLiteral("/username"),
                     QStringLiteral("must not be empty"));
    if (settings->port < 1 || settings->port > kLargestPort)
        return wrong(QStringLiteral("/port"), QStringLiteral("must be from 1 to %1").arg(kLargestPort));
    QStringList given;
    const auto consider = [&given](const char *name, const QString &value) {
        if (!value.isEmpty())
            given << QLatin1StringView(name);
    };
    consider("password", settings->password);
    consider("keyFile", settings->keyFile);
    consider("ed25519Key", settings->ed25519Key);
    consider("p12File", settings->p12File);
    if (given.size() != 1)
        return wrong({}, given.isEmpty()
                             ? QStringLiteral("one of password, keyFile, ed25519Key and p12File is needed")
                             : QStringLiteral("only one of %1 may be set").arg(given.join(QStringLiteral(", "))));
    return settings;
}

} // namespace cli
