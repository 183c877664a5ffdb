#include "gui/mail_settings.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>
#include <QUrlQuery>

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

} // namespace

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
    const QJsonArray code{kFormatVersion, QJsonArray{1, 1}, incoming, QJsonArray{QJsonArray{outgoing, identity}}};
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
