#include "daemon/cli/arguments.h"

#include "shared/base/cursor.h"

#include <QJsonArray>

namespace cli {

namespace {

std::unexpected<Error> wrong(const QString &text, const QString &hint = {})
{
    return failure({.kind = ErrorKind::Syntax,
                    .text = text,
                    .publicText = text,
                    .code = QStringLiteral("usage"),
                    .hint = hint,
                    .path = {}});
}

QString didYouMean(const QString &word, const QStringList &known)
{
    const QString near = api::nearest(word, known);
    return near.isEmpty() ? QStringLiteral("see postroomctl --help") : QStringLiteral("did you mean %1?").arg(near);
}

// "alias test" means "aliases test": one or many, people say both.
void takePlural(QStringList &words)
{
    const auto isNoun = [](const QString &word) {
        return std::ranges::any_of(commands(), [&word](const Command &each) { return each.noun == word; });
    };
    const QString said = words.value(0);
    for (const char *ending : {"s", "es"}) {
        if (!said.isEmpty() && !isNoun(said) && isNoun(said + QLatin1StringView(ending)))
            words[0] = said + QLatin1StringView(ending);
    }
}

Result<const Command *> findCommand(QStringList &words)
{
    takePlural(words);
    QStringList nouns;
    QStringList verbs;
    nouns << QStringLiteral("stdio");
    for (const Command &command : commands()) {
        nouns << command.noun;
        if (command.noun != words.value(0))
            continue;
        if (command.verb.isEmpty()) {
            words.removeFirst();
            return &command;
        }
        verbs << command.verb;
        if (command.verb == words.value(1)) {
            words.remove(0, 2);
            return &command;
        }
    }
    if (verbs.isEmpty())
        return wrong(QStringLiteral("%1 is not a command").arg(words.value(0)), didYouMean(words.value(0), nouns));
    const QString all = QStringLiteral("%1 has: %2").arg(words.value(0), verbs.join(QStringLiteral(", ")));
    if (words.size() < 2)
        return wrong(QStringLiteral("%1 needs a second word").arg(words.value(0)), all);
    return wrong(QStringLiteral("%1 has no %2").arg(words.value(0), words.value(1)), all);
}

Result<QJsonValue> valueOf(const Flag &flag, const QString &text, const Inputs &inputs)
{
    switch (flag.kind) {
    case Kind::Number:
    case Kind::Numbers: {
        bool ok = false;
        const qint64 number = text.toLongLong(&ok);
        return ok ? Result<QJsonValue>(number)
                  : wrong(QStringLiteral("%1 must be a number, not %2").arg(flag.name, text));
    }
    case Kind::Bytes: return parseBytes(text).transform([](qint64 bytes) { return QJsonValue(bytes); });
    case Kind::Bool:
        if (text != QLatin1StringView("true") && text != QLatin1StringView("false"))
            return wrong(QStringLiteral("--%1 must be true or false").arg(flag.name));
        return QJsonValue(text == QLatin1StringView("true"));
    case Kind::Choice:
        if (!flag.choices.contains(text))
            return wrong(QStringLiteral("%1 cannot be %2").arg(flag.name, text),
                         QStringLiteral("it is one of %1").arg(flag.choices.join(QStringLiteral(", "))));
        return QJsonValue(text);
    case Kind::File: {
        const auto content = inputs.readFile(text);
        if (!content)
            return std::unexpected(content.error());
        return json::parseObject(*content).transform([](const QJsonObject &object) { return QJsonValue(object); });
    }
    case Kind::Text:
    case Kind::Texts: return QJsonValue(text);
    case Kind::Secret: break;
    }
    return wrong(QStringLiteral("--%1 would show the password to everybody on this machine").arg(flag.name),
                 QStringLiteral("use --%1-stdin and give it on standard input").arg(flag.name));
}

bool isList(const Flag &flag) { return flag.kind == Kind::Texts || flag.kind == Kind::Numbers; }

Result<void> put(QJsonObject &params, const Flag &flag, const QString &text, const Inputs &inputs)
{
    const auto value = valueOf(flag, text, inputs);
    if (!value)
        return std::unexpected(value.error());
    if (isList(flag)) {
        QJsonArray list = params.value(flag.field).toArray();
        list.append(*value);
        params.insert(flag.field, list);
    } else {
        if (params.contains(flag.field))
            return wrong(QStringLiteral("%1 is given twice").arg(flag.name));
        params.insert(flag.field, *value);
    }
    return {};
}

class Parser
{
public:
    Parser(Invocation &invocation, const Inputs &inputs)
        : m_invocation(invocation)
        , m_inputs(inputs)
    {}

    Result<void> option(const QString &argument, QStringList &rest);
    Result<void> positional(const QString &text);
    [[nodiscard]] Result<void> complete() const;

private:
    [[nodiscard]] Result<QString> takeValue(const QString &name, const std::optional<QString> &attached,
                                            QStringList &rest) const;
    Result<void> callOption(const QString &name, const std::optional<QString> &attached, QStringList &rest);
    [[nodiscard]] QStringList names() const;

    Invocation &m_invocation;
    const Inputs &m_inputs;
};

Result<QString> Parser::takeValue(const QString &name, const std::optional<QString> &attached, QStringList &rest) const
{
    if (attached)
        return *attached;
    if (rest.isEmpty())
        return wrong(QStringLiteral("--%1 needs a value").arg(name));
    return rest.takeFirst();
}

QStringList Parser::names() const
{
    QStringList all;
    for (const Flag &flag : m_invocation.command->flags)
        all << flag.name + (flag.kind == Kind::Secret ? QStringLiteral("-stdin") : QString());
    if (m_invocation.command->mutates)
        all << QStringLiteral("dry-run") << QStringLiteral("expect") << QStringLiteral("idempotency-key");
    return all;
}

// What every changing call takes.
Result<void> Parser::callOption(const QString &name, const std::optional<QString> &attached, QStringList &rest)
{
    QJsonObject &params = m_invocation.params;
    if (name == QLatin1StringView("dry-run")) {
        params.insert(QStringLiteral("dryRun"), true);
        return {};
    }
    const bool expect = name == QLatin1StringView("expect");
    const Flag flag{.name = name,
                    .field = expect ? name : QStringLiteral("idempotencyKey"),
                    .doc = {},
                    .kind = expect ? Kind::Number : Kind::Text,
                    .choices = {}};
    const auto value = takeValue(name, attached, rest);
    return value ? put(params, flag, *value, m_inputs) : std::unexpected(value.error());
}

Result<void> Parser::option(const QString &argument, QStringList &rest)
{
    const qsizetype equals = argument.indexOf(u'=');
    const QString name = argument.mid(2, equals < 0 ? -1 : equals - 2);
    const std::optional<QString> attached = equals < 0 ? std::nullopt : std::optional(argument.mid(equals + 1));
    if (m_invocation.command->mutates &&
        QStringList{QStringLiteral("dry-run"), QStringLiteral("expect"), QStringLiteral("idempotency-key")}.contains(
            name))
        return callOption(name, attached, rest);
    for (const Flag &flag : m_invocation.command->flags) {
        if (flag.kind == Kind::Secret && name == flag.name + QStringLiteral("-stdin")) {
            const auto line = m_inputs.readLine();
            if (!line)
                return std::unexpected(line.error());
            m_invocation.params.insert(flag.field, *line);
            return {};
        }
        if (flag.name != name)
            continue;
        if (flag.kind == Kind::Bool)
            return put(m_invocation.params, flag, attached.value_or(QStringLiteral("true")), m_inputs);
        const auto value = flag.kind == Kind::Secret ? QString() : takeValue(name, attached, rest);
        return value ? put(m_invocation.params, flag, *value, m_inputs) : std::unexpected(value.error());
    }
    return wrong(QStringLiteral("%1 has no option --%2").arg(m_invocation.command->title(), name),
                 didYouMean(name, names()));
}

Result<void> Parser::positional(const QString &text)
{
    for (const Flag &flag : m_invocation.command->flags) {
        if (flag.positional && (isList(flag) || !m_invocation.params.contains(flag.field)))
            return put(m_invocation.params, flag, text, m_inputs);
    }
    return wrong(QStringLiteral("%1 takes no more arguments, but there is %2").arg(m_invocation.command->title(), text),
                 QStringLiteral("see postroomctl %1 --help").arg(m_invocation.command->title()));
}

Result<void> Parser::complete() const
{
    if (m_invocation.command->method == QLatin1StringView("mail.send"))
        return {}; // the message and, with -t, the recipients come from standard input
    for (const Flag &flag : m_invocation.command->flags) {
        if (flag.required && flag.kind != Kind::Secret && !m_invocation.params.contains(flag.field))
            return wrong(QStringLiteral("%1 needs %2").arg(m_invocation.command->title(), flag.name.toUpper()),
                         QStringLiteral("see postroomctl %1 --help").arg(m_invocation.command->title()));
    }
    return {};
}

// As sendmail(8) takes them: -f ADDRESS, -t, and -i, which is always so.
Result<bool> sendmailOption(Invocation &invocation, const QString &argument, QStringList &rest)
{
    if (invocation.command->method != QLatin1StringView("mail.send"))
        return false;
    if (argument == QLatin1StringView("-t"))
        invocation.recipientsFromHeader = true;
    else if (argument.startsWith(QLatin1StringView("-f"))) {
        if (argument.size() == 2 && rest.isEmpty())
            return wrong(QStringLiteral("-f needs an address"));
        invocation.params.insert(QStringLiteral("from"), argument.size() > 2 ? argument.mid(2) : rest.takeFirst());
    } else if (argument != QLatin1StringView("-i") && argument != QLatin1StringView("-oi"))
        return false;
    return true;
}

} // namespace

Result<qint64> parseBytes(const QString &text)
{
    static const QStringList units{QString(), QStringLiteral("K"), QStringLiteral("M"), QStringLiteral("G"),
                                   QStringLiteral("T")};
    qsizetype digits = 0;
    while (digits < text.size() && text.at(digits).isDigit())
        ++digits;
    QString unit = text.mid(digits).trimmed().toUpper();
    if (unit.endsWith(QLatin1StringView("IB")))
        unit.chop(2);
    else if (unit.endsWith(u'B'))
        unit.chop(1);
    bool ok = false;
    const qint64 number = text.left(digits).toLongLong(&ok);
    const qsizetype power = units.indexOf(unit);
    const qint64 factor = power < 0 ? 0 : 1LL << (10 * power);
    if (!ok || power < 0 || number > std::numeric_limits<qint64>::max() / factor)
        return wrong(QStringLiteral("%1 is not a size").arg(text),
                     QStringLiteral("write it as 500M, 2G or in bytes; 0: no limit"));
    return number * factor;
}

Result<Invocation> parseArguments(QStringList rest, const Inputs &inputs)
{
    Invocation invocation;
    QStringList words;
    while (!rest.isEmpty()) {
        const QString argument = rest.takeFirst();
        if (argument == QLatin1StringView("--json"))
            invocation.json = true;
        else if (argument == QLatin1StringView("--help") || argument == QLatin1StringView("-h"))
            invocation.help = true;
        else if (argument == QLatin1StringView("--version"))
            invocation.version = true;
        else if (argument == QLatin1StringView("--man"))
            invocation.man = true;
        else if (argument == QLatin1StringView("--socket") && !rest.isEmpty())
            invocation.socket = rest.takeFirst();
        else if (argument.startsWith(QLatin1StringView("--socket=")))
            invocation.socket = argument.mid(9);
        else if (argument == QLatin1StringView("--")) {
            words << argument << rest;
            rest.clear();
        } else
            words << argument;
    }
    if (words.isEmpty()) {
        invocation.help = invocation.help || (!invocation.version && !invocation.man);
        return invocation;
    }
    if (invocation.man)
        return wrong(QStringLiteral("--man stands alone"));
    if (words.first() == QLatin1StringView("stdio")) {
        invocation.relay = !invocation.help && !invocation.version;
        if (words.size() > 1)
            return wrong(QStringLiteral("stdio takes no more arguments, but there is %1").arg(words.at(1)));
        return invocation;
    }
    const auto command = findCommand(words);
    if (!command) {
        if (invocation.help)
            return invocation;
        return std::unexpected(command.error());
    }
    invocation.command = *command;
    if (invocation.help || invocation.version)
        return invocation;
    Parser parser(invocation, inputs);
    bool onlyWords = false;
    while (!words.isEmpty()) {
        const QString word = words.takeFirst();
        if (!onlyWords && word == QLatin1StringView("--")) {
            onlyWords = true;
            continue;
        }
        if (!onlyWords && word.startsWith(u'-')) {
            const auto taken = sendmailOption(invocation, word, words);
            if (!taken)
                return std::unexpected(taken.error());
            if (*taken)
                continue;
        }
        const bool isOption = !onlyWords && word.startsWith(QLatin1StringView("--"));
        if (auto done = isOption ? parser.option(word, words) : parser.positional(word); !done)
            return std::unexpected(done.error());
    }
    if (auto done = parser.complete(); !done)
        return std::unexpected(done.error());
    return invocation;
}

} // namespace cli
