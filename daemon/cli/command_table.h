// The commands of postroomctl, derived from the API's methods: a noun, a verb, and a flag for each parameter. Fields
// marked as keys are positional. Pure; any thread.
#pragma once

#include "shared/api/all.h"

namespace cli {

// What postroomctl does itself, beside calling.
inline constexpr char kGenerateVerb[] = "generate"; // of tlspubkey: makes the key whose certificate it then adds
inline constexpr char kFolderFlag[] = "folder";
inline constexpr char kTypeFlag[] = "type";
inline constexpr char kSettingsFlag[] = "settings"; // of sendmail

enum class Kind
{
    Text,
    Number,
    Bytes, // with unit: 500M, 2G
    Bool,
    Choice,
    Texts,   // list; positional: the rest of the arguments
    Numbers, // as Texts
    File,    // a JSON document; "-" is standard input
    Secret,  // never an argument, which everybody on the machine could read: --NAME-stdin reads a line
};

struct Flag
{
    QString name;  // "quota-bytes"
    QString field; // "quotaBytes"
    QString doc;
    Kind kind = Kind::Text;
    QStringList choices;
    bool positional = false;
    bool required = false;
};

struct Command
{
    QString noun;
    QString verb; // empty = the noun alone
    QString method;
    QString doc;
    bool mutates = false;
    QList<Flag> flags;

    [[nodiscard]] bool generates() const { return verb == QLatin1StringView(kGenerateVerb); }
    [[nodiscard]] QString title() const { return verb.isEmpty() ? noun : noun + u' ' + verb; }
};

[[nodiscard]] const QList<Command> &commands();
[[nodiscard]] QString flagName(const QString &field); // camelCase to kebab-case
[[nodiscard]] QString usage();                        // all commands
[[nodiscard]] QString usage(const Command &command);
[[nodiscard]] QString manPage(); // roff, postroomctl(1)

} // namespace cli
