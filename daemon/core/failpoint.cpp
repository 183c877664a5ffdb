#include "daemon/core/failpoint.h"

#include "shared/base/cursor.h"

namespace core {

Result<Failpoints> parseFailpoints(QByteArrayView text)
{
    Failpoints result;
    for (const QByteArrayView each : text.toByteArray().split(',')) {
        if (each.isEmpty())
            continue;
        constexpr QByteArrayView kSlowSync("slow-sync=");
        const bool known = each.startsWith(kSlowSync) && each.endsWith("ms");
        const auto milliseconds =
            known ? parseNumber(each.sliced(kSlowSync.size()).chopped(2), 1, 1000) : Result<quint64>{};
        if (!known || !milliseconds)
            return failure(
                ErrorKind::Syntax,
                QStringLiteral("POSTROOM_FAILPOINT: %1 is not a failpoint; there is slow-sync=1ms to slow-sync=1000ms")
                    .arg(quoted(each)));
        result.syncDelay = std::chrono::milliseconds(*milliseconds);
    }
    return result;
}

} // namespace core
