// DKIM signatures and key records as strangers write them: parsing and verifying never fail badly, both canonical forms
// of a body are their own canonical form, and a header that we sign verifies.
#include "shared/mailauth/dkim_sign.h"
#include "shared/mailauth/dkim_verify.h"

#include "shared/mime/header_list.h"

#include <cstdlib>

void fuzz(QByteArrayView input);

namespace {

// RFC 8463 A.2: the first key of RFC 8032 7.1
constexpr char kKey[] =
    "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
    "-----END PRIVATE KEY-----\n";
constexpr char kRecord[] = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
constexpr Timestamp kNow{std::chrono::seconds(1'800'000'000)};

QByteArray canonical(QByteArrayView body, mailauth::Canon canon)
{
    QByteArray all;
    mailauth::canonicalBody(body, canon, [&all](QByteArrayView piece) { all.append(piece); });
    return all;
}

void check(const QByteArray &header, QByteArrayView body, const mailauth::DkimKeyRecord &record, bool mustPass)
{
    qsizetype number = 0;
    const mime::HeaderList list(header);
    for (const auto &field : list.fields()) {
        if (field.name.compare("DKIM-Signature", Qt::CaseInsensitive) != 0)
            continue;
        const auto signature = mailauth::parseDkimSignature(field.rawValue);
        const auto verdict =
            mailauth::verifyDkim(header, body, number++, signature.value_or(mailauth::DkimSignature{}), record, kNow);
        if (mustPass && number == 1 && verdict.result != mailauth::DkimResult::Pass)
            std::abort();
    }
}

} // namespace

void fuzz(QByteArrayView input)
{
    std::ignore = mailauth::parseDkimKeyRecord(input);
    const mime::HeaderList list(input);
    const QByteArrayView header = input.first(list.size());
    const QByteArrayView body = input.sliced(list.size());
    for (const auto canon : {mailauth::Canon::Simple, mailauth::Canon::Relaxed}) {
        const QByteArray once = canonical(body, canon);
        if (canonical(once, canon) != once)
            std::abort();
    }
    const auto record = mailauth::parseDkimKeyRecord(kRecord);
    check(header.toByteArray(), body, *record, false);
    const auto field = mailauth::signDkim(header, body, {{"x.test", "s", kKey}}, kNow);
    if (!field)
        std::abort();
    // A first line that goes on from nowhere would become part of our field.
    const bool whole = !header.startsWith(' ') && !header.startsWith('\t') && list.fields().size() < 100;
    check(*field + header.toByteArray(), body, *record, whole);
}
