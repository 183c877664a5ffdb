#include "shared/mailauth/dkim_verify.h"

#include "shared/base/bytes.h"
#include "shared/base/cursor.h"
#include "shared/base/encoding.h"
#include "shared/crypto/crypto.h"
#include "shared/crypto/signature.h"
#include "shared/mailauth/tag_list.h"
#include "shared/mime/header_list.h"

namespace mailauth {

namespace {

constexpr quint64 kLatestSecond = 253'402'300'799; // the end of year 9999
constexpr qsizetype kMostSignedNames = 1000;       // in h=: each is looked for in the whole header
constexpr auto kSkew = std::chrono::minutes(5);

std::unexpected<Error> badSignature(const QString &what) { return failure(ErrorKind::Syntax, what); }

Result<Canon> canonOf(QByteArrayView name)
{
    if (name == "simple")
        return Canon::Simple;
    if (name == "relaxed")
        return Canon::Relaxed;
    return badSignature(QStringLiteral("unknown canonicalization"));
}

Result<DkimAlgorithm> algorithmOf(const QByteArray &name)
{
    if (name == "rsa-sha256")
        return DkimAlgorithm::RsaSha256;
    if (name == "ed25519-sha256")
        return DkimAlgorithm::Ed25519Sha256;
    return badSignature(QStringLiteral("algorithm that does not count")); // RFC 8301 3.1: rsa-sha1 neither
}

Result<std::optional<Timestamp>> timeOf(const TagList &tags, QByteArrayView name)
{
    const auto text = tags.value(name);
    if (!text)
        return std::nullopt;
    return parseNumber(*text, 0, kLatestSecond).transform([](quint64 seconds) {
        return std::optional(Timestamp(std::chrono::seconds(static_cast<qint64>(seconds))));
    });
}

Result<void> readCanon(const QByteArray &text, DkimSignature &signature)
{
    const QList<QByteArray> parts = text.split('/');
    const auto header = canonOf(parts.value(0));
    const auto body = parts.size() > 1 ? canonOf(parts.at(1)) : Result<Canon>(Canon::Simple); // RFC 6376 3.5
    if (!header || !body || parts.size() > 2)
        return badSignature(QStringLiteral("unknown canonicalization"));
    signature.headerCanon = *header;
    signature.bodyCanon = *body;
    return {};
}

Result<void> readTimes(const TagList &tags, DkimSignature &signature)
{
    const auto signedAt = timeOf(tags, "t");
    const auto expires = timeOf(tags, "x");
    if (!signedAt || !expires)
        return badSignature(QStringLiteral("a time is not a number"));
    signature.signedAt = *signedAt;
    signature.expires = *expires;
    if (*signedAt && *expires && **expires <= **signedAt) // RFC 6376 3.5
        return badSignature(QStringLiteral("it ends before it was made"));
    if (const auto length = tags.value("l")) {
        const auto number = parseNumber(*length, 0, std::numeric_limits<qint64>::max());
        if (!number)
            return badSignature(QStringLiteral("the length is not a number"));
        signature.bodyLength = static_cast<qint64>(*number);
    }
    return {};
}

bool isInDomain(const QByteArray &identity, const QByteArray &domain)
{
    const QByteArray host = bytes::toLower(identity.mid(identity.lastIndexOf('@') + 1));
    return host == domain || host.endsWith('.' + domain);
}

// The header as it is hashed: from the bottom up for names that come more than once, the signature's own field last,
// without what stands behind b= (RFC 6376 3.7, 5.4.2).
QByteArray hashedHeader(const mime::HeaderList &header, const mime::HeaderField &own, const DkimSignature &signature)
{
    QByteArray hashed;
    QList<bool> used(header.fields().size(), false);
    for (const QByteArray &name : signature.headers) {
        for (qsizetype i = header.fields().size() - 1; i >= 0; --i) {
            const mime::HeaderField &field = header.fields().at(i);
            if (used.at(i) || &field == &own || !bytes::equalsIgnoreCase(field.name, name))
                continue;
            used[i] = true;
            hashed.append(canonicalField(field.name, field.rawValue, signature.headerCanon)).append("\r\n");
            break;
        }
    }
    QByteArray value;
    bool first = true;
    for (const QByteArray &tag : own.rawValue.toByteArray().split(';')) {
        const qsizetype equals = tag.indexOf('=');
        const bool isSignature = equals >= 0 && tag.first(equals).trimmed() == "b";
        value.append(first ? "" : ";").append(isSignature ? tag.first(equals + 1) : tag);
        first = false;
    }
    return hashed + canonicalField(own.name, value, signature.headerCanon);
}

bool verifies(const DkimSignature &signature, const DkimKeyRecord &record, const QByteArray &data)
{
    if (signature.algorithm == DkimAlgorithm::Ed25519Sha256)
        return crypto::verifyEd25519(record.publicKey, crypto::digest(crypto::Hash::Sha256, data), signature.signature);
    return crypto::verifyRsaSha256(record.publicKey, data, signature.signature);
}

} // namespace

Result<DkimSignature> parseDkimSignature(QByteArrayView fieldValue)
{
    const auto tags = TagList::parse(fieldValue);
    if (!tags)
        return std::unexpected(tags.error());
    for (const char *needed : {"v", "a", "b", "bh", "d", "h", "s"}) { // RFC 6376 3.5
        if (!tags->value(needed))
            return badSignature(QStringLiteral("%1= is missing").arg(QLatin1StringView(needed)));
    }
    DkimSignature signature;
    if (tags->value("v", {}) != "1")
        return badSignature(QStringLiteral("unknown version"));
    const auto algorithm = algorithmOf(tags->value("a", {}));
    const auto hash = encoding::fromBase64(withoutBlanks(tags->value("bh", {})));
    const auto made = encoding::fromBase64(withoutBlanks(tags->value("b", {})));
    if (!algorithm)
        return std::unexpected(algorithm.error());
    if (!hash || !made)
        return badSignature(QStringLiteral("the signature is not base64"));
    signature.algorithm = *algorithm;
    signature.bodyHash = *hash;
    signature.signature = *made;
    signature.domain = bytes::toLower(tags->value("d", {}));
    signature.selector = tags->value("s", {});
    signature.identity = tags->value("i", '@' + signature.domain);
    signature.headers = withoutBlanks(tags->value("h", {})).split(':');
    if (signature.headers.size() > kMostSignedNames)
        return badSignature(QStringLiteral("more than %1 header fields are signed").arg(kMostSignedNames));
    const auto isFrom = [](const QByteArray &name) { return bytes::equalsIgnoreCase(name, "From"); };
    if (std::ranges::none_of(signature.headers, isFrom)) // RFC 6376 5.4
        return badSignature(QStringLiteral("From is not signed"));
    if (signature.domain.isEmpty() || signature.selector.isEmpty())
        return badSignature(QStringLiteral("domain or selector is empty"));
    if (!isInDomain(signature.identity, signature.domain))
        return badSignature(QStringLiteral("i= is not in the domain of d="));
    if (const auto query = tags->value("q"); query && !query->split(':').contains("dns/txt"))
        return badSignature(QStringLiteral("unknown way to fetch the key"));
    if (auto done = readCanon(tags->value("c", "simple/simple"), signature); !done)
        return std::unexpected(done.error());
    if (auto done = readTimes(*tags, signature); !done)
        return std::unexpected(done.error());
    return signature;
}

Result<DkimKeyRecord> parseDkimKeyRecord(QByteArrayView text)
{
    const auto tags = TagList::parse(text);
    if (!tags)
        return std::unexpected(tags.error());
    if (const auto version = tags->value("v"); version && (*version != "DKIM1" || tags->tags().first().name != "v"))
        return badSignature(QStringLiteral("not a DKIM key record"));
    const auto p = tags->value("p");
    if (!p)
        return badSignature(QStringLiteral("p= is missing"));
    const auto key = encoding::fromBase64(withoutBlanks(*p));
    if (!key)
        return badSignature(QStringLiteral("the key is not base64"));
    DkimKeyRecord record;
    record.publicKey = *key;
    const QByteArray kind = tags->value("k", "rsa");
    if (kind != "rsa" && kind != "ed25519")
        return badSignature(QStringLiteral("key of an unknown kind"));
    record.algorithm = kind == "rsa" ? DkimAlgorithm::RsaSha256 : DkimAlgorithm::Ed25519Sha256;
    if (const auto hashes = tags->value("h"); hashes && !withoutBlanks(*hashes).split(':').contains("sha256"))
        return badSignature(QStringLiteral("the key is not for SHA-256"));
    const QList<QByteArray> services = withoutBlanks(tags->value("s", "*")).split(':');
    if (!services.contains("*") && !services.contains("email"))
        return badSignature(QStringLiteral("the key is not for mail"));
    const QList<QByteArray> flags = withoutBlanks(tags->value("t", {})).split(':');
    record.testing = flags.contains("y");
    record.strict = flags.contains("s");
    return record;
}

DkimVerdict verifyDkim(QByteArrayView header, QByteArrayView body, qsizetype field, const DkimSignature &signature,
                       const DkimKeyRecord &record, Timestamp now)
{
    const mime::HeaderList list(header);
    const mime::HeaderField *own = nullptr;
    for (const mime::HeaderField &each : list.fields()) {
        if (bytes::equalsIgnoreCase(each.name, "DKIM-Signature") && field-- == 0)
            own = &each;
    }
    if (!own)
        return {.result = DkimResult::PermError, .why = QStringLiteral("there is no such signature")};
    if (signature.algorithm != record.algorithm)
        return {.result = DkimResult::PermError, .why = QStringLiteral("the key is of another kind")};
    if (record.publicKey.isEmpty())
        return {.result = DkimResult::PermError, .why = QStringLiteral("the key was revoked")};
    if (record.strict &&
        bytes::toLower(signature.identity.mid(signature.identity.lastIndexOf('@') + 1)) != signature.domain)
        return {.result = DkimResult::PermError, .why = QStringLiteral("i= must have the domain of d=")};
    if (signature.expires && *signature.expires + kSkew < now)
        return {.result = DkimResult::Fail, .why = QStringLiteral("the signature has expired")};
    qint64 total = 0;
    if (bodyHash(body, signature.bodyCanon, signature.bodyLength, &total) != signature.bodyHash)
        return {.result = DkimResult::Fail, .why = QStringLiteral("the body was changed")};
    if (signature.bodyLength > total)
        return {.result = DkimResult::PermError, .why = QStringLiteral("the body is shorter than signed")};
    if (!verifies(signature, record, hashedHeader(list, *own, signature)))
        return {.result = DkimResult::Fail, .why = QStringLiteral("the signature does not fit")};
    if (signature.bodyLength >= 0 && signature.bodyLength < total)
        return {.result = DkimResult::Policy, .why = QStringLiteral("not all of the body is signed")};
    if (std::ranges::none_of(signature.headers,
                             [](const QByteArray &name) { return bytes::equalsIgnoreCase(name, "Subject"); }))
        return {.result = DkimResult::Policy, .why = QStringLiteral("the subject is not signed")};
    return {.result = DkimResult::Pass, .why = {}};
}

} // namespace mailauth
