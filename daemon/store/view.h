// What a mailbox holds, as sessions see it: UID, flags and row of every message, in UID order. Immutable; a change
// makes a new version that shares the chunks it did not touch. Any thread.
#pragma once

#include <QByteArray>
#include <QList>

#include <memory>
#include <vector>

namespace store {

struct Entry
{
    quint32 uid = 0;
    quint32 size = 0; // bytes; messages are far smaller than 4 GiB
    qint64 messageId = 0;
    quint64 flags = 0; // see flags.h
    qint64 modseq = 0;
};

// What a newer version lacks, and what it has with another mod-sequence, both in UID order.
struct ViewDifference
{
    std::vector<quint32> expunged;
    std::vector<Entry> changed;
};

class View
{
public:
    static constexpr size_t kChunk = 1024;

    View() = default;
    explicit View(std::vector<Entry> entries);

    [[nodiscard]] qsizetype size() const { return m_size; }
    [[nodiscard]] const Entry &at(qsizetype index) const;  // 0-based
    [[nodiscard]] qsizetype lowerBound(quint32 uid) const; // index of the first entry with that UID or a larger one
    [[nodiscard]] quint32 lastUid() const { return m_size ? at(m_size - 1).uid : 0; }

    // Chunks that both versions share are not looked at.
    [[nodiscard]] ViewDifference differenceTo(const View &newer) const;
    // Calls f(index, entry) in order until it returns false.
    template<class F>
    void forEach(F f) const
    {
        qsizetype index = 0;
        for (const auto &chunk : m_chunks) {
            for (const Entry &entry : *chunk) {
                if (!f(index++, entry))
                    return;
            }
        }
    }

    [[nodiscard]] View appended(const std::vector<Entry> &entries) const; // those with larger UIDs
    [[nodiscard]] View changed(const std::vector<Entry> &entries) const;  // flags and modseq by UID
    [[nodiscard]] View expunged(const std::vector<quint32> &uids) const;  // ascending

    quint32 uidNext = 1;
    qint64 highestModseq = 1; // of everything that happened, RFC 7162 3.1.2.1
    quint32 uidValidity = 0;
    QList<QByteArray> keywords;

private:
    using Chunk = std::vector<Entry>;
    void index();

    std::vector<std::shared_ptr<const Chunk>> m_chunks;
    std::vector<qsizetype> m_starts; // index of each chunk's first entry
    qsizetype m_size = 0;
};

} // namespace store
