#include "shared/dns/mail_hosts.h"

#include <map>
#include <memory>

namespace dns {

namespace {

// What is known of a host while it is looked at.
struct Candidate
{
    bool signedAddresses = true; // every address that was found is authentic
    QByteArray canonicalName;
    QList<QByteArray> bases; // whose TLSA records are still to be asked for
};

// Of one search: answers come in any order, one at a time.
struct Search
{
    Resolver *resolver = nullptr;
    MailHostsRequest request;
    QList<MailHost> hosts;
    QList<Candidate> candidates; // of the hosts
    QByteArray canonicalDomain;
    qsizetype waiting = 0;
    bool authentic = true;
    bool anyFailed = false;
    QString why;
    std::function<void(MailHosts)> found;
};
using SharedSearch = std::shared_ptr<Search>;

void end(const SharedSearch &search)
{
    MailHosts result{
        .hosts = {}, .authentic = search->authentic, .canonicalDomain = search->canonicalDomain, .why = search->why};
    for (const MailHost &host : std::as_const(search->hosts)) {
        if (!host.addresses.isEmpty())
            result.hosts.append(host);
    }
    if (result.hosts.isEmpty()) {
        result.problem = search->anyFailed ? MailHosts::Problem::Temporary : MailHosts::Problem::NoAddress;
        if (!search->anyFailed)
            result.why = QStringLiteral("none of its mail hosts has an address");
    }
    search->found(result);
}

void answered(const SharedSearch &search)
{
    if (--search->waiting == 0)
        end(search);
}

// RFC 7672 2.2.3: the first name with signed records is the base; an error ends the search for this host.
void lookUpTlsa(const SharedSearch &search, qsizetype number)
{
    Candidate &candidate = search->candidates[number];
    if (candidate.bases.isEmpty())
        return answered(search);
    const QByteArray base = candidate.bases.takeFirst();
    const QByteArray name = '_' + QByteArray::number(search->request.port) + "._tcp." + base;
    search->resolver->lookUp(name, Type::Tlsa, [search, number, base](const Answer &answer) {
        MailHost &host = search->hosts[number];
        if (answer.status == Status::Failed || answer.status == Status::Bogus) {
            host.tlsaState = TlsaState::Failed;
            host.why = answer.why;
            return answered(search);
        }
        if (answer.status == Status::Found && answer.authentic) {
            host.tlsaState = TlsaState::Found;
            host.tlsa = answer.raw;
            host.tlsaBase = base;
            return answered(search);
        }
        lookUpTlsa(search, number);
    });
}

// RFC 7672 2.2.2. Addresses come first, so that servers that mishandle TLSA questions are asked none.
void lookUpBases(const SharedSearch &search)
{
    if (!search->authentic)
        return end(search);
    search->waiting = search->hosts.size();
    for (qsizetype i = 0; i < search->hosts.size(); ++i) {
        const QByteArray name = search->hosts.at(i).name;
        Candidate &candidate = search->candidates[i];
        const bool alias = candidate.canonicalName != name && !candidate.canonicalName.isEmpty();
        if (search->hosts.at(i).addresses.isEmpty()) {
            answered(search);
        } else if (candidate.signedAddresses) {
            candidate.bases = alias ? QList<QByteArray>{candidate.canonicalName, name} : QList<QByteArray>{name};
            if (name == search->canonicalDomain && name != search->request.domain) // no MX, and the domain is an alias
                candidate.bases.append(search->request.domain);
            lookUpTlsa(search, i);
        } else if (alias) { // the alias itself may be signed, though what it stands for is not
            search->resolver->lookUp(name, Type::Cname, [search, i, name](const Answer &answer) {
                if (answer.status == Status::Found && answer.authentic)
                    search->candidates[i].bases = {name};
                lookUpTlsa(search, i);
            });
        } else {
            answered(search);
        }
    }
}

void lookUpAddresses(const SharedSearch &search)
{
    search->waiting = search->hosts.size() * 2;
    search->candidates.resize(search->hosts.size());
    const qsizetype count = search->hosts.size();
    for (qsizetype i = 0; i < count; ++i) {
        for (const Type type : {Type::Aaaa, Type::A}) {
            search->resolver->lookUp(search->hosts.at(i).name, type, [search, i, type](const Answer &answer) {
                MailHost &host = search->hosts[i];
                Candidate &candidate = search->candidates[i];
                if (type == Type::Aaaa)
                    host.addresses = answer.addresses + host.addresses;
                else
                    host.addresses += answer.addresses;
                if (answer.status == Status::Found) {
                    candidate.signedAddresses = candidate.signedAddresses && answer.authentic;
                    candidate.canonicalName = answer.canonicalName;
                }
                if (answer.status == Status::Failed || answer.status == Status::Bogus) {
                    search->anyFailed = true;
                    search->why = answer.why;
                }
                if (--search->waiting == 0)
                    lookUpBases(search);
            });
        }
    }
}

QList<MailHost> ordered(const QList<Mx> &records, const std::function<void(QList<MailHost> &)> &shuffle)
{
    std::map<int, QList<MailHost>> byPreference;
    for (const Mx &mx : records) {
        if (!mx.host.isEmpty())
            byPreference[mx.preference].append({.name = mx.host, .addresses = {}, .preference = mx.preference});
    }
    QList<MailHost> hosts;
    for (auto &[preference, group] : byPreference) {
        shuffle(group);
        hosts += group;
    }
    return hosts.first(std::min<qsizetype>(hosts.size(), kMostMailHosts));
}

} // namespace

void findMailHosts(Resolver &resolver, MailHostsRequest request, std::function<void(MailHosts)> found)
{
    auto search = std::make_shared<Search>();
    search->resolver = &resolver;
    search->request = std::move(request);
    search->found = std::move(found);
    resolver.lookUp(search->request.domain, Type::Mx, [search](const Answer &answer) {
        const auto fail = [&search](MailHosts::Problem problem, const QString &why) {
            search->found({.problem = problem, .hosts = {}, .why = why});
        };
        if (answer.status == Status::NoSuchName)
            return fail(MailHosts::Problem::NoSuchDomain, QStringLiteral("there is no such domain"));
        if (answer.status == Status::Failed || answer.status == Status::Bogus)
            return fail(MailHosts::Problem::Temporary, answer.why);
        search->authentic = answer.authentic;
        search->canonicalDomain = answer.canonicalName.isEmpty() ? search->request.domain : answer.canonicalName;
        if (answer.status == Status::NoData) {
            search->hosts = {{.name = search->canonicalDomain, .addresses = {}}};
        } else {
            search->hosts = ordered(answer.mx, search->request.shuffle);
            if (search->hosts.isEmpty())
                return fail(MailHosts::Problem::NullMx, QStringLiteral("the domain takes no mail"));
        }
        lookUpAddresses(search);
    });
}

} // namespace dns
