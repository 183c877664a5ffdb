#include "shared/api/all.h"

#include "shared/settings/schema.h"

namespace api {

namespace {

// Levenshtein distance; names are short.
qsizetype distance(QStringView a, QStringView b)
{
    QList<qsizetype> row(b.size() + 1);
    for (qsizetype j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (qsizetype i = 1; i <= a.size(); ++i) {
        qsizetype diagonal = row[0];
        row[0] = i;
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const qsizetype replace = diagonal + (a[i - 1].toLower() == b[j - 1].toLower() ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replace, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row[b.size()];
}

} // namespace

QStringList methodNames()
{
    QStringList names;
    forEachMethod([&names](const auto &method) { names << QLatin1StringView(method.name); });
    return names;
}

QStringList topicNames()
{
    return {QStringLiteral("status"), QStringLiteral("accounts"), QStringLiteral("domains"), QStringLiteral("aliases"),
            QStringLiteral("queue"),  QStringLiteral("settings"), QStringLiteral("devices"), QStringLiteral("quota")};
}

QString nearest(const QString &name, const QStringList &known)
{
    constexpr qsizetype kLongestName = 64;
    if (name.size() > kLongestName)
        return {};
    QString best;
    qsizetype least = std::max<qsizetype>(2, name.size() / 3) + 1;
    for (const QString &each : known) {
        const qsizetype apart = distance(name, each);
        if (apart < least) {
            least = apart;
            best = each;
        }
    }
    return best;
}

QJsonObject apiSchema()
{
    QJsonObject methods;
    forEachMethod([&methods]<class P, class R>(const Method<P, R> &method) {
        methods.insert(QLatin1StringView(method.name),
                       QJsonObject{{QStringLiteral("description"), QLatin1StringView(method.doc)},
                                   {QStringLiteral("role"), QLatin1StringView(nameOf(method.role))},
                                   {QStringLiteral("mutates"), method.mutates},
                                   {QStringLiteral("params"), settings::schemaOf<P>()},
                                   {QStringLiteral("result"), settings::schemaOf<R>()}});
    });
    return {{QStringLiteral("protocol"), kProtocol}, {QStringLiteral("methods"), methods}};
}

} // namespace api
