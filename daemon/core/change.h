// A change to the database, as code: made anywhere, run by the one writer, answered when it is on disk.
// apply runs on the writer's thread inside a SAVEPOINT of a batch; published runs there after the batch is durable, in
// commit order and before `done`, or discarded if the whole batch failed; none may block. daemon/db's Writer is the
// Committer; sessions meet it through Outbox::work.
#pragma once

#include "shared/base/result.h"

#include <QtGlobal>

#include <functional>

namespace db {
class Database;
}

namespace core {

struct Change
{
    std::move_only_function<Result<void>(db::Database &)> apply; // an Error rolls back this change alone
    std::move_only_function<void()> published;                   // may be empty
    std::move_only_function<void()> discarded = {}; // instead, when the batch was not committed; may be empty
    qint64 sizeBytes = 0;                           // rough weight, to bound a batch
};

using Done = std::move_only_function<void(Result<void>)>; // on the writer's thread

class Committer
{
public:
    virtual ~Committer() = default;
    virtual void submit(Change change, Done done) = 0; // any thread
};

} // namespace core
