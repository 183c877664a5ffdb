// The header section of a message or part as a list of fields with their places (RFC 5322 2.2). Tolerant: what is not a
// field is skipped, LF ends a line as CRLF does, and nothing is an error. Beyond the limits the rest of the section is
// not looked at. Values are views into the parsed bytes, so a HeaderList must not outlive them. Any thread.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace mime {

inline constexpr qsizetype kLargestHeader = 1024 * 1024;
inline constexpr qsizetype kMostHeaderLines = 10'000;
inline constexpr qsizetype kLargestField = 256 * 1024;

struct HeaderField
{
    QByteArrayView name;
    QByteArrayView rawValue; // after the colon, folds as they are, without the last line end
    qsizetype start = 0;     // of the name
    qsizetype end = 0;       // after the line end of the last line

    [[nodiscard]] QByteArray value() const; // unfolded (CRLF before blank removed), without blanks at its ends
};

class HeaderList
{
public:
    // `section` starts at the first field. size() bytes of it are header, including the empty line that ends it.
    explicit HeaderList(QByteArrayView section);

    [[nodiscard]] const QList<HeaderField> &fields() const { return m_fields; }
    [[nodiscard]] qsizetype size() const { return m_size; }
    [[nodiscard]] const HeaderField *find(QByteArrayView name) const; // the first; null if there is none
    [[nodiscard]] QByteArray value(QByteArrayView name) const;        // empty if there is none

private:
    QList<HeaderField> m_fields;
    qsizetype m_size = 0;
};

} // namespace mime
