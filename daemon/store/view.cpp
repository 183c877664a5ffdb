#include "daemon/store/view.h"

#include <algorithm>
#include <optional>

namespace store {

View::View(std::vector<Entry> entries)
{
    for (size_t at = 0; at < entries.size(); at += kChunk) {
        const auto begin = entries.begin() + static_cast<std::ptrdiff_t>(at);
        const auto end = entries.begin() + static_cast<std::ptrdiff_t>(std::min(entries.size(), at + kChunk));
        m_chunks.push_back(std::make_shared<const Chunk>(begin, end));
    }
    index();
}

void View::index()
{
    m_starts.clear();
    m_size = 0;
    for (const auto &chunk : m_chunks) {
        m_starts.push_back(m_size);
        m_size += static_cast<qsizetype>(chunk->size());
    }
}

const Entry &View::at(qsizetype index) const
{
    const auto chunk = std::prev(std::ranges::upper_bound(m_starts, index));
    return (*m_chunks[static_cast<size_t>(chunk - m_starts.begin())])[static_cast<size_t>(index - *chunk)];
}

qsizetype View::lowerBound(quint32 uid) const
{
    const auto chunk = std::ranges::lower_bound(m_chunks, uid, {}, [](const auto &each) { return each->back().uid; });
    if (chunk == m_chunks.end())
        return m_size;
    const auto entry = std::ranges::lower_bound(**chunk, uid, {}, &Entry::uid);
    return m_starts[static_cast<size_t>(chunk - m_chunks.begin())] + (entry - (*chunk)->begin());
}

ViewDifference View::differenceTo(const View &newer) const
{
    ViewDifference result;
    size_t chunk = 0;
    size_t at = 0;
    const auto skipBefore = [&](quint32 uid) {
        while (chunk < newer.m_chunks.size() && (*newer.m_chunks[chunk])[at].uid < uid) {
            if (++at == newer.m_chunks[chunk]->size()) {
                at = 0;
                ++chunk;
            }
        }
    };
    for (const auto &own : m_chunks) {
        skipBefore(own->front().uid);
        if (at == 0 && chunk < newer.m_chunks.size() && newer.m_chunks[chunk] == own) {
            ++chunk;
            continue;
        }
        for (const Entry &before : *own) {
            skipBefore(before.uid);
            if (chunk >= newer.m_chunks.size() || (*newer.m_chunks[chunk])[at].uid != before.uid)
                result.expunged.push_back(before.uid);
            else if ((*newer.m_chunks[chunk])[at].modseq != before.modseq)
                result.changed.push_back((*newer.m_chunks[chunk])[at]);
        }
        skipBefore(own->back().uid + 1);
    }
    return result;
}

View View::appended(const std::vector<Entry> &entries) const
{
    View result = *this;
    std::vector<Entry> fresh;
    for (const Entry &entry : entries) {
        if (entry.uid > lastUid())
            fresh.push_back(entry);
        result.uidNext = std::max(result.uidNext, entry.uid + 1);
    }
    size_t at = 0;
    while (at < fresh.size()) {
        Chunk chunk;
        if (!result.m_chunks.empty() && result.m_chunks.back()->size() < kChunk) {
            chunk = *result.m_chunks.back();
            result.m_chunks.pop_back();
        }
        while (at < fresh.size() && chunk.size() < kChunk)
            chunk.push_back(fresh[at++]);
        result.m_chunks.push_back(std::make_shared<const Chunk>(std::move(chunk)));
    }
    result.index();
    return result;
}

View View::changed(const std::vector<Entry> &entries) const
{
    View result = *this;
    std::optional<size_t> number; // of the chunk that is being changed: entries mostly come in order
    Chunk chunk;
    size_t at = 0;
    const auto put = [&] {
        if (number)
            result.m_chunks[*number] = std::make_shared<const Chunk>(std::move(chunk));
    };
    for (const Entry &entry : entries) {
        if (!number || entry.uid < chunk.front().uid || entry.uid > chunk.back().uid) {
            const auto found = std::ranges::lower_bound(result.m_chunks, entry.uid, {},
                                                        [](const auto &each) { return each->back().uid; });
            if (found == result.m_chunks.end())
                continue;
            const auto next = static_cast<size_t>(found - result.m_chunks.begin());
            put();
            number = next;
            chunk = *result.m_chunks[next];
            at = 0;
        }
        if (at >= chunk.size() || chunk[at].uid != entry.uid)
            at = static_cast<size_t>(std::ranges::lower_bound(chunk, entry.uid, {}, &Entry::uid) - chunk.begin());
        if (at >= chunk.size() || chunk[at].uid != entry.uid)
            continue;
        chunk[at].flags = entry.flags;
        chunk[at].modseq = entry.modseq;
        ++at;
    }
    put();
    return result;
}

View View::expunged(const std::vector<quint32> &uids) const
{
    View result = *this;
    result.m_chunks.clear();
    for (const auto &chunk : m_chunks) {
        const auto first = std::ranges::lower_bound(uids, chunk->front().uid);
        if (first == uids.end() || *first > chunk->back().uid) {
            result.m_chunks.push_back(chunk);
            continue;
        }
        Chunk kept;
        std::ranges::copy_if(*chunk, std::back_inserter(kept),
                             [&uids](const Entry &entry) { return !std::ranges::binary_search(uids, entry.uid); });
        if (!kept.empty())
            result.m_chunks.push_back(std::make_shared<const Chunk>(std::move(kept)));
    }
    result.index();
    return result;
}

} // namespace store
