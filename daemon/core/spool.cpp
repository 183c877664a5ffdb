#include "daemon/core/spool.h"

#include <QFile>

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>

namespace core {

namespace {

std::unexpected<Error> failed(const char *what)
{
    const bool full = errno == ENOSPC || errno == EDQUOT;
    return failure({.kind = full ? ErrorKind::Temporary : ErrorKind::Server,
                    .text = QStringLiteral("%1: %2").arg(QLatin1StringView(what), qt_error_string(errno)),
                    .publicText = {},
                    .code = full ? QStringLiteral("disk-full") : QStringLiteral("io-error"),
                    .hint = {},
                    .path = {}});
}

int openNameless(const QByteArray &folder)
{
    const int descriptor = ::open(folder.constData(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
        return descriptor;
    QByteArray name = folder + "/spool-XXXXXX"; // not every file system has O_TMPFILE
    const int named = mkostemp(name.data(), O_CLOEXEC);
    if (named >= 0)
        unlink(name.constData());
    return named;
}

} // namespace

Result<Spool> Spool::open(const QString &folder)
{
    const int descriptor = openNameless(QFile::encodeName(folder));
    if (descriptor < 0)
        return failed("cannot make a spool file");
    return Spool(descriptor);
}

Spool::~Spool()
{
    if (m_descriptor >= 0)
        close(m_descriptor);
}

Result<void> Spool::append(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t written = ::write(m_descriptor, bytes.data(), static_cast<size_t>(bytes.size()));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return failed("cannot write a spool file");
        m_size += written;
        bytes = bytes.sliced(written);
    }
    return {};
}

Result<HeldBytes> Spool::read() const
{
    if (m_size == 0)
        return HeldBytes();
    const auto size = static_cast<size_t>(m_size);
    void *const start = mmap(nullptr, size, PROT_READ, MAP_SHARED, m_descriptor, 0);
    if (start == MAP_FAILED)
        return failed("cannot map a spool file");
    return HeldBytes{.bytes = QByteArray::fromRawData(static_cast<const char *>(start), m_size),
                     .owner = std::shared_ptr<const void>(start, [start, size](const void *) { munmap(start, size); })};
}

HeldBytes hold(QByteArray bytes, qsizetype most, const QString &folder)
{
    if (bytes.size() > most) {
        auto spool = Spool::open(folder);
        if (spool && spool->append(bytes)) {
            if (auto held = spool->read())
                return std::move(*held);
        }
    }
    return {.bytes = std::move(bytes), .owner = {}};
}

} // namespace core
