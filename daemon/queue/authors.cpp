#include "daemon/queue/authors.h"

#include "daemon/store/aliases.h"
#include "shared/base/bytes.h"
#include "shared/base/refusal.h"
#include "shared/mime/address_list.h"

namespace queue {

namespace {

std::unexpected<Error> badHeader(const QString &text) { return refuse("bad-header", text); }

} // namespace

Result<QList<smtp::Address>> readAuthors(const mime::HeaderList &header)
{
    QList<smtp::Address> authors;
    bool any = false;
    for (const mime::HeaderField &field : header.fields()) {
        if (!bytes::equalsIgnoreCase(field.name, "From"))
            continue;
        any = true;
        for (const mime::ListedAddress &listed : mime::parseAddressList(field.value())) {
            if (listed.kind != mime::ListedAddress::Kind::Mailbox)
                continue;
            const smtp::Address said{.localpart = listed.localpart, .domain = listed.domain};
            auto author = smtp::parseAddress(said.toBytes());
            if (!author)
                return badHeader(QStringLiteral("the From field has no address in %1")
                                     .arg(QString::fromUtf8(said.toBytes()).left(100)));
            authors.append(std::move(*author));
        }
    }
    if (any && authors.isEmpty())
        return badHeader(QStringLiteral("the From field names nobody"));
    return authors;
}

QList<QByteArray> authorKeys(QByteArrayView content)
{
    QList<QByteArray> keys;
    const auto authors = readAuthors(mime::HeaderList(content));
    if (!authors)
        return keys;
    for (const smtp::Address &author : *authors)
        keys.append(store::addressKey(author.localpart, author.domain));
    return keys;
}

} // namespace queue
