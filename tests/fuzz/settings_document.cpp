// A settings document as a person may have edited it: what is accepted must survive export, and diff to nothing.
#include "shared/settings/document.h"

#include <cstdlib>

void fuzz(QByteArrayView input)
{
    const auto document = settings::parseDocument(input);
    if (!document)
        return;
    const auto again = settings::parseDocument(settings::writeDocument(*document));
    if (!again || !settings::diff(*document, *again).isEmpty())
        std::abort();
    const auto changes = settings::diff({}, *document);
    const auto merged = settings::mergeUnlisted({}, *document);
    if (!merged.unlisted.isEmpty())
        std::abort();
    const auto undone = settings::revert(*document, changes);
    if (undone && !settings::diff({}, *undone).isEmpty())
        std::abort();
}
