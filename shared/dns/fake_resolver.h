// A resolver that answers from a table: the zone file of local mode, and tests. The file is JSON: names to types to
// values,
//   {"example.org": {"MX": ["10 mx.example.org"], "TXT": ["v=spf1 a -all"]}, "mx.example.org": {"A": ["127.0.0.1"],
//   "AAAA": ["::1"]},
//    "www.example.org": {"CNAME": ["mx.example.org"]}, "slow.example.org": {"FAIL": ["timeout"]}}
// "*.example.org" stands for every name below that is not in the table (RFC 4592). Filled before use, then read by any
// thread.
#pragma once

#include "shared/base/result.h"
#include "shared/dns/resolver.h"

#include <QHash>

namespace dns {

class FakeResolver final : public Resolver
{
public:
    // Errors carry the JSON pointer of the record that is wrong.
    [[nodiscard]] static Result<FakeResolver> fromJson(QByteArrayView text);

    Result<void> add(const QByteArray &name, const QByteArray &type, const QByteArray &value);
    void lookUp(const QByteArray &name, Type type, std::function<void(Answer)> answered) override;

private:
    struct Records
    {
        QList<Mx> mx;
        QList<IpAddress> v4;
        QList<IpAddress> v6;
        QList<QByteArray> txt;
        QByteArray cname;
        QList<QByteArray> ptr;
        QList<QByteArray> tlsa;
        QString failure;
        bool secure = false;
    };
    [[nodiscard]] const Records *find(const QByteArray &name) const;
    [[nodiscard]] bool isSecure(const QByteArray &name) const; // it or what is above it
    [[nodiscard]] bool isAbove(const QByteArray &name) const;  // an empty non-terminal, RFC 8020

    QHash<QByteArray, Records> m_names;
};

} // namespace dns
