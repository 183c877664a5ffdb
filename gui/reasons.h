// Why a message waits or failed, in plain words: whose side it is on, and what helps. From what the other server said:
// its enhanced status code (RFC 3463), else its reply code, else our own words for what happened on the way. QML's
// `Reasons`. Pure but for the language.
#pragma once

#include <QObject>
#include <QVariantMap>
#include <QtQml/qqmlregistration.h>

namespace gui {

struct Reason
{
    QString brief;  // "Their mailbox is full"
    QString why;    // one or two sentences: whose side, what happens next
    QString advice; // the next step; empty = none but waiting
    bool needsYou = false;
};

// code: 0 = there was no reply; status: "4.2.2" or empty; text: what was said, theirs or ours.
[[nodiscard]] Reason reasonFor(int code, const QString &status, const QString &text, const QString &recipient);

class Reasons : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
public:
    using QObject::QObject;

    // {brief, why, advice, needsYou} of a record of the queue or of what was sent.
    Q_INVOKABLE [[nodiscard]] static QVariantMap of(const QVariantMap &record);
    // The reply without the host in front: "452 4.2.2 mailbox full".
    Q_INVOKABLE [[nodiscard]] static QString reply(const QString &text);
    // What a row of a trace says, in the language of the window: {title, text, kind}.
    Q_INVOKABLE [[nodiscard]] static QVariantMap step(const QVariantMap &event);
};

} // namespace gui
