// A set of byte values, built at compile time: the terminals of the grammars that Cursor reads.
//   constexpr CharClass kAtext = CharClass::of("!#$%&'*+-/=?^_`{|}~") | kAlpha | kDigit;
// Any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

class CharClass
{
public:
    constexpr CharClass() = default;

    static constexpr CharClass of(std::string_view characters)
    {
        CharClass set;
        for (const char c : characters)
            set.insert(static_cast<unsigned char>(c));
        return set;
    }
    static constexpr CharClass range(unsigned char first, unsigned char last)
    {
        CharClass set;
        for (unsigned c = first; c <= last; ++c)
            set.insert(static_cast<unsigned char>(c));
        return set;
    }
    constexpr CharClass operator|(const CharClass &other) const
    {
        CharClass set;
        for (std::size_t i = 0; i < m_bits.size(); ++i)
            set.m_bits[i] = m_bits[i] | other.m_bits[i];
        return set;
    }
    constexpr CharClass without(std::string_view characters) const
    {
        CharClass set = *this;
        for (const char c : characters)
            set.m_bits[static_cast<unsigned char>(c) / 64] &=
                ~(std::uint64_t(1) << (static_cast<unsigned char>(c) % 64));
        return set;
    }
    constexpr bool contains(char c) const
    {
        const auto byte = static_cast<unsigned char>(c);
        return (m_bits[byte / 64] >> (byte % 64)) & 1U;
    }

private:
    constexpr void insert(unsigned char byte) { m_bits[byte / 64] |= std::uint64_t(1) << (byte % 64); }

    std::array<std::uint64_t, 4> m_bits = {};
};

inline constexpr CharClass kAlpha = CharClass::range('a', 'z') | CharClass::range('A', 'Z'); // RFC 5234 B.1
inline constexpr CharClass kDigit = CharClass::range('0', '9');
inline constexpr CharClass kHexDigit = kDigit | CharClass::range('a', 'f') | CharClass::range('A', 'F');
inline constexpr CharClass kVisible = CharClass::range(0x21, 0x7e);
inline constexpr CharClass kNonAscii = CharClass::range(0x80, 0xff);
