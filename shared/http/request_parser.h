// An HTTP/1.1 request as bytes come in (RFC 9110, RFC 9112). llhttp reads, strictly: both a length and a transfer
// encoding, bare line feeds, folded fields and whatever else two programs could read in two ways are refused. One
// request at a time: what follows it is left for the next. Pure; belongs to one thread at a time. Memory: the limits
// below and the body.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <memory>

namespace http {

inline constexpr qsizetype kLongestTarget = 8'000; // RFC 9112 3: at least so long
inline constexpr qsizetype kMostFields = 100;
inline constexpr qsizetype kMostFieldBytes = 16 * 1024; // names and values of all

struct Request
{
    QByteArray method;
    QByteArray target; // as sent
    QByteArray path;   // without host and query; as sent, nothing is decoded
    QByteArray query;  // without the question mark
    int minorVersion = 1;
    bool keepAlive = false;
    bool expectsContinue = false;                    // RFC 9110 10.1.1
    QList<std::pair<QByteArray, QByteArray>> fields; // names in lower case
    QByteArray body;

    [[nodiscard]] QByteArray field(QByteArrayView name) const; // the first; empty if there is none
};

// Why a request is not taken: the status that says so, and a sentence for the peer.
struct Refusal
{
    int status = 400;
    const char *text = "";
};

class RequestParser
{
public:
    explicit RequestParser(qsizetype mostBodyBytes);
    ~RequestParser();
    RequestParser(const RequestParser &) = delete;
    RequestParser &operator=(const RequestParser &) = delete;

    // How much of it belongs to this request; less than all only when done() or refused().
    qsizetype feed(QByteArrayView bytes);
    [[nodiscard]] bool begun() const; // something of it has come
    [[nodiscard]] bool headersDone() const;
    [[nodiscard]] bool done() const;
    [[nodiscard]] const Refusal *refusedOrNull() const; // for ever
    [[nodiscard]] const Request &request() const;
    void next(); // after done(): ready for another request

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace http
