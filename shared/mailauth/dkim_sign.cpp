#include "shared/mailauth/dkim_sign.h"

#include "shared/base/bytes.h"
#include "shared/base/encoding.h"
#include "shared/crypto/crypto.h"
#include "shared/crypto/signature.h"
#include "shared/mailauth/dkim_canonical.h"
#include "shared/mime/header_list.h"

namespace mailauth {

namespace {

constexpr qsizetype kLineWidth = 74;

struct SignedField
{
    const char *name;
    bool sealed; // signed once more than it is there
};
// RFC 6376 5.4.1; List-Unsubscribe and List-Unsubscribe-Post: RFC 8058 4.
constexpr std::array kSigned = {
    SignedField{"From", true},
    SignedField{"To", true},
    SignedField{"Cc", true},
    SignedField{"Reply-To", true},
    SignedField{"Subject", true},
    SignedField{"Date", true},
    SignedField{"Message-ID", true},
    SignedField{"In-Reply-To", true},
    SignedField{"References", true},
    SignedField{"MIME-Version", true},
    SignedField{"Content-Type", true},
    SignedField{"Content-Transfer-Encoding", true},
    SignedField{"Sender", false},
    SignedField{"Auto-Submitted", false},
    SignedField{"List-Id", false},
    SignedField{"List-Unsubscribe", false},
    SignedField{"List-Post", false},
    SignedField{"List-Unsubscribe-Post", false},
    SignedField{"TLS-Required", false},
};

// What is hashed of the header, and the names of h=.
struct Selected
{
    QByteArray hashed;
    QList<QByteArray> names;
};

Selected select(const mime::HeaderList &header)
{
    Selected selected;
    for (const SignedField &wanted : kSigned) {
        const QByteArrayView name(wanted.name);
        int count = 0;
        for (auto field = header.fields().crbegin(); field != header.fields().crend(); ++field) { // RFC 6376 5.4.2
            if (!bytes::equalsIgnoreCase(field->name, name))
                continue;
            selected.hashed.append(canonicalField(field->name, field->rawValue, Canon::Relaxed)).append("\r\n");
            ++count;
        }
        for (int i = 0; i < count + (wanted.sealed ? 1 : 0); ++i)
            selected.names.append(name.toByteArray());
    }
    return selected;
}

// Appends words, folded.
void appendFolded(QByteArray &to, const QList<QByteArray> &words, const char *between)
{
    qsizetype width = to.size() - to.lastIndexOf('\n') - 1;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QByteArray word = words.at(i) + (i + 1 < words.size() ? between : "");
        if (width + word.size() > kLineWidth) {
            to.append("\r\n\t");
            width = 1;
        }
        to.append(word);
        width += word.size();
    }
}

QList<QByteArray> cut(const QByteArray &text)
{
    QList<QByteArray> pieces;
    for (qsizetype at = 0; at < text.size(); at += kLineWidth - 4)
        pieces.append(text.mid(at, kLineWidth - 4));
    return pieces;
}

Result<QByteArray> signOne(const Selected &selected, const QByteArray &hash, const DkimKey &key, Timestamp now)
{
    const auto kind = crypto::kindOfKey(key.keyPem);
    if (!kind)
        return std::unexpected(kind.error());
    const bool ed25519 = *kind == crypto::KeyKind::Ed25519;
    QByteArray value = ed25519 ? " v=1; a=ed25519-sha256;" : " v=1; a=rsa-sha256;";
    value.append(" c=relaxed/relaxed;\r\n\td=").append(key.domain).append("; s=").append(key.selector);
    value.append("; t=").append(QByteArray::number(toMilliseconds(now) / 1000)).append(";\r\n\th=");
    appendFolded(value, selected.names, ":");
    value.append(";\r\n\tbh=").append(encoding::toBase64(hash)).append(";\r\n\tb=");
    const QByteArray data = selected.hashed + canonicalField("DKIM-Signature", value, Canon::Relaxed); // RFC 6376 3.7
    // RFC 8463 3: Ed25519 signs the hash; crypto::sign() hashes for RSA itself.
    const auto signature = crypto::sign(key.keyPem, ed25519 ? crypto::digest(crypto::Hash::Sha256, data) : data);
    if (!signature)
        return std::unexpected(signature.error());
    appendFolded(value, cut(encoding::toBase64(*signature)), "");
    return "DKIM-Signature:" + value + "\r\n";
}

} // namespace

Result<QByteArray> signDkim(QByteArrayView header, QByteArrayView body, const QList<DkimKey> &keys, Timestamp now)
{
    QByteArray fields;
    if (keys.isEmpty())
        return fields;
    const Selected selected = select(mime::HeaderList(header));
    const QByteArray hash = bodyHash(body, Canon::Relaxed);
    for (const DkimKey &key : keys) {
        const auto field = signOne(selected, hash, key, now);
        if (!field)
            return field;
        fields.append(*field);
    }
    return fields;
}

Result<QByteArray> dkimRecord(const QByteArray &keyPem)
{
    const auto kind = crypto::kindOfKey(keyPem);
    if (!kind)
        return std::unexpected(kind.error());
    if (*kind == crypto::KeyKind::Ed25519)
        return crypto::rawEd25519PublicKey(keyPem).transform(
            [](const QByteArray &key) { return "v=DKIM1; k=ed25519; p=" + encoding::toBase64(key); });
    return crypto::publicKeyDer(keyPem).transform(
        [](const QByteArray &key) { return "v=DKIM1; k=rsa; p=" + encoding::toBase64(key); });
}

} // namespace mailauth
