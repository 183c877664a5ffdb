#include "shared/base/log.h"

#include "shared/base/cursor.h"
#include "shared/base/metrics.h"
#include "shared/base/time.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <atomic>

namespace {

constexpr std::array kLevelNames = {"trace", "debug", "info", "warn", "error"};

std::atomic<LogLevel> g_least = LogLevel::Info;
LogFormat g_format = LogFormat::Text;
logging::Sink g_sink;

const Counter kUnhandled{"postroom_unhandled_errors_total", "Errors of kind Server: bugs or broken state."};

QByteArray textValue(const QJsonValue &value)
{
    if (value.isString()) {
        const QString text = value.toString();
        const bool plain = !text.isEmpty() && std::ranges::all_of(text, [](QChar c) {
            return c.unicode() > 0x20 && c != u'"' && c != u'=' && c.unicode() != 0x7f;
        });
        if (plain)
            return text.toUtf8();
    }
    QByteArray json = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return json.sliced(1, json.size() - 2);
}

} // namespace

Log Log::with(LogFields fields) const
{
    Log result = *this;
    for (const auto &[name, value] : fields)
        result.m_fields.insert(QLatin1StringView(name), value);
    return result;
}

bool Log::enabled(LogLevel level) { return level >= g_least.load(std::memory_order_relaxed) && g_sink; }

void Log::write(LogLevel level, const char *phrase, LogFields fields) const
{
    if (!enabled(level))
        return;
    QJsonObject all = m_fields;
    for (const auto &[name, value] : fields)
        all.insert(QLatin1StringView(name), value);
    g_sink(level, logging::render(g_format, level, m_component, phrase, all, toMilliseconds(SystemClock().now())));
}

void Log::failed(const char *phrase, const Error &error, LogFields fields) const
{
    const bool ours = error.kind == ErrorKind::Server;
    if (ours)
        kUnhandled.add();
    Log log = with(fields).with({{"error", error.text}});
    if (ours)
        log = log.with(
            {{"at",
              QStringLiteral("%1:%2").arg(QLatin1StringView(error.location.file_name())).arg(error.location.line())}});
    log.write(ours ? LogLevel::Error : LogLevel::Info, phrase, {});
}

namespace logging {

void setUp(LogLevel least, LogFormat format, Sink sink)
{
    g_least = least;
    g_format = format;
    g_sink = std::move(sink);
}

Result<LogLevel> parseLevel(QByteArrayView name)
{
    for (std::size_t i = 0; i < kLevelNames.size(); ++i) {
        if (name == kLevelNames[i])
            return static_cast<LogLevel>(i);
    }
    return failure(ErrorKind::User,
                   QStringLiteral("%1 is not a log level (trace, debug, info, warn, error)").arg(quoted(name)));
}

QByteArray render(LogFormat format, LogLevel level, const char *component, const char *phrase,
                  const QJsonObject &fields, qint64 unixMilliseconds)
{
    const char *levelName = kLevelNames[static_cast<std::size_t>(level)];
    const QString time = toIso(fromMilliseconds(unixMilliseconds));
    if (format == LogFormat::Json) {
        QJsonObject line = fields;
        line.insert(QLatin1StringView("time"), time);
        line.insert(QLatin1StringView("level"), QLatin1StringView(levelName));
        line.insert(QLatin1StringView("component"), QLatin1StringView(component));
        line.insert(QLatin1StringView("message"), QLatin1StringView(phrase));
        return QJsonDocument(line).toJson(QJsonDocument::Compact);
    }
    QByteArray line = time.toLatin1();
    line.append(' ').append(levelName).append(' ').append(component).append(": ").append(phrase);
    for (auto field = fields.begin(); field != fields.end(); ++field)
        line.append(' ').append(field.key().toUtf8()).append('=').append(textValue(field.value()));
    return line;
}

} // namespace logging
