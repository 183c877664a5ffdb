#include "shared/mime/references.h"

#include <algorithm>

namespace mime {

QList<QByteArray> messageIds(QByteArrayView value)
{
    QList<QByteArray> ids;
    qsizetype at = 0;
    while ((at = value.indexOf('<', at)) >= 0) {
        const qsizetype end = value.indexOf('>', at + 1);
        if (end < 0)
            break;
        const qsizetype again = value.first(end).lastIndexOf('<'); // "<<id>", "<half <id>"
        QByteArray id = value.sliced(again + 1, end - again - 1).toByteArray();
        id.removeIf([](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
        if (!id.isEmpty() && id.size() <= kLongestMessageId)
            ids.append(std::move(id));
        if (ids.size() > 2 * kMostReferences)
            ids.remove(0, kMostReferences);
        at = end + 1;
    }
    if (ids.size() > kMostReferences)
        ids.remove(0, ids.size() - kMostReferences);
    return ids;
}

QList<QByteArray> threadIds(const HeaderList &header)
{
    QList<QByteArray> all = messageIds(header.value("Message-ID"));
    all.resize(std::min<qsizetype>(all.size(), 1));
    all += messageIds(header.value("In-Reply-To"));
    QList<QByteArray> references = messageIds(header.value("References"));
    std::ranges::reverse(references);
    all += references;
    QList<QByteArray> once;
    for (QByteArray &id : all) {
        if (!once.contains(id) && once.size() < kMostReferences)
            once.append(std::move(id));
    }
    return once;
}

} // namespace mime
