// A key for one device, made here in the app's process: the private part goes into a password-protected file for the
// device and nowhere else, the server is told the public part. QML:
//   DeviceKey { id: key }    key.make("Anna's laptop", DeviceKey.Modern); key.certificate; key.passphrase;
//   key.saveTo(url)
// Making one takes some 20 ms. GUI thread.
#pragma once

#include "shared/crypto/pkcs12.h"

#include <QObject>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

namespace gui {

// Six words that are easy to say and type, 73 bits: enough against guessing at the file.
[[nodiscard]] QString makePassphrase();

class DeviceKey : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(bool ready READ isReady NOTIFY changed)
    Q_PROPERTY(QString certificate READ certificate NOTIFY changed)
    Q_PROPERTY(QString fingerprint READ fingerprint NOTIFY changed)
    Q_PROPERTY(QString passphrase READ passphrase NOTIFY changed)
    Q_PROPERTY(QString fileName READ fileName NOTIFY changed)
    Q_PROPERTY(QString savedTo READ savedTo NOTIFY changed)
    Q_PROPERTY(QString problem READ problem NOTIFY changed)
public:
    enum Form
    {
        Modern,     // AES-256: Thunderbird, new Android and Windows
        Compatible, // triple DES: Apple before 2023, old Android
    };
    Q_ENUM(Form)

    using QObject::QObject;

    [[nodiscard]] bool isReady() const { return !m_file.isEmpty(); }
    [[nodiscard]] QString certificate() const { return m_certificate; } // PEM, public
    [[nodiscard]] QString fingerprint() const { return m_fingerprint; } // as the server knows it
    [[nodiscard]] QString passphrase() const { return m_passphrase; }
    [[nodiscard]] QString fileName() const { return m_fileName; }
    [[nodiscard]] QString savedTo() const { return m_savedTo; }
    [[nodiscard]] QString problem() const { return m_problem; }

    Q_INVOKABLE bool make(const QString &deviceName, gui::DeviceKey::Form form);
    Q_INVOKABLE bool saveTo(const QUrl &file);              // readable by its owner alone
    Q_INVOKABLE bool save();                                // into the Downloads folder; never over another file
    Q_INVOKABLE [[nodiscard]] QString fileAsBase64() const; // for a one-time link; it is encrypted
    Q_INVOKABLE void forget();                              // when the dialog closes
    Q_INVOKABLE [[nodiscard]] static QString readText(const QUrl &file); // a certificate to import; empty: cannot

Q_SIGNALS:
    void changed();

private:
    bool fail(const QString &why);

    QByteArray m_file;
    QString m_certificate;
    QString m_fingerprint;
    QString m_passphrase;
    QString m_fileName;
    QString m_savedTo;
    QString m_problem;
};

} // namespace gui
