#include "daemon/dkim/keys.h"

#include "shared/base/bytes.h"
#include "shared/base/cursor.h"
#include "shared/mailauth/dkim_sign.h"
#include "shared/mime/address_list.h"
#include "shared/mime/header_list.h"
#include "shared/smtp/address.h"

namespace dkim {

namespace {

// The domain of the one author; empty if there is none or several fields (RFC 5322 3.6.2 allows one).
QByteArray authorDomain(QByteArrayView header)
{
    QByteArray domain;
    int fields = 0;
    const mime::HeaderList list(header);
    for (const mime::HeaderField &field : list.fields()) {
        if (!bytes::equalsIgnoreCase(field.name, "From"))
            continue;
        ++fields;
        for (const mime::ListedAddress &address : mime::parseAddressList(field.value())) {
            if (address.kind != mime::ListedAddress::Kind::Mailbox)
                continue;
            Cursor in{QByteArrayView(address.domain)};
            domain = smtp::readDomain(in); // the first author decides, RFC 6376 5.4
            break;
        }
    }
    return fields == 1 ? domain : QByteArray();
}

Result<QList<mailauth::DkimKey>> activeKeys(db::Database &db, const QByteArray &domain)
{
    QList<mailauth::DkimKey> keys;
    auto rows = db.query("select selector, key_pem from dkim_keys where domain = ?1 and state = 'active' "
                         "order by selector",
                         QString::fromUtf8(domain));
    while (rows.next())
        keys.append({.domain = domain, .selector = rows.text(0).toUtf8(), .keyPem = rows.text(1).toUtf8()});
    if (rows.failed())
        return std::unexpected(rows.error());
    return keys;
}

} // namespace

Result<QByteArray> sign(db::Database &db, QByteArrayView header, QByteArrayView body, Timestamp now)
{
    // A parent's signature is aligned too, unless the domain asks for strictness: RFC 7489 3.1.1.
    for (QByteArray domain = authorDomain(header); !domain.isEmpty();) {
        const auto keys = activeKeys(db, domain);
        if (!keys)
            return std::unexpected(keys.error());
        if (!keys->isEmpty())
            return mailauth::signDkim(header, body, *keys, now);
        const qsizetype dot = domain.indexOf('.');
        domain = dot < 0 ? QByteArray() : domain.sliced(dot + 1);
    }
    return QByteArray();
}

} // namespace dkim
