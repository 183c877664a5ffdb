// domains.dns: what a domain's mail needs in the DNS.
#include "daemon/control/call.h"
#include "daemon/control/names.h"
#include "daemon/control/stored_document.h"
#include "daemon/dkim/keys.h"

namespace control {

Result<QList<api::DnsEntry>> dnsFor(db::Database &db, const QString &domain, const QString &hostname)
{
    QList<api::DnsEntry> entries{
        {hostname, QStringLiteral("A"), QStringLiteral("this server's IPv4 address"),
         QStringLiteral("where the server is")},
        {hostname, QStringLiteral("AAAA"), QStringLiteral("this server's IPv6 address, if it has one"),
         QStringLiteral("where the server is")},
        {domain, QStringLiteral("MX"), QStringLiteral("10 %1.").arg(hostname),
         QStringLiteral("mail for the domain comes here")},
        {domain, QStringLiteral("TXT"), QStringLiteral("v=spf1 mx -all"),
         QStringLiteral("SPF: only this server sends for the domain")},
        {hostname, QStringLiteral("TXT"), QStringLiteral("v=spf1 a -all"),
         QStringLiteral("SPF for reports sent by the server itself")},
    };
    const auto keys = dkim::list(db, domain.toUtf8());
    if (!keys)
        return std::unexpected(keys.error());
    for (const dkim::Key &key : *keys) {
        entries.append({QString::fromUtf8(key.recordName()), QStringLiteral("TXT"), QString::fromUtf8(key.record),
                        key.state == dkim::DkimState::Active ? QStringLiteral("DKIM: others verify our signatures")
                        : key.state == dkim::DkimState::Next
                            ? QStringLiteral("DKIM: signs after the next rotation")
                            : QStringLiteral("DKIM: signed mail that may still be under way")});
    }
    entries += {
        {QStringLiteral("_dmarc.") + domain, QStringLiteral("TXT"),
         QStringLiteral("v=DMARC1; p=reject; rua=mailto:postmaster@%1").arg(domain),
         QStringLiteral("DMARC: others refuse forged mail and report it")},
        {QStringLiteral("_smtp._tls.") + domain, QStringLiteral("TXT"),
         QStringLiteral("v=TLSRPTv1; rua=mailto:postmaster@%1").arg(domain),
         QStringLiteral("others report when TLS fails, RFC 8460")},
        {QStringLiteral("_mta-sts.") + domain, QStringLiteral("TXT"), QStringLiteral("v=STSv1; id=1"),
         QStringLiteral(
             "MTA-STS, RFC 8461: only once https://mta-sts.%1/.well-known/mta-sts.txt says \"version: STSv1\", "
             "\"mode: enforce\", \"mx: %2\", \"max_age: 604800\", a line each; a new id for each change")
             .arg(domain, hostname)},
        {QStringLiteral("_imaps._tcp.") + domain, QStringLiteral("SRV"), QStringLiteral("0 1 993 %1.").arg(hostname),
         QStringLiteral("mail programs find the server, RFC 6186")},
        {QStringLiteral("_submissions._tcp.") + domain, QStringLiteral("SRV"),
         QStringLiteral("0 1 465 %1.").arg(hostname), QStringLiteral("mail programs find the server, RFC 8314")},
    };
    return entries;
}

Result<api::DomainDnsResult> handleDomainsDns(Reading &call, const api::DomainParams &params)
{
    const auto name = storedDomain(params.name, QStringLiteral("/name"));
    const auto domains = store::listDomains(call.db);
    const auto document = loadDocument(call.db, call.services.defaults);
    if (!name)
        return std::unexpected(name.error());
    if (!domains)
        return std::unexpected(domains.error());
    if (!document)
        return std::unexpected(document.error());
    if (!domains->contains(*name))
        return failure(refusal("no-such-domain", QStringLiteral("there is no domain %1").arg(params.name),
                               QStringLiteral("postroomctl domains list shows them"), QStringLiteral("/name")));
    return dnsFor(call.db, QString::fromUtf8(*name), document->server.hostname)
        .transform([](const QList<api::DnsEntry> &records) { return api::DomainDnsResult{records}; });
}

} // namespace control
