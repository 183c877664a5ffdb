// What an API method is: its name, what it takes and answers, who may call it, and how the command line names it.
// One definition per method (the noun's header: accounts.h, queue.h, …); the daemon's dispatch, the CLI, the control
// app and the JSON schema derive from it. all.h lists every one. Parameters are read strictly, so that a misspelt or
// unsupported name is an error and not silently without effect; results are read leniently (fromResult), so that an
// older client meets a newer server. Values only; any thread.
#pragma once

#include "shared/base/json.h"

#include <array>

namespace api {

enum class Role
{
    Viewer, // may see the status
    Self,   // may send mail
    Admin,
};
constexpr auto enumNames(Role)
{
    return std::array{EnumName{Role::Viewer, "viewer"}, EnumName{Role::Self, "self"}, EnumName{Role::Admin, "admin"}};
}

template<class P, class R>
struct Method
{
    using Params = P;
    using Result = R;
    const char *name;        // "accounts.add"
    const char *doc;         // one sentence
    Role role = Role::Admin; // least role that may call it
    const char *noun = "";   // command line: postroomctl NOUN VERB; both empty = not a command of its own
    const char *verb = "";
    bool mutates = false;   // takes expect, idempotencyKey and dryRun
    const char *topic = ""; // topic whose subscribers hear of it
};

struct None
{
    static constexpr auto fields() { return std::tuple{}; }
};

// Beside the parameters of every mutating method.
struct CallOptions
{
    std::optional<qint64> expect; // configuration revision the caller saw; another one is an error "revision-changed"
    QString idempotencyKey;       // a repeated call with the same key gets the first answer
    bool dryRun = false;          // check and answer, change nothing

    static constexpr auto fields()
    {
        return std::tuple{
            field("expect", &CallOptions::expect, "Refuse if the settings have another revision."),
            field("idempotencyKey", &CallOptions::idempotencyKey, "Repeating a call with the same key does it once."),
            field("dryRun", &CallOptions::dryRun, "Check and answer, but change nothing."),
        };
    }
};

// --- lenient reading of results: unknown names are ignored, missing ones keep their default --------------------------

namespace detail {
template<class T>
struct Strip
{
    static QJsonValue known(const QJsonValue &value)
    {
        if constexpr (Described<T>) {
            const QJsonObject object = value.toObject();
            QJsonObject kept;
            forEachField<T>([&]<class F>(const F &each) {
                const auto entry = object.constFind(QLatin1StringView(each.name));
                if (entry != object.constEnd() && !entry->isNull())
                    kept.insert(entry.key(), Strip<typename F::Type>::known(*entry));
            });
            return kept;
        } else {
            return value;
        }
    }
};
template<class T>
struct Strip<QList<T>>
{
    static QJsonValue known(const QJsonValue &value)
    {
        QJsonArray kept;
        const QJsonArray array = value.toArray();
        for (const auto &each : array)
            kept.append(Strip<T>::known(each));
        return kept;
    }
};
template<class T>
struct Strip<std::optional<T>> : Strip<T>
{};
} // namespace detail

template<Described T>
[[nodiscard]] ::Result<T> fromResult(const QJsonObject &object)
{
    return json::fromJson<T>(detail::Strip<T>::known(object).toObject());
}

} // namespace api
