#include "daemon/control/names.h"

#include "daemon/store/aliases.h"
#include "shared/settings/validate.h"
#include "shared/smtp/address.h"

namespace control {

namespace {

std::unexpected<Error> unusable(const QString &path)
{
    const QString text = QStringLiteral("can't be used in mail addresses");
    return failure({.kind = ErrorKind::Syntax,
                    .text = text,
                    .publicText = text,
                    .code = QStringLiteral("invalid-name"),
                    .hint = {},
                    .path = path});
}

} // namespace

Result<QByteArray> storedDomain(const QString &name, const QString &path)
{
    if (auto done = settings::validateHostname(name, path); !done)
        return std::unexpected(done.error());
    const QByteArray text = name.toUtf8();
    Cursor in{QByteArrayView(text)};
    QByteArray domain = smtp::readDomain(in);
    if (in.failed() || !in.atEnd() || domain.isEmpty())
        return unusable(path);
    return domain;
}

Result<QByteArray> storedAddress(const QString &address, const QString &path)
{
    if (auto done = settings::validateAddress(address, path); !done)
        return std::unexpected(done.error());
    const auto parsed = smtp::parseAddress(address.toUtf8());
    if (!parsed)
        return unusable(path);
    return store::addressKey(parsed->localpart, parsed->domain);
}

} // namespace control
