// The records a method answers, as a RecordModel: for what is asked for rather than told (traces, rules, keys,
// history).
//   RecordQuery { method: "trace.find"; params: ({query: box.text}); active: box.text !== ""; topic: "queue" }
// Asks when it becomes active, when params change (after a pause, so that typing is one question) and when the topic
// changes; answers that were overtaken are dropped. GUI thread.
#pragma once

#include "gui/record_model.h"

#include <QQmlParserStatus>
#include <QTimer>

namespace gui {

class DaemonLink;

class RecordQuery : public RecordModel, public QQmlParserStatus
{
    Q_OBJECT
    QML_ELEMENT
    Q_INTERFACES(QQmlParserStatus)
    Q_PROPERTY(QString method READ method WRITE setMethod NOTIFY methodChanged)
    Q_PROPERTY(QVariantMap params READ params WRITE setParams NOTIFY paramsChanged)
    Q_PROPERTY(QString topic MEMBER m_topic NOTIFY topicChanged)
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY activeChanged)
    Q_PROPERTY(int pause READ pause WRITE setPause NOTIFY pauseChanged)
    Q_PROPERTY(bool supported READ isSupported NOTIFY supportedChanged)
    Q_PROPERTY(bool busy READ isBusy NOTIFY busyChanged)
    Q_PROPERTY(QString problem READ problem NOTIFY problemChanged)
    Q_PROPERTY(QVariantMap rest READ rest NOTIFY restChanged)
public:
    explicit RecordQuery(QObject *parent = nullptr);

    [[nodiscard]] QString method() const { return m_method; }
    void setMethod(const QString &method);
    [[nodiscard]] QVariantMap params() const { return m_params; }
    void setParams(const QVariantMap &params);
    [[nodiscard]] bool isActive() const { return m_active; }
    void setActive(bool active);
    [[nodiscard]] int pause() const { return m_timer.interval(); }
    void setPause(int milliseconds);
    [[nodiscard]] bool isSupported() const; // the server has the method
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] QString problem() const { return m_problem; } // why there is no answer; empty = there is
    [[nodiscard]] QVariantMap rest() const { return m_rest; }   // what the answer says beside the list

    Q_INVOKABLE void refresh();
    Q_INVOKABLE void clear();

    void classBegin() override {}
    void componentComplete() override;

Q_SIGNALS:
    void methodChanged();
    void paramsChanged();
    void topicChanged();
    void activeChanged();
    void pauseChanged();
    void supportedChanged();
    void busyChanged();
    void problemChanged();
    void restChanged();
    void answered();

private:
    void ask();
    void askSoon();
    void answer(const Result<QJsonObject> &result);
    void setBusy(bool busy);

    QString m_method;
    QString m_list;
    QString m_keyField;
    QVariantMap m_params;
    QString m_topic;
    QString m_problem;
    QVariantMap m_rest;
    QTimer m_timer;
    DaemonLink *m_daemon = nullptr;
    qint64 m_question = 0; // answers to earlier ones are dropped
    bool m_active = true;
    bool m_busy = false;
    bool m_complete = false;
};

} // namespace gui
