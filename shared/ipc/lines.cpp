#include "shared/ipc/lines.h"

namespace ipc {

namespace {

constexpr qsizetype kCompactFrom = 64 * 1024; // consumed bytes worth moving the rest for

QString key(const char *name) { return QString::fromLatin1(name); }

QByteArray line(QJsonObject object)
{
    object.insert(key("jsonrpc"), key("2.0"));
    return json::compact(object) + '\n';
}

bool isId(const QJsonValue &id) { return id.isString() || id.isDouble(); }

QJsonObject errorObject(int code, const QString &text, const QString &reason, const QString &hint, const QString &path)
{
    QJsonObject data;
    if (!reason.isEmpty())
        data.insert(key("code"), reason);
    if (!hint.isEmpty())
        data.insert(key("hint"), hint);
    if (!path.isEmpty())
        data.insert(key("path"), path);
    QJsonObject error{{key("code"), code}, {key("message"), text}};
    if (!data.isEmpty())
        error.insert(key("data"), data);
    return error;
}

Error errorFrom(const QJsonObject &object)
{
    const QJsonObject data = object.value(key("data")).toObject();
    const QString text = object.value(key("message")).toString();
    return {.kind = kindOf(object.value(key("code")).toInt()),
            .text = text,
            .publicText = text,
            .code = data.value(key("code")).toString(),
            .hint = data.value(key("hint")).toString(),
            .path = data.value(key("path")).toString()};
}

} // namespace

std::optional<QByteArray> LineFramer::next()
{
    while (!m_tooLong) {
        const qsizetype end = m_buffer.indexOf('\n', std::max(m_start, m_searched));
        if (end < 0) {
            m_searched = m_buffer.size();
            m_tooLong = m_buffer.size() - m_start > kMaxLine;
            break;
        }
        if (end - m_start > kMaxLine) {
            m_tooLong = true;
            break;
        }
        QByteArray found = m_buffer.sliced(m_start, end - m_start).trimmed();
        m_start = m_searched = end + 1;
        if (!found.isEmpty())
            return found;
    }
    if (m_tooLong || m_start >= kCompactFrom || m_start == m_buffer.size()) {
        m_buffer.remove(0, m_tooLong ? m_buffer.size() : m_start);
        m_searched = m_tooLong ? 0 : m_searched - m_start;
        m_start = 0;
    }
    return std::nullopt;
}

std::expected<Request, RequestError> parseRequest(QByteArrayView text)
{
    const auto object = json::parseObject(text);
    if (!object)
        return std::unexpected(RequestError{kParseError, object.error().text, QJsonValue::Null});
    const QJsonValue id = object->value(key("id"));
    const QJsonValue answerTo = isId(id) ? id : QJsonValue(QJsonValue::Null);
    const auto refuse = [&answerTo](const char *why) {
        return std::unexpected(RequestError{kInvalidRequest, key(why), answerTo});
    };
    if (object->value(key("jsonrpc")).toString() != QLatin1StringView("2.0"))
        return refuse("jsonrpc must be \"2.0\"");
    if (!id.isUndefined() && !isId(id))
        return refuse("id must be a number or text");
    const QJsonValue method = object->value(key("method"));
    if (!method.isString() || method.toString().isEmpty())
        return refuse("method must be text");
    const QJsonValue params = object->value(key("params"));
    if (!params.isUndefined() && !params.isObject())
        return refuse("params must be an object");
    return Request{id, method.toString(), params.toObject()};
}

Result<std::variant<Response, Event>> parseReply(QByteArrayView text)
{
    const auto object = json::parseObject(text);
    if (!object)
        return std::unexpected(object.error());
    const QJsonValue method = object->value(key("method"));
    if (method.isString())
        return Event{method.toString(), object->value(key("params")).toObject()};
    Response response{object->value(key("id")), object->value(key("result")).toObject(), std::nullopt};
    const QJsonValue error = object->value(key("error"));
    if (error.isObject())
        response.error = errorFrom(error.toObject());
    else if (!object->value(key("result")).isObject())
        return failure(ErrorKind::Syntax, QStringLiteral("a reply needs a result or an error"));
    return response;
}

QByteArray encode(const Request &request)
{
    QJsonObject object{{key("method"), request.method}, {key("params"), request.params}};
    if (!request.id.isUndefined())
        object.insert(key("id"), request.id);
    return line(object);
}

QByteArray encode(const Response &response)
{
    QJsonObject object{{key("id"), response.id.isUndefined() ? QJsonValue(QJsonValue::Null) : response.id}};
    if (response.error) {
        const Error &error = *response.error;
        object.insert(key("error"), errorObject(codeOf(error), publicText(error), error.code, error.hint, error.path));
    } else {
        object.insert(key("result"), response.result);
    }
    return line(object);
}

QByteArray encode(const Event &event) { return line({{key("method"), event.method}, {key("params"), event.params}}); }

QByteArray encode(const RequestError &error)
{
    return line({{key("id"), error.id}, {key("error"), errorObject(error.code, error.text, {}, {}, {})}});
}

int codeOf(const Error &error)
{
    if (error.code == QLatin1StringView("unknown-method"))
        return kMethodNotFound;
    if (error.code == QLatin1StringView("not-allowed"))
        return kRoleError;
    if (error.code == QLatin1StringView("too-many-calls"))
        return kBusyError;
    switch (error.kind) {
    case ErrorKind::User: return kUserError;
    case ErrorKind::Syntax: return kInvalidParams;
    case ErrorKind::Temporary: return kTemporaryError;
    case ErrorKind::Permanent: return kPermanentError;
    case ErrorKind::Closed: return kClosedError;
    case ErrorKind::Server: break;
    }
    return kInternalError;
}

ErrorKind kindOf(int code)
{
    switch (code) {
    case kParseError:
    case kInvalidRequest:
    case kMethodNotFound:
    case kInvalidParams: return ErrorKind::Syntax;
    case kUserError:
    case kRoleError: return ErrorKind::User;
    case kTemporaryError:
    case kBusyError: return ErrorKind::Temporary;
    case kPermanentError: return ErrorKind::Permanent;
    case kClosedError: return ErrorKind::Closed;
    default: return ErrorKind::Server;
    }
}

} // namespace ipc
