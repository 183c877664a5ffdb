#include "daemon/reports/sts_policies.h"

#include "shared/base/bytes.h"
#include "shared/base/log.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace reports {

namespace {

const Log kLog("reports");
constexpr auto kTryAgain = std::chrono::minutes(5); // RFC 8461 3.3: after a failure

QString utf8(const QByteArray &bytes) { return QString::fromUtf8(bytes); }

std::optional<mailauth::StsPolicy> inForce(const std::optional<StsRow> &row, Timestamp now)
{
    if (!row || row->mode.isEmpty() || row->fetchedAt + row->maxAge < now)
        return {};
    mailauth::StsPolicy policy{.mode = mailauth::StsMode::None, .maxAge = row->maxAge, .mx = row->mx};
    for (const auto mode : {mailauth::StsMode::Testing, mailauth::StsMode::Enforce}) {
        if (row->mode == nameOf(mode))
            policy.mode = mode;
    }
    return policy;
}

// RFC 8461 3.2: other types could be what a user of the web server put there; parameters do not matter.
bool isText(const QByteArray &contentType)
{
    return bytes::equalsIgnoreCase(
        bytes::trimmed(QByteArrayView(contentType)
                           .first(std::max<qsizetype>(0, contentType.indexOf(';') < 0 ? contentType.size()
                                                                                      : contentType.indexOf(';')))),
        "text/plain");
}

Result<void> store(db::Database &db, const QByteArray &domain, const StsRow &row, Timestamp now)
{
    QJsonArray mx;
    for (const QByteArray &each : row.mx)
        mx.append(utf8(each));
    return db
        .run("insert into mta_sts(domain, record_id, mode, max_age, mx, fetched_at, tried_at, used_at, problem) "
             "values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) on conflict do update set record_id = excluded.record_id, "
             "mode = excluded.mode, max_age = excluded.max_age, mx = excluded.mx, fetched_at = excluded.fetched_at, "
             "tried_at = excluded.tried_at, used_at = excluded.used_at, problem = excluded.problem",
             utf8(domain), utf8(row.recordId), utf8(row.mode), static_cast<qint64>(row.maxAge.count()),
             utf8(QJsonDocument(mx).toJson(QJsonDocument::Compact)), row.fetchedAt, row.triedAt, now, row.problem)
        .transform([](qint64) {});
}

} // namespace

struct StsPolicies::Search
{
    QByteArray domain;
    std::optional<StsRow> known;
    QByteArray recordId; // as it is now
    QList<IpAddress> addresses;
    Found found;
};

Result<std::optional<StsRow>> readSts(db::Database &db, const QByteArray &domain)
{
    auto row =
        db.query("select record_id, mode, max_age, mx, fetched_at, tried_at, problem from mta_sts where domain = ?1",
                 utf8(domain));
    if (!row.next())
        return row.failed() ? Result<std::optional<StsRow>>(std::unexpected(row.error())) : std::optional<StsRow>();
    StsRow result{.recordId = row.text(0).toUtf8(),
                  .mode = row.text(1).toUtf8(),
                  .maxAge = std::chrono::seconds(row.integer(2)),
                  .mx = {},
                  .fetchedAt = row.time(4),
                  .triedAt = row.time(5),
                  .problem = row.text(6)};
    const QJsonArray patterns = QJsonDocument::fromJson(row.text(3).toUtf8()).array();
    for (const auto &each : patterns)
        result.mx.append(each.toString().toUtf8());
    return std::optional(std::move(result));
}

void StsPolicies::find(const QByteArray &domain, Found found)
{
    auto search = std::make_shared<Search>(Search{.domain = domain, .found = std::move(found)});
    const auto db = db::reader(m_services.databaseFile);
    auto known = db ? readSts(**db, domain) : std::unexpected(db.error());
    if (!known)
        kLog.failed("MTA-STS policies not read", known.error());
    else
        search->known = std::move(*known);
    m_services.resolver.lookUp(
        "_mta-sts." + domain, dns::Type::Txt,
        [self = shared_from_this(), search](const dns::Answer &answer) { self->recordKnown(search, answer); });
}

void StsPolicies::recordKnown(const std::shared_ptr<Search> &search, const dns::Answer &answer)
{
    const Timestamp now = m_services.clock.now();
    const auto valid = inForce(search->known, now);
    const auto id = answer.status == dns::Status::Found ? mailauth::stsRecordId(answer.texts) : std::nullopt;
    if (!id ||
        (valid && search->known->recordId == *id)) // RFC 8461 5.1: without a record what is cached stays in force
        return search->found({.policy = valid, .problem = {}});
    const bool justTried = search->known && !search->known->problem.isEmpty() &&
                           search->known->triedAt + kTryAgain > now && search->known->triedAt <= now;
    if (justTried)
        return search->found({.policy = valid, .problem = search->known->problem.toUtf8()});
    search->recordId = *id;
    m_services.resolver.lookUp("mta-sts." + search->domain, dns::Type::Aaaa,
                               [self = shared_from_this(), search](const dns::Answer &v6) {
                                   search->addresses = v6.addresses;
                                   self->m_services.resolver.lookUp("mta-sts." + search->domain, dns::Type::A,
                                                                    [self, search](const dns::Answer &v4) {
                                                                        search->addresses += v4.addresses;
                                                                        self->fetch(search);
                                                                    });
                               });
}

void StsPolicies::fetch(const std::shared_ptr<Search> &search)
{
    QList<IpAddress> usable;
    for (const IpAddress &address : std::as_const(search->addresses)) {
        if (address.isLoopback() == m_services.loopbackOnly) // as for mail: nobody's policy is on our own machine
            usable.append(address);
    }
    net::httpsGet(m_services.net, m_services.https, m_services.clock,
                  {.host = "mta-sts." + search->domain,
                   .path = "/.well-known/mta-sts.txt",
                   .port = m_services.port,
                   .addresses = usable,
                   .mostBytes = mailauth::kLargestStsPolicy},
                  [self = shared_from_this(), search](const Result<http::Response> &response) {
                      self->fetched(search, response);
                  });
}

void StsPolicies::fetched(const std::shared_ptr<Search> &search, const Result<http::Response> &response)
{
    const auto bad = [](const QString &what) -> std::unexpected<Error> { return failure(ErrorKind::Temporary, what); };
    if (!response)
        return keep(search, std::unexpected(response.error()));
    if (response->status != 200) // RFC 8461 3.3: redirects are not followed either
        return keep(search, bad(QStringLiteral("the policy host answered %1").arg(response->status)));
    if (!isText(response->field("content-type")))
        return keep(search, bad(QStringLiteral("the policy is not text/plain")));
    keep(search, mailauth::parseStsPolicy(response->body));
}

void StsPolicies::keep(const std::shared_ptr<Search> &search, const Result<mailauth::StsPolicy> &policy)
{
    const Timestamp now = m_services.clock.now();
    StsRow row = search->known.value_or(StsRow{});
    row.triedAt = now;
    row.problem = policy ? QString() : publicText(policy.error());
    if (policy) {
        row.recordId = search->recordId;
        row.mode = nameOf(policy->mode);
        row.maxAge = policy->maxAge;
        row.mx = policy->mx;
        row.fetchedAt = now;
    }
    kLog.info("MTA-STS policy fetched",
              {{"domain", utf8(search->domain)}, {"mode", utf8(row.mode)}, {"problem", row.problem}});
    m_services.writer.submit(
        {.apply = [domain = search->domain, row, now](db::Database &db) { return store(db, domain, row, now); },
         .published = {}},
        [](const Result<void> &done) {
            if (!done)
                kLog.failed("MTA-STS policy not stored", done.error());
        });
    search->found({.policy = inForce(row, now), .problem = row.problem.toUtf8()});
}

} // namespace reports
