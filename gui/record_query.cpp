#include "gui/record_query.h"

#include "gui/daemon_link.h"

#include <QPointer>

namespace gui {

RecordQuery::RecordQuery(QObject *parent)
    : RecordModel(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &RecordQuery::ask);
}

void RecordQuery::setMethod(const QString &method)
{
    m_method = method;
    const RecordType *type = recordTypeOfMethod(method);
    setType(type);
    m_list = type ? type->list : QString();
    m_keyField = type ? type->keyField : QString();
    Q_EMIT methodChanged();
    Q_EMIT supportedChanged();
}

void RecordQuery::setParams(const QVariantMap &params)
{
    if (params == m_params)
        return;
    m_params = params;
    Q_EMIT paramsChanged();
    askSoon();
}

void RecordQuery::setActive(bool active)
{
    if (active == m_active)
        return;
    m_active = active;
    Q_EMIT activeChanged();
    askSoon();
}

void RecordQuery::setPause(int milliseconds)
{
    m_timer.setInterval(milliseconds);
    Q_EMIT pauseChanged();
}

bool RecordQuery::isSupported() const { return m_daemon && m_daemon->can(m_method); }

void RecordQuery::componentComplete()
{
    m_complete = true;
    m_daemon = DaemonLink::of(qmlEngine(this));
    if (!m_daemon)
        return;
    connect(m_daemon, &DaemonLink::serverChanged, this, [this] {
        Q_EMIT supportedChanged();
        ask();
    });
    connect(m_daemon, &DaemonLink::topicChanged, this, [this](const QString &topic) {
        if (topic == m_topic)
            askSoon();
    });
    Q_EMIT supportedChanged();
    ask();
}

void RecordQuery::refresh() { ask(); }

void RecordQuery::clear()
{
    ++m_question;
    setBusy(false);
    takeAll({});
}

void RecordQuery::askSoon()
{
    if (m_complete)
        m_timer.start();
}

void RecordQuery::ask()
{
    m_timer.stop();
    if (!m_complete || !m_active || !isSupported() || m_daemon->state() != DaemonLink::Connected)
        return;
    setBusy(true);
    m_daemon->call(m_method, QJsonObject::fromVariantMap(m_params),
                   [self = QPointer<RecordQuery>(this), question = ++m_question](const Result<QJsonObject> &result) {
                       if (self && self->m_question == question)
                           self->answer(result);
                   });
}

void RecordQuery::answer(const Result<QJsonObject> &result)
{
    setBusy(false);
    const QString problem = result ? QString() : publicText(result.error());
    if (problem != m_problem) {
        m_problem = problem;
        Q_EMIT problemChanged();
    }
    if (!result)
        return;
    QList<Item> items;
    const QJsonArray list = result->value(m_list).toArray();
    items.reserve(list.size());
    for (const auto &each : list) {
        const QJsonObject json = each.toObject();
        const QString key = m_keyField.isEmpty() ? QString() : json.value(m_keyField).toVariant().toString();
        items.append({key.isEmpty() ? QString::number(items.size()) : key, json});
    }
    takeAll(items);
    QVariantMap rest = result->toVariantMap();
    rest.remove(m_list);
    m_rest = rest;
    Q_EMIT restChanged();
    Q_EMIT answered();
}

void RecordQuery::setBusy(bool busy)
{
    if (m_busy == busy)
        return;
    m_busy = busy;
    Q_EMIT busyChanged();
}

} // namespace gui
