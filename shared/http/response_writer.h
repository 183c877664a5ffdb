// An HTTP/1.1 response as bytes (RFC 9110, RFC 9112). Pure; any thread.
#pragma once

#include "shared/base/time.h"

#include <QByteArray>
#include <QList>

namespace http {

struct Reply
{
    int status = 200;
    QByteArray type = "text/plain; charset=utf-8";
    QByteArray body;
    QList<std::pair<QByteArray, QByteArray>> fields = {}; // further ones
};

struct ReplyOptions
{
    Timestamp now;
    bool headOnly = false; // RFC 9110 9.3.2: as for GET, without the body
    bool close = false;
};

[[nodiscard]] QByteArray write(const Reply &reply, const ReplyOptions &options);

} // namespace http
