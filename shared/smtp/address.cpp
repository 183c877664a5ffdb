#include "shared/smtp/address.h"

#include "shared/base/bytes.h"
#include "shared/base/ip.h"
#include "shared/base/unicode.h"

#include <unicode/idna.h>
#include <unicode/unistr.h>

namespace smtp {

namespace {

constexpr qsizetype kLongestLocalpart = 64; // RFC 5321 4.5.3.1.1
constexpr qsizetype kLongestDomain = 255;   // RFC 5321 4.5.3.1.2
constexpr qsizetype kLongestLabel = 63;     // RFC 1035 2.3.4
constexpr qsizetype kLongestLiteral = 60;   // between the brackets
constexpr CharClass kAtext =
    kAlpha | kDigit | CharClass::of("!#$%&'*+-/=?^_`{|}~") | kNonAscii; // RFC 5322 3.2.3, RFC 6531 3.3
constexpr CharClass kDotText = kAtext | CharClass::of(".");
constexpr CharClass kQuotedText = (CharClass::range(0x20, 0x7e) | kNonAscii).without("\"\\");
constexpr CharClass kLabelText = kAlpha | kDigit | CharClass::of("-_") | kNonAscii;

bool isDotString(QByteArrayView text)
{
    return !text.isEmpty() && text.front() != '.' && text.back() != '.' && !text.contains("..") &&
           std::ranges::all_of(text, [](char c) { return kDotText.contains(c); });
}

// Quoted-string = DQUOTE *QcontentSMTP DQUOTE     RFC 5321 4.1.2
QByteArray readQuoted(Cursor &in)
{
    QByteArray text;
    while (!in.atEnd() && !in.take('"')) {
        if (in.take('\\')) {
            text.append(in.expectWhile(CharClass::range(0x20, 0x7e), 1, 1, "character after backslash"));
            continue;
        }
        const auto part = in.takeWhile(kQuotedText, kLongestLocalpart + 1);
        if (part.isEmpty())
            in.fail(QStringLiteral("bad character in quoted localpart"));
        text.append(part);
        if (text.size() > kLongestLocalpart)
            in.fail(QStringLiteral("localpart longer than %1 bytes").arg(kLongestLocalpart));
    }
    return text;
}

QByteArray toAscii(Cursor &in, QByteArrayView domain)
{
    if (bytes::isAscii(domain))
        return bytes::toLower(domain);
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::IDNA> idna(
        icu::IDNA::createUTS46Instance(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI, status));
    icu::IDNAInfo info;
    icu::UnicodeString ascii;
    const auto source =
        icu::UnicodeString::fromUTF8(icu::StringPiece(domain.data(), static_cast<int32_t>(domain.size())));
    idna->nameToASCII(source, ascii, info, status);
    if (U_FAILURE(status) || info.hasErrors() || !domain.isValidUtf8()) {
        in.fail(QStringLiteral("not a domain name: %1").arg(quoted(domain)));
        return {};
    }
    std::string result;
    ascii.toUTF8String(result);
    return bytes::toLower(QByteArrayView(result.data(), static_cast<qsizetype>(result.size())));
}

QByteArray readLiteral(Cursor &in)
{
    const auto inside = in.expectWhile(kVisible.without("[]\\"), 1, kLongestLiteral, "address literal");
    in.expect(']');
    const bool v6 = bytes::startsWithIgnoreCase(inside, "IPv6:"); // RFC 5321 4.1.3
    const auto address = IpAddress::parse(v6 ? inside.sliced(5) : inside);
    if (!address || (!v6 && !address->isV4()))
        in.fail(QStringLiteral("bad address literal %1").arg(quoted(inside)));
    return in.failed() ? QByteArray() : QByteArray(v6 ? "[IPv6:" : "[") + address->toBytes() + ']';
}

} // namespace

QByteArray Address::toBytes() const
{
    if (isNull())
        return {};
    if (isDotString(localpart))
        return localpart + '@' + domain;
    QByteArray text = "\"";
    for (const char c : localpart) {
        if (c == '"' || c == '\\')
            text.append('\\');
        text.append(c);
    }
    return text + "\"@" + domain;
}

bool Address::needsUtf8() const { return !bytes::isAscii(localpart); }

// Domain = sub-domain *("." sub-domain) / address-literal     RFC 5321 4.1.2
QByteArray readDomain(Cursor &in)
{
    if (in.take('['))
        return readLiteral(in);
    const qsizetype start = in.position();
    do {
        const auto label = in.expectWhile(kLabelText, 1, kLongestDomain + 1, "domain");
        if (bytes::isAscii(label) && label.size() > kLongestLabel)
            in.fail(QStringLiteral("label in domain longer than %1 bytes: %2").arg(kLongestLabel).arg(quoted(label)));
        if (label.startsWith('-') || label.endsWith('-'))
            in.fail(QStringLiteral("bad label in domain: %1").arg(quoted(label)));
    } while (in.take('.') && !in.atEnd());
    if (in.failed())
        return {};
    const QByteArray domain = toAscii(in, in.since(start));
    if (domain.size() > kLongestDomain)
        in.fail(QStringLiteral("domain longer than %1 bytes").arg(kLongestDomain));
    return domain.endsWith('.') ? domain.chopped(1) : domain;
}

// Mailbox = Local-part "@" ( Domain / address-literal )     RFC 5321 4.1.2
Address readAddress(Cursor &in)
{
    Address address;
    if (in.take('"')) {
        address.localpart = readQuoted(in);
    } else {
        const auto text = in.takeWhile(kDotText);
        if (!isDotString(text))
            in.fail(QStringLiteral("bad localpart %1").arg(quoted(text)));
        address.localpart = text.toByteArray();
    }
    if (address.localpart.size() > kLongestLocalpart)
        in.fail(QStringLiteral("localpart longer than %1 bytes").arg(kLongestLocalpart));
    if (!address.localpart.isValidUtf8())
        in.fail(QStringLiteral("localpart is not UTF-8"));
    in.expect('@');
    address.domain = readDomain(in);
    if (in.failed())
        return {};
    address.localpart = unicode::nfc(QByteArrayView(address.localpart));
    return address;
}

Result<Address> parseAddress(QByteArrayView text)
{
    Cursor in{text};
    Address address = readAddress(in);
    return in.finish(std::move(address));
}

} // namespace smtp
