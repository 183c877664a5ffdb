// `postroomctl tlspubkey generate`: a key for a device, made here and not on the server, in the files devices take. The
// server gets the certificate alone.
#pragma once

#include "shared/base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QStringList>

namespace cli {

struct DeviceKey
{
    QByteArray certificatePem;
    QByteArray fingerprint;
    QByteArray passphrase; // of the .p12 files; shown once, kept nowhere
    QStringList files;
};

// Into a folder that exists; files are readable by their owner alone, and none is overwritten.
[[nodiscard]] Result<DeviceKey> makeDeviceKey(const QString &name, const QString &folder, bool ed25519);
void removeFiles(const DeviceKey &key); // the server did not take it

[[nodiscard]] QJsonObject answerOf(const DeviceKey &key);

} // namespace cli
