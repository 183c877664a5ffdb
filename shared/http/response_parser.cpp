#include "shared/http/response_parser.h"

#include "shared/base/bytes.h"

#include <llhttp.h>

namespace http {

namespace {

constexpr qsizetype kMostAnswerFieldBytes = 16 * 1024;

} // namespace

struct ResponseParser::State
{
    llhttp_t parser = {};
    llhttp_settings_t settings = {};
    Response response;
    qsizetype mostBytes = 0;
    qsizetype fieldBytes = 0;
    QByteArray name;
    QByteArray value;
    bool done = false;
    const char *tooMuch = nullptr;

    static State &of(llhttp_t *parser) { return *static_cast<State *>(parser->data); }

    int takeField(QByteArray &to, const char *at, size_t length)
    {
        fieldBytes += static_cast<qsizetype>(length);
        if (fieldBytes > kMostAnswerFieldBytes) {
            tooMuch = "its header is too long";
            return HPE_USER;
        }
        to.append(at, static_cast<qsizetype>(length));
        return 0;
    }
    int takeBody(const char *at, size_t length)
    {
        if (response.body.size() + static_cast<qsizetype>(length) > mostBytes) {
            tooMuch = "its body is too long";
            return HPE_USER;
        }
        response.body.append(at, static_cast<qsizetype>(length));
        return 0;
    }
    void endField()
    {
        response.fields.append({bytes::toLower(name), bytes::trimmed(value).toByteArray()});
        name.clear();
        value.clear();
    }
};

QByteArray Response::field(QByteArrayView name) const
{
    for (const auto &[key, value] : fields) {
        if (bytes::equalsIgnoreCase(key, name))
            return value;
    }
    return {};
}

ResponseParser::ResponseParser(qsizetype mostBytes)
    : m_state(std::make_unique<State>())
{
    m_state->mostBytes = mostBytes;
    llhttp_settings_init(&m_state->settings);
    m_state->settings.on_header_field = [](llhttp_t *parser, const char *at, size_t length) {
        State &state = State::of(parser);
        return state.takeField(state.name, at, length);
    };
    m_state->settings.on_header_value = [](llhttp_t *parser, const char *at, size_t length) {
        State &state = State::of(parser);
        return state.takeField(state.value, at, length);
    };
    m_state->settings.on_header_value_complete = [](llhttp_t *parser) {
        State::of(parser).endField();
        return 0;
    };
    m_state->settings.on_headers_complete = [](llhttp_t *parser) {
        State::of(parser).response.status = parser->status_code;
        return 0;
    };
    m_state->settings.on_body = [](llhttp_t *parser, const char *at, size_t length) {
        return State::of(parser).takeBody(at, length);
    };
    m_state->settings.on_message_complete = [](llhttp_t *parser) {
        State &state = State::of(parser);
        if (state.response.status / 100 != 1) { // RFC 9110 15.2: an interim response is not the answer
            state.done = true;
            return static_cast<int>(HPE_PAUSED);
        }
        state.response = {};
        return 0;
    };
    llhttp_init(&m_state->parser, HTTP_RESPONSE, &m_state->settings);
    m_state->parser.data = m_state.get();
}

ResponseParser::~ResponseParser() = default;

Result<void> ResponseParser::feed(QByteArrayView bytes)
{
    if (m_state->done)
        return {};
    const auto error = llhttp_execute(&m_state->parser, bytes.data(), static_cast<size_t>(bytes.size()));
    if (error == HPE_OK || (error == HPE_PAUSED && m_state->done))
        return {};
    return failure(ErrorKind::Syntax,
                   QStringLiteral("not a usable HTTP response: %1")
                       .arg(QLatin1StringView(m_state->tooMuch ? m_state->tooMuch : llhttp_errno_name(error))));
}

Result<void> ResponseParser::finish()
{
    if (!m_state->done)
        llhttp_finish(&m_state->parser);
    if (m_state->done)
        return {};
    return failure(ErrorKind::Temporary, QStringLiteral("the HTTP response was cut off"));
}

bool ResponseParser::done() const { return m_state->done; }
const Response &ResponseParser::response() const { return m_state->response; }

} // namespace http
