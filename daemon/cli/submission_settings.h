// How `postroomctl sendmail` reaches a submission server by itself, without a control socket: its own small settings
// file, so that a machine that only sends (cron, a NAS) needs no server. JSON, read strictly; secrets are in it or in
// the files it names, and no message ever repeats one. Pure; any thread.
#pragma once

#include "shared/base/json.h"

namespace cli {

enum class SubmissionTls
{
    Implicit,
    StartTls,
};
constexpr auto enumNames(SubmissionTls)
{
    return std::array{EnumName{SubmissionTls::Implicit, "implicit"}, EnumName{SubmissionTls::StartTls, "starttls"}};
}

struct SubmissionSettings
{
    QString host;
    int port = 465;
    SubmissionTls tls = SubmissionTls::Implicit;
    QString authorities; // file
    QString hostname;
    QString username;
    QString password;
    QString keyFile;
    QString ed25519Key;
    QString p12File;
    QString p12Passphrase;
    QString mechanism;
    QString from;
    QString defaultRecipient;
    QString failures; // folder

    static constexpr auto fields()
    {
        return std::tuple{
            field("host", &SubmissionSettings::host, "Name of the submission server.", kRequired),
            field("port", &SubmissionSettings::port, "Its port."),
            field("tls", &SubmissionSettings::tls, "implicit (from the first byte) or starttls."),
            field("authorities", &SubmissionSettings::authorities, "File of trusted authorities; empty: the system's."),
            field("hostname", &SubmissionSettings::hostname, "Name of this machine; empty: what the system says."),
            field("username", &SubmissionSettings::username, "Address that signs in.", kRequired),
            field("password", &SubmissionSettings::password, "Its password, or an app password.", kSecret),
            field("keyFile", &SubmissionSettings::keyFile, "PEM file with a private key and its certificate."),
            field("ed25519Key", &SubmissionSettings::ed25519Key, "Ed25519 private key: 32 bytes in base64url.",
                  kSecret),
            field("p12File", &SubmissionSettings::p12File, "PKCS#12 file with a private key and its certificate."),
            field("p12Passphrase", &SubmissionSettings::p12Passphrase, "Passphrase of that file.", kSecret),
            field("mechanism", &SubmissionSettings::mechanism, "How to sign in; empty: the best that is offered."),
            field("from", &SubmissionSettings::from, "Sender address; empty: the one that signs in."),
            field("defaultRecipient", &SubmissionSettings::defaultRecipient,
                  "Recipient of messages to names without a domain, such as root."),
            field("failures", &SubmissionSettings::failures, "Folder for messages that could not be sent."),
        };
    }
};

// One of password, keyFile, ed25519Key and p12File must be set.
[[nodiscard]] Result<SubmissionSettings> readSubmissionSettings(QByteArrayView text);

} // namespace cli
