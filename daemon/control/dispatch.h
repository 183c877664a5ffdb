// From a method's name to its handler. One row per method; params are read strictly into the method's struct before it
// is called. Pure tables; any thread.
#pragma once

#include "daemon/control/call.h"

namespace control {

struct Method
{
    const char *name;
    api::Role role;
    bool mutates;
    const char *topic;
    std::function<Result<QJsonObject>(Reading &, const QJsonObject &params)> read; // one of the two is set
    std::function<Result<QJsonObject>(Writing &, const QJsonObject &params)> write;
    bool (*available)(const Services &);
};

[[nodiscard]] const Method *
findMethod(const QString &name); // null = unknown; hello and subscribe belong to the session
[[nodiscard]] QStringList capabilities(const Services &services);

// Takes expect, idempotencyKey and dryRun out of the params.
[[nodiscard]] Result<api::CallOptions> takeOptions(QJsonObject &params);

// One changing call inside a change: options, handler, history. The answer is what a repeated call with the same key
// gets, too.
[[nodiscard]] Result<QJsonObject> runWriting(Writing &call, const Method &method, const api::CallOptions &options,
                                             const QJsonObject &params);

// What subscribers of a topic see: records by id.
using Items = QMap<QString, QJsonObject>;
[[nodiscard]] Result<Items> readTopic(Reading &call, const QString &topic);

} // namespace control
