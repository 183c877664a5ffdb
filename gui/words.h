// Numbers, sizes and times as people say them, in the language and formats of the locale: QML's `Words`. Texts about
// the present take `now`, which moves, so that "2 min ago" grows old by itself. GUI thread; the static functions: any.
#pragma once

#include <QDateTime>
#include <QObject>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

namespace gui {

class Words : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(QDateTime now READ now NOTIFY nowChanged)
public:
    explicit Words(QObject *parent = nullptr);

    [[nodiscard]] QDateTime now() const { return m_now; }

    Q_INVOKABLE [[nodiscard]] static QString number(qint64 value);
    Q_INVOKABLE [[nodiscard]] static QString bytes(qint64 value);
    Q_INVOKABLE [[nodiscard]] static QString usageOf(qint64 used, qint64 quota);               // "4.1 of 5 GB"
    Q_INVOKABLE [[nodiscard]] static QString ago(const QDateTime &at, const QDateTime &now);   // "2 min ago"
    Q_INVOKABLE [[nodiscard]] static QString until(const QDateTime &at, const QDateTime &now); // "in 8 min"
    Q_INVOKABLE [[nodiscard]] static QString runningFor(qint64 seconds);                       // "Running for 41 days"
    Q_INVOKABLE [[nodiscard]] static QString clock(const QDateTime &at);                       // "13:48"

    Q_INVOKABLE [[nodiscard]] static QString countdown(qint64 seconds);         // "9:41"
    Q_INVOKABLE [[nodiscard]] static QString lasting(qint64 seconds);           // "2 days", "4 hours"
    Q_INVOKABLE [[nodiscard]] static QString when(const QDateTime &at);         // "Mon 23 Nov, 13:48"
    Q_INVOKABLE [[nodiscard]] static QString listed(const QStringList &things); // "Anna, Ben and Mia"
    Q_INVOKABLE static void copy(const QString &text);                          // to the clipboard

    // The part before the @ for a name, free among the addresses taken: "Zoë Müller" -> "zoe.mueller".
    Q_INVOKABLE [[nodiscard]] static QString localpartFor(const QString &name);
    Q_INVOKABLE [[nodiscard]] static QString freeLocalpart(const QString &wanted, const QString &domain,
                                                           const QStringList &taken);

Q_SIGNALS:
    void nowChanged();

private:
    QDateTime m_now;
    QTimer m_tick;
};

} // namespace gui
