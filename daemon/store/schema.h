// The SQL of schema/*.sql, compiled in.
#pragma once

namespace store {

extern const char *const kSchema0001;

} // namespace store
