#include "shared/dns/mail_hosts.h"

#include <map>
#include <memory>

namespace dns {

namespace {

// Of one search: the hosts' addresses come in any order, one at a time.
struct Search
{
    QList<MailHost> hosts;
    qsizetype waiting = 0;
    bool authentic = true;
    bool anyFailed = false;
    QString why;
    std::function<void(MailHosts)> found;
};

void end(const Search &search)
{
    MailHosts result{.authentic = search.authentic, .why = search.why};
    for (const MailHost &host : search.hosts) {
        if (!host.addresses.isEmpty())
            result.hosts.append(host);
    }
    if (result.hosts.isEmpty()) {
        result.problem = search.anyFailed ? MailHosts::Problem::Temporary : MailHosts::Problem::NoAddress;
        if (!search.anyFailed)
            result.why = QStringLiteral("none of its mail hosts has an address");
    }
    search.found(result);
}

void lookUpAddresses(Resolver &resolver, const std::shared_ptr<Search> &search)
{
    search->waiting = search->hosts.size() * 2;
    const qsizetype count = search->hosts.size();
    QList<QByteArray> names;
    for (const MailHost &host : std::as_const(search->hosts))
        names.append(host.name);
    for (qsizetype i = 0; i < count; ++i) {
        for (const Type type : {Type::Aaaa, Type::A}) {
            resolver.lookUp(names.at(i), type, [search, i, type](const Answer &answer) {
                MailHost &host = search->hosts[i];
                if (type == Type::Aaaa)
                    host.addresses = answer.addresses + host.addresses;
                else
                    host.addresses += answer.addresses;
                search->authentic = search->authentic && answer.authentic;
                if (answer.status == Status::Failed || answer.status == Status::Bogus) {
                    search->anyFailed = true;
                    search->why = answer.why;
                }
                if (--search->waiting == 0)
                    end(*search);
            });
        }
    }
}

QList<MailHost> ordered(const QList<Mx> &records, const std::function<void(QList<MailHost> &)> &shuffle)
{
    std::map<int, QList<MailHost>> byPreference;
    for (const Mx &mx : records) {
        if (!mx.host.isEmpty())
            byPreference[mx.preference].append({.name = mx.host, .addresses = {}});
    }
    QList<MailHost> hosts;
    for (auto &[preference, group] : byPreference) {
        shuffle(group);
        hosts += group;
    }
    return hosts.first(std::min<qsizetype>(hosts.size(), kMostMailHosts));
}

} // namespace

void findMailHosts(Resolver &resolver, const QByteArray &domain, std::function<void(QList<MailHost> &)> shuffle,
                   std::function<void(MailHosts)> found)
{
    resolver.lookUp(domain, Type::Mx,
                    [&resolver, domain, shuffle = std::move(shuffle), found = std::move(found)](const Answer &answer) {
                        const auto fail = [&found](MailHosts::Problem problem, const QString &why) {
                            found({.problem = problem, .hosts = {}, .why = why});
                        };
                        if (answer.status == Status::NoSuchName)
                            return fail(MailHosts::Problem::NoSuchDomain, QStringLiteral("there is no such domain"));
                        if (answer.status == Status::Failed || answer.status == Status::Bogus)
                            return fail(MailHosts::Problem::Temporary, answer.why);
                        auto search = std::make_shared<Search>();
                        search->found = found;
                        search->authentic = answer.authentic;
                        if (answer.status == Status::NoData) {
                            search->hosts = {{.name = answer.canonicalName.isEmpty() ? domain : answer.canonicalName,
                                              .addresses = {}}};
                        } else {
                            search->hosts = ordered(answer.mx, shuffle);
                            if (search->hosts.isEmpty())
                                return fail(MailHosts::Problem::NullMx, QStringLiteral("the domain takes no mail"));
                        }
                        lookUpAddresses(resolver, search);
                    });
}

} // namespace dns
