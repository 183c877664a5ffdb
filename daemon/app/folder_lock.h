// That no two programs run on one state folder: a second writer would give out the same UIDs again and send queued mail
// twice. A file `lock` in the folder, locked for as long as the object lives; the system unlocks it however the process
// ends, so that nothing stale is left behind. Main thread.
#pragma once

#include "shared/base/result.h"

#include <memory>

namespace app {

class FolderLock
{
public:
    // Makes the folder if it is not there. An error if another process has it.
    static Result<std::unique_ptr<FolderLock>> take(const QString &folder);
    ~FolderLock();

private:
    explicit FolderLock(int descriptor)
        : m_descriptor(descriptor)
    {}
    Q_DISABLE_COPY_MOVE(FolderLock)

    const int m_descriptor;
};

} // namespace app
