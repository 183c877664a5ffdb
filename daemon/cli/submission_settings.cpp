#include "daemon/cli/submission_settings.h"

#include "shared/base/refusal.h"

#include <QStringList>

namespace cli {

namespace {

constexpr int kLargestPort = 65535;

std::unexpected<Error> wrongSetting(const QString &path, const QString &text)
{
    return refuse("bad-settings", text, {}, path);
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
        return wrongSetting(settings->host.isEmpty() ? QStringLiteral("/host") : QStringLiteral("/username"),
                            QStringLiteral("must not be empty"));
    if (settings->port < 1 || settings->port > kLargestPort)
        return wrongSetting(QStringLiteral("/port"), QStringLiteral("must be from 1 to %1").arg(kLargestPort));
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
        return wrongSetting(
            {}, given.isEmpty() ? QStringLiteral("one of password, keyFile, ed25519Key and p12File is needed")
                                : QStringLiteral("only one of %1 may be set").arg(given.join(QStringLiteral(", "))));
    return settings;
}

} // namespace cli
