#include "gui/mail_settings.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>
#include <QStandardPaths>
#include <QUrl>
#include <QUrlQuery>
#include <QUuid>
#include <QXmlStreamWriter>

namespace gui {

namespace {

constexpr int kFormatVersion = 1;
constexpr int kImap = 0;
constexpr int kSmtp = 0;
constexpr int kTls = 3;
constexpr int kPassword = 1;
constexpr int kTlsCertificate = 5;

int portOf(const QVariantMap &status, const char *kind)
{
    const QVariantList listeners = status.value(QStringLiteral("listeners")).toList();
    for (const QVariant &each : listeners) {
        const QVariantMap listener = each.toMap();
        if (listener.value(QStringLiteral("kind")) == QLatin1StringView(kind))
            return listener.value(QStringLiteral("port")).toInt();
    }
    return 0;
}

// A dictionary of a property list: keys of texts, numbers and truths.
class Dictionary
{
public:
    explicit Dictionary(QXmlStreamWriter &out)
        : m_out(out)
    {
        m_out.writeStartElement(QStringLiteral("dict"));
    }
    ~Dictionary() { m_out.writeEndElement(); }
    Q_DISABLE_COPY_MOVE(Dictionary)

    void key(const char *name) { m_out.writeTextElement(QStringLiteral("key"), QLatin1StringView(name)); }
    void text(const char *name, const QString &value)
    {
        key(name);
        m_out.writeTextElement(QStringLiteral("string"), value);
    }
    void number(const char *name, int value)
    {
        key(name);
        m_out.writeTextElement(QStringLiteral("integer"), QString::number(value));
    }
    void truth(const char *name, bool value)
    {
        key(name);
        m_out.writeEmptyElement(value ? QStringLiteral("true") : QStringLiteral("false"));
    }

private:
    QXmlStreamWriter &m_out;
};

constexpr QUuid kProfiles(0x2c9b1c7e, 0x6f1d, 0x4a55, 0x9d, 0x0e, 0x52, 0x61, 0x7b, 0x3a, 0x90, 0x11);

QString idFor(const QString &what) // the same for the same
{
    return QUuid::createUuidV5(kProfiles, what).toString(QUuid::WithoutBraces).toUpper();
}

void writeServer(Dictionary &mail, const QString &side, const QVariantMap &server, const char *port,
                 const QString &address, const QString &password)
{
    const auto named = [&side](const char *name) { return (side + QLatin1StringView(name)).toLatin1(); };
    mail.text(named("MailServerAuthentication"), QStringLiteral("EmailAuthPassword"));
    mail.text(named("MailServerHostName"), server.value(QStringLiteral("host")).toString());
    mail.number(named("MailServerPortNumber"), server.value(QLatin1StringView(port)).toInt());
    mail.truth(named("MailServerUseSSL"), true);
    mail.text(named("MailServerUsername"), address);
    mail.text(named("Password"), password);
}

} // namespace

QString MailSettings::appleProfile(const QVariantMap &server, const QString &address, const QString &name,
                                   const QString &password)
{
    QString profile;
    QXmlStreamWriter out(&profile);
    out.setAutoFormatting(true);
    out.writeStartDocument();
    out.writeDTD(QStringLiteral("<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
                                "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">"));
    out.writeStartElement(QStringLiteral("plist"));
    out.writeAttribute(QStringLiteral("version"), QStringLiteral("1.0"));
    const QString id = QStringLiteral("org.postroom.mail.") + address;
    {
        Dictionary top(out);
        top.key("PayloadContent");
        out.writeStartElement(QStringLiteral("array"));
        {
            Dictionary mail(out);
            mail.text("PayloadType", QStringLiteral("com.apple.mail.managed"));
            mail.number("PayloadVersion", 1);
            mail.text("PayloadIdentifier", id + QStringLiteral(".account"));
            mail.text("PayloadUUID", idFor(id + QStringLiteral(".account")));
            mail.text("EmailAccountType", QStringLiteral("EmailTypeIMAP"));
            mail.text("EmailAccountDescription", address);
            mail.text("EmailAccountName", name.isEmpty() ? address : name);
            mail.text("EmailAddress", address);
            writeServer(mail, QStringLiteral("Incoming"), server, "imapPort", address, password);
            writeServer(mail, QStringLiteral("Outgoing"), server, "submissionPort", address, password);
        }
        out.writeEndElement();
        top.text("PayloadType", QStringLiteral("Configuration"));
        top.number("PayloadVersion", 1);
        top.text("PayloadDisplayName", tr("Mail of %1").arg(address));
        top.text("PayloadIdentifier", id);
        top.text("PayloadUUID", idFor(id));
        top.truth("PayloadRemovalDisallowed", false);
    }
    out.writeEndElement();
    out.writeEndDocument();
    return profile;
}

QString MailSettings::saveAppleProfile(const QString &profile, const QString &address)
{
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::DownloadLocation));
    QString path = folder.filePath(address + QStringLiteral(".mobileconfig"));
    for (int n = 2; QFile::exists(path); ++n)
        path = folder.filePath(QStringLiteral("%1-%2.mobileconfig").arg(address).arg(n));
    QSaveFile out(path);
    const QByteArray bytes = profile.toUtf8();
    const bool written = folder.mkpath(QStringLiteral(".")) && out.open(QIODevice::WriteOnly) &&
                         out.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) &&
                         out.write(bytes) == bytes.size() && out.commit();
    return written ? path : QString();
}

QString MailSettings::thunderbirdCode(const QVariantMap &server, const QString &address, const QString &name,
                                      const QString &password)
{
    const QString host = server.value(QStringLiteral("host")).toString();
    const int way = password.isEmpty() ? kTlsCertificate : kPassword;
    QJsonArray incoming{kImap, host, server.value(QStringLiteral("imapPort")).toInt(), kTls, way, address};
    QJsonArray outgoing{kSmtp, host, server.value(QStringLiteral("submissionPort")).toInt(), kTls, way, address};
    if (!password.isEmpty()) {
        incoming.append(QString()); // the account's name: that of its address
        incoming.append(password);
        outgoing.append(password);
    }
    const QJsonArray identity{address, name.isEmpty() ? address : name};
    QJsonArray servers; // not by braces: of one array alone they may make a copy
    servers.append(QJsonArray{outgoing, identity});
    const QJsonArray code{kFormatVersion, QJsonArray{1, 1}, incoming, servers};
    return QString::fromUtf8(QJsonDocument(code).toJson(QJsonDocument::Compact));
}

QString MailSettings::deltaChatLink(const QVariantMap &server, const QString &address, const QString &password)
{
    const QString host = server.value(QStringLiteral("host")).toString();
    QUrlQuery query;
    const auto add = [&query](const char *key, const QString &value) {
        query.addQueryItem(QLatin1StringView(key), QString::fromLatin1(QUrl::toPercentEncoding(value)));
    };
    add("p", password);
    add("v", QStringLiteral("1"));
    add("ih", host);
    add("ip", server.value(QStringLiteral("imapPort")).toString());
    add("is", QStringLiteral("ssl"));
    add("sh", host);
    add("sp", server.value(QStringLiteral("submissionPort")).toString());
    add("ss", QStringLiteral("ssl"));
    return QStringLiteral("dclogin:%1?%2").arg(address, query.toString(QUrl::FullyEncoded));
}

QVariantMap MailSettings::serverOf(const QVariantMap &status)
{
    const QString host = status.value(QStringLiteral("hostname")).toString();
    return {{QStringLiteral("host"), host.isEmpty() ? QStringLiteral("localhost") : host},
            {QStringLiteral("imapPort"), portOf(status, "imaps")},
            {QStringLiteral("submissionPort"), portOf(status, "submissions")}};
}

} // namespace gui
