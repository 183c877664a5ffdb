// The pieces of one batch of documents, collected in memory and turned into the rows of search.db. Index thread.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <functional>
#include <vector>

namespace store {

// Three bytes as a number; prefixes of messages have numbers of their own.
[[nodiscard]] quint32 pieceAt(QByteArrayView text, qsizetype at);
inline constexpr quint32 kPrefixPiece = 1U << 24;

// Documents of one piece, ascending, as deltas; the first counts from `base`.
[[nodiscard]] QByteArray packDocuments(const std::vector<qint64> &documents, qint64 base);
// False if the bytes are damaged.
bool unpackDocuments(QByteArrayView packed, qint64 base, std::vector<qint64> &documents);

class PieceCollector
{
public:
    static constexpr size_t kMostPairs = 3'000'000; // 48 MiB

    PieceCollector();
    void add(QByteArrayView text, qint64 document, bool prefix);
    [[nodiscard]] bool isFull() const { return m_pairs.size() >= kMostPairs; }
    // Each piece with its documents, in ascending order of pieces, until f returns false.
    void finish(const std::function<bool(quint32 piece, const std::vector<qint64> &documents)> &f);

private:
    struct Pair
    {
        quint32 piece;
        qint64 document;
        friend auto operator<=>(const Pair &, const Pair &) = default;
    };
    std::vector<Pair> m_pairs;
    std::vector<bool> m_seen; // pieces of the document in hand
};

} // namespace store
