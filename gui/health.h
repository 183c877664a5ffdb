// Whether the server is well, in one sentence, and what needs a person: at most three things, the worst first. Health
// is what QML reads; assess() is the rule, a pure function.
#pragma once

#include "shared/api/all.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace gui {

enum class Severity
{
    Fine,
    Attention, // something to do this week
    Trouble,   // mail is not flowing
};
constexpr auto enumNames(Severity)
{
    return std::array{EnumName{Severity::Fine, "ok"}, EnumName{Severity::Attention, "warn"},
                      EnumName{Severity::Trouble, "error"}};
}

struct Need
{
    Severity severity = Severity::Attention;
    QString category; // what it is about: "mail", "storage", "certificate", "tls"; notifications are muted by it
    QString title;
    QString text;
    QString action;   // what is done about it: "storage", "security"; empty = nothing the window could do
    QString argument; // of the action: an address
    static constexpr auto fields()
    {
        return std::tuple{field("severity", &Need::severity, "How bad it is."),
                          field("category", &Need::category, "What it is about."),
                          field("title", &Need::title, "What is the matter."),
                          field("text", &Need::text, "What it means and what helps."),
                          field("action", &Need::action, "What the page can do about it."),
                          field("argument", &Need::argument, "What the action is about.")};
    }
};

struct Assessment
{
    Severity severity = Severity::Fine;
    QString sentence;
    QString detail;
    QList<Need> needs;
};

[[nodiscard]] Assessment assess(const api::Status &status, const QList<api::Account> &accounts, Timestamp now);

// A certificate that is not renewed by itself needs someone two weeks before its end; three days before it is trouble.
inline constexpr std::chrono::days kCertificateSoon{14};
inline constexpr std::chrono::days kCertificateNow{3};
// More than this share of TLS handshakes failed, of at least so many: one scanner alone is no alarm.
inline constexpr double kTlsAlarm = 0.1;
inline constexpr qint64 kFewHandshakes = 20;

// A mailbox this full needs someone; one this full is shown in amber.
inline constexpr double kNearlyFull = 0.9;
inline constexpr double kFilling = 0.8;

class Health : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Daemon.health")
    Q_PROPERTY(QString severity READ severity NOTIFY changed)
    Q_PROPERTY(QString sentence READ sentence NOTIFY changed)
    Q_PROPERTY(QString detail READ detail NOTIFY changed)
    Q_PROPERTY(QVariantList needs READ needs NOTIFY needsChanged)
public:
    using QObject::QObject;

    [[nodiscard]] QString severity() const { return QString::fromLatin1(nameOf(m_now.severity)); }
    [[nodiscard]] QString sentence() const { return m_now.sentence; }
    [[nodiscard]] QString detail() const { return m_now.detail; }
    [[nodiscard]] QVariantList needs() const { return m_needs; }

    void take(Assessment now);

Q_SIGNALS:
    void changed();
    void needsChanged();

private:
    Assessment m_now;
    QVariantList m_needs;
};

} // namespace gui
