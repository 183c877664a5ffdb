#include "shared/mime/continuations.h"

#include "shared/base/char_class.h"
#include "shared/base/cursor.h"

#include <map>
#include <optional>

namespace mime {

namespace {

constexpr quint64 kMostPieces = 100;
// RFC 2231 7: attribute-char = any CHAR but blanks, controls, "*", "'", "%" and tspecials
constexpr CharClass kAttributeChar = kVisible.without("*'%()<>@,;:\\\"/[]?=");

struct Piece
{
    QByteArray name; // before "*"
    quint64 number = 0;
    bool extended = false; // its value is percent-encoded, piece 0 begins with charset'language'
};

// name "*" number ["*"], the number without leading zeros
std::optional<Piece> readPiece(QByteArrayView name)
{
    const auto star = name.indexOf('*');
    if (star < 1 || star + 1 == name.size())
        return std::nullopt;
    Piece piece{.name = name.first(star).toByteArray()};
    QByteArrayView digits = name.sliced(star + 1);
    if (digits.endsWith('*')) {
        piece.extended = true;
        digits.chop(1);
    }
    if (digits.isEmpty() || digits.size() > 2 || (digits.size() > 1 && digits.front() == '0'))
        return std::nullopt;
    for (const char digit : digits) {
        if (digit < '0' || digit > '9')
            return std::nullopt;
        piece.number = piece.number * 10 + static_cast<quint64>(digit - '0');
    }
    return piece;
}

QByteArray encoded(const QByteArray &value)
{
    static constexpr char kDigits[] = "0123456789ABCDEF";
    QByteArray result;
    for (const char character : value) {
        const auto octet = static_cast<uchar>(character);
        if (kAttributeChar.contains(character))
            result.append(character);
        else
            result.append('%').append(kDigits[octet >> 4]).append(kDigits[octet & 15]);
    }
    return result;
}

struct Value
{
    bool extended = false;
    QByteArray text;
};

using Pieces = std::map<quint64, Value>;

// Pieces from 0 on without a gap, as one parameter; what comes after a gap is dropped (RFC 2231 3).
std::pair<QByteArray, QByteArray> joined(const QByteArray &name, const Pieces &pieces)
{
    const bool extended = pieces.at(0).extended;
    QByteArray text;
    quint64 next = 0;
    for (const auto &[number, value] : pieces) {
        if (number != next++)
            break;
        text.append(extended && !value.extended ? encoded(value.text) : value.text);
    }
    return {extended ? name + '*' : name, text};
}

} // namespace

Parameters joinContinuations(const Parameters &parameters)
{
    std::map<QByteArray, Pieces> found;
    for (const auto &[name, value] : parameters) {
        if (const auto piece = readPiece(name); piece && piece->number < kMostPieces)
            found[piece->name].try_emplace(piece->number, Value{piece->extended, value});
    }
    if (found.empty())
        return parameters;
    Parameters result;
    for (const auto &[name, value] : parameters) {
        const auto piece = readPiece(name);
        const auto pieces = piece ? found.find(piece->name) : found.end();
        if (pieces != found.end() && pieces->second.empty())
            continue; // told with its first piece
        if (pieces == found.end() || !pieces->second.contains(0)) {
            result.append({name, value});
            continue;
        }
        result.append(joined(piece->name, pieces->second));
        pieces->second.clear();
    }
    return result;
}

} // namespace mime
