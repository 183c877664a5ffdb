// The fake server's settings, self-check and first set-up.
#include "fake_daemon.h"
#include "shared/settings/schema.h"

#include <QDateTime>

Result<QJsonObject> FakeDaemon::exportSettings(const QJsonObject &)
{
    settings::Document document;
    document.revision = 7 + m_history.size();
    document.server = m_settings;
    document.listeners = {
        {.name = QStringLiteral("smtp"), .kind = settings::ListenerKind::Smtp, .address = {}, .port = 25},
        {.name = QStringLiteral("imaps"),
         .kind = settings::ListenerKind::Imaps,
         .address = {},
         .port = 993,
         .tls = settings::TlsMode::Implicit}};
    return json::toJson(api::SettingsExportResult{document});
}

Result<QJsonObject> FakeDaemon::applySettings(const QJsonObject &params)
{
    const auto wanted = settings::parseDocument(params.value(QLatin1StringView("document")).toObject());
    if (!wanted)
        return std::unexpected(wanted.error());
    settings::Document before;
    before.server = m_settings;
    settings::Document after;
    after.server = wanted->server;
    m_settings = wanted->server;
    api::HistoryEntry entry{.revision = 8 + m_history.size(),
                            .at = fromMilliseconds(QDateTime::currentMSecsSinceEpoch()),
                            .who = QStringLiteral("uid 1000"),
                            .what = QStringLiteral("settings.apply"),
                            .changes = settings::diff(before, after)};
    m_history.prepend(entry);
    return json::toJson(api::SettingsChangesResult{entry.revision, entry.changes, {}});
}

Result<QJsonObject> FakeDaemon::settingsSchema(const QJsonObject &)
{
    return json::toJson(api::SettingsSchemaResult{settings::documentSchema()});
}

Result<QJsonObject> FakeDaemon::settingsHistory(const QJsonObject &)
{
    return json::toJson(api::SettingsHistoryResult{m_history});
}

Result<QJsonObject> FakeDaemon::verify(const QJsonObject &)
{
    return json::toJson(api::VerifyResult{.ok = true, .checked = 48'213, .problems = {}});
}

Result<QJsonObject> FakeDaemon::setUp(const QJsonObject &params)
{
    const auto asked = json::fromJson<api::SetupParams>(params);
    if (!asked)
        return std::unexpected(asked.error());
    const QString host = QStringLiteral("mail.") + asked->domain;
    m_status.hostname = host;
    m_settings.hostname = host;
    m_domains = {{asked->domain, 1, 0}};
    fillCertificates(std::chrono::days(365));
    m_status.certificates[0].own = true;
    api::Account account;
    account.id = 1;
    account.address = asked->accountName + u'@' + asked->domain;
    account.name = asked->displayName;
    account.role = api::AccountRole::Postmaster;
    m_accounts = {account};
    const auto entry = [](const QString &name, const char *type, const QString &value, const char *why) {
        return api::DnsEntry{name, QString::fromLatin1(type), value, QString::fromLatin1(why)};
    };
    return json::toJson(api::SetupResult{
        .address = account.address,
        .generatedPassword = QStringLiteral("brisk-otter-lamp-4821"),
        .dns = {
            entry(host, "A", QStringLiteral("203.0.113.7"), "where the server is"),
            entry(asked->domain, "MX", QStringLiteral("10 %1.").arg(host), "mail for the domain comes here"),
            entry(asked->domain, "TXT", QStringLiteral("v=spf1 mx -all"), "SPF: only this server sends for the domain"),
            entry(QStringLiteral("_dmarc.") + asked->domain, "TXT",
                  QStringLiteral("v=DMARC1; p=reject; rua=mailto:postmaster@%1").arg(asked->domain),
                  "DMARC: others refuse forged mail and report it"),
            entry(QStringLiteral("_imaps._tcp.") + asked->domain, "SRV", QStringLiteral("0 1 993 %1.").arg(host),
                  "mail programs find the server, RFC 6186")}});
}
