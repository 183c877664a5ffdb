// DNS as the mail protocols need it: questions by name and type, and what the answer means. Names are ASCII (A-labels),
// lower case, without the final dot. Values and an interface; any thread.
#pragma once

#include "shared/base/ip.h"

#include <QByteArray>
#include <QList>

#include <functional>

namespace dns {

enum class Type
{
    A = 1, // RFC 1035 3.2.2
    Cname = 5,
    Ptr = 12,
    Mx = 15,
    Txt = 16,
    Aaaa = 28, // RFC 3596
    Tlsa = 52, // RFC 6698
};

struct Mx
{
    int preference = 0;
    QByteArray host; // empty = the root: no mail here (RFC 7505)
};

enum class Status
{
    Found,
    NoData, // the name exists, without this type
    NoSuchName,
    Failed, // server failure, timeout: worth another try
    Bogus,  // DNSSEC validation failed
};

struct Answer
{
    Status status = Status::Failed;
    bool authentic = false;     // validated with DNSSEC
    QByteArray canonicalName;   // after following CNAMEs
    QList<Mx> mx;               // as answered, not sorted
    QList<IpAddress> addresses; // A, AAAA
    QList<QByteArray> texts;    // TXT (joined strings), CNAME, PTR
    QList<QByteArray> raw;      // TLSA: as on the wire
    QString why;                // of Failed and Bogus
};

class Resolver
{
public:
    virtual ~Resolver() = default;
    // Answers once, on any thread, maybe before it returns; one answer at a time, so that what collects them needs no
    // lock. After the resolver is gone nothing more comes.
    virtual void lookUp(const QByteArray &name, Type type, std::function<void(Answer)> answered) = 0;
};

} // namespace dns
