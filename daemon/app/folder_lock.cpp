#include "daemon/app/folder_lock.h"

#include <QDir>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace app {

Result<std::unique_ptr<FolderLock>> FolderLock::take(const QString &folder)
{
    const auto refused = [&folder](const QString &what, const QString &hint) {
        const QString text = what.arg(folder);
        return failure(
            {.kind = ErrorKind::User, .text = text, .publicText = text, .code = {}, .hint = hint, .path = {}});
    };
    if (!QDir().mkpath(folder))
        return refused(QStringLiteral("cannot make the folder %1"), {});
    const QByteArray file = QFile::encodeName(folder + QStringLiteral("/lock"));
    const int descriptor = ::open(file.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return refused(QStringLiteral("cannot write in the folder %1"), {});
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        ::close(descriptor);
        return refused(QStringLiteral("another postroomd runs on the folder %1"),
                       QStringLiteral("stop that one, or choose another folder with --state-dir"));
    }
    return std::unique_ptr<FolderLock>(new FolderLock(descriptor));
}

FolderLock::~FolderLock() { ::close(m_descriptor); }

} // namespace app
