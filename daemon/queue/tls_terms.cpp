#include "daemon/queue/tls_terms.h"

namespace queue {

namespace {

struct StateRow
{
    DaneState state;
    const char *name;
};
constexpr std::array kStates = {StateRow{DaneState::None, "none"}, StateRow{DaneState::Usable, "usable"},
                                StateRow{DaneState::Unusable, "unusable"}, StateRow{DaneState::Failed, "failed"}};

smtp::ClientResult refused(const QByteArray &text, bool permanent = false, const QByteArray &status = "4.7.5")
{
    return {.permanent = permanent, .enhanced = status, .text = text, .stage = smtp::ClientStage::StartTls};
}

HostTerms byDane(const TermsInput &input)
{
    HostTerms terms{.use = smtp::TlsUse::Required, .by = "dane", .policy = "tlsa"};
    if (input.dane.state == DaneState::Failed) { // RFC 7672 2.1.2
        terms.refusal = refused("its TLSA records could not be looked up: " + input.dane.why);
        terms.refusalType = "dnssec-invalid";
    } else if (input.dane.state == DaneState::Usable) {
        terms.verify = tls::PeerTerms{.tlsa = input.dane.records, .names = input.dane.names};
        terms.mustPass = true;
    }
    return terms;
}

HostTerms bySts(const TermsInput &input)
{
    const bool enforced = input.sts->mode == mailauth::StsMode::Enforce;
    const bool allowed = mailauth::allows(*input.sts, input.host);
    HostTerms terms{.by = enforced ? "mta-sts" : "mta-sts testing", .policy = "sts"};
    if (!allowed)
        terms.refusalType = "validation-failure"; // told in testing mode, too
    if (enforced && !allowed) {                   // RFC 8461 5.1
        terms.refusal = refused("it is not among the hosts of the domain's MTA-STS policy");
        return terms;
    }
    if (enforced)
        terms.use = smtp::TlsUse::Required;
    terms.mustPass = enforced;
    terms.verify = tls::PeerTerms{.tlsa = {}, .names = {input.host}}; // RFC 8461 4.1
    return terms;
}

// RFC 8689 4.2.1: the host's name must be proved, and that this server is that host.
HostTerms strictened(const TermsInput &input, HostTerms terms)
{
    const bool stsAllows =
        input.sts && input.sts->mode == mailauth::StsMode::Enforce && mailauth::allows(*input.sts, input.host);
    if (terms.refusal)
        return terms;
    terms.by = "requiretls";
    terms.requireTls = true;
    terms.use = smtp::TlsUse::Required;
    terms.mustPass = true;
    if (!terms.verify)
        terms.verify = tls::PeerTerms{.tlsa = {}, .names = {input.host}};
    if (!input.mxAuthentic && !stsAllows)
        terms.refusal = refused("the sender requires TLS, and neither DNSSEC nor MTA-STS proves that this is a host "
                                "of the domain",
                                true, "5.7.10"); // RFC 8689 5, 7.2
    return terms;
}

} // namespace

const char *nameOf(DaneState state) { return std::ranges::find(kStates, state, &StateRow::state)->name; }

QByteArray HostTerms::key() const
{
    QByteArray key = by + (requireTls ? " r " : " ") + QByteArray::number(static_cast<int>(use));
    if (verify) {
        for (const tls::TlsaRecord &each : verify->tlsa)
            key.append(' ').append(each.data.toHex());
    }
    return key;
}

HostTerms termsFor(const TermsInput &input)
{
    if (input.sender == SenderTls::Optional) // RFC 8689 4.1, 5: delivered even where policies fail
        return {.by = "", .policy = "no-policy-found"};
    HostTerms terms{.policy = "no-policy-found"};
    const bool sts = input.sts && input.sts->mode != mailauth::StsMode::None;
    // RFC 8461 2: MTA-STS never overrides DANE; but a host its policy does not name stays out.
    if (sts)
        terms = bySts(input);
    if (input.dane.state != DaneState::None && !terms.refusal)
        terms = byDane(input);
    return input.sender == SenderTls::Required ? strictened(input, std::move(terms)) : terms;
}

} // namespace queue
