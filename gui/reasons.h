// Why a message waits or failed, in plain words, and what helps: what the server says of it (reason, cause, nextStep),
// in the language of the window. QML's `Reasons`. Pure but for the language.
#pragma once

#include <QObject>
#include <QVariantMap>
#include <QtQml/qqmlregistration.h>

namespace gui {

// A row of assets/explain/reasons.tsv: what a server explains.
struct ReasonWords
{
    const char *code;
    const char *cause;
    const char *nextStep;
};
// All of them, so that translations know them. Made by the build.
[[nodiscard]] QList<ReasonWords> reasonWords();

class Reasons : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
public:
    using QObject::QObject;

    // {brief, advice, needsYou} of a record of the queue or of what was sent.
    Q_INVOKABLE [[nodiscard]] static QVariantMap of(const QVariantMap &record);
    // Codes of reasons for which waiting helps, no reason among them; for the others somebody has to do something.
    Q_INVOKABLE [[nodiscard]] static QStringList patient();
    // The reply without the host in front: "452 4.2.2 mailbox full".
    Q_INVOKABLE [[nodiscard]] static QString reply(const QString &text);
    // What a row of a trace says, in the language of the window: {title, text, kind}.
    Q_INVOKABLE [[nodiscard]] static QVariantMap step(const QVariantMap &event);
};

} // namespace gui
