// Why a message of the fake server waits or failed, explained as the real one does it.
#pragma once

#include "shared/mime/dsn_explain.h"

#include <QRegularExpression>
#include <QString>

// Row: of the queue, or of what has left it.
template<class Row>
void explain(Row &row)
{
    static const QRegularExpression kStatus(QStringLiteral("[245]\\.\\d+\\.\\d+"));
    if (row.lastError.isEmpty())
        return;
    const QString status = kStatus.match(row.lastError).captured();
    const mime::StatusExplanation &why = mime::explainStatus(status.toUtf8(), row.lastError.toUtf8());
    row.reason = QString::fromUtf8(why.code);
    row.cause = QString::fromUtf8(why.cause);
    row.nextStep = QString::fromUtf8(why.nextStep);
}
