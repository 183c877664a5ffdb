// What a mail app must be told, as codes that it scans: Thunderbird for Android's account code (its "Export for Mobile"
// format, version 1) and Delta Chat's dclogin link; and as a profile for Apple's devices. QML's `MailSettings`. Pure.
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
    // A configuration profile for Apple's Mail (com.apple.mail.managed) that signs in with an app password: what is
    // opened on an iPhone, iPad or Mac adds the account. The same account gives the same profile, which replaces
    // itself.
    Q_INVOKABLE [[nodiscard]] static QString appleProfile(const QVariantMap &server, const QString &address,
                                                          const QString &name, const QString &password);
    // Writes it into the Downloads folder, readable by its owner alone; the path, empty when that was not possible.
    Q_INVOKABLE [[nodiscard]] static QString saveAppleProfile(const QString &profile, const QString &address);
    // The ports of a status' listeners: {host, imapPort, submissionPort}; 0 = none is open.
    Q_INVOKABLE [[nodiscard]] static QVariantMap serverOf(const QVariantMap &status);
};

} // namespace gui
