#include "shared/smtp/command.h"

#include "shared/base/bytes.h"
#include "shared/base/encoding.h"

namespace smtp {

namespace {

constexpr CharClass kKeyword = kAlpha | kDigit | CharClass::of("-");
constexpr CharClass kParameterValue = (kVisible | kNonAscii).without("="); // RFC 5321 4.1.2 esmtp-value
constexpr int kMostParameters = 20;
constexpr qsizetype kLongestKeyword = 64;
constexpr qsizetype kLongestValue = 1024;
constexpr qsizetype kLongestMechanism = 20;          // RFC 4422 3.1
constexpr qsizetype kLongestEnvelopeId = 100;        // RFC 3461 4.4, as sent
constexpr qsizetype kLongestOriginalRecipient = 500; // RFC 3461 4.2, as sent
constexpr quint64 kLongestHold = 999'999'999;        // RFC 4865 4: nine digits
constexpr qint64 kLargestSize = 1'000'000'000'000;

// path = "<" [A-d-l ":"] Mailbox ">"     RFC 5321 4.1.2; the source route is read and ignored (appendix F.2)
Address readPath(Cursor &in)
{
    in.expect('<');
    if (in.peek() == '@') {
        do {
            in.expect('@');
            std::ignore = readDomain(in);
        } while (in.take(',') && !in.atEnd());
        in.expect(':');
    }
    Address address = readAddress(in);
    in.expect('>');
    return address;
}

// xtext = *( xchar / "+" 2HEXDIG )     RFC 3461 4
QByteArray decodeXtext(Cursor &in, QByteArrayView text)
{
    QByteArray result;
    Cursor value{text};
    while (!value.atEnd()) {
        if (value.take('+')) {
            const auto byte = encoding::fromHex(value.takeBytes(2));
            if (!byte || byte->isEmpty()) {
                in.fail(QStringLiteral("bad xtext %1").arg(quoted(text)));
                return {};
            }
            result.append(*byte);
        } else {
            result.append(value.takeBytes(1));
        }
    }
    // It is written into reports: a line end in it would begin a field of the sender's choice.
    if (std::ranges::any_of(result, [](char c) { return static_cast<uchar>(c) < 0x20 || c == 0x7f; }))
        in.fail(QStringLiteral("control character in xtext %1").arg(quoted(text)));
    return result;
}

struct Parameter
{
    QByteArray name; // upper case
    QByteArrayView value;
};

std::optional<Parameter> nextParameter(Cursor &in, QList<QByteArray> &seen)
{
    if (in.atEnd())
        return {};
    in.expect(' ');
    in.takeWhile(CharClass::of(" ")); // more than one blank, and blanks at the end, are common
    if (in.atEnd())
        return {};
    if (seen.size() >= kMostParameters)
        in.fail(QStringLiteral("more than %1 parameters").arg(kMostParameters));
    Parameter parameter;
    parameter.name = bytes::toUpper(in.expectWhile(kKeyword, 1, kLongestKeyword, "parameter"));
    if (in.take('='))
        parameter.value = in.expectWhile(kParameterValue | CharClass::of("="), 1, kLongestValue, "parameter value");
    if (!in.failed() && seen.contains(parameter.name))
        in.fail(QStringLiteral("%1 is given twice").arg(QString::fromLatin1(parameter.name)));
    seen.append(parameter.name);
    return in.failed() ? std::nullopt : std::optional(parameter);
}

void expectNoValue(Cursor &in, const Parameter &parameter)
{
    if (!parameter.value.isEmpty())
        in.fail(QStringLiteral("%1 takes no value").arg(QString::fromLatin1(parameter.name)));
}

// hold-for-param = "HOLDFOR=" future-release-interval; hold-until-param = "HOLDUNTIL=" date-time     RFC 4865 4
void readHold(Cursor &in, FutureRelease &release, const Parameter &parameter)
{
    if (!release.request.isEmpty()) {
        in.fail(QStringLiteral("HOLDFOR and HOLDUNTIL exclude each other"));
    } else if (parameter.name == "HOLDFOR") {
        const auto seconds = parseNumber(parameter.value, 1, kLongestHold);
        if (!seconds)
            in.fail(QStringLiteral("HOLDFOR is not a number of seconds: %1").arg(quoted(parameter.value)));
        release.after = std::chrono::seconds(seconds.value_or(0));
        release.request = "for;" + parameter.value.toByteArray();
    } else {
        const auto until = parseIso(parameter.value);
        if (!until)
            in.fail(QStringLiteral("HOLDUNTIL is not a date and time: %1").arg(quoted(parameter.value)));
        release.until = until.value_or(Timestamp());
        release.request = "until;" + parameter.value.toByteArray();
    }
}

void readSize(Cursor &in, Mail &mail, QByteArrayView value)
{
    const auto size = parseNumber(value, 0, kLargestSize);
    if (!size)
        in.fail(QStringLiteral("SIZE is not a number up to %1: %2").arg(kLargestSize).arg(quoted(value)));
    mail.sizeBytes = static_cast<qint64>(size.value_or(0));
}

void readBody(Cursor &in, Mail &mail, QByteArrayView value)
{
    if (bytes::equalsIgnoreCase(value, "7BIT"))
        mail.body = Body::SevenBit;
    else if (bytes::equalsIgnoreCase(value, "8BITMIME"))
        mail.body = Body::EightBitMime;
    else
        in.fail(QStringLiteral("BODY must be 7BIT or 8BITMIME, not %1").arg(quoted(value)));
}

void applyMailParameter(Cursor &in, Mail &mail, const Parameter &parameter)
{
    if (parameter.name == "SIZE") {
        readSize(in, mail, parameter.value);
    } else if (parameter.name == "BODY") {
        readBody(in, mail, parameter.value);
    } else if (parameter.name == "SMTPUTF8") {
        expectNoValue(in, parameter);
        mail.smtpUtf8 = true;
    } else if (parameter.name == "REQUIRETLS") {
        expectNoValue(in, parameter);
        mail.requireTls = true;
    } else if (parameter.name == "AUTH") {
        if (parameter.value.isEmpty())
            in.fail(QStringLiteral("AUTH needs a value"));
        mail.auth = parameter.value.toByteArray();
    } else if (parameter.name == "ENVID") {
        if (parameter.value.isEmpty() || parameter.value.size() > kLongestEnvelopeId)
            in.fail(QStringLiteral("ENVID must have 1 to %1 characters").arg(kLongestEnvelopeId));
        mail.envelopeId = decodeXtext(in, parameter.value);
    } else if (parameter.name == "HOLDFOR" || parameter.name == "HOLDUNTIL") {
        readHold(in, mail.release, parameter);
    } else if (parameter.name == "RET") {
        mail.returnContent = bytes::toUpper(parameter.value);
        if (mail.returnContent != "FULL" && mail.returnContent != "HDRS")
            in.fail(QStringLiteral("RET must be FULL or HDRS"));
    } else if (mail.unknown.isEmpty()) {
        mail.unknown = parameter.name;
    }
}

// notify-esmtp-value = "NEVER" / 1#notify-list-element     RFC 3461 4.1
void readNotify(Cursor &in, Rcpt &rcpt, QByteArrayView value)
{
    rcpt.notify = bytes::toUpper(value);
    if (rcpt.notify == "NEVER")
        return;
    for (const QByteArray &word : rcpt.notify.split(',')) {
        if (word != "SUCCESS" && word != "FAILURE" && word != "DELAY")
            in.fail(QStringLiteral("NOTIFY must be NEVER, or of SUCCESS, FAILURE, DELAY"));
    }
}

// original-recipient-address = addr-type ";" xtext     RFC 3461 4.2; utf-8 types: RFC 6533 3
void readOriginalRecipient(Cursor &in, Rcpt &rcpt, QByteArrayView value)
{
    const qsizetype semicolon = value.indexOf(';');
    if (semicolon <= 0 || semicolon + 1 == value.size() || value.size() > kLongestOriginalRecipient)
        return in.fail(
            QStringLiteral("ORCPT must be TYPE;ADDRESS, of at most %1 bytes").arg(kLongestOriginalRecipient));
    Cursor type{value.first(semicolon)};
    type.expectWhile(kKeyword, 1, kLongestKeyword, "address type");
    if (type.failed() || !type.atEnd())
        in.fail(QStringLiteral("bad address type %1 in ORCPT").arg(quoted(value.first(semicolon))));
    std::ignore = decodeXtext(in, value.sliced(semicolon + 1));
    rcpt.originalRecipient = value.toByteArray();
}

void applyRcptParameter(Cursor &in, Rcpt &rcpt, const Parameter &parameter)
{
    if (parameter.name == "NOTIFY")
        readNotify(in, rcpt, parameter.value);
    else if (parameter.name == "ORCPT")
        readOriginalRecipient(in, rcpt, parameter.value);
    else if (rcpt.unknown.isEmpty())
        rcpt.unknown = parameter.name;
}

} // namespace

Verb splitVerb(QByteArrayView line)
{
    const qsizetype blank = line.indexOf(' ');
    if (blank < 0)
        return {bytes::toUpper(line), {}};
    return {bytes::toUpper(line.first(blank)), line.sliced(blank + 1)};
}

// ehlo = "EHLO" SP ( Domain / address-literal )     RFC 5321 4.1.1.1. Names with an underscore are common and harmless.
Result<Hello> parseHello(QByteArrayView argument)
{
    const QByteArrayView name = bytes::trimmed(argument);
    Cursor in{name};
    std::ignore = readDomain(in);
    return in.finish(Hello{.name = name.toByteArray()});
}

// mail = "MAIL FROM:" Reverse-path [SP Mail-parameters]     RFC 5321 4.1.1.2
Result<Mail> parseMail(QByteArrayView argument)
{
    Cursor in{argument};
    Mail mail;
    in.expectIgnoreCase("FROM:");
    in.takeWhile(CharClass::of(" ")); // "MAIL FROM: <a@b>" is wrong and everywhere
    if (!in.take(QByteArrayView("<>")))
        mail.reversePath = readPath(in);
    QList<QByteArray> seen;
    for (;;) {
        const auto parameter = nextParameter(in, seen);
        if (!parameter)
            break;
        applyMailParameter(in, mail, *parameter);
    }
    return in.finish(mail);
}

// rcpt = "RCPT TO:" ( "<Postmaster@" Domain ">" / "<Postmaster>" / Forward-path ) [SP Rcpt-parameters]     RFC
// 5321 4.1.1.3
Result<Rcpt> parseRcpt(QByteArrayView argument)
{
    Cursor in{argument};
    Rcpt rcpt;
    in.expectIgnoreCase("TO:");
    in.takeWhile(CharClass::of(" "));
    if (in.takeIgnoreCase("<postmaster>"))
        rcpt.postmaster = true;
    else
        rcpt.forwardPath = readPath(in);
    QList<QByteArray> seen;
    for (;;) {
        const auto parameter = nextParameter(in, seen);
        if (!parameter)
            break;
        applyRcptParameter(in, rcpt, *parameter);
    }
    return in.finish(rcpt);
}

// bdat-cmd = "BDAT" SP chunk-size [ SP end-marker ]     RFC 3030 2
Result<Bdat> parseBdat(QByteArrayView argument)
{
    Cursor in{argument};
    Bdat bdat;
    bdat.sizeBytes = static_cast<qint64>(in.number(0, kLargestSize, "chunk size"));
    if (in.take(' ') && !in.atEnd()) {
        in.expectIgnoreCase("LAST");
        bdat.last = true;
    }
    return in.finish(bdat);
}

// "AUTH" SP sasl-mech [SP (initial-response / "=")]     RFC 4954 4
Result<Auth> parseAuth(QByteArrayView argument)
{
    Cursor in{argument};
    Auth auth;
    auth.mechanism =
        bytes::toUpper(in.expectWhile(kAlpha | kDigit | CharClass::of("-_"), 1, kLongestMechanism, "mechanism"));
    if (in.take(' ')) {
        in.take(' '); // Windows Mail sends two
        if (in.atEnd())
            in.fail(QStringLiteral("the initial response behind the blank is missing"));
        if (in.take('=')) {
            auth.initial = QByteArray();
        } else {
            const auto decoded = encoding::fromBase64(in.takeWhile(kVisible));
            if (!decoded)
                in.fail(decoded.error().text);
            auth.initial = decoded.value_or(QByteArray());
        }
    }
    return in.finish(auth);
}

} // namespace smtp
