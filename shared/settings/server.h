// Settings of the server as a whole. One field() line per setting: JSON, schema, docs and the control app's form derive
// from it. Values only; any thread.
#pragma once

#include "shared/settings/tls.h"

#include <QList>
#include <QStringList>

#include <chrono>

namespace settings {

struct Server
{
    QString hostname; // in greetings, EHLO and Received; empty = not set up yet
    qint64 maxMessageBytes = 100LL * 1024 * 1024;
    int maxRecipients = 1000;
    int maxMessagesPerConnection = 1000;
    bool mendLineFeeds = true;
    int dailyMessages = 1000;        // 0 = no limit
    int dailyNewRecipients = 200;    // 0 = no limit
    qint64 defaultQuotaBytes = 0;    // 0 = no limit
    qint64 defaultQuotaMessages = 0; // 0 = no limit
    int connectionsPerAddress = 30;  // open; thrice and nine times as many from its networks
    int connectionsPerMinute = 300;  // likewise
    bool cramMd5 = false;
    std::chrono::seconds keepTrace = std::chrono::days(90);
    QStringList dnsForwarders; // "192.0.2.1" or "192.0.2.1@5353"
    QString dnsTrustAnchors;
    QList<CertificateFiles> certificates;

    static constexpr auto fields()
    {
        return std::tuple{
            field("hostname", &Server::hostname, "Name of this server, as in its DNS entry and certificate."),
            field("maxMessageBytes", &Server::maxMessageBytes, "Largest message taken, in bytes.", kBytes),
            field("maxRecipients", &Server::maxRecipients, "Most recipients of one message."),
            field("maxMessagesPerConnection", &Server::maxMessagesPerConnection,
                  "Most messages taken over one SMTP connection."),
            field("mendLineFeeds", &Server::mendLineFeeds,
                  "Whether bare line feeds in submitted messages become line ends, as scanners and printers need."),
            field("dailyMessages", &Server::dailyMessages,
                  "Most messages a person may send in 24 hours, one for each recipient; 0: no limit."),
            field("dailyNewRecipients", &Server::dailyNewRecipients,
                  "Most people a person may write to for the first time in 24 hours; 0: no limit."),
            field("defaultQuotaBytes", &Server::defaultQuotaBytes,
                  "Storage a person gets by default, in bytes; 0: no limit.", kBytes),
            field("defaultQuotaMessages", &Server::defaultQuotaMessages,
                  "Messages a person may keep by default; 0: no limit."),
            field("connectionsPerAddress", &Server::connectionsPerAddress,
                  "Most connections from one network address for each of SMTP, submission, IMAP and HTTP; three and "
                  "nine times as many from the networks it is part of."),
            field("connectionsPerMinute", &Server::connectionsPerMinute, "Most new connections in a minute, likewise."),
            field("cramMd5", &Server::cramMd5,
                  "Offer CRAM-MD5, for mail apps that know nothing better; works with passwords set from then on."),
            field("keepTrace", &Server::keepTrace, "How long the trace of a message is kept."),
            field("dnsForwarders", &Server::dnsForwarders,
                  "DNS servers to ask, as ADDRESS or ADDRESS@PORT; empty: those of the system."),
            field("dnsTrustAnchors", &Server::dnsTrustAnchors,
                  "File of DNSSEC trust anchors on the server; empty: the root's."),
            field("certificates", &Server::certificates,
                  "TLS certificates, chosen by the name a client asks for; the host's, if none is here, is made."),
        };
    }
};

} // namespace settings
