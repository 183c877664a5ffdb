#include "shared/settings/schema.h"

#include "shared/settings/document.h"

namespace settings {

QJsonObject documentSchema()
{
    QJsonObject schema = schemaOf<Document>();
    schema.insert(QStringLiteral("$schema"), QStringLiteral("https://json-schema.org/draft/2020-12/schema"));
    schema.insert(QStringLiteral("title"), QStringLiteral("Postroom settings"));
    return schema;
}

} // namespace settings
