#include "daemon/queue/signing.h"

#include "daemon/dkim/keys.h"

namespace queue {

Result<Outgoing> sign(db::Database &db, Outgoing outgoing, Timestamp now)
{
    const QByteArrayView content = outgoing.message->content;
    const qsizetype headerBytes = std::min<qsizetype>(outgoing.message->headerBytes, content.size());
    const QByteArray header = outgoing.prefix + content.first(headerBytes).toByteArray();
    const auto fields = dkim::sign(db, header, content.sliced(headerBytes), now);
    if (!fields)
        return std::unexpected(fields.error());
    outgoing.prefix.prepend(*fields);
    return outgoing;
}

} // namespace queue
