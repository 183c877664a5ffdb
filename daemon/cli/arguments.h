// The command line to a call: which method with which parameters. Secrets and documents come from standard input and
// files, which the caller gives as functions. Errors say what was wrong and what is near. Pure; any thread.
#pragma once

#include "daemon/cli/command_table.h"

namespace cli {

struct Inputs
{
    std::function<Result<QByteArray>(const QString &file)> readFile; // "-" is standard input
    std::function<Result<QString>()> readLine;                       // of standard input, without its end
};

struct Invocation
{
    QString socket;
    bool json = false;
    bool help = false;
    bool version = false;
    bool man = false;
    bool relay = false;                // stdio
    bool recipientsFromHeader = false; // sendmail -t
    const Command *command = nullptr;  // null with help or version: for all
    QJsonObject params;
};

// The arguments after the program's name.
[[nodiscard]] Result<Invocation> parseArguments(QStringList arguments, const Inputs &inputs);

// "2G", "500 MiB", "1000"; units of 1024.
[[nodiscard]] Result<qint64> parseBytes(const QString &text);

} // namespace cli
