// The tree of a message's parts, by offsets (RFC 2045, RFC 2046). Never an error: what is broken becomes a leaf.
// Bounded: depth 100, 10,000 parts; linear time; no recursion on input. Offsets count from the first byte of the
// message. Any thread.
#pragma once

#include "shared/mime/content_type.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <vector>

namespace mime {

inline constexpr int kDeepestPart = 100;
inline constexpr int kMostParts = 10'000;

struct Part
{
    qsizetype headerStart = 0;
    qsizetype bodyStart = 0;
    qsizetype bodyEnd = 0;
    qint64 lines = 0;        // line ends in the body
    ContentType contentType; // text/plain when the message says nothing usable; message/rfc822 in a digest
    QByteArray encoding;     // upper case; "7BIT" when not said
    QByteArray id;
    QByteArray description;
    QByteArray md5;
    QByteArray language;
    QByteArray location;
    Disposition disposition;
    std::vector<Part> children; // of a multipart; of message/rfc822: one, the message inside

    [[nodiscard]] bool isMultipart() const { return contentType.type == "multipart" && !children.empty(); }
    [[nodiscard]] bool isMessage() const { return contentType.type == "message" && !children.empty(); }
};

[[nodiscard]] Part parseMessage(QByteArrayView message);

} // namespace mime
