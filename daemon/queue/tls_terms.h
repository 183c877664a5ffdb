// What a delivery to a mail host must have of TLS, and who says so: the host's TLSA records (DANE, RFC 7672), the
// domain's MTA-STS policy (RFC 8461), the sender (REQUIRETLS and TLS-Required, RFC 8689), or nobody: then TLS is used
// where it is offered (RFC 7435). Pure; any thread.
#pragma once

#include "shared/mailauth/mta_sts.h"
#include "shared/smtp/client.h"
#include "shared/tls/peer_verifier.h"

namespace queue {

enum class DaneState
{
    None,
    Usable,
    Unusable, // there are records, but none for SMTP: TLS is a must, whoever it is (RFC 7672 2.2)
    Failed,   // they could not be looked up: the host must not be used
};
[[nodiscard]] const char *nameOf(DaneState state);

struct Dane
{
    DaneState state = DaneState::None;
    QList<tls::TlsaRecord> records; // usable ones
    QList<QByteArray> names;        // the base first: RFC 7672 3.2.2
    QByteArray why;                 // Failed
};

enum class SenderTls
{
    Default,
    Required, // REQUIRETLS
    Optional, // TLS-Required: No
};

struct TermsInput
{
    QByteArray host;
    Dane dane;
    bool mxAuthentic = false;               // DNSSEC says that this is a host of the domain
    std::optional<mailauth::StsPolicy> sts; // the domain's
    SenderTls sender = SenderTls::Default;
};

struct HostTerms
{
    smtp::TlsUse use = smtp::TlsUse::Opportunistic;
    bool requireTls = false;                   // REQUIRETLS goes along with MAIL
    std::optional<tls::PeerTerms> verify;      // what its certificate is held against
    bool mustPass = false;                     // and if it does not fit, nothing is sent
    QByteArray by;                             // "dane", "mta-sts", "mta-sts testing", "requiretls", "" = nobody
    QByteArray policy;                         // RFC 8460 4.4 policy-type: "tlsa", "sts", "no-policy-found"
    std::optional<smtp::ClientResult> refusal; // the host is not used at all
    QByteArray refusalType;                    // RFC 8460 4.3

    [[nodiscard]] QByteArray key() const; // connections with the same one are as good as each other
};

[[nodiscard]] HostTerms termsFor(const TermsInput &input);

} // namespace queue
