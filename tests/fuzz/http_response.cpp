// HTTP responses of strangers: whole or byte by byte the answer is the same, and no body outgrows its limit.
#include "shared/http/response_parser.h"

#include <cstdlib>

void fuzz(QByteArrayView input);

namespace {

constexpr qsizetype kMost = 1000;

QByteArray story(QByteArrayView input, qsizetype piece)
{
    http::ResponseParser parser(kMost);
    for (qsizetype at = 0; at < input.size(); at += piece) {
        if (!parser.feed(input.sliced(at, std::min(piece, input.size() - at))))
            return "refused";
    }
    if (!parser.finish())
        return "cut";
    const auto &response = parser.response();
    if (response.body.size() > kMost)
        std::abort();
    return QByteArray::number(response.status) + ' ' + QByteArray::number(response.fields.size()) + ' ' + response.body;
}

} // namespace

void fuzz(QByteArrayView input)
{
    if (story(input, std::max<qsizetype>(input.size(), 1)) != story(input, 1))
        std::abort();
}
