#include "daemon/cli/output.h"

#include "shared/base/unicode.h"

#include <QJsonArray>
#include <QStringList>

namespace cli {

namespace {

constexpr qsizetype kGap = 2;
constexpr double kUnit = 1024;

QString title(const QString &key)
{
    QString text;
    for (const QChar each : key)
        text += each.isUpper() ? QStringLiteral(" ") + each.toLower() : QString(each);
    if (text.endsWith(QLatin1StringView(" bytes")))
        text.chop(6);
    return text;
}

QString scalar(const QString &key, const QJsonValue &value)
{
    if (value.isDouble() && key.endsWith(QLatin1StringView("Bytes")))
        return formatBytes(value.toDouble());
    if (value.isDouble())
        return QString::number(value.toDouble(), 'g', 15);
    if (value.isBool())
        return value.toBool() ? QStringLiteral("yes") : QStringLiteral("no");
    if (value.isNull() || value.isUndefined())
        return QStringLiteral("-");
    const QString text = value.toString();
    return text.isEmpty() ? QStringLiteral("-") : unicode::printable(text); // mail's text must not steer the terminal
}

bool isTable(const QJsonValue &value)
{
    return value.isArray() && !value.toArray().isEmpty() && value.toArray().first().isObject();
}

QString cell(const QString &key, const QJsonValue &value)
{
    if (value.isArray()) {
        QStringList parts;
        const QJsonArray array = value.toArray();
        for (const auto &each : array)
            parts << (each.isObject() ? QString::fromUtf8(QJsonDocument(each.toObject()).toJson(QJsonDocument::Compact))
                                      : scalar(key, each));
        return parts.isEmpty() ? QStringLiteral("-") : parts.join(QStringLiteral(", "));
    }
    if (value.isObject()) {
        QStringList parts;
        const QJsonObject object = value.toObject();
        for (auto each = object.begin(); each != object.end(); ++each)
            parts << title(each.key()) + u' ' + scalar(each.key(), each.value());
        return parts.join(QStringLiteral(", "));
    }
    return scalar(key, value);
}

QString table(const QJsonArray &rows)
{
    QStringList keys = rows.first().toObject().keys();
    // What identifies a row comes first; nested lists follow below the row.
    for (const char *first : {"name", "address", "id"}) {
        if (keys.removeOne(QLatin1StringView(first)))
            keys.prepend(QLatin1StringView(first));
    }
    QStringList nested;
    for (const auto &row : rows) {
        for (const QString &key : std::as_const(keys)) {
            if (isTable(row.toObject().value(key)) && !nested.contains(key))
                nested << key;
        }
    }
    for (const QString &key : std::as_const(nested))
        keys.removeOne(key);
    QList<QStringList> lines{{}};
    for (const QString &key : std::as_const(keys))
        lines.first() << title(key).toUpper();
    for (const auto &row : rows) {
        QStringList line;
        for (const QString &key : std::as_const(keys))
            line << cell(key, row.toObject().value(key));
        lines << line;
    }
    QList<qsizetype> widths(keys.size(), 0);
    for (const QStringList &line : std::as_const(lines)) {
        for (qsizetype i = 0; i < keys.size(); ++i)
            widths[i] = std::max(widths.at(i), line.at(i).size());
    }
    QString text;
    for (qsizetype n = 0; n < lines.size(); ++n) {
        QString line;
        for (qsizetype i = 0; i < keys.size(); ++i)
            line += lines.at(n).at(i).leftJustified(widths.at(i) + kGap);
        text += line.trimmed() + u'\n';
        for (const QString &key : std::as_const(nested)) {
            if (n == 0 || !isTable(rows.at(n - 1).toObject().value(key)))
                continue;
            const QStringList inner =
                table(rows.at(n - 1).toObject().value(key).toArray()).split(u'\n', Qt::SkipEmptyParts);
            for (const QString &each : inner)
                text += QStringLiteral("    ") + each + u'\n';
        }
    }
    return text;
}

QString record(const QJsonObject &object)
{
    qsizetype width = 0;
    for (auto each = object.begin(); each != object.end(); ++each)
        width = isTable(each.value()) ? width : std::max(width, title(each.key()).size());
    QString text;
    for (auto each = object.begin(); each != object.end(); ++each) {
        if (!isTable(each.value()))
            text += title(each.key()).leftJustified(width + kGap) + cell(each.key(), each.value()) + u'\n';
    }
    for (auto each = object.begin(); each != object.end(); ++each) {
        if (isTable(each.value()))
            text += (text.isEmpty() ? QString() : QStringLiteral("\n%1\n").arg(title(each.key()))) +
                    table(each.value().toArray());
    }
    return text;
}

} // namespace

QString formatBytes(double bytes)
{
    static const QStringList units{QStringLiteral("B"), QStringLiteral("KiB"), QStringLiteral("MiB"),
                                   QStringLiteral("GiB"), QStringLiteral("TiB")};
    qsizetype unit = 0;
    while (bytes >= kUnit && unit + 1 < units.size()) {
        bytes /= kUnit;
        ++unit;
    }
    return QStringLiteral("%1 %2").arg(QString::number(bytes, 'f', unit == 0 || bytes >= 100 ? 0 : 1), units.at(unit));
}

QString render(const QJsonObject &answer)
{
    if (answer.size() == 1) {
        const QJsonValue only = answer.begin().value();
        if (only.isArray() && only.toArray().isEmpty())
            return QStringLiteral("none\n");
        if (only.isObject())
            return record(only.toObject());
    }
    return record(answer);
}

QString renderError(const Error &error)
{
    QString text = error.text.isEmpty() ? publicText(error) : error.text;
    if (!error.path.isEmpty())
        text += QStringLiteral(" (at %1)").arg(error.path);
    if (!error.hint.isEmpty())
        text += QStringLiteral("\n  hint: %1").arg(error.hint);
    return text + u'\n';
}

} // namespace cli
