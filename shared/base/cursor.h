// The one way input is parsed: a position in bytes that only moves forward, and the first error that happened.
// take…() tries and returns false or empty; expect…() records the error and returns empty; after an error every call
// returns empty, so that loops end. finish() gives the value, or the first error, or "unexpected …" for left-over
// input. Pure; owns nothing: the view must outlive the Cursor. Any thread.
#pragma once

#include "shared/base/char_class.h"
#include "shared/base/result.h"

#include <QByteArrayView>

#include <limits>

class Cursor
{
public:
    explicit Cursor(QByteArrayView text)
        : m_text(text)
    {}

    [[nodiscard]] bool atEnd() const { return m_failed || m_position >= m_text.size(); }
    [[nodiscard]] char peek() const { return atEnd() ? '\0' : m_text[m_position]; }
    [[nodiscard]] qsizetype position() const { return m_position; }
    [[nodiscard]] QByteArrayView rest() const { return m_failed ? QByteArrayView() : m_text.sliced(m_position); }
    [[nodiscard]] QByteArrayView since(qsizetype start) const { return m_text.sliced(start, m_position - start); }
    void moveTo(qsizetype position) { m_position = std::min(position, m_text.size()); } // back to a position() only

    bool take(char c);
    bool take(QByteArrayView literal);
    bool takeIgnoreCase(QByteArrayView literal);
    QByteArrayView takeWhile(const CharClass &set, qsizetype max = std::numeric_limits<qsizetype>::max());
    QByteArrayView takeBytes(qsizetype count); // empty, with nothing taken, if fewer are left

    void expect(char c);
    void expectIgnoreCase(QByteArrayView literal);
    QByteArrayView expectWhile(const CharClass &set, qsizetype min, qsizetype max, const char *what);
    quint64 number(quint64 min, quint64 max, const char *what = "number"); // digits only, no sign, no overflow

    void fail(const QString &text); // the first one wins
    [[nodiscard]] bool failed() const { return m_failed; }
    [[nodiscard]] const Error &error() const { return m_error; }

    template<class T>
    [[nodiscard]] Result<T> finish(T value)
    {
        if (!m_failed && m_position < m_text.size())
            failAtLeftOver();
        if (m_failed)
            return std::unexpected(m_error);
        return value;
    }

private:
    void failAtLeftOver();

    QByteArrayView m_text;
    qsizetype m_position = 0;
    bool m_failed = false;
    Error m_error;
};

// For error texts: printable ASCII as it is, everything else as \xNN, cut at 40 bytes.
[[nodiscard]] QString quoted(QByteArrayView text);

// Whole text as a number: the strict replacement of QByteArray::toInt.
[[nodiscard]] Result<quint64> parseNumber(QByteArrayView text, quint64 min = 0,
                                          quint64 max = std::numeric_limits<quint64>::max());
