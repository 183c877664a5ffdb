// A message that is too large to be held in memory while it comes in. It is written to a file without a name in the
// state folder, which goes with its last user however the process ends, and is read by mapping it: its pages can always
// be dropped. For workers; one at a time.
#pragma once

#include "shared/base/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

namespace core {

// Message bytes and what keeps them where they are. `bytes` may be used as long as somebody has `owner`.
struct HeldBytes
{
    QByteArray bytes;
    std::shared_ptr<const void> owner; // null = `bytes` holds itself
};

class Spool
{
public:
    static Result<Spool> open(const QString &folder);
    Spool(Spool &&other) noexcept
        : m_descriptor(std::exchange(other.m_descriptor, -1))
        , m_size(other.m_size)
    {}
    Spool &operator=(Spool &&) = delete;
    ~Spool();

    Result<void> append(QByteArrayView bytes); // error code "disk-full" when there is no space
    [[nodiscard]] Result<HeldBytes> read() const;
    [[nodiscard]] qint64 sizeBytes() const { return m_size; }

private:
    explicit Spool(int descriptor)
        : m_descriptor(descriptor)
    {}
    int m_descriptor;
    qint64 m_size = 0;
};

// The bytes by way of a file, if there are more than `most` of them; as they are if that cannot be.
[[nodiscard]] HeldBytes hold(QByteArray bytes, qsizetype most, const QString &folder);

} // namespace core
