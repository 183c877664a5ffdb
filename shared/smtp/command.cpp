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
    return result;
}

struct Parameter
{
    QByteArray name; // upper case
    QByteArrayView value;
};

// The one after `count` others.
std::optional<Parameter> nextParameter(Cursor &in, int count)
{
    if (in.atEnd())
        return {};
    in.expect(' ');
    in.takeWhile(CharClass::of(" ")); // more than one blank, and blanks at the end, are common
    if (in.atEnd())
        return {};
    if (count >= kMostParameters)
        in.fail(QStringLiteral("more than %1 parameters").arg(kMostParameters));
    Parameter parameter;
    parameter.name = bytes::toUpper(in.expectWhile(kKeyword, 1, kLongestKeyword, "parameter"));
    if (in.take('='))
        parameter.value = in.expectWhile(kParameterValue | CharClass::of("="), 1, kLongestValue, "parameter value");
    return in.failed() ? std::nullopt : std::optional(parameter);
}

void refuse(Cursor &in, const Parameter &parameter)
{
    in.fail(QStringLiteral("bad or unknown parameter %1").arg(QString::fromLatin1(parameter.name)));
}

void refuseLong(Cursor &in, const Parameter &parameter, qsizetype longest)
{
    in.fail(QStringLiteral("%1 is longer than %2 bytes").arg(QString::fromLatin1(parameter.name)).arg(longest));
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
    } else if (parameter.name == "SMTPUTF8" && parameter.value.isEmpty()) {
        mail.smtpUtf8 = true;
    } else if (parameter.name == "AUTH" && !parameter.value.isEmpty()) {
        mail.auth = parameter.value.toByteArray();
    } else if (parameter.name == "ENVID" && !parameter.value.isEmpty()) {
        if (parameter.value.size() > kLongestEnvelopeId)
            refuseLong(in, parameter, kLongestEnvelopeId);
        mail.envelopeId = decodeXtext(in, parameter.value);
    } else if (parameter.name == "RET") {
        mail.returnContent = bytes::toUpper(parameter.value);
        if (mail.returnContent != "FULL" && mail.returnContent != "HDRS")
            in.fail(QStringLiteral("RET must be FULL or HDRS"));
    } else {
        refuse(in, parameter);
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
    for (int count = 0;; ++count) {
        const auto parameter = nextParameter(in, count);
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
    for (int count = 0;; ++count) {
        const auto parameter = nextParameter(in, count);
        if (!parameter)
            break;
        if (parameter->name == "NOTIFY" && !parameter->value.isEmpty())
            readNotify(in, rcpt, parameter->value);
        else if (parameter->name == "ORCPT" && parameter->value.size() > kLongestOriginalRecipient)
            refuseLong(in, *parameter, kLongestOriginalRecipient);
        else if (parameter->name == "ORCPT" && parameter->value.contains(';'))
            rcpt.originalRecipient = parameter->value.toByteArray();
        else
            refuse(in, *parameter);
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
