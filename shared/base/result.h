// Result<T>: a value or an Error. The way every fallible function of the project answers.
// An error has a kind (which decides 4xx/5xx, NO/BAD and exit codes), a text for our log and a text a peer may see.
// Any thread; values only.
#pragma once

#include <QString>

#include <expected>
#include <source_location>
#include <utility>

enum class ErrorKind
{
    User,      // the caller asked for something that can't be: unknown account, mailbox exists
    Syntax,    // input that does not follow its grammar
    Temporary, // worth another try later: disk full, DNS timeout
    Permanent, // never going to work: message too large
    Server,    // our bug or broken state: logged with its place and counted
    Closed,    // the other side is gone, or we are shutting down
};

struct Error
{
    ErrorKind kind = ErrorKind::Server;
    QString text;       // for our log: paths, names, everything that helps
    QString publicText; // for the peer: never paths, host names or settings; empty = generic text by kind
    QString code;       // machine-readable reason ("account-exists"); empty if none
    QString hint;       // what the user can do; empty if nothing
    QString path;       // JSON pointer into the document that was refused; empty if not about one
    std::source_location location = std::source_location::current();
};

template<class T = void>
using Result = std::expected<T, Error>;

// return fail(ErrorKind::User, "no such account", {.code = …}) is written as failure(...)
[[nodiscard]] inline std::unexpected<Error> failure(ErrorKind kind, QString text,
                                                    std::source_location where = std::source_location::current())
{
    Error error{.kind = kind, .text = text, .publicText = {}, .code = {}, .hint = {}, .path = {}, .location = where};
    if (kind != ErrorKind::Server)
        error.publicText = std::move(text);
    return std::unexpected(std::move(error));
}

[[nodiscard]] inline std::unexpected<Error> failure(Error error) { return std::unexpected(std::move(error)); }

// What a peer is told.
[[nodiscard]] inline QString publicText(const Error &error)
{
    return error.publicText.isEmpty() ? QStringLiteral("internal error") : error.publicText;
}
