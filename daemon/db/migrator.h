// Brings a database to the schema this program knows. Each step runs once, in its own transaction, forward only; a file
// made by a newer program is refused with a text that says so. Startup, before any other connection.
#pragma once

#include "daemon/db/database.h"

#include <QList>

namespace db {

struct Migration
{
    const char *name; // "store/0001_mail": folder and number; the order of the list is the order of application
    const char *sql;  // statements separated by ";\n"
};

Result<void> migrate(Database &db, const QList<Migration> &migrations);

} // namespace db
