// JSON-RPC 2.0, one message a line (NDJSON): cuts a stream into lines, and reads and writes requests, responses and
// events. A line that is not a request is answered -32700 or -32600 and the connection stays; one longer than kMaxLine
// ends it. Pure; used by control::Session (daemon) and ipc::Client. Memory: the unfinished line.
#pragma once

#include "shared/base/json.h"

#include <QByteArray>

#include <expected>
#include <optional>
#include <variant>

namespace ipc {

inline constexpr qsizetype kMaxLine = 4 * 1024 * 1024;

// JSON-RPC 2.0 section 5.1; from -32000 on ours.
enum ErrorCode : int
{
    kParseError = -32700,
    kInvalidRequest = -32600,
    kMethodNotFound = -32601,
    kInvalidParams = -32602,
    kInternalError = -32603,
    kUserError = -32000,      // asked for what can't be: no such account
    kTemporaryError = -32001, // try again later
    kPermanentError = -32002,
    kClosedError = -32003, // shutting down
    kRoleError = -32004,   // the caller may not do this
    kBusyError = -32005,   // too many calls in flight
};

class LineFramer
{
public:
    void add(QByteArrayView bytes) { m_buffer.append(bytes); }
    // The next line without its end; empty lines are skipped. Nothing while no line is complete.
    [[nodiscard]] std::optional<QByteArray> next();
    [[nodiscard]] bool tooLong() const { return m_tooLong; } // the stream can't be used any more

private:
    QByteArray m_buffer;
    qsizetype m_start = 0;    // of the line being collected
    qsizetype m_searched = 0; // bytes known to hold no line end
    bool m_tooLong = false;
};

struct Request
{
    QJsonValue id; // number or text; undefined = a notification, which is not answered
    QString method;
    QJsonObject params;
};

struct Response
{
    QJsonValue id;
    QJsonObject result;
    std::optional<Error> error; // kind, code, publicText, hint, path
};

struct Event
{
    QString method; // "event"
    QJsonObject params;
};

struct RequestError
{
    int code = kInvalidRequest;
    QString text;
    QJsonValue id; // null if it could not be read
};

[[nodiscard]] std::expected<Request, RequestError> parseRequest(QByteArrayView line);
// What a client gets: a response or an event.
[[nodiscard]] Result<std::variant<Response, Event>> parseReply(QByteArrayView line);

[[nodiscard]] QByteArray encode(const Request &request); // with the line end, as all of these
[[nodiscard]] QByteArray encode(const Response &response);
[[nodiscard]] QByteArray encode(const Event &event);
[[nodiscard]] QByteArray encode(const RequestError &error);

[[nodiscard]] int codeOf(const Error &error);
[[nodiscard]] ErrorKind kindOf(int code);

} // namespace ipc
