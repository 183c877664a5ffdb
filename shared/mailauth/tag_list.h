// "name=value; name=value", the form of DKIM signatures and key records (RFC 6376 3.2), of MTA-STS and of TLSRPT
// records. Names are case-sensitive, a name twice makes the list invalid, blanks and folds around names and values do
// not count. Pure; any thread.
#pragma once

#include "shared/base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <optional>

namespace mailauth {

inline constexpr qsizetype kMostTags = 100;

struct Tag
{
    QByteArray name;
    QByteArray value; // without blanks at its ends; folds inside are kept
};

class TagList
{
public:
    [[nodiscard]] static Result<TagList> parse(QByteArrayView text);

    [[nodiscard]] const QList<Tag> &tags() const { return m_tags; }
    [[nodiscard]] std::optional<QByteArray> value(QByteArrayView name) const;
    [[nodiscard]] QByteArray value(QByteArrayView name, const QByteArray &otherwise) const;

private:
    QList<Tag> m_tags;
};

[[nodiscard]] QByteArray withoutBlanks(QByteArrayView text); // base64 and lists may be folded anywhere

} // namespace mailauth
