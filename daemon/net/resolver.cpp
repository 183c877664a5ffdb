#include "daemon/net/resolver.h"

#include <QFile>

#include <map>
#include <mutex>
#include <poll.h>
#include <sys/eventfd.h>
#include <thread>
#include <unbound.h>
#include <unistd.h>

namespace net {

namespace {

constexpr char kRootKey[] = "/usr/share/dns/root.key";
constexpr int kClassIn = 1;
constexpr int kNxDomain = 3; // RFC 1035 4.1.1
constexpr qsizetype kPreferenceBytes = 2;

// A name in wire form (RFC 1035 3.1), as libunbound hands it over: without compression.
QByteArray nameFrom(QByteArrayView wire)
{
    QByteArray name;
    qsizetype at = 0;
    while (at < wire.size() && wire[at] != '\0') {
        const auto length = static_cast<quint8>(wire[at]);
        if (at + 1 + length > wire.size())
            return {};
        if (!name.isEmpty())
            name += '.';
        name += wire.sliced(at + 1, length);
        at += 1 + length;
    }
    return name.toLower();
}

QByteArray textFrom(QByteArrayView wire)
{
    QByteArray text;
    for (qsizetype at = 0; at < wire.size();) {
        const auto length = std::min<qsizetype>(static_cast<quint8>(wire[at]), wire.size() - at - 1);
        text += wire.sliced(at + 1, length);
        at += 1 + length;
    }
    return text;
}

void take(dns::Answer &answer, dns::Type type, QByteArrayView data)
{
    switch (type) {
    case dns::Type::A:
        if (data.size() == 4) {
            std::array<quint8, 4> octets;
            std::copy_n(data.begin(), octets.size(), octets.begin());
            answer.addresses.append(IpAddress::v4(octets));
        }
        break;
    case dns::Type::Aaaa:
        if (data.size() == 16) {
            std::array<quint8, 16> octets;
            std::copy_n(data.begin(), octets.size(), octets.begin());
            answer.addresses.append(IpAddress::v6(octets));
        }
        break;
    case dns::Type::Mx:
        if (data.size() > kPreferenceBytes)
            answer.mx.append({(static_cast<quint8>(data[0]) << 8) | static_cast<quint8>(data[1]),
                              nameFrom(data.sliced(kPreferenceBytes))});
        break;
    case dns::Type::Tlsa: answer.raw.append(data.toByteArray()); break;
    case dns::Type::Txt: answer.texts.append(textFrom(data)); break;
    case dns::Type::Cname:
    case dns::Type::Ptr: answer.texts.append(nameFrom(data)); break;
    }
}

dns::Answer answerOf(int error, const ub_result *result)
{
    dns::Answer answer{.canonicalName = {}, .mx = {}, .addresses = {}, .texts = {}, .why = {}};
    if (error != 0 || !result) {
        answer.why = QStringLiteral("DNS: %1").arg(QLatin1StringView(ub_strerror(error)));
        return answer;
    }
    answer.authentic = result->secure != 0;
    answer.canonicalName = QByteArray(result->canonname ? result->canonname : result->qname).toLower();
    if (answer.canonicalName.endsWith('.'))
        answer.canonicalName.chop(1);
    if (result->bogus) {
        answer.status = dns::Status::Bogus;
        answer.why = QStringLiteral("DNSSEC: %1").arg(QString::fromUtf8(result->why_bogus));
    } else if (result->nxdomain || result->rcode == kNxDomain) {
        answer.status = dns::Status::NoSuchName;
    } else if (result->rcode != 0) {
        answer.why = QStringLiteral("DNS: the name servers failed (code %1)").arg(result->rcode);
    } else if (!result->havedata) {
        answer.status = dns::Status::NoData;
    } else {
        answer.status = dns::Status::Found;
        for (int i = 0; result->data[i]; ++i)
            take(answer, static_cast<dns::Type>(result->qtype), {result->data[i], result->len[i]});
    }
    return answer;
}

} // namespace

struct UnboundResolver::State
{
    struct Question
    {
        State *state;
        quint64 number;
        std::function<void(dns::Answer)> answered;
    };

    ub_ctx *context = nullptr;
    int wake = -1;
    std::mutex mutex;               // guards the open questions
    std::recursive_mutex answering; // one answer at a time; an answer may ask again
    std::map<quint64, std::unique_ptr<Question>> open;
    quint64 lastNumber = 0;
    std::thread thread;

    std::unique_ptr<Question> takeOut(quint64 number)
    {
        const std::lock_guard lock(mutex);
        auto node = open.extract(number);
        return node ? std::move(node.mapped()) : nullptr;
    }

    static void answeredBy(void *data, int error, ub_result *result);

    void run() const
    {
        std::array<pollfd, 2> files{pollfd{.fd = ub_fd(context), .events = POLLIN, .revents = 0},
                                    pollfd{.fd = wake, .events = POLLIN, .revents = 0}};
        for (;;) {
            if (poll(files.data(), files.size(), -1) < 0 && errno != EINTR)
                return;
            if (files[1].revents != 0)
                return;
            if (files[0].revents != 0)
                ub_process(context);
        }
    }
};

UnboundResolver::UnboundResolver(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
    m_state->thread = std::thread([state = m_state.get()] { state->run(); });
}

UnboundResolver::~UnboundResolver()
{
    const quint64 one = 1;
    std::ignore = ::write(m_state->wake, &one, sizeof one);
    m_state->thread.join();
    ub_ctx_delete(m_state->context);
    ::close(m_state->wake);
}

Result<std::unique_ptr<UnboundResolver>> UnboundResolver::start(const ResolverOptions &options)
{
    auto state = std::make_unique<State>();
    state->context = ub_ctx_create();
    if (!state->context)
        return failure(ErrorKind::Server, QStringLiteral("cannot start the DNS resolver"));
    ub_ctx_async(state->context, 1); // a thread of its own does the waiting
    int error = options.forwardTo.isEmpty() ? ub_ctx_resolvconf(state->context, nullptr) : 0;
    for (qsizetype i = 0; i < options.forwardTo.size() && error == 0; ++i)
        error = ub_ctx_set_fwd(state->context, options.forwardTo.at(i).constData());
    const QByteArray anchors =
        options.trustAnchors.isEmpty() ? QByteArray(kRootKey) : QFile::encodeName(options.trustAnchors);
    if (error == 0 && QFile::exists(QFile::decodeName(anchors)))
        error = ub_ctx_add_ta_file(state->context, anchors.constData());
    else if (error == 0 && !options.trustAnchors.isEmpty())
        error = UB_READFILE;
    if (error != 0) {
        ub_ctx_delete(state->context);
        return failure(
            ErrorKind::User,
            QStringLiteral("the DNS resolver cannot be set up: %1").arg(QLatin1StringView(ub_strerror(error))));
    }
    if (!options.forwardTo.isEmpty())
        ub_ctx_set_option(state->context, "do-not-query-localhost:", "no");
    state->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return std::unique_ptr<UnboundResolver>(new UnboundResolver(std::move(state)));
}

// Called by ub_process() on our thread.
void UnboundResolver::State::answeredBy(void *data, int error, ub_result *result)
{
    const auto *ticket = static_cast<const Question *>(data);
    State *state = ticket->state;
    const auto question = state->takeOut(ticket->number);
    const std::lock_guard lock(state->answering);
    question->answered(answerOf(error, result));
    ub_resolve_free(result);
}

void UnboundResolver::lookUp(const QByteArray &name, dns::Type type, std::function<void(dns::Answer)> answered)
{
    State &state = *m_state;
    State::Question *asked = nullptr;
    {
        const std::lock_guard lock(state.mutex);
        const quint64 number = ++state.lastNumber;
        auto question = std::make_unique<State::Question>(
            State::Question{.state = &state, .number = number, .answered = std::move(answered)});
        asked = question.get();
        state.open.emplace(number, std::move(question));
    }
    const quint64 number = asked->number;
    const int error = ub_resolve_async(state.context, name.constData(), static_cast<int>(type), kClassIn, asked,
                                       State::answeredBy, nullptr);
    if (error == 0)
        return;
    const auto question = state.takeOut(number);
    const std::lock_guard lock(state.answering);
    question->answered(answerOf(error, nullptr));
}

} // namespace net
