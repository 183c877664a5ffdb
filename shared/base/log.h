// Structured logs: a constant phrase in lower case plus fields. A Log is a value that carries the fields of what it is
// about (connection, transaction, message); with() adds more. Where lines go, and in which format, is set once at
// start.
//   m_log.info("message accepted", {{"size", size}, {"from", reversePath}});
// Any thread; the sink serialises. Secrets are never fields.
#pragma once

#include "shared/base/result.h"

#include <QJsonObject>
#include <QJsonValue>

#include <functional>
#include <initializer_list>
#include <source_location>
#include <utility>

enum class LogLevel
{
    Trace, // wire
    Debug, // decisions
    Info,  // one line per connection or message
    Warn,  // odd, handled
    Error, // somebody must act
};

using LogField = std::pair<const char *, QJsonValue>;
using LogFields = std::initializer_list<LogField>;

class Log
{
public:
    explicit Log(const char *component)
        : m_component(component)
    {}
    [[nodiscard]] Log with(LogFields fields) const;

    void trace(const char *phrase, LogFields fields = {}) const { write(LogLevel::Trace, phrase, fields); }
    void debug(const char *phrase, LogFields fields = {}) const { write(LogLevel::Debug, phrase, fields); }
    void info(const char *phrase, LogFields fields = {}) const { write(LogLevel::Info, phrase, fields); }
    void warn(const char *phrase, LogFields fields = {}) const { write(LogLevel::Warn, phrase, fields); }
    void error(const char *phrase, LogFields fields = {}) const { write(LogLevel::Error, phrase, fields); }
    // An Error that reached the end of the road; Server kind is logged with its place and counted as unhandled.
    void failed(const char *phrase, const Error &error, LogFields fields = {}) const;

    [[nodiscard]] static bool enabled(LogLevel level);

private:
    void write(LogLevel level, const char *phrase, LogFields fields) const;

    const char *m_component;
    QJsonObject m_fields;
};

enum class LogFormat
{
    Text,
    Json,
};
namespace logging {

using Sink = std::function<void(LogLevel, const QByteArray &line)>; // line without its newline; must be thread-safe

void setUp(LogLevel least, LogFormat format, Sink sink); // before threads start
[[nodiscard]] Result<LogLevel> parseLevel(QByteArrayView name);
[[nodiscard]] QByteArray render(LogFormat format, LogLevel level, const char *component, const char *phrase,
                                const QJsonObject &fields, qint64 unixMilliseconds);

} // namespace logging
