#include "shared/settings/validate.h"

#include "shared/base/cursor.h"
#include "shared/base/ip.h"

#include <QSet>

namespace settings {

namespace {

constexpr qsizetype kLongestName = 253; // RFC 1035 2.3.4, without the final dot
constexpr qsizetype kLongestLabel = 63;
constexpr qsizetype kLongestLocalpart = 64;         // RFC 5321 4.5.3.1.1
constexpr qint64 kSmallestMessageBytes = 64 * 1024; // RFC 5321 4.5.3.1.7
constexpr qint64 kLargestMessageBytes = 2'000'000'000;
constexpr int kLeastRecipients = 100; // RFC 5321 4.5.3.1.8
constexpr int kMostRecipients = 10'000;
constexpr int kMostConnections = 100'000; // from one address
constexpr auto kShortestRetry = std::chrono::seconds(1);
constexpr auto kLongestRetry = std::chrono::days(2); // between two attempts
constexpr auto kLongestQueued = std::chrono::days(60);
constexpr auto kLongestKeepSent = std::chrono::days(3650);
constexpr int kMostOutgoing = 1000; // deliveries at the same time
constexpr qint64 kMostDaily = 1'000'000;
constexpr auto kShortestTrace = std::chrono::days(1);
constexpr qsizetype kMostForwarders = 16;
constexpr qsizetype kMostListeners = 100;
constexpr qsizetype kMostMembers = 1000; // of an alias
constexpr qsizetype kLongestListenerName = 64;
constexpr qsizetype kLongestPersonName = 200;
constexpr qsizetype kMostUniqueSenders = 100; // sign-in names of an account
constexpr int kLargestPort = 65'535;

std::unexpected<Error> wrong(const QString &path, const QString &text, const QString &hint = {})
{
    return failure({.kind = ErrorKind::Syntax,
                    .text = text,
                    .publicText = text,
                    .code = QStringLiteral("invalid-setting"),
                    .hint = hint,
                    .path = path});
}

bool isLabel(QStringView label)
{
    if (label.isEmpty() || label.toUtf8().size() > kLongestLabel || label.startsWith(u'-') || label.endsWith(u'-'))
        return false;
    return std::ranges::all_of(
        label, [](QChar c) { return c.unicode() >= 0x80 || c.isLetterOrNumber() || c == u'-' || c == u'_'; });
}

bool isLocalpart(QStringView localpart)
{
    // atext and dots, RFC 5322 3.2.3; other UTF-8 by RFC 6531 3.3. Quoted localparts are not made by people.
    static constexpr QStringView kSpecials = u"!#$%&'*+-/=?^_`{|}~.";
    if (localpart.isEmpty() || localpart.toUtf8().size() > kLongestLocalpart || localpart.startsWith(u'.') ||
        localpart.endsWith(u'.') || localpart.contains(u".."))
        return false;
    return std::ranges::all_of(localpart, [](QChar c) {
        return c.unicode() >= 0xa0 || (c.unicode() < 0x80 && (c.isLetterOrNumber() || kSpecials.contains(c)));
    });
}

Result<void> validateTlsOf(const Listener &listener, const QString &path)
{
    const bool implicitKind = listener.kind == ListenerKind::Submissions || listener.kind == ListenerKind::Imaps ||
                              listener.kind == ListenerKind::Https;
    if (implicitKind && listener.tls != TlsMode::Implicit)
        return wrong(path + QStringLiteral("/tls"), QStringLiteral("must be implicit for this kind"));
    const bool plainKind = listener.kind == ListenerKind::Http || listener.kind == ListenerKind::Metrics;
    if (plainKind && listener.tls != TlsMode::None)
        return wrong(path + QStringLiteral("/tls"), QStringLiteral("must be none for this kind"),
                     QStringLiteral("use kind https"));
    if (!implicitKind && listener.tls == TlsMode::Implicit)
        return wrong(path + QStringLiteral("/tls"), QStringLiteral("must be starttls or none for this kind"),
                     QStringLiteral("use kind submissions or imaps"));
    return {};
}

Result<void> validateDkim(const Domain &domain, const QString &path)
{
    QSet<QString> seen;
    for (const DkimSelector &each : domain.dkim.value_or(QList<DkimSelector>())) {
        if (!isLabel(each.selector) || each.selector != each.selector.toLower())
            return wrong(path, QStringLiteral("has a selector that is not a label in lower case"));
        if (seen.contains(each.selector))
            return wrong(path, QStringLiteral("has a selector twice"));
        seen.insert(each.selector);
    }
    return {};
}

Result<void> validateAlias(const Alias &alias, const QSet<QString> &accounts, const QString &path)
{
    if (alias.members.isEmpty())
        return wrong(path + QStringLiteral("/members"), QStringLiteral("must name at least one account"));
    if (alias.members.size() > kMostMembers)
        return wrong(path + QStringLiteral("/members"), QStringLiteral("must not name more than %1").arg(kMostMembers));
    QSet<QString> seen;
    for (qsizetype i = 0; i < alias.members.size(); ++i) {
        const QString member = alias.members.at(i).toCaseFolded();
        const QString place = path + QStringLiteral("/members/%1").arg(i);
        if (!accounts.contains(member))
            return wrong(place, QStringLiteral("is not the address of an account"),
                         QStringLiteral("members must be accounts, not aliases"));
        if (seen.contains(member))
            return wrong(place, QStringLiteral("is named twice"));
        seen.insert(member);
    }
    if (alias.post == AliasPost::Senders && alias.senders.isEmpty())
        return wrong(path + QStringLiteral("/senders"), QStringLiteral("must name who may write to it"),
                     QStringLiteral("or choose \"members\" for post"));
    for (qsizetype i = 0; i < alias.senders.size(); ++i) {
        if (auto done = validateAddress(alias.senders.at(i), path + QStringLiteral("/senders/%1").arg(i)); !done)
            return done;
    }
    return {};
}

Result<void> validateNew(const QString &address, const QSet<QString> &domains, QSet<QString> &taken,
                         const QString &path)
{
    if (auto done = validateAddress(address, path); !done)
        return done;
    if (!domains.contains(domainOf(address).toCaseFolded()))
        return wrong(path, QStringLiteral("is in a domain that is not listed"), QStringLiteral("add the domain first"));
    if (taken.contains(address.toCaseFolded()))
        return wrong(path, QStringLiteral("is in use already"));
    taken.insert(address.toCaseFolded());
    return {};
}

Result<void> expectBetween(std::chrono::seconds value, std::chrono::seconds least, std::chrono::seconds most,
                           const QString &path)
{
    if (value < least || value > most)
        return wrong(path, QStringLiteral("must be between %1 and %2").arg(toText(least), toText(most)));
    return {};
}

Result<void> expectBetween(int value, int least, int most, const QString &path)
{
    if (value < least || value > most)
        return wrong(path, QStringLiteral("must be between %1 and %2").arg(least).arg(most));
    return {};
}

// When outgoing mail is tried, and by how many connections.
Result<void> validateSending(const Server &server, const QString &path)
{
    struct Time
    {
        const char *name;
        std::chrono::seconds value, least, most;
    };
    const std::array times = {
        Time{"/retryAfter", server.retryAfter, kShortestRetry, kLongestRetry},
        Time{"/retryAtLeastEvery", server.retryAtLeastEvery, server.retryAfter, kLongestRetry},
        Time{"/giveUpAfter", server.giveUpAfter, server.retryAfter, kLongestQueued},
        Time{"/tellDelayAfter", server.tellDelayAfter, kShortestRetry, kLongestQueued},
    };
    for (const Time &each : times) {
        if (auto done = expectBetween(each.value, each.least, each.most, path + QLatin1StringView(each.name)); !done)
            return done;
    }
    struct Number
    {
        const char *name;
        int value, most;
    };
    const std::array numbers = {
        Number{"/outgoingConnections", server.outgoingConnections, kMostOutgoing},
        Number{"/connectionsPerDestination", server.connectionsPerDestination, server.outgoingConnections},
        Number{"/connectionsToNewDestination", server.connectionsToNewDestination, server.connectionsPerDestination},
        Number{"/connectionsAfterFailure", server.connectionsAfterFailure, server.connectionsPerDestination},
    };
    for (const Number &each : numbers) {
        if (auto done = expectBetween(each.value, 1, each.most, path + QLatin1StringView(each.name)); !done)
            return done;
    }
    return {};
}

Result<void> validateCertificates(const QList<CertificateFiles> &certificates, const QString &path)
{
    QSet<QString> names;
    for (qsizetype i = 0; i < certificates.size(); ++i) {
        const CertificateFiles &each = certificates.at(i);
        const QString place = path + QStringLiteral("/%1").arg(i);
        if (each.name.isEmpty())
            return wrong(place + QStringLiteral("/name"), QStringLiteral("must not be empty"));
        if (names.contains(each.name))
            return wrong(place + QStringLiteral("/name"), QStringLiteral("is in use already"));
        names.insert(each.name);
        if (!each.certificateFile.startsWith(u'/'))
            return wrong(place + QStringLiteral("/certificateFile"), QStringLiteral("must be a path from the root"));
        if (!each.keyFile.startsWith(u'/'))
            return wrong(place + QStringLiteral("/keyFile"), QStringLiteral("must be a path from the root"));
    }
    return {};
}

Result<void> validateListeners(const QList<Listener> &listeners, const QList<CertificateFiles> &certificates)
{
    if (listeners.size() > kMostListeners)
        return wrong(QStringLiteral("/listeners"), QStringLiteral("must not be more than %1").arg(kMostListeners));
    QSet<QString> names;
    QSet<QString> known;
    for (const CertificateFiles &each : certificates)
        known.insert(each.name);
    QSet<QString> places;
    for (qsizetype i = 0; i < listeners.size(); ++i) {
        const Listener &listener = listeners.at(i);
        const QString path = QStringLiteral("/listeners/%1").arg(i);
        if (auto done = validate(listener, path); !done)
            return done;
        if (names.contains(listener.name))
            return wrong(path + QStringLiteral("/name"), QStringLiteral("is in use already"));
        names.insert(listener.name);
        if (!QSet<QString>(listener.certificates.begin(), listener.certificates.end()).subtract(known).isEmpty())
            return wrong(path + QStringLiteral("/certificates"),
                         QStringLiteral("names a certificate that is not in the server's settings"));
        const QString place = QStringLiteral("%1 %2").arg(listener.address).arg(listener.port);
        if (listener.enabled && places.contains(place))
            return wrong(path + QStringLiteral("/port"), QStringLiteral("is in use by another listener"));
        if (listener.enabled)
            places.insert(place);
    }
    return {};
}

Result<void> validateForwarders(const QStringList &forwarders, const QString &path)
{
    if (forwarders.size() > kMostForwarders)
        return wrong(path, QStringLiteral("must not be more than %1").arg(kMostForwarders));
    for (qsizetype i = 0; i < forwarders.size(); ++i) {
        const QList<QByteArray> parts = forwarders.at(i).toUtf8().split('@');
        if (!IpAddress::parse(parts.first()) || parts.size() > 2 ||
            (parts.size() == 2 && !parseNumber(parts.at(1), 1, kLargestPort)))
            return wrong(path + QStringLiteral("/%1").arg(i), QStringLiteral("is not ADDRESS or ADDRESS@PORT"));
    }
    return {};
}

} // namespace

QString domainOf(const QString &address) { return address.mid(address.lastIndexOf(u'@') + 1); }

Result<void> validateHostname(const QString &name, const QString &path)
{
    if (name.isEmpty())
        return wrong(path, QStringLiteral("must not be empty"));
    if (name.toUtf8().size() > kLongestName)
        return wrong(path, QStringLiteral("is longer than a domain name can be"));
    for (const QStringView label : QStringView(name).split(u'.')) {
        if (!isLabel(label))
            return wrong(path, QStringLiteral("is not a domain name"),
                         QStringLiteral("letters, digits, hyphens and dots, such as example.org"));
    }
    return {};
}

Result<void> validateAddress(const QString &address, const QString &path)
{
    const qsizetype at = address.lastIndexOf(u'@');
    if (at < 0)
        return wrong(path, QStringLiteral("is not an address"), QStringLiteral("write it as name@example.org"));
    if (!isLocalpart(QStringView(address).left(at)))
        return wrong(path, QStringLiteral("has characters before the @ that can't be there"));
    return validateHostname(domainOf(address), path);
}

Result<void> validatePersonName(const QString &name, const QString &path)
{
    if (name.size() > kLongestPersonName)
        return wrong(path, QStringLiteral("is longer than %1 characters").arg(kLongestPersonName));
    return {};
}

Result<void> validateSending(const Account &account, const QString &path)
{
    if (auto done = expectBetween(account.keepSent, std::chrono::seconds(0), kLongestKeepSent,
                                  path + QStringLiteral("/keepSent"));
        !done)
        return done;
    if (account.uniqueSenders.size() > kMostUniqueSenders)
        return wrong(path + QStringLiteral("/uniqueSenders"),
                     QStringLiteral("must not be more than %1").arg(kMostUniqueSenders));
    const QString own = account.address.toCaseFolded();
    for (qsizetype i = 0; i < account.uniqueSenders.size(); ++i) {
        const QString name = account.uniqueSenders.at(i).toCaseFolded();
        if (name != own)
            return wrong(path + QStringLiteral("/uniqueSenders/%1").arg(i),
                         QStringLiteral("must be the account's address"));
    }
    return {};
}

Result<void> validateDailyLimit(qint64 limit, const QString &path)
{
    if (limit < -1 || limit > kMostDaily)
        return wrong(path, QStringLiteral("must be between -1 and %1").arg(kMostDaily),
                     QStringLiteral("-1: as the server's settings say; 0: no limit"));
    return {};
}

namespace {

Result<void> validateAccount(const Account &account, const QString &path)
{
    if (auto done = validatePersonName(account.name, path + QStringLiteral("/name")); !done)
        return done;
    if (account.quotaBytes < 0)
        return wrong(path + QStringLiteral("/quotaBytes"), QStringLiteral("must not be negative"));
    if (account.quotaMessages < 0)
        return wrong(path + QStringLiteral("/quotaMessages"), QStringLiteral("must not be negative"));
    if (auto done = validateDailyLimit(account.dailyMessages, path + QStringLiteral("/dailyMessages")); !done)
        return done;
    return validateDailyLimit(account.dailyNewRecipients, path + QStringLiteral("/dailyNewRecipients"));
}

} // namespace

Result<void> validate(const Server &server, const QString &path)
{
    if (!server.hostname.isEmpty()) {
        if (auto done = validateHostname(server.hostname, path + QStringLiteral("/hostname")); !done)
            return done;
    }
    if (server.maxMessageBytes < kSmallestMessageBytes || server.maxMessageBytes > kLargestMessageBytes)
        return wrong(path + QStringLiteral("/maxMessageBytes"), QStringLiteral("must be between 64 KiB and 2 GB"));
    if (server.maxMessagesPerConnection < 1)
        return wrong(path + QStringLiteral("/maxMessagesPerConnection"), QStringLiteral("must be at least 1"));
    if (server.dailyMessages < 0)
        return wrong(path + QStringLiteral("/dailyMessages"), QStringLiteral("must not be negative"));
    if (server.dailyNewRecipients < 0)
        return wrong(path + QStringLiteral("/dailyNewRecipients"), QStringLiteral("must not be negative"));
    if (server.maxRecipients < kLeastRecipients || server.maxRecipients > kMostRecipients)
        return wrong(path + QStringLiteral("/maxRecipients"),
                     QStringLiteral("must be between %1 and %2").arg(kLeastRecipients).arg(kMostRecipients));
    if (server.defaultQuotaBytes < 0)
        return wrong(path + QStringLiteral("/defaultQuotaBytes"), QStringLiteral("must not be negative"));
    if (server.defaultQuotaMessages < 0)
        return wrong(path + QStringLiteral("/defaultQuotaMessages"), QStringLiteral("must not be negative"));
    if (server.connectionsPerAddress < 1 || server.connectionsPerAddress > kMostConnections)
        return wrong(path + QStringLiteral("/connectionsPerAddress"),
                     QStringLiteral("must be between 1 and %1").arg(kMostConnections));
    if (auto done = validateSending(server, path); !done)
        return done;
    if (server.connectionsPerMinute < 1 || server.connectionsPerMinute > kMostConnections)
        return wrong(path + QStringLiteral("/connectionsPerMinute"),
                     QStringLiteral("must be between 1 and %1").arg(kMostConnections));
    if (server.keepTrace < kShortestTrace)
        return wrong(path + QStringLiteral("/keepTrace"), QStringLiteral("must be at least a day"));
    if (auto done = validateForwarders(server.dnsForwarders, path + QStringLiteral("/dnsForwarders")); !done)
        return done;
    return validateCertificates(server.certificates, path + QStringLiteral("/certificates"));
}

Result<void> validate(const Listener &listener, const QString &path)
{
    if (listener.name.isEmpty())
        return wrong(path + QStringLiteral("/name"), QStringLiteral("must not be empty"));
    if (listener.name.size() > kLongestListenerName)
        return wrong(path + QStringLiteral("/name"),
                     QStringLiteral("is longer than %1 characters").arg(kLongestListenerName));
    if (listener.port < 1 || listener.port > kLargestPort)
        return wrong(path + QStringLiteral("/port"), QStringLiteral("must be between 1 and %1").arg(kLargestPort));
    if (!listener.address.isEmpty() && !IpAddress::parse(listener.address.toUtf8()))
        return wrong(path + QStringLiteral("/address"), QStringLiteral("is not an IP address"),
                     QStringLiteral("leave it empty for all addresses"));
    if (listener.mailOnHttps && listener.kind != ListenerKind::Https)
        return wrong(path + QStringLiteral("/mailOnHttps"), QStringLiteral("is only for kind https"));
    return validateTlsOf(listener, path);
}

Result<void> validate(const Document &document)
{
    if (auto done = validate(document.server, QStringLiteral("/server")); !done)
        return done;
    if (auto done = validateListeners(document.listeners, document.server.certificates); !done)
        return done;
    QSet<QString> domains;
    for (qsizetype i = 0; i < document.domains.size(); ++i) {
        const QString path = QStringLiteral("/domains/%1/name").arg(i);
        const QString name = document.domains.at(i).name;
        if (auto done = validateHostname(name, path); !done)
            return done;
        if (domains.contains(name.toCaseFolded()))
            return wrong(path, QStringLiteral("is named twice"));
        domains.insert(name.toCaseFolded());
        if (auto done = validateDkim(document.domains.at(i), QStringLiteral("/domains/%1/dkim").arg(i)); !done)
            return done;
    }
    QSet<QString> taken;
    for (qsizetype i = 0; i < document.accounts.size(); ++i) {
        const QString path = QStringLiteral("/accounts/%1").arg(i);
        if (auto done = validateNew(document.accounts.at(i).address, domains, taken, path + QStringLiteral("/address"));
            !done)
            return done;
        if (auto done = validateAccount(document.accounts.at(i), path); !done)
            return done;
        if (auto done = validateSending(document.accounts.at(i), path); !done)
            return done;
    }
    const QSet<QString> accounts = taken;
    for (qsizetype i = 0; i < document.aliases.size(); ++i) {
        const QString path = QStringLiteral("/aliases/%1").arg(i);
        if (auto done = validateNew(document.aliases.at(i).address, domains, taken, path + QStringLiteral("/address"));
            !done)
            return done;
        if (auto done = validateAlias(document.aliases.at(i), accounts, path); !done)
            return done;
    }
    return {};
}

} // namespace settings
