// The SQL of schema/*.sql, compiled in.
#pragma once

namespace store {

extern const char *const kSchema0001;
extern const char *const kSchema0002;
extern const char *const kSchema0003;
extern const char *const kSchema0004;
extern const char *const kSchema0005;
extern const char *const kSchema0006;

} // namespace store
