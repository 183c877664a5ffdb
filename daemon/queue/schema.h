// The SQL of schema/*.sql, compiled in.
#pragma once

namespace queue {

extern const char *const kSchema0001;

} // namespace queue
