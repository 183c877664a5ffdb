#include "gui/reasons.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace gui {

namespace {

// What a server does by itself after a while, or their side has to mend: waiting helps. For every other code somebody
// has to do something.
constexpr std::array kWaitingHelps{
    "mailbox-full",     "their-disk-full", "not-accepting",    "no-answer",       "connection-lost", "dns-failure",
    "their-congestion", "their-problem",   "network-problem",  "provider-rate",   "recipient-rate",  "transaction-full",
    "greylisted",       "unknown",         "protocol-problem", "mailbox-problem", "recipient-misses"};

// The server's own words, which the translations know.
QString translatedWords(const QString &words)
{
    return words.isEmpty() ? QString() : QCoreApplication::translate("reasons", words.toUtf8().constData());
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

QStringList Reasons::patient()
{
    QStringList codes{QString()};
    for (const char *each : kWaitingHelps)
        codes.append(QString::fromLatin1(each));
    return codes;
}

QVariantMap Reasons::of(const QVariantMap &record)
{
    const auto text = [&record](const char *name) { return record.value(QLatin1StringView(name)).toString(); };
    const QString said = record.contains(QStringLiteral("lastText")) ? text("lastText") : text("lastError");
    const QString code = text("reason");
    QString brief = translatedWords(text("cause"));
    QString advice = translatedWords(text("nextStep"));
    if (brief.isEmpty() && said.isEmpty() && text("state") == QLatin1StringView("held")) {
        brief = tr("Kept back");
        advice = tr("A rule or a person keeps it. It is not tried until it is released.");
    } else if (brief.isEmpty()) {
        brief = said.isEmpty() ? tr("Waits for its turn") : reply(said); // a server that does not explain
    }
    return {{QStringLiteral("brief"), brief},
            {QStringLiteral("advice"), advice},
            {QStringLiteral("needsYou"), !patient().contains(code)}};
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
