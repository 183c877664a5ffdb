// dkim.*
#include "daemon/control/call.h"
#include "daemon/control/names.h"
#include "daemon/dkim/keys.h"

namespace control {

namespace {

api::DkimKey shown(const dkim::Key &key)
{
    return {.domain = QString::fromUtf8(key.domain),
            .selector = QString::fromUtf8(key.selector),
            .algorithm = key.algorithm,
            .state = key.state,
            .createdAt = key.createdAt,
            .record = QString::fromUtf8(key.record)};
}

Result<api::DkimKeyResult> answer(const Result<dkim::Key> &key)
{
    return key.transform([](const dkim::Key &each) { return api::DkimKeyResult{shown(each)}; });
}

Result<QList<api::DkimKey>> keysOf(db::Database &db, const QByteArray &domain)
{
    return dkim::list(db, domain).transform([](const QList<dkim::Key> &keys) {
        QList<api::DkimKey> list;
        for (const dkim::Key &key : keys)
            list.append(shown(key));
        return list;
    });
}

Result<QByteArray> hostedDomain(db::Database &db, const QString &name)
{
    const auto domain = storedDomain(name, QStringLiteral("/domain"));
    if (!domain)
        return domain;
    const auto domains = store::listDomains(db);
    if (!domains)
        return std::unexpected(domains.error());
    if (!domains->contains(*domain))
        return failure(refusal("no-such-domain", QStringLiteral("there is no domain %1").arg(name),
                               QStringLiteral("postroomctl domains list shows them"), QStringLiteral("/domain")));
    return domain;
}

} // namespace

Result<api::DkimListResult> handleDkimList(Reading &call, const api::DkimListParams &params)
{
    const auto domain = params.domain.isEmpty() ? QByteArray() : hostedDomain(call.db, params.domain);
    return domain.and_then([&call](const QByteArray &name) { return keysOf(call.db, name); })
        .transform([](const QList<api::DkimKey> &keys) { return api::DkimListResult{keys}; });
}

Result<api::DkimKeyResult> handleDkimAdd(Writing &call, const api::DkimAddParams &params)
{
    const auto domain = hostedDomain(call.db, params.domain);
    if (!domain)
        return std::unexpected(domain.error());
    return answer(dkim::add(
        call.db,
        {.domain = *domain, .selector = params.selector.toUtf8(), .algorithm = params.algorithm, .state = params.state},
        call.now));
}

Result<api::DkimKeyResult> handleDkimSet(Writing &call, const api::DkimSetParams &params)
{
    const auto domain = hostedDomain(call.db, params.domain);
    if (!domain)
        return std::unexpected(domain.error());
    const QByteArray selector = params.selector.toUtf8();
    if (auto done = dkim::setState(call.db, *domain, selector, params.state); !done)
        return std::unexpected(done.error());
    return answer(dkim::find(call.db, *domain, selector));
}

Result<api::DkimKeyResult> handleDkimRemove(Writing &call, const api::DkimSelectorParams &params)
{
    const auto domain = hostedDomain(call.db, params.domain);
    if (!domain)
        return std::unexpected(domain.error());
    const QByteArray selector = params.selector.toUtf8();
    const auto key = dkim::find(call.db, *domain, selector);
    if (auto done = key ? dkim::remove(call.db, *domain, selector) : Result<void>(); !done)
        return std::unexpected(done.error());
    return answer(key);
}

Result<api::DkimRotateResult> handleDkimRotate(Writing &call, const api::DkimRotateParams &params)
{
    const auto domain = hostedDomain(call.db, params.domain);
    if (!domain)
        return std::unexpected(domain.error());
    const auto made = dkim::rotate(call.db, *domain, call.now);
    const auto keys = keysOf(call.db, *domain);
    if (!made)
        return std::unexpected(made.error());
    if (!keys)
        return std::unexpected(keys.error());
    return api::DkimRotateResult{
        .nextStep = *made ? QStringLiteral("publish the records of the keys in state \"next\", then rotate again")
                          : QStringLiteral("keep the records of the keys in state \"retired\" for a week"),
        .keys = *keys};
}

} // namespace control
