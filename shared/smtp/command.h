// SMTP commands as values (RFC 5321 4.1.1, RFC 4954, RFC 3207, RFC 3030, RFC 6531, RFC 1870, RFC 6152, RFC 3461,
// RFC 4865, RFC 8689). Parsers take what follows the verb and its blank; errors name what is wrong and become 501 5.5.4
// replies. A parameter nobody knows is no error but named in `unknown`, for its own reply (RFC 5321 4.1.1.11).
// Pure; any thread.
#pragma once

#include "shared/base/time.h"
#include "shared/smtp/address.h"

namespace smtp {

inline constexpr qsizetype kLongestCommandLine = 2048; // with CRLF; RFC 5321 4.5.3.1.4 asks for 512 plus parameters

struct Hello
{
    QByteArray name; // domain or address literal, as the client said it
};

enum class Body
{
    SevenBit,
    EightBitMime, // RFC 6152
    BinaryMime,   // RFC 3030
};

// When a submitted message is to be let go, RFC 4865. At most one of the two.
struct FutureRelease
{
    std::chrono::seconds after{0};  // HOLDFOR=; 0 = not said
    std::optional<Timestamp> until; // HOLDUNTIL=
    QByteArray request;             // as a report names it: "for;3600", "until;2026-12-24T18:00:00Z"; empty = neither
};

struct Mail
{
    Address reversePath;  // null = <>
    qint64 sizeBytes = 0; // SIZE=; 0 = not said
    Body body = Body::SevenBit;
    bool smtpUtf8 = false;
    QByteArray envelopeId;    // ENVID=, decoded xtext
    QByteArray returnContent; // RET=: "FULL", "HDRS" or empty
    QByteArray auth;          // AUTH=, as sent; ignored by us
    bool requireTls = false;  // REQUIRETLS, RFC 8689
    FutureRelease release;
    QByteArray unknown; // the first parameter nobody knows, upper case
};

struct Rcpt
{
    Address forwardPath;
    bool postmaster = false;      // RCPT TO:<Postmaster> without a domain
    QByteArray notify;            // NOTIFY=, upper case: "NEVER" or a list of SUCCESS, FAILURE, DELAY; empty = not said
    QByteArray originalRecipient; // ORCPT=, as sent
    QByteArray unknown;           // the first parameter nobody knows, upper case
};

struct Bdat
{
    qint64 sizeBytes = 0;
    bool last = false;
};

struct Auth
{
    QByteArray mechanism;              // upper case
    std::optional<QByteArray> initial; // decoded; "=" is an empty one
};

// Upper-case verb and what follows the first blank.
struct Verb
{
    QByteArray name;
    QByteArrayView argument;
};

[[nodiscard]] Verb splitVerb(QByteArrayView line);
[[nodiscard]] Result<Hello> parseHello(QByteArrayView argument);
[[nodiscard]] Result<Mail> parseMail(QByteArrayView argument);
[[nodiscard]] Result<Rcpt> parseRcpt(QByteArrayView argument);
[[nodiscard]] Result<Bdat> parseBdat(QByteArrayView argument);
[[nodiscard]] Result<Auth> parseAuth(QByteArrayView argument);

} // namespace smtp
