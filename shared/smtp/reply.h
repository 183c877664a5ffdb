// SMTP replies (RFC 5321 4.2, RFC 2034, RFC 3463): code, enhanced code, text lines. Writer for the server, parser for
// the client. Any thread.
#pragma once

#include "shared/base/result.h"

#include <QByteArray>
#include <QList>

namespace smtp {

struct Reply
{
    int code = 0;
    QByteArray enhanced;     // "5.1.1"; empty where RFC 2034 wants none (greeting, EHLO) or the peer sent none
    QList<QByteArray> lines; // without code and line ends; at least one

    [[nodiscard]] QByteArray toBytes() const;
    [[nodiscard]] bool positive() const { return code >= 200 && code < 400; }
    [[nodiscard]] bool temporary() const { return code >= 400 && code < 500; }
    [[nodiscard]] QByteArray text() const { return lines.join(' '); }
};

// Collects a multi-line reply from a stream.
class ReplyReader
{
public:
    static constexpr qsizetype kLongestLine = 2048;
    static constexpr qsizetype kMostLines = 200;

    // Uses bytes up to the end of one reply; `reply` is set when it is complete. Returns how many were used.
    Result<qsizetype> feed(QByteArrayView bytes, std::optional<Reply> &reply);

private:
    Result<bool> takeLine(QByteArrayView line); // true = the last one

    QByteArray m_line;
    Reply m_reply;
};

} // namespace smtp
