// GETQUOTA and GETQUOTAROOT (RFC 9208): an account is one quota root, named "". Limits are the administrator's.
#include "daemon/imap/session.h"
#include "daemon/imap/table.h"
#include "shared/imap/response.h"
#include "shared/imap/syntax.h"

namespace imap {

// getquota = "GETQUOTA" SP quota-root-name
void Session::getQuota(Cursor &in)
{
    in.expect(' ');
    const QByteArray root = readAString(in);
    if (!finished(in))
        return;
    if (!root.isEmpty())
        return no("[NONEXISTENT] there is no such quota root");
    tellQuota({});
}

// getquotaroot = "GETQUOTAROOT" SP mailbox     The mailbox need not exist, RFC 9208 4.1.2.
void Session::getQuotaRoot(Cursor &in)
{
    in.expect(' ');
    const QString name = readMailboxName(in);
    if (!finished(in))
        return;
    QByteArray line = "* QUOTAROOT ";
    appendName(line, name);
    tellQuota(line + " \"\"\r\n");
}

// quota-response = "QUOTA" SP quota-root-name SP quota-list     Only resources that have a limit, RFC 9208 4.2.1.
void Session::tellQuota(const QByteArray &before)
{
    auto usage = std::make_shared<Result<store::Usage>>();
    read([this, usage](db::Database &db) { *usage = store::usageOf(db, m_account); },
         [this, usage, before] {
             if (!*usage)
                 return noFor(usage->error());
             constexpr qint64 kUnit = 1024; // RFC 9208 5.1
             QList<QByteArray> list;
             const auto &[used, limit] = **usage;
             if (limit.bytes > 0)
                 list.append("STORAGE " + QByteArray::number((used.bytes + kUnit - 1) / kUnit) + ' ' +
                             QByteArray::number(std::max<qint64>(1, limit.bytes / kUnit)));
             if (limit.messages > 0)
                 list.append("MESSAGE " + QByteArray::number(used.messages) + ' ' + QByteArray::number(limit.messages));
             out.bytes.append(before).append("* QUOTA \"\" (").append(list.join(' ')).append(")\r\n");
             ok("done");
         });
}

} // namespace imap
