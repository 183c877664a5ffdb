#include "gui/api_call.h"

#include "gui/daemon_link.h"
#include "gui/values.h"

#include <QPointer>
#include <QQmlEngine>
#include <QUuid>

namespace gui {

namespace {

struct CallType
{
    const char *name;
    bool mutates;
    Result<void> (*check)(const QJsonObject &);
    Result<QVariantMap> (*read)(const QJsonObject &);
};

const QList<CallType> &callTypes()
{
    static const QList<CallType> types = [] {
        QList<CallType> all;
        api::forEachMethod([&all]<class P, class R>(const api::Method<P, R> &method) {
            all.append({method.name, method.mutates,
                        [](const QJsonObject &params) -> Result<void> {
                            P typed{};
                            return json::fromJson(params, typed);
                        },
                        [](const QJsonObject &result) {
                            return api::fromResult<R>(result).transform([](const R &typed) { return toMap(typed); });
                        }});
        });
        return all;
    }();
    return types;
}

const CallType *typeOf(const QString &method)
{
    const auto found = std::ranges::find_if(
        callTypes(), [&method](const CallType &each) { return method == QLatin1StringView(each.name); });
    return found == callTypes().end() ? nullptr : &*found;
}

// Parameters left undefined are not sent.
QJsonObject toJson(const QVariantMap &params)
{
    QJsonObject object;
    for (auto each = params.begin(); each != params.end(); ++each) {
        if (each->isValid() && !each->isNull())
            object.insert(each.key(), QJsonValue::fromVariant(*each));
    }
    return object;
}

} // namespace

void ApiCall::setMethod(const QString &method)
{
    m_method = method;
    Q_EMIT methodChanged();
}

void ApiCall::start(const QVariantMap &params)
{
    const CallType *type = typeOf(m_method);
    DaemonLink *daemon = DaemonLink::of(qmlEngine(this));
    if (m_busy || !daemon)
        return;
    if (!type || !daemon->can(m_method)) { // a page that does not ask what the server can
        finish(failure(ErrorKind::User, tr("this server cannot do that")));
        return;
    }
    QJsonObject object = toJson(params);
    if (auto fine = type->check(object); !fine) {
        finish(std::unexpected(std::move(fine.error())));
        return;
    }
    if (type->mutates && m_dryRun)
        object.insert(QStringLiteral("dryRun"), true);
    if (type->mutates)
        object.insert(QStringLiteral("idempotencyKey"), QUuid::createUuid().toString(QUuid::WithoutBraces));
    setBusy(true);
    daemon->call(m_method, object, [self = QPointer<ApiCall>(this), type](const Result<QJsonObject> &answer) {
        if (self)
            self->finish(answer ? type->read(*answer) : std::unexpected(answer.error()));
    });
}

void ApiCall::reset()
{
    m_result.clear();
    m_hasError = false;
    m_error = {};
    Q_EMIT finished();
}

QString ApiCall::errorText() const
{
    if (!m_hasError)
        return {};
    if (m_error.kind == ErrorKind::Closed)
        return tr("The server can't be reached. Nothing was changed.");
    QString text = publicText(m_error);
    text[0] = text[0].toUpper();
    const bool ended = text.endsWith(u'.') || text.endsWith(u'?') || text.endsWith(u'!');
    return ended ? text : text + u'.';
}

QString ApiCall::errorField() const
{
    return m_error.path.startsWith(u'/') ? m_error.path.section(u'/', 1, 1) : QString();
}

void ApiCall::finish(Result<QVariantMap> outcome)
{
    setBusy(false);
    m_hasError = !outcome;
    m_result = outcome ? std::move(*outcome) : QVariantMap();
    m_error = m_hasError ? std::move(outcome.error()) : Error{};
    Q_EMIT finished();
    if (m_hasError)
        Q_EMIT failed();
    else
        Q_EMIT done(m_result);
}

void ApiCall::setBusy(bool busy)
{
    if (m_busy == busy)
        return;
    m_busy = busy;
    Q_EMIT busyChanged();
}

} // namespace gui
