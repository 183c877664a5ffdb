// Small operations on wire bytes that QByteArrayView lacks. ASCII only, no locale, no copies unless named so.
// Any thread.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <span>

namespace bytes {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
constexpr char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }

[[nodiscard]] bool equalsIgnoreCase(QByteArrayView a, QByteArrayView b);
[[nodiscard]] bool startsWithIgnoreCase(QByteArrayView text, QByteArrayView prefix);
[[nodiscard]] bool endsWithIgnoreCase(QByteArrayView text, QByteArrayView suffix);
[[nodiscard]] qsizetype indexOfIgnoreCase(QByteArrayView text, QByteArrayView needle, qsizetype from = 0);

[[nodiscard]] QByteArray toLower(QByteArrayView text);
[[nodiscard]] QByteArray toUpper(QByteArrayView text);

// Without spaces and tabs at both ends.
[[nodiscard]] QByteArrayView trimmed(QByteArrayView text);

[[nodiscard]] bool isAscii(QByteArrayView text);

void appendNumber(QByteArray &to, quint64 number);

// Takes as long for unequal as for equal input of the same length.
[[nodiscard]] bool equalConstantTime(QByteArrayView a, QByteArrayView b);

} // namespace bytes
