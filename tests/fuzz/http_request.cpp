// HTTP requests of strangers: whole or byte by byte the same requests are found, and nothing outgrows its limit.
#include "shared/http/request_parser.h"

#include <cstdlib>

void fuzz(QByteArrayView input);

namespace {

constexpr qsizetype kMost = 1000;

void check(const http::Request &request)
{
    if (request.body.size() > kMost || request.target.size() > http::kLongestTarget ||
        request.fields.size() > http::kMostFields || request.path.isEmpty())
        std::abort();
}

QByteArray story(QByteArrayView input, qsizetype piece)
{
    http::RequestParser parser(kMost);
    QByteArray told;
    for (qsizetype at = 0; at < input.size();) {
        const qsizetype size = std::min(piece, input.size() - at);
        const qsizetype used = parser.feed(input.sliced(at, size));
        at += used;
        if (const http::Refusal *refusal = parser.refusedOrNull())
            return told + QByteArray::number(refusal->status);
        if (parser.done()) {
            const http::Request &request = parser.request();
            check(request);
            told += request.method + ' ' + request.target + ' ' + QByteArray::number(request.fields.size()) + ' ' +
                    request.body + '\n';
            parser.next();
        } else if (used != size) {
            std::abort(); // only a whole request leaves something for the next
        }
    }
    return told;
}

} // namespace

void fuzz(QByteArrayView input)
{
    if (story(input, std::max<qsizetype>(input.size(), 1)) != story(input, 1))
        std::abort();
}
