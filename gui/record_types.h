// Which api struct a record is of: of each topic, and of each method that answers a list. Derived from shared/api at
// compile time, so that a noun added there is a model here. Pure; any thread.
#pragma once

#include "gui/values.h"
#include "shared/api/all.h"

#include <functional>

namespace gui {

struct RecordType
{
    QString name; // topic or method
    QString list; // of a method: the member of its result that is the list
    QStringList fields;
    QString keyField;                                                   // identifies a record; empty = its place does
    std::optional<QVariantList> (*read)(const QJsonObject &) = nullptr; // in the order of the fields
};

[[nodiscard]] const RecordType *recordTypeOfTopic(const QString &topic);
[[nodiscard]] const RecordType *recordTypeOfMethod(const QString &method);
[[nodiscard]] QStringList recordTopics();

} // namespace gui
