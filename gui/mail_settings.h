// What a mail app must be told, as codes that it scans: Thunderbird for Android's account code (its "Export for Mobile"
// format, version 1) and Delta Chat's dclogin link. QML's `MailSettings`. Pure.
#pragma once

#include <QObject>
#include <QVariantMap>
#include <QtQml/qqmlregistration.h>

namespace gui {

class MailSettings : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
public:
    using QObject::QObject;

    // server: {host, imapPort, submissionPort}; an empty password means: signs in with a key.
    Q_INVOKABLE [[nodiscard]] static QString thunderbirdCode(const QVariantMap &server, const QString &address,
                                                             const QString &name, const QString &password);
    Q_INVOKABLE [[nodiscard]] static QString deltaChatLink(const QVariantMap &server, const QString &address,
                                                           const QString &password);
    // The ports of a status' listeners: {host, imapPort, submissionPort}; 0 = none is open.
    Q_INVOKABLE [[nodiscard]] static QVariantMap serverOf(const QVariantMap &status);
};

} // namespace gui
