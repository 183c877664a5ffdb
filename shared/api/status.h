// Hello, subscriptions, the server's state, its self-check, and sending over the control socket. Values only; any
// thread.
#pragma once

#include "shared/api/method.h"

namespace api {

inline constexpr int kProtocol = 1;

struct HelloParams
{
    QString client;
    QString clientVersion;
    QList<int> protocol = {kProtocol};
    QString locale;
    static constexpr auto fields()
    {
        return std::tuple{
            field("client", &HelloParams::client, "Name of the program that calls."),
            field("clientVersion", &HelloParams::clientVersion, "Its version."),
            field("protocol", &HelloParams::protocol, "Protocol versions it speaks."),
            field("locale", &HelloParams::locale, "Its language, such as en_GB."),
        };
    }
};
struct HelloResult
{
    QString server;
    QString serverVersion;
    int protocol = 0;
    QStringList capabilities; // names of the methods it has
    Role role = Role::Viewer;
    QString instanceId; // another one = the server was restarted
    qint64 configRevision = 0;
    static constexpr auto fields()
    {
        return std::tuple{
            field("server", &HelloResult::server, "Name of the server program."),
            field("serverVersion", &HelloResult::serverVersion, "Its version."),
            field("protocol", &HelloResult::protocol, "Protocol version of this connection."),
            field("capabilities", &HelloResult::capabilities, "Methods the server has."),
            field("role", &HelloResult::role, "What the caller may do."),
            field("instanceId", &HelloResult::instanceId, "Changes when the server restarts."),
            field("configRevision", &HelloResult::configRevision, "Revision of the settings."),
        };
    }
};

// Topics: status, accounts, domains, aliases, queue, settings, devices, quota.
struct SubscribeParams
{
    QStringList topics;
    static constexpr auto fields()
    {
        return std::tuple{field("topics", &SubscribeParams::topics,
                                "status, accounts, domains, aliases, queue, settings, devices, quota.", kRequired)};
    }
};
struct Snapshot
{
    QString topic;
    qint64 rev = 0;
    QJsonArray items; // each {"id": text, "value": the record}
    static constexpr auto fields()
    {
        return std::tuple{field("topic", &Snapshot::topic, "Topic."),
                          field("rev", &Snapshot::rev, "Revision of the topic."),
                          field("items", &Snapshot::items, "Everything in it now, as {id, value}.")};
    }
};
struct SubscribeResult
{
    QList<Snapshot> snapshots;
    static constexpr auto fields()
    {
        return std::tuple{field("snapshots", &SubscribeResult::snapshots, "One per topic.")};
    }
};

enum class OpKind
{
    Upsert,
    Remove,
};
constexpr auto enumNames(OpKind)
{
    return std::array{EnumName{OpKind::Upsert, "upsert"}, EnumName{OpKind::Remove, "remove"}};
}
struct Op
{
    OpKind op = OpKind::Upsert;
    QString id;
    QJsonObject value; // of an upsert: the whole record
    static constexpr auto fields()
    {
        return std::tuple{field("op", &Op::op, "What to do."), field("id", &Op::id, "Which record."),
                          field("value", &Op::value, "The record as it is now.")};
    }
};
// The parameters of the notification "event". rev counts by one; a gap means: subscribe again.
struct TopicEvent
{
    QString topic;
    qint64 rev = 0;
    QList<Op> ops;
    static constexpr auto fields()
    {
        return std::tuple{field("topic", &TopicEvent::topic, "Topic."),
                          field("rev", &TopicEvent::rev, "Revision after it."),
                          field("ops", &TopicEvent::ops, "What changed.")};
    }
};

struct Connections
{
    qint64 smtp = 0;
    qint64 submission = 0;
    qint64 imap = 0;
    qint64 http = 0;
    qint64 control = 0;
    static constexpr auto fields()
    {
        return std::tuple{
            field("smtp", &Connections::smtp, "Servers that bring mail."),
            field("submission", &Connections::submission, "People sending."),
            field("imap", &Connections::imap, "People reading."),
            field("http", &Connections::http, "Web requests."),
            field("control", &Connections::control, "Control apps."),
        };
    }
};
struct FlowHour
{
    Timestamp at; // start of the hour
    qint64 received = 0;
    qint64 sent = 0;
    qint64 junk = 0;
    qint64 failed = 0;
    static constexpr auto fields()
    {
        return std::tuple{field("at", &FlowHour::at, "Start of the hour."),
                          field("received", &FlowHour::received, "Messages received."),
                          field("sent", &FlowHour::sent, "Messages sent."),
                          field("junk", &FlowHour::junk, "Messages taken for junk."),
                          field("failed", &FlowHour::failed, "Messages that failed.")};
    }
};
struct ListenerStatus
{
    QString name;
    QString kind;
    QString address;
    int port = 0;
    bool open = false;
    QString problem; // why it is not open
    static constexpr auto fields()
    {
        return std::tuple{
            field("name", &ListenerStatus::name, "Name.", kKey),
            field("kind", &ListenerStatus::kind, "What it speaks."),
            field("address", &ListenerStatus::address, "Network address."),
            field("port", &ListenerStatus::port, "TCP port."),
            field("open", &ListenerStatus::open, "Whether it is open."),
            field("problem", &ListenerStatus::problem, "Why it is not."),
        };
    }
};
struct CertificateStatus
{
    QString name; // empty = the host's
    QStringList hosts;
    Timestamp until;
    bool own = false;
    QString problem;
    static constexpr auto fields()
    {
        return std::tuple{
            field("name", &CertificateStatus::name, "Name in the settings; empty: the host's.", kKey),
            field("hosts", &CertificateStatus::hosts, "Host names and addresses it is for."),
            field("until", &CertificateStatus::until, "When it ends."),
            field("own", &CertificateStatus::own,
                  "Made by this server: others do not trust it, and it is renewed by itself."),
            field("problem", &CertificateStatus::problem, "Why it cannot be used; an earlier one may be in use."),
        };
    }
};
struct Status
{
    QString version;
    qint64 uptimeSeconds = 0;
    QString hostname;   // empty = not set up yet
    bool local = false; // a playground: nothing leaves the machine
    qint64 accounts = 0;
    qint64 messages = 0;
    qint64 storageBytes = 0;
    qint64 queueWaiting = 0;
    qint64 queueHeld = 0;
    qint64 receivedToday = 0;
    qint64 sentToday = 0;
    Connections connections;
    QList<FlowHour> flow; // 24 hours, oldest first
    QList<ListenerStatus> listeners;
    QList<CertificateStatus> certificates; // of TLS; the host's first
    qint64 handshakes = 0;                 // incoming TLS, the failed ones too, in the last 24 hours
    qint64 failedHandshakes = 0;
    qint64 unhandledErrors = 0;
    static constexpr auto fields()
    {
        return std::tuple{
            field("version", &Status::version, "Version of the server."),
            field("uptimeSeconds", &Status::uptimeSeconds, "Seconds since it started."),
            field("hostname", &Status::hostname, "Name of the server; empty: not set up yet."),
            field("local", &Status::local, "Whether this is a private playground."),
            field("accounts", &Status::accounts, "People."),
            field("messages", &Status::messages, "Messages kept."),
            field("storageBytes", &Status::storageBytes, "Storage used.", kBytes),
            field("queueWaiting", &Status::queueWaiting, "Outgoing messages that wait."),
            field("queueHeld", &Status::queueHeld, "Outgoing messages on hold."),
            field("receivedToday", &Status::receivedToday, "Messages received today."),
            field("sentToday", &Status::sentToday, "Messages sent today."),
            field("connections", &Status::connections, "Open connections."),
            field("flow", &Status::flow, "Last 24 hours."),
            field("listeners", &Status::listeners, "Ports."),
            field("certificates", &Status::certificates, "TLS certificates."),
            field("handshakes", &Status::handshakes, "TLS handshakes of incoming connections in the last 24 hours."),
            field("failedHandshakes", &Status::failedHandshakes, "Those of them that failed."),
            field("unhandledErrors", &Status::unhandledErrors, "Errors of the server itself; should be 0."),
        };
    }
};

struct VerifyProblem
{
    QString what;
    QString where;
    static constexpr auto fields()
    {
        return std::tuple{field("what", &VerifyProblem::what, "What is wrong.", kKey),
                          field("where", &VerifyProblem::where, "Where.")};
    }
};
struct VerifyResult
{
    bool ok = false;
    qint64 checked = 0;
    QList<VerifyProblem> problems;
    static constexpr auto fields()
    {
        return std::tuple{field("ok", &VerifyResult::ok, "Whether everything is in order."),
                          field("checked", &VerifyResult::checked, "Records checked."),
                          field("problems", &VerifyResult::problems, "What is wrong.")};
    }
};

struct MailSendParams
{
    QString from;
    QStringList recipients;
    QString message; // base64, as sent: header and body with CRLF
    static constexpr auto fields()
    {
        return std::tuple{field("from", &MailSendParams::from, "Sender address; empty: the caller's."),
                          field("recipients", &MailSendParams::recipients, "Recipient addresses.", kRequired | kKey),
                          field("message", &MailSendParams::message, "The message in base64.", kRequired)};
    }
};
struct MailSendResult
{
    QString key;          // for trace.find
    QList<qint64> queued; // numbers in the queue
    static constexpr auto fields()
    {
        return std::tuple{field("key", &MailSendResult::key, "Key for the trace."),
                          field("queued", &MailSendResult::queued, "Numbers in the queue.")};
    }
};

inline constexpr Method<HelloParams, HelloResult> kHello{"hello", "Say who is calling; must be the first call.",
                                                         Role::Viewer};
inline constexpr Method<SubscribeParams, SubscribeResult> kSubscribe{
    "subscribe", "Get everything of some topics, then every change.", Role::Viewer};
inline constexpr Method<None, Status> kStatusGet{"status.get", "Show how the server is doing.", Role::Viewer, "status",
                                                 ""};
inline constexpr Method<None, VerifyResult> kVerifyRun{"verify.run", "Check that the stored data is consistent.",
                                                       Role::Admin, "verify", ""};
inline constexpr Method<MailSendParams, MailSendResult> kMailSend{
    "mail.send", "Send a message.", Role::Self, "sendmail", "", true, "queue"};

} // namespace api
