#include "daemon/cli/command_table.h"

namespace cli {

namespace {

template<class T>
struct IsOptional : std::false_type
{
    using Inner = T;
};
template<class T>
struct IsOptional<std::optional<T>> : std::true_type
{
    using Inner = T;
};

template<class T>
Kind kindOf(unsigned flags)
{
    if (flags & kSecret)
        return Kind::Secret;
    if constexpr (std::is_same_v<T, bool>)
        return Kind::Bool;
    else if constexpr (NamedEnum<T>)
        return Kind::Choice;
    else if constexpr (std::is_same_v<T, QStringList>)
        return Kind::Texts;
    else if constexpr (std::is_same_v<T, QList<qint64>>)
        return Kind::Numbers;
    else if constexpr (std::is_same_v<T, QJsonObject>)
        return Kind::File;
    else if constexpr (std::is_integral_v<T>)
        return flags & kBytes ? Kind::Bytes : Kind::Number;
    else
        return Kind::Text;
}

template<class P>
QList<Flag> flagsOf()
{
    QList<Flag> flags;
    forEachField<P>([&flags]<class F>(const F &each) {
        using T = typename IsOptional<typename F::Type>::Inner;
        Flag flag{.name = flagName(QLatin1StringView(each.name)),
                  .field = QLatin1StringView(each.name),
                  .doc = QString::fromUtf8(each.doc),
                  .kind = kindOf<T>(each.flags),
                  .choices = {},
                  .positional = (each.flags & kKey) != 0,
                  .required = (each.flags & kRequired) != 0};
        if constexpr (NamedEnum<T>) {
            for (const auto &entry : enumNames(T{}))
                flag.choices << QLatin1StringView(entry.name);
        }
        // A document, or what a method is all about, is given without its name, too.
        flag.positional = flag.positional || flag.kind == Kind::File ||
                          (flag.required && flag.kind != Kind::Secret && flag.kind != Kind::Bool);
        flags.append(flag);
    });
    return flags;
}

// Works here and ends with a tlspubkey.add.
Command generate(const Command &add)
{
    Command command = add;
    command.verb = QString::fromLatin1(kGenerateVerb);
    command.doc = QStringLiteral("Make a key for a device, with certificate and .p12 files, and let it sign in.");
    command.mutates = false; // a dry run would leave files
    command.flags.removeIf([](const Flag &flag) { return flag.name == QLatin1StringView("certificate"); });
    command.flags.append({.name = QString::fromLatin1(kFolderFlag),
                          .field = QString::fromLatin1(kFolderFlag),
                          .doc = QStringLiteral("Where its files go; else the current folder."),
                          .choices = {}});
    command.flags.append({.name = QString::fromLatin1(kTypeFlag),
                          .field = QString::fromLatin1(kTypeFlag),
                          .doc = QStringLiteral("Kind of key; p256 unless said otherwise."),
                          .kind = Kind::Choice,
                          .choices = {QStringLiteral("p256"), QStringLiteral("ed25519")}});
    return command;
}

QString kindText(const Flag &flag)
{
    switch (flag.kind) {
    case Kind::Number:
    case Kind::Numbers: return QStringLiteral("N");
    case Kind::Bytes: return QStringLiteral("SIZE");
    case Kind::Choice: return flag.choices.join(u'|');
    case Kind::File: return QStringLiteral("FILE");
    case Kind::Bool:
    case Kind::Secret: return {};
    case Kind::Text:
    case Kind::Texts: return QStringLiteral("TEXT");
    }
    return {};
}

QString synopsis(const Command &command)
{
    QString text = QStringLiteral("postroomctl ") + command.title();
    for (const Flag &flag : command.flags) {
        if (!flag.positional)
            continue;
        const bool many = flag.kind == Kind::Texts || flag.kind == Kind::Numbers;
        const QString name = flag.name.toUpper() + (many ? QStringLiteral("…") : QString());
        text += u' ' + (flag.required ? name : u'[' + name + u']');
    }
    return text;
}

QString option(const QString &name, const QString &doc) { return QStringLiteral("  %1 %2\n").arg(name, -34).arg(doc); }

} // namespace

QString flagName(const QString &field)
{
    QString name;
    for (const QChar each : field)
        name += each.isUpper() ? QStringLiteral("-") + each.toLower() : QString(each);
    return name;
}

const QList<Command> &commands()
{
    static const QList<Command> all = [] {
        QList<Command> list;
        api::forEachMethod([&list]<class P, class R>(const api::Method<P, R> &method) {
            if (*method.noun == '\0')
                return;
            list.append({.noun = QLatin1StringView(method.noun),
                         .verb = QLatin1StringView(method.verb),
                         .method = QLatin1StringView(method.name),
                         .doc = QString::fromUtf8(method.doc),
                         .mutates = method.mutates,
                         .flags = flagsOf<P>()});
            if (QLatin1StringView(method.name) == QLatin1StringView("tlspubkey.add"))
                list.append(generate(list.last()));
            if (QLatin1StringView(method.name) == QLatin1StringView("devices.enrol"))
                list.last().flags.first().doc =
                    QStringLiteral("The device's .p12 file, encrypted with its passphrase; \"-\": standard input.");
            if (QLatin1StringView(method.name) == QLatin1StringView("mail.send"))
                list.last().flags.append(
                    {.name = QString::fromLatin1(kSettingsFlag),
                     .field = QString::fromLatin1(kSettingsFlag),
                     .doc = QStringLiteral("Settings of a submission server, to send by itself instead of over the "
                                           "control socket."),
                     .choices = {}});
        });
        return list;
    }();
    return all;
}

QString usage()
{
    QString text =
        QStringLiteral("Usage: postroomctl [--socket PATH] [--json] COMMAND …\n\nManages a Postroom server over its "
                       "control socket.\n\nCommands:\n");
    for (const Command &command : commands())
        text += option(command.title(), command.doc);
    text +=
        option(QStringLiteral("stdio"),
               QStringLiteral("The control protocol on standard input and output, as for ssh HOST postroomctl stdio."));
    text += QStringLiteral("\nOptions:\n");
    text += option(QStringLiteral("--socket PATH"),
                   QStringLiteral("The control socket; else $POSTROOM_SOCKET, else the usual places."));
    text += option(QStringLiteral("--json"), QStringLiteral("Answers and errors as JSON."));
    text += option(QStringLiteral("--help"), QStringLiteral("This help; after a command: the command's."));
    text += option(QStringLiteral("--man"), QStringLiteral("The manual page, as roff."));
    text += option(QStringLiteral("--version"), QStringLiteral("The version."));
    return text +
           QStringLiteral(
               "\nExit codes: 0 done, 1 refused or not clean, 2 wrong usage, 69 no server, 75 try again later.\n");
}

QString usage(const Command &command)
{
    QString text = QStringLiteral("Usage: %1 [options]\n\n%2\n\n").arg(synopsis(command), command.doc);
    for (const Flag &flag : command.flags) {
        if (flag.kind == Kind::Secret) {
            text += option(QStringLiteral("--%1-stdin").arg(flag.name),
                           flag.doc + QStringLiteral(" Read as a line of standard input."));
            continue;
        }
        const QString name = flag.positional ? flag.name.toUpper()
                                             : (QStringLiteral("--") + flag.name + u' ' + kindText(flag)).trimmed();
        text += option(name, flag.doc);
    }
    if (command.method == QLatin1StringView("mail.send")) {
        text += option(QStringLiteral("-t"), QStringLiteral("Take the recipients from To, Cc and Bcc."));
        text += QStringLiteral("\nThe message is read from standard input; -i and -oi are accepted.\n");
        return text;
    }
    if (command.method == QLatin1StringView("tlspubkey.add") && !command.generates())
        text += QStringLiteral("\nWithout --certificate the certificate is read from standard input.\n\n");
    if (command.mutates) {
        text += option(QStringLiteral("--dry-run"), QStringLiteral("Check and answer, but change nothing."));
        text += option(QStringLiteral("--expect REVISION"),
                       QStringLiteral("Refuse if the settings have another revision."));
        text += option(QStringLiteral("--idempotency-key TEXT"),
                       QStringLiteral("Repeating a call with the same key does it once."));
    }
    return text;
}

} // namespace cli
