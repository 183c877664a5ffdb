#include "shared/http/response_writer.h"

#include <format>

namespace http {

namespace {

const char *reasonOf(int status)
{
    switch (status) {
    case 200: return "OK";
    case 400: return "Bad Request";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 429: return "Too Many Requests"; // RFC 6585 4
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 417: return "Expectation Failed";
    case 431: return "Request Header Fields Too Large";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return ""; // RFC 9112 4: may be empty
    }
}

// IMF-fixdate: "Sun, 06 Nov 1994 08:49:37 GMT"     RFC 9110 5.6.7
QByteArray dateOf(Timestamp now)
{
    return QByteArray::fromStdString(
        std::format("{:%a, %d %b %Y %T} GMT", std::chrono::floor<std::chrono::seconds>(now)));
}

} // namespace

QByteArray write(const Reply &reply, const ReplyOptions &options)
{
    QByteArray out = "HTTP/1.1 " + QByteArray::number(reply.status) + ' ' + reasonOf(reply.status) + "\r\n";
    const auto add = [&out](QByteArrayView name, QByteArrayView value) {
        out.append(name).append(": ").append(value).append("\r\n");
    };
    add("Date", dateOf(options.now));
    add("Content-Type", reply.type);
    add("Content-Length", QByteArray::number(reply.body.size()));
    for (const auto &[name, value] : reply.fields)
        add(name, value);
    if (options.close)
        add("Connection", "close");
    out.append("\r\n");
    return options.headOnly ? out : out.append(reply.body);
}

} // namespace http
