// An HTTP/1.1 response as bytes come in (RFC 9112): status, the fields somebody asked about, the body up to a limit.
// llhttp does the reading. Pure; belongs to one thread at a time. Memory: the body, at most `mostBytes`, and fields of
// at most 16 KiB.
#pragma once

#include "shared/base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <memory>

namespace http {

struct Response
{
    int status = 0;
    QList<std::pair<QByteArray, QByteArray>> fields; // names in lower case
    QByteArray body;

    [[nodiscard]] QByteArray field(QByteArrayView name) const; // the first; empty if there is none
};

class ResponseParser
{
public:
    explicit ResponseParser(qsizetype mostBytes);
    ~ResponseParser();
    ResponseParser(const ResponseParser &) = delete;
    ResponseParser &operator=(const ResponseParser &) = delete;

    Result<void> feed(QByteArrayView bytes); // errors stay
    Result<void> finish();                   // the connection has ended: good where a body may end so
    [[nodiscard]] bool done() const;
    [[nodiscard]] const Response &response() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace http
