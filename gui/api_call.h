// One call of an API method, as QML wants it: a busy state, a result, an error that knows its field.
//   ApiCall { id: add; method: "accounts.add"; onDone: result => …; onFailed: field.focusOn(errorField) }
//   add.start({address: "anna@example.org"})
// Parameters are checked against the method's struct before they leave, results are read by it. A repeat of a call that
// changes something is done once: each start() has an idempotency key of its own. GUI thread.
#pragma once

#include "shared/base/result.h"

#include <QObject>
#include <QVariantMap>
#include <QtQml/qqmlregistration.h>

namespace gui {

class ApiCall : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString method READ method WRITE setMethod NOTIFY methodChanged)
    Q_PROPERTY(bool dryRun MEMBER m_dryRun NOTIFY dryRunChanged)
    Q_PROPERTY(bool busy READ isBusy NOTIFY busyChanged)
    Q_PROPERTY(QVariantMap result READ result NOTIFY finished)
    Q_PROPERTY(QString errorText READ errorText NOTIFY finished)
    Q_PROPERTY(QString errorHint READ errorHint NOTIFY finished)
    Q_PROPERTY(QString errorCode READ errorCode NOTIFY finished)
    Q_PROPERTY(QString errorField READ errorField NOTIFY finished)
public:
    using QObject::QObject;

    [[nodiscard]] QString method() const { return m_method; }
    void setMethod(const QString &method);
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] QVariantMap result() const { return m_result; }
    [[nodiscard]] QString errorText() const; // a sentence; empty = no error
    [[nodiscard]] QString errorHint() const { return m_error.hint; }
    [[nodiscard]] QString errorCode() const { return m_error.code; }
    [[nodiscard]] QString errorField() const; // the parameter that was refused; empty = not about one

    Q_INVOKABLE void start(const QVariantMap &params); // refused while busy
    Q_INVOKABLE void reset();                          // forgets result and error

Q_SIGNALS:
    void methodChanged();
    void dryRunChanged();
    void busyChanged();
    void finished(); // result or error are there, or gone
    void done(const QVariantMap &result);
    void failed();

private:
    void finish(Result<QVariantMap> outcome);
    void setBusy(bool busy);

    QString m_method;
    QVariantMap m_result;
    Error m_error;
    bool m_hasError = false;
    bool m_busy = false;
    bool m_dryRun = false; // check and answer, change nothing: previews
};

} // namespace gui
