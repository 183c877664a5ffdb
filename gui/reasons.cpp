#include "gui/reasons.h"

#include <QRegularExpression>

namespace gui {

namespace {

// Texts are marked here and translated where they are used.
struct Row
{
    const char *status; // "*.2.2": class, subject, detail; * = any
    const char *words;  // or what the text has in it, in lower case
    const char *brief;
    const char *why;
    const char *advice;
    bool needsYou;
};

constexpr const char *kTheirs = QT_TRANSLATE_NOOP(
    "gui::Reasons", "Your side is fine. We try again by ourselves, for five days; then the sender is told.");

constexpr std::array kRows{
    Row{"*.2.2", "mailbox full", QT_TRANSLATE_NOOP("gui::Reasons", "Their mailbox is full"), kTheirs,
        QT_TRANSLATE_NOOP("gui::Reasons", "If it is urgent, call them or write to another address."), false},
    Row{"*.2.2", "quota", QT_TRANSLATE_NOOP("gui::Reasons", "Their mailbox is full"), kTheirs,
        QT_TRANSLATE_NOOP("gui::Reasons", "If it is urgent, call them or write to another address."), false},
    Row{"*.1.1", "user unknown", QT_TRANSLATE_NOOP("gui::Reasons", "They do not know this address"),
        QT_TRANSLATE_NOOP("gui::Reasons", "Their server says that nobody there has this address."),
        QT_TRANSLATE_NOOP("gui::Reasons", "Check how it is spelt, and ask them for their address."), true},
    Row{"*.1.2", "no such domain", QT_TRANSLATE_NOOP("gui::Reasons", "There is no such domain"),
        QT_TRANSLATE_NOOP("gui::Reasons", "The part behind the @ is not found in the DNS."),
        QT_TRANSLATE_NOOP("gui::Reasons", "Check how it is spelt."), true},
    Row{"*.1.10", "null mx", QT_TRANSLATE_NOOP("gui::Reasons", "This domain takes no mail"),
        QT_TRANSLATE_NOOP("gui::Reasons", "Its owner says in the DNS that it has no mailboxes."),
        QT_TRANSLATE_NOOP("gui::Reasons", "Ask them for another address."), true},
    Row{"*.2.1", "disabled", QT_TRANSLATE_NOOP("gui::Reasons", "Their mailbox is closed"),
        QT_TRANSLATE_NOOP("gui::Reasons", "Their server knows the address but takes no mail for it."),
        QT_TRANSLATE_NOOP("gui::Reasons", "Ask them for another address."), true},
    Row{"*.3.4", "too large", QT_TRANSLATE_NOOP("gui::Reasons", "The message is too large for them"),
        QT_TRANSLATE_NOOP("gui::Reasons", "Their server takes only smaller messages."),
        QT_TRANSLATE_NOOP("gui::Reasons", "Send it in parts, or a link to it."), true},
    Row{"*.7.1", "spam", QT_TRANSLATE_NOOP("gui::Reasons", "They took it for junk"),
        QT_TRANSLATE_NOOP("gui::Reasons", "Their server does not trust this message or this server."),
        QT_TRANSLATE_NOOP("gui::Reasons", "Check the DNS records of the domain, then write to their postmaster."),
        true},
    Row{"*.7.1", "greylist", QT_TRANSLATE_NOOP("gui::Reasons", "They asked us to come back"),
        QT_TRANSLATE_NOOP("gui::Reasons",
                          "Their server turns the first try of a new sender away. The next one is taken."),
        "", false},
    Row{"*.7.1", "grey", QT_TRANSLATE_NOOP("gui::Reasons", "They asked us to come back"),
        QT_TRANSLATE_NOOP("gui::Reasons",
                          "Their server turns the first try of a new sender away. The next one is taken."),
        "", false},
    Row{"", "come back", QT_TRANSLATE_NOOP("gui::Reasons", "They asked us to come back"),
        QT_TRANSLATE_NOOP("gui::Reasons",
                          "Their server turns the first try of a new sender away. The next one is taken."),
        "", false},
    Row{"", "certificate", QT_TRANSLATE_NOOP("gui::Reasons", "Their certificate does not match"),
        QT_TRANSLATE_NOOP("gui::Reasons",
                          "Their server may be another than it says, so nothing was handed over. The fault is theirs."),
        QT_TRANSLATE_NOOP("gui::Reasons", "Tell them, or let this one message go without a verified connection."),
        true},
    Row{"*.7.25", "", QT_TRANSLATE_NOOP("gui::Reasons", "They miss a name for our address"),
        QT_TRANSLATE_NOOP("gui::Reasons", "Their server wants the reverse DNS of this server to be right."),
        QT_TRANSLATE_NOOP("gui::Reasons", "Ask your internet provider to set it."), true},
    Row{"*.7.*", "", QT_TRANSLATE_NOOP("gui::Reasons", "They refused it for safety"),
        QT_TRANSLATE_NOOP("gui::Reasons", "Their server does not trust this message or this server."),
        QT_TRANSLATE_NOOP("gui::Reasons", "Check the DNS records of the domain, then write to their postmaster."),
        true},
    Row{"*.4.1", "did not answer", QT_TRANSLATE_NOOP("gui::Reasons", "Their server did not answer"), kTheirs, "",
        false},
    Row{"*.4.1", "timed out", QT_TRANSLATE_NOOP("gui::Reasons", "Their server did not answer"), kTheirs, "", false},
    Row{"*.4.1", "timeout", QT_TRANSLATE_NOOP("gui::Reasons", "Their server did not answer"), kTheirs, "", false},
    Row{"*.4.1", "refused", QT_TRANSLATE_NOOP("gui::Reasons", "Their server is not reachable"), kTheirs, "", false},
    Row{"*.4.1", "unreachable", QT_TRANSLATE_NOOP("gui::Reasons", "Their server is not reachable"), kTheirs, "", false},
    Row{"*.4.3", "dns", QT_TRANSLATE_NOOP("gui::Reasons", "Their DNS does not answer"), kTheirs, "", false},
    Row{"*.4.6", "loop", QT_TRANSLATE_NOOP("gui::Reasons", "The message goes round in circles"),
        QT_TRANSLATE_NOOP("gui::Reasons", "It was forwarded so often that it can only be a loop."),
        QT_TRANSLATE_NOOP("gui::Reasons", "Look for forwardings that point at each other."), true},
    Row{"*.3.*", "", QT_TRANSLATE_NOOP("gui::Reasons", "Their server cannot take it now"), kTheirs, "", false},
    Row{"*.4.*", "", QT_TRANSLATE_NOOP("gui::Reasons", "The connection did not work out"), kTheirs, "", false},
    Row{"*.5.*", "", QT_TRANSLATE_NOOP("gui::Reasons", "The two servers did not understand each other"), kTheirs, "",
        false},
};

// "*.2.2" fits "4.2.2" and "5.2.2"; "*.7.*" fits all of the subject.
bool fits(const char *pattern, const QString &status)
{
    const QStringList wanted = QString::fromLatin1(pattern).split(u'.');
    const QStringList given = status.split(u'.');
    if (wanted.size() != 3 || given.size() != 3)
        return false;
    return std::ranges::equal(wanted, given, [](const QString &a, const QString &b) { return a == u'*' || a == b; });
}

// A row whose words are in the text is better than one whose code alone fits: servers use 4.7.1 for many things.
const Row *rowFor(const QString &status, const QString &text)
{
    const QString lower = text.toLower();
    for (const Row &each : kRows) {
        if (*each.words != '\0' && lower.contains(QLatin1StringView(each.words)))
            return &each;
    }
    for (const Row &each : kRows) {
        if (fits(each.status, status))
            return &each;
    }
    return nullptr;
}

QString translated(const char *text) { return *text == '\0' ? QString() : Reasons::tr(text); }

QString argumentOf(const QVariantMap &event, const char *name)
{
    const QVariant value = event.value(QStringLiteral("arguments")).toMap().value(QLatin1StringView(name));
    return value.typeId() == QMetaType::QVariantList ? value.toStringList().join(QStringLiteral(", "))
                                                     : value.toString();
}

struct StepRow
{
    const char *event;
    const char *title;
    const char *argument; // shown under the title, if the row has it; else the server's sentence is
    const char *kind;     // for glyph and colour
};
constexpr std::array kSteps{
    StepRow{"received", QT_TRANSLATE_NOOP("gui::Reasons", "Received"), "", "inbox"},
    StepRow{"checked", QT_TRANSLATE_NOOP("gui::Reasons", "Checked"), "", "shield"},
    StepRow{"decided", QT_TRANSLATE_NOOP("gui::Reasons", "Decided"), "", "aliases"},
    StepRow{"refused", QT_TRANSLATE_NOOP("gui::Reasons", "Turned away"), "reason", "error"},
    StepRow{"delivered", QT_TRANSLATE_NOOP("gui::Reasons", "Delivered"), "", "mail"},
    StepRow{"queued", QT_TRANSLATE_NOOP("gui::Reasons", "Queued for sending"), "to", "clock"},
    StepRow{"attempt", QT_TRANSLATE_NOOP("gui::Reasons", "Tried, not delivered yet"), "reason", "warn"},
    StepRow{"sent", QT_TRANSLATE_NOOP("gui::Reasons", "Handed over"), "host", "send"},
    StepRow{"failed", QT_TRANSLATE_NOOP("gui::Reasons", "Given up"), "reason", "error"},
    StepRow{"held", QT_TRANSLATE_NOOP("gui::Reasons", "Put on hold"), "", "pause"},
    StepRow{"released", QT_TRANSLATE_NOOP("gui::Reasons", "Released"), "", "play"},
    StepRow{"dropped", QT_TRANSLATE_NOOP("gui::Reasons", "Removed from the queue"), "", "error"},
    StepRow{"read", QT_TRANSLATE_NOOP("gui::Reasons", "Read"), "", "eye"},
    StepRow{"fetched", QT_TRANSLATE_NOOP("gui::Reasons", "Fetched"), "", "bell"},
};

} // namespace

Reason reasonFor(int code, const QString &status, const QString &text, const QString &recipient)
{
    static const QRegularExpression kStatus(QStringLiteral("\\b([245]\\.\\d{1,3}\\.\\d{1,3})\\b"));
    const QString enhanced = status.isEmpty() ? kStatus.match(text).captured(1) : status;
    if (const Row *row = rowFor(enhanced, text)) {
        return {.brief = translated(row->brief),
                .why = translated(row->why),
                .advice = translated(row->advice),
                .needsYou = row->needsYou};
    }
    std::ignore = recipient;
    if (text.isEmpty() && code == 0)
        return {.brief = Reasons::tr("Waits for its turn"), .why = {}, .advice = {}, .needsYou = false};
    if (code >= 500)
        return {.brief = Reasons::tr("They refused it"),
                .why = Reasons::tr("Their server does not take this message. What it said is below."),
                .advice = {},
                .needsYou = true};
    return {.brief = Reasons::tr("They could not take it yet"),
            .why = translated(kTheirs),
            .advice = {},
            .needsYou = false};
}

QVariantMap Reasons::of(const QVariantMap &record)
{
    const QString said = record.contains(QStringLiteral("lastText"))
                             ? record.value(QStringLiteral("lastText")).toString()
                             : record.value(QStringLiteral("lastError")).toString();
    int code = record.value(QStringLiteral("lastCode")).toInt();
    if (code == 0)
        code = reply(said).section(u' ', 0, 0).toInt();
    if (said.isEmpty() && record.value(QStringLiteral("state")) == QLatin1StringView("held"))
        return {{QStringLiteral("brief"), tr("Kept back")},
                {QStringLiteral("why"), tr("A rule or a person keeps it. It is not tried until it is released.")},
                {QStringLiteral("advice"), QString()},
                {QStringLiteral("needsYou"), false}};
    const Reason reason = reasonFor(code, record.value(QStringLiteral("lastStatus")).toString(), said,
                                    record.value(QStringLiteral("recipient")).toString());
    return {{QStringLiteral("brief"), reason.brief},
            {QStringLiteral("why"), reason.why},
            {QStringLiteral("advice"), reason.advice},
            {QStringLiteral("needsYou"), reason.needsYou}};
}

QString Reasons::reply(const QString &text)
{
    static const QRegularExpression kReply(QStringLiteral("(?:^|: )([245]\\d\\d[ -].*)$"));
    const QString found = kReply.match(text).captured(1);
    return found.isEmpty() ? text : found;
}

QVariantMap Reasons::step(const QVariantMap &event)
{
    const QString name = event.value(QStringLiteral("code")).toString().section(u'.', 0, 0);
    QString title = event.value(QStringLiteral("text")).toString();
    QString text;
    QString kind = QStringLiteral("info");
    for (const StepRow &each : kSteps) {
        if (name != QLatin1StringView(each.event))
            continue;
        text = *each.argument == '\0' ? QString() : argumentOf(event, each.argument);
        kind = QString::fromLatin1(each.kind);
        title = translated(each.title);
    }
    const QString from = argumentOf(event, "from");
    if (name == QLatin1StringView("received"))
        text =
            from.isEmpty() ? tr("A report, from no sender") : tr("From %1 for %2").arg(from, argumentOf(event, "to"));
    if (name == QLatin1StringView("delivered"))
        text = tr("To %1").arg(argumentOf(event, "account").isEmpty() ? argumentOf(event, "to")
                                                                      : argumentOf(event, "account"));
    if (text.isEmpty() && title != event.value(QStringLiteral("text")).toString())
        text = argumentOf(event, "to");
    return {{QStringLiteral("title"), title}, {QStringLiteral("text"), text}, {QStringLiteral("kind"), kind}};
}

} // namespace gui
