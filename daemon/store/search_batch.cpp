#include "daemon/store/search_batch.h"

#include <algorithm>

namespace store {

quint32 pieceAt(QByteArrayView text, qsizetype at)
{
    const auto byte = [&](qsizetype offset) {
        return static_cast<quint32>(static_cast<unsigned char>(text[at + offset]));
    };
    return byte(0) << 16 | byte(1) << 8 | byte(2);
}

QByteArray packDocuments(const std::vector<qint64> &documents, qint64 base)
{
    QByteArray packed;
    qint64 before = base;
    for (const qint64 document : documents) {
        auto delta = static_cast<quint64>(document - before);
        before = document;
        while (delta >= 0x80) {
            packed.append(static_cast<char>(delta | 0x80));
            delta >>= 7;
        }
        packed.append(static_cast<char>(delta));
    }
    return packed;
}

bool unpackDocuments(QByteArrayView packed, qint64 base, std::vector<qint64> &documents)
{
    qint64 document = base;
    for (qsizetype i = 0; i < packed.size();) {
        quint64 delta = 0;
        int shift = 0;
        bool more = true;
        while (more) {
            if (i == packed.size() || shift > 56)
                return false;
            const auto byte = static_cast<unsigned char>(packed[i++]);
            delta |= static_cast<quint64>(byte & 0x7f) << shift;
            shift += 7;
            more = (byte & 0x80) != 0;
        }
        document += static_cast<qint64>(delta);
        documents.push_back(document);
    }
    return true;
}

PieceCollector::PieceCollector()
    : m_seen(size_t(1) << 24)
{}

void PieceCollector::add(QByteArrayView text, qint64 document, bool prefix)
{
    const size_t first = m_pairs.size();
    for (qsizetype at = 0; at + 3 <= text.size(); ++at) {
        const quint32 piece = pieceAt(text, at);
        if (m_seen[piece])
            continue;
        m_seen[piece] = true;
        m_pairs.push_back({.piece = prefix ? piece | kPrefixPiece : piece, .document = document});
    }
    for (size_t i = first; i < m_pairs.size(); ++i)
        m_seen[m_pairs[i].piece & ~kPrefixPiece] = false;
}

void PieceCollector::finish(const std::function<bool(quint32, const std::vector<qint64> &)> &f)
{
    std::ranges::sort(m_pairs);
    std::vector<qint64> documents;
    for (size_t i = 0; i < m_pairs.size();) {
        const quint32 piece = m_pairs[i].piece;
        documents.clear();
        for (; i < m_pairs.size() && m_pairs[i].piece == piece; ++i)
            documents.push_back(m_pairs[i].document);
        if (!f(piece, documents))
            return;
    }
}

} // namespace store
