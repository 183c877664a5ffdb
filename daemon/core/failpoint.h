// Failures on purpose, for measurements and tests: POSTROOM_FAILPOINT="slow-sync=4ms" makes every commit take that much
// longer, as a disk with slow flushes would. Read once at start, on the main thread; never set in a real installation.
#pragma once

#include "shared/base/result.h"

#include <QByteArrayView>

#include <chrono>

namespace core {

struct Failpoints
{
    std::chrono::microseconds syncDelay{0}; // slow-sync=Nms, 1 to 1000
};

// A comma-separated list of name=value; an unknown name or value is an error (Syntax), so that a typing error measures
// nothing.
Result<Failpoints> parseFailpoints(QByteArrayView text);

} // namespace core
