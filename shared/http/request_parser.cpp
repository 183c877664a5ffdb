#include "shared/http/request_parser.h"

#include "shared/base/bytes.h"

#include <llhttp.h>

namespace http {

namespace {

constexpr Refusal kNotHttp{400, "not an HTTP/1.1 request"};
constexpr Refusal kNoHost{400, "an HTTP/1.1 request names its host, once"};
constexpr Refusal kNoPath{400, "the target is not a path"};
constexpr Refusal kTwoLengths{400, "the length of the body is not clear"};
constexpr Refusal kLongTarget{414, "the target is longer than 8000 bytes"};
constexpr Refusal kManyFields{431, "more than 100 header fields"};
constexpr Refusal kLongFields{431, "the header is longer than 16 KiB"};
constexpr Refusal kLongBody{413, "the body is too long"};
constexpr Refusal kExpectation{417, "only 100-continue can be expected"};
constexpr Refusal kOtherVersion{505, "this server speaks HTTP/1.1"};

// absolute-form = absolute-URI: scheme, host and all; proxies send it, and servers must take it     RFC 9112 3.2.2
QByteArrayView withoutAuthority(QByteArrayView target)
{
    for (const QByteArrayView scheme : {QByteArrayView("http://"), QByteArrayView("https://")}) {
        if (!bytes::equalsIgnoreCase(target.first(std::min(scheme.size(), target.size())), scheme))
            continue;
        const qsizetype slash = target.indexOf('/', scheme.size());
        return slash < 0 ? QByteArrayView("/") : target.sliced(slash);
    }
    return target;
}

} // namespace

struct RequestParser::State
{
    llhttp_t parser = {};
    llhttp_settings_t settings = {};
    Request request;
    qsizetype mostBodyBytes = 0;
    qsizetype fieldBytes = 0;
    QByteArray name;
    QByteArray value;
    const Refusal *refusal = nullptr;
    bool begun = false;
    bool headersDone = false;
    bool done = false;

    static State &of(llhttp_t *parser) { return *static_cast<State *>(parser->data); }

    void reset()
    {
        llhttp_init(&parser, HTTP_REQUEST, &settings);
        parser.data = this;
        request = {};
        fieldBytes = 0;
        name.clear();
        value.clear();
        begun = headersDone = done = false;
    }
    int refuse(const Refusal &why)
    {
        refusal = &why;
        return HPE_USER;
    }
    int takeTarget(const char *at, size_t length)
    {
        if (request.target.size() + static_cast<qsizetype>(length) > kLongestTarget)
            return refuse(kLongTarget);
        request.target.append(at, static_cast<qsizetype>(length));
        return 0;
    }
    int takeField(QByteArray &to, const char *at, size_t length)
    {
        fieldBytes += static_cast<qsizetype>(length);
        if (fieldBytes > kMostFieldBytes)
            return refuse(kLongFields);
        if (!headersDone) // RFC 9110 6.5.1: trailers are not the header
            to.append(at, static_cast<qsizetype>(length));
        return 0;
    }
    int endField()
    {
        if (headersDone)
            return 0;
        if (request.fields.size() == kMostFields)
            return refuse(kManyFields);
        request.fields.append({bytes::toLower(name), bytes::trimmed(value).toByteArray()});
        name.clear();
        value.clear();
        return 0;
    }
    [[nodiscard]] qsizetype countOf(QByteArrayView field) const
    {
        return std::ranges::count_if(request.fields, [field](const auto &each) { return each.first == field; });
    }
    int endHeaders();
    int takeBody(const char *at, size_t length)
    {
        if (request.body.size() + static_cast<qsizetype>(length) > mostBodyBytes)
            return refuse(kLongBody);
        request.body.append(at, static_cast<qsizetype>(length));
        return 0;
    }
};

int RequestParser::State::endHeaders()
{
    if (parser.http_major != 1)
        return refuse(kOtherVersion);
    request.method = llhttp_method_name(static_cast<llhttp_method_t>(parser.method));
    request.minorVersion = parser.http_minor;
    const QByteArrayView target = withoutAuthority(request.target);
    if (!target.startsWith('/') && target != QByteArrayView("*"))
        return refuse(kNoPath);
    const qsizetype question = target.indexOf('?');
    request.path = (question < 0 ? target : target.first(question)).toByteArray();
    if (question >= 0)
        request.query = target.sliced(question + 1).toByteArray();
    if (countOf("host") > 1 || (request.minorVersion > 0 && countOf("host") == 0)) // RFC 9112 3.2
        return refuse(kNoHost);
    if (countOf("content-length") > 1 || countOf("transfer-encoding") > 1)
        return refuse(kTwoLengths);
    request.keepAlive = llhttp_should_keep_alive(&parser) == 1;
    const QByteArray expected = request.field("expect");
    request.expectsContinue = bytes::equalsIgnoreCase(expected, "100-continue") && request.minorVersion > 0;
    if (!expected.isEmpty() && !bytes::equalsIgnoreCase(expected, "100-continue"))
        return refuse(kExpectation);
    if ((parser.flags & F_CONTENT_LENGTH) != 0 && parser.content_length > static_cast<quint64>(mostBodyBytes))
        return refuse(kLongBody);
    headersDone = true;
    return 0;
}

QByteArray Request::field(QByteArrayView name) const
{
    for (const auto &[key, value] : fields) {
        if (key == name)
            return value;
    }
    return {};
}

RequestParser::RequestParser(qsizetype mostBodyBytes)
    : m_state(std::make_unique<State>())
{
    m_state->mostBodyBytes = mostBodyBytes;
    llhttp_settings_t &settings = m_state->settings;
    llhttp_settings_init(&settings);
    settings.on_url = [](llhttp_t *parser, const char *at, size_t length) {
        return State::of(parser).takeTarget(at, length);
    };
    settings.on_header_field = [](llhttp_t *parser, const char *at, size_t length) {
        State &state = State::of(parser);
        return state.takeField(state.name, at, length);
    };
    settings.on_header_value = [](llhttp_t *parser, const char *at, size_t length) {
        State &state = State::of(parser);
        return state.takeField(state.value, at, length);
    };
    settings.on_header_value_complete = [](llhttp_t *parser) { return State::of(parser).endField(); };
    settings.on_headers_complete = [](llhttp_t *parser) { return State::of(parser).endHeaders(); };
    settings.on_body = [](llhttp_t *parser, const char *at, size_t length) {
        return State::of(parser).takeBody(at, length);
    };
    settings.on_message_complete = [](llhttp_t *parser) {
        State::of(parser).done = true;
        return static_cast<int>(HPE_PAUSED);
    };
    m_state->reset();
}

RequestParser::~RequestParser() = default;

qsizetype RequestParser::feed(QByteArrayView bytes)
{
    State &state = *m_state;
    if (state.done || state.refusal || bytes.isEmpty())
        return 0;
    state.begun = true;
    const auto error = llhttp_execute(&state.parser, bytes.data(), static_cast<size_t>(bytes.size()));
    if (error == HPE_OK)
        return bytes.size();
    if (state.done && (error == HPE_PAUSED || error == HPE_PAUSED_UPGRADE))
        return llhttp_get_error_pos(&state.parser) - bytes.data();
    const bool otherVersion =
        error == HPE_PAUSED_H2_UPGRADE || (error == HPE_INVALID_VERSION && state.parser.http_major > 1);
    if (!state.refusal)
        state.refusal = otherVersion ? &kOtherVersion : &kNotHttp;
    return 0;
}

void RequestParser::next() { m_state->reset(); }

bool RequestParser::begun() const { return m_state->begun; }
bool RequestParser::headersDone() const { return m_state->headersDone; }
bool RequestParser::done() const { return m_state->done; }
const Refusal *RequestParser::refusedOrNull() const { return m_state->refusal; }
const Request &RequestParser::request() const { return m_state->request; }

} // namespace http
