#include "daemon/cli/command_table.h"

namespace cli {

namespace {

// Text as roff takes it: no line may begin with a control character, a hyphen that is typed stays one.
QString escaped(QString text)
{
    text.replace(u'\\', QStringLiteral("\\e"))
        .replace(u'-', QStringLiteral("\\-"))
        .replace(QStringLiteral("…"), QStringLiteral("..."));
    return text.startsWith(u'.') || text.startsWith(u'\'') ? QStringLiteral("\\&") + text : text;
}

constexpr char kHead[] = R"(.TH POSTROOMCTL 1 "" "Postroom %1" "Postroom"
.SH NAME
postroomctl \- manage a Postroom mail server
.SH SYNOPSIS
.B postroomctl
[\fB\-\-socket\fR \fIPATH\fR] [\fB\-\-json\fR] \fICOMMAND\fR ...
.SH DESCRIPTION
Speaks with
.BR postroomd (8)
over its control socket. What may be done depends on who asks: root, the server's own user and members of the group
postroom\-admin are administrators.
.SH OPTIONS
.TP
\fB\-\-socket\fR \fIPATH\fR
The control socket; else the one $POSTROOM_SOCKET names, else /run/postroom/control.sock, else that of the playground in
the home folder.
.TP
\fB\-\-json\fR
Answers and errors as one JSON document.
.TP
\fB\-\-help\fR
Lists the commands; after a command: its arguments and options.
.TP
\fB\-\-man\fR
This page, as roff.
.TP
\fB\-\-version\fR
The version.
.PP
Commands that change something also take:
.TP
\fB\-\-dry\-run\fR
Check and answer, but change nothing.
.TP
\fB\-\-expect\fR \fIREVISION\fR
Refuse if the settings have another revision by now.
.TP
\fB\-\-idempotency\-key\fR \fITEXT\fR
Repeating a call with the same key does it once.
.SH COMMANDS
)";

constexpr char kTail[] = R"(.SS stdio
The control protocol on standard input and output: one JSON\-RPC 2.0 message a line. For
.B ssh HOST postroomctl stdio.
.SH EXIT STATUS
.TP
0
done
.TP
1
refused, or not clean
.TP
2
wrong usage
.TP
69
there is no server at the socket
.TP
75
not now; try again later
.SH ENVIRONMENT
.TP
POSTROOM_SOCKET
The control socket, unless \fB\-\-socket\fR names it.
.SH SEE ALSO
.BR postroomd (8),
.BR postroom (1)
)";

QString entry(const QString &name, const QString &doc)
{
    return QStringLiteral(".TP\n\\fB%1\\fR\n%2\n").arg(escaped(name), escaped(doc));
}

QString flagEntry(const Flag &flag)
{
    QString doc = flag.doc;
    if (!flag.choices.isEmpty())
        doc += QStringLiteral(" One of %1.").arg(flag.choices.join(QStringLiteral(", ")));
    if (flag.kind == Kind::Secret)
        return entry(QStringLiteral("--%1-stdin").arg(flag.name),
                     doc + QStringLiteral(" Read as a line of standard input."));
    return entry(flag.positional ? flag.name.toUpper() : QStringLiteral("--") + flag.name, doc);
}

} // namespace

QString manPage()
{
    QString page = QString::fromUtf8(kHead).arg(QStringLiteral(POSTROOM_VERSION));
    for (const Command &command : commands()) {
        page += QStringLiteral(".SS %1\n%2\n").arg(escaped(command.title()), escaped(command.doc));
        for (const Flag &flag : command.flags)
            page += flagEntry(flag);
        if (command.method == QLatin1StringView("mail.send")) {
            page += entry(QStringLiteral("-t"), QStringLiteral("Take the recipients from To, Cc and Bcc."));
            page += entry(QStringLiteral("-f ADDRESS"), QStringLiteral("As --from."));
            page += entry(QStringLiteral("-i, -oi"),
                          QStringLiteral("Accepted: a line with a dot alone never ends the message."));
        }
    }
    return page + QString::fromUtf8(kTail);
}

} // namespace cli
