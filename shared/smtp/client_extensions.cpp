#include "shared/smtp/client_extensions.h"

#include "shared/base/bytes.h"
#include "shared/base/cursor.h"

namespace smtp {

namespace {

constexpr qsizetype kMostMechanisms = 50;
constexpr qsizetype kMostBelieved = 1'000'000; // of a limit

QList<QByteArray> words(QByteArrayView text)
{
    QList<QByteArray> list;
    for (const QByteArray &word : text.toByteArray().split(' ')) {
        if (!word.isEmpty())
            list.append(bytes::toUpper(word));
    }
    return list;
}

void takeMechanisms(Extensions &offered, const QList<QByteArray> &names)
{
    for (const QByteArray &name : names) {
        if (!offered.mechanisms.contains(name) && offered.mechanisms.size() < kMostMechanisms)
            offered.mechanisms.append(name);
    }
}

void takeLimits(Extensions &offered, const QList<QByteArray> &limits)
{
    for (const QByteArray &limit : limits) {
        const qsizetype equals = limit.indexOf('=');
        const auto number = parseNumber(QByteArrayView(limit).sliced(equals + 1), 1, kMostBelieved);
        const QByteArray name = limit.first(std::max<qsizetype>(equals, 0));
        if (!number)
            continue;
        const auto most = static_cast<qsizetype>(*number);
        if (name == "RCPTMAX")
            offered.mostRecipients = most;
        else if (name == "MAILMAX")
            offered.mostMessages = most;
        else if (name == "RCPTDOMAINMAX")
            offered.mostDomains = most;
    }
}

} // namespace

// ehlo-line = ehlo-keyword *( SP ehlo-param )     RFC 5321 4.1.1.1; the first line is the greeting
Extensions parseExtensions(const Reply &reply)
{
    Extensions offered;
    for (const QByteArray &line : reply.lines.mid(1)) {
        if (line.size() > 5 && bytes::startsWithIgnoreCase(line, "AUTH=")) { // the form of old servers
            takeMechanisms(offered, words(QByteArrayView(line).sliced(5)));
            continue;
        }
        QList<QByteArray> all = words(line);
        if (all.isEmpty())
            continue;
        const QByteArray keyword = all.takeFirst();
        if (keyword == "PIPELINING")
            offered.pipelining = true;
        else if (keyword == "8BITMIME")
            offered.eightBitMime = true;
        else if (keyword == "SMTPUTF8")
            offered.smtpUtf8 = true;
        else if (keyword == "STARTTLS")
            offered.startTls = true;
        else if (keyword == "DSN")
            offered.deliveryStatus = true;
        else if (keyword == "REQUIRETLS")
            offered.requireTls = true;
        else if (keyword == "SIZE")
            offered.mostBytes = static_cast<qint64>(
                all.isEmpty() ? 0 : parseNumber(all.first(), 0, std::numeric_limits<qint64>::max()).value_or(0));
        else if (keyword == "AUTH")
            takeMechanisms(offered, all);
        else if (keyword == "LIMITS")
            takeLimits(offered, all);
    }
    return offered;
}

} // namespace smtp
