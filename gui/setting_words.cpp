// Names and explanations of the settings in the language of the window, and their values as text.
#include "gui/settings_form.h"
#include "gui/words.h"

#include "shared/base/time.h"

#include <QJsonArray>
#include <QLocale>

namespace gui {

namespace {

struct SettingWords
{
    const char *name;
    const char *label;
    const char *help;
};

constexpr std::array kSettings{
    SettingWords{"hostname", QT_TRANSLATE_NOOP("gui::SettingsForm", "Server name"),
                 QT_TRANSLATE_NOOP("gui::SettingsForm", "As in its DNS entry and certificate. Other servers see it.")},
    SettingWords{"maxMessageBytes", QT_TRANSLATE_NOOP("gui::SettingsForm", "Largest message"),
                 QT_TRANSLATE_NOOP("gui::SettingsForm", "What is larger is turned away, incoming and outgoing.")},
    SettingWords{"maxRecipients", QT_TRANSLATE_NOOP("gui::SettingsForm", "Most recipients"),
                 QT_TRANSLATE_NOOP("gui::SettingsForm", "So many people one message may be addressed to.")},
    SettingWords{"maxMessagesPerConnection", QT_TRANSLATE_NOOP("gui::SettingsForm", "Messages over one connection"),
                 QT_TRANSLATE_NOOP("gui::SettingsForm", "Another server that has more connects again.")},
    SettingWords{"mendLineFeeds", QT_TRANSLATE_NOOP("gui::SettingsForm", "Take mail of simple devices"),
                 QT_TRANSLATE_NOOP("gui::SettingsForm", "Scanners and printers often end lines in the wrong way.")},
    SettingWords{"dailyMessages", QT_TRANSLATE_NOOP("gui::SettingsForm", "Messages a person may send a day"),
                 QT_TRANSLATE_NOOP("gui::SettingsForm", "One for each recipient. Stops who found out a password.")},
    SettingWords{"dailyNewRecipients", QT_TRANSLATE_NOOP("gui::SettingsForm", "New recipients a day"),
                 QT_TRANSLATE_NOOP("gui::SettingsForm", "So many people somebody may write to for the first time.")},
    SettingWords{"defaultQuotaBytes", QT_TRANSLATE_NOOP("gui::SettingsForm", "Storage for each person"),
                 QT_TRANSLATE_NOOP("gui::SettingsForm", "Unless another amount is set for somebody. 0: no limit.")},
    SettingWords{"defaultQuotaMessages", QT_TRANSLATE_NOOP("gui::SettingsForm", "Messages for each person"),
                 QT_TRANSLATE_NOOP("gui::SettingsForm", "Unless another number is set for somebody. 0: no limit.")},
    SettingWords{
        "dnsForwarders", QT_TRANSLATE_NOOP("gui::SettingsForm", "DNS servers to ask"),
        QT_TRANSLATE_NOOP("gui::SettingsForm", "Addresses with commas between them. Empty: those of this machine.")},
    SettingWords{"dnsTrustAnchors", QT_TRANSLATE_NOOP("gui::SettingsForm", "DNSSEC trust anchors"),
                 QT_TRANSLATE_NOOP("gui::SettingsForm", "A file on the server. Empty: those of the root.")},
    SettingWords{"connectionsPerAddress", QT_TRANSLATE_NOOP("gui::SettingsForm", "Connections from one address"),
                 QT_TRANSLATE_NOOP("gui::SettingsForm", "More at the same time are turned away.")},
    SettingWords{"connectionsPerMinute", QT_TRANSLATE_NOOP("gui::SettingsForm", "New connections in a minute"),
                 QT_TRANSLATE_NOOP("gui::SettingsForm", "From one address. Who comes more often has to wait.")},
    SettingWords{
        "cramMd5", QT_TRANSLATE_NOOP("gui::SettingsForm", "Old sign-in method CRAM-MD5"),
        QT_TRANSLATE_NOOP("gui::SettingsForm", "Only for mail apps that know nothing better. Set passwords anew.")},
    SettingWords{"keepTrace", QT_TRANSLATE_NOOP("gui::SettingsForm", "Keep traces for"),
                 QT_TRANSLATE_NOOP("gui::SettingsForm", "So long you can find out what happened to a message.")},
    SettingWords{"kind", QT_TRANSLATE_NOOP("gui::SettingsForm", "Speaks"), ""},
    SettingWords{"address", QT_TRANSLATE_NOOP("gui::SettingsForm", "Network address"),
                 QT_TRANSLATE_NOOP("gui::SettingsForm", "Empty: all of this machine.")},
    SettingWords{"port", QT_TRANSLATE_NOOP("gui::SettingsForm", "Port"), ""},
    SettingWords{"tls", QT_TRANSLATE_NOOP("gui::SettingsForm", "Encryption"),
                 QT_TRANSLATE_NOOP("gui::SettingsForm", "Implicit: from the first byte.")},
    SettingWords{"leastTls", QT_TRANSLATE_NOOP("gui::SettingsForm", "Oldest TLS version"), ""},
    SettingWords{"sessionTickets", QT_TRANSLATE_NOOP("gui::SettingsForm", "Resume encrypted connections"),
                 QT_TRANSLATE_NOOP("gui::SettingsForm", "Devices connect faster with session tickets.")},
    SettingWords{"certificates", QT_TRANSLATE_NOOP("gui::SettingsForm", "Certificates"),
                 QT_TRANSLATE_NOOP("gui::SettingsForm", "Empty: all of this server.")},
    SettingWords{"clientKeys", QT_TRANSLATE_NOOP("gui::SettingsForm", "Sign in with a key"),
                 QT_TRANSLATE_NOOP("gui::SettingsForm", "Devices may use their key instead of a password.")},
    SettingWords{"refuseUnknownKeys", QT_TRANSLATE_NOOP("gui::SettingsForm", "Refuse unknown keys"),
                 QT_TRANSLATE_NOOP("gui::SettingsForm", "A device with a key of nobody is turned away.")},
    SettingWords{
        "refuseUnknownNames", QT_TRANSLATE_NOOP("gui::SettingsForm", "Refuse unknown names"),
        QT_TRANSLATE_NOOP("gui::SettingsForm", "Only who asks for a name of ours gets an encrypted connection.")},
    SettingWords{"mailOnHttps", QT_TRANSLATE_NOOP("gui::SettingsForm", "Mail on this port too"),
                 QT_TRANSLATE_NOOP("gui::SettingsForm", "For networks that let nothing but the web through.")},
    SettingWords{"enabled", QT_TRANSLATE_NOOP("gui::SettingsForm", "Open"), ""},
};

const SettingWords *wordsOf(const QString &name)
{
    const auto found = std::ranges::find_if(
        kSettings, [&name](const SettingWords &each) { return name == QLatin1StringView(each.name); });
    return found == kSettings.end() ? nullptr : &*found;
}

constexpr double kKilo = 1024;

Result<QJsonValue> readBytes(const QString &text)
{
    const QString trimmed = text.trimmed();
    qsizetype digits = 0;
    while (digits < trimmed.size() &&
           (trimmed.at(digits).isDigit() || trimmed.at(digits) == u'.' || trimmed.at(digits) == u','))
        ++digits;
    bool fine = false;
    const double number = trimmed.first(digits).replace(u',', u'.').toDouble(&fine);
    const QString unit = trimmed.sliced(digits).trimmed().toUpper();
    static const QStringList kUnits{QStringLiteral("B"), QStringLiteral("KB"), QStringLiteral("MB"),
                                    QStringLiteral("GB"), QStringLiteral("TB")};
    const QString plain = unit.isEmpty() || unit == QLatin1StringView("BYTES") ? QStringLiteral("B") : unit;
    const auto power = kUnits.indexOf(plain.size() == 1 && plain != QLatin1StringView("B") ? plain + u'B' : plain);
    if (!fine || power < 0)
        return failure(ErrorKind::User, SettingsForm::tr("a size is a number with a unit, such as 25 MB"));
    double bytes = number;
    for (qsizetype i = 0; i < power; ++i)
        bytes *= kKilo;
    return QJsonValue(qint64(bytes));
}

} // namespace

QString settingLabel(const QString &name)
{
    if (const SettingWords *words = wordsOf(name))
        return SettingsForm::tr(words->label);
    QString label; // "maxMessageBytes" -> "Max message bytes"
    for (const QChar c : name) {
        if (c.isUpper())
            label += u' ';
        label += label.isEmpty() ? c.toUpper() : c.toLower();
    }
    return label;
}

QString settingHelp(const QString &name, const QString &doc)
{
    const SettingWords *words = wordsOf(name);
    if (!words)
        return doc;
    return *words->help == '\0' ? QString() : SettingsForm::tr(words->help);
}

QString settingText(const QString &kind, const QJsonValue &value)
{
    if (kind == QLatin1StringView("bytes"))
        return value.toInteger() == 0 ? QStringLiteral("0") : Words::bytes(value.toInteger());
    if (kind == QLatin1StringView("duration"))
        return value.isString() ? value.toString() : toText(std::chrono::seconds(value.toInteger()));
    if (kind == QLatin1StringView("number"))
        return QString::number(value.toInteger());
    if (kind == QLatin1StringView("list"))
        return value.toVariant().toStringList().join(QStringLiteral(", "));
    return value.toVariant().toString();
}

Result<QJsonValue> readSetting(const QString &kind, const QString &text)
{
    if (kind == QLatin1StringView("bytes"))
        return readBytes(text);
    if (kind == QLatin1StringView("number")) {
        bool fine = false;
        const qint64 number = text.trimmed().toLongLong(&fine);
        if (!fine)
            return failure(ErrorKind::User, SettingsForm::tr("must be a whole number"));
        return QJsonValue(number);
    }
    if (kind == QLatin1StringView("duration")) {
        const auto duration =
            parseDuration(text.trimmed().remove(u' ').replace(QStringLiteral("min"), QStringLiteral("m")).toUtf8());
        if (!duration)
            return failure(ErrorKind::User,
                           SettingsForm::tr("a time is a number with a unit, such as 90 d, 4 h or 30 min"));
        return QJsonValue(qint64(std::chrono::duration_cast<std::chrono::seconds>(*duration).count()));
    }
    if (kind == QLatin1StringView("list")) {
        QJsonArray list;
        const QStringList parts = text.split(u',', Qt::SkipEmptyParts);
        for (const QString &each : parts)
            list.append(each.trimmed());
        return QJsonValue(list);
    }
    return QJsonValue(text.trimmed());
}

} // namespace gui
