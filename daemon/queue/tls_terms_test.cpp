#include "daemon/queue/tls_terms.h"

#include "tests/support/test.h"

using namespace queue;

Q_DECLARE_METATYPE(queue::TermsInput)

namespace {

TermsInput input(DaneState dane, std::optional<mailauth::StsMode> sts, bool allowed,
                 SenderTls sender = SenderTls::Default)
{
    TermsInput given{.host = "mx.a.test", .sender = sender};
    given.dane = {.state = dane,
                  .records = {{.usage = 3, .selector = 1, .matching = 1, .data = "x"}},
                  .names = {"mx.a.test"},
                  .why = "bogus"};
    given.mxAuthentic = dane != DaneState::None;
    if (sts)
        given.sts = mailauth::StsPolicy{
            .mode = *sts, .maxAge = std::chrono::hours(1), .mx = {allowed ? "*.a.test" : "mx.b.test"}};
    return given;
}

// What must be, in a word.
QByteArray words(const HostTerms &terms)
{
    QByteArray text = terms.by.isEmpty() ? "nobody" : terms.by;
    if (terms.refusal)
        return text + ": not used " + terms.refusal->enhanced;
    text.append(terms.use == smtp::TlsUse::Required ? ": TLS" : ": maybe TLS");
    if (terms.verify)
        text.append(terms.verify->tlsa.isEmpty() ? " of " + terms.verify->names.first() : QByteArray(" of TLSA"));
    return text + (terms.mustPass ? " or nothing" : "") + (terms.requireTls ? ", kept" : "");
}

} // namespace

class TlsTermsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whoRequiresWhat_data()
    {
        using mailauth::StsMode;
        QTest::addColumn<TermsInput>("given");
        QTest::addColumn<QByteArray>("wanted");
        const auto row = [](const char *name, const TermsInput &given, const char *wanted) {
            QTest::newRow(name) << given << QByteArray(wanted);
        };
        row("nobody", input(DaneState::None, {}, true), "nobody: maybe TLS");
        row("DANE", input(DaneState::Usable, {}, true), "dane: TLS of TLSA or nothing");
        row("records of no use", input(DaneState::Unusable, {}, true), "dane: TLS");
        row("records unknown", input(DaneState::Failed, {}, true), "dane: not used 4.7.5");
        row("enforced", input(DaneState::None, StsMode::Enforce, true), "mta-sts: TLS of mx.a.test or nothing");
        row("not among them", input(DaneState::None, StsMode::Enforce, false), "mta-sts: not used 4.7.5");
        row("testing", input(DaneState::None, StsMode::Testing, false), "mta-sts testing: maybe TLS of mx.a.test");
        row("mode none", input(DaneState::None, StsMode::None, false), "nobody: maybe TLS");
        row("DANE before MTA-STS", input(DaneState::Usable, StsMode::Enforce, true), "dane: TLS of TLSA or nothing");
        row("MTA-STS does not help DANE", input(DaneState::Failed, StsMode::Enforce, true), "dane: not used 4.7.5");
        row("DANE does not help a foreign host", input(DaneState::Usable, StsMode::Enforce, false),
            "mta-sts: not used 4.7.5");
        row("sender does not care", input(DaneState::Failed, StsMode::Enforce, false, SenderTls::Optional),
            "nobody: maybe TLS");
        row("sender requires, DANE", input(DaneState::Usable, {}, true, SenderTls::Required),
            "requiretls: TLS of TLSA or nothing, kept");
        row("sender requires, MTA-STS", input(DaneState::None, StsMode::Enforce, true, SenderTls::Required),
            "requiretls: TLS of mx.a.test or nothing, kept");
        row("sender requires, nobody proves", input(DaneState::None, {}, true, SenderTls::Required),
            "requiretls: not used 5.7.10");
        row("sender requires, only tested", input(DaneState::None, StsMode::Testing, true, SenderTls::Required),
            "requiretls: not used 5.7.10");
        row("sender requires, records of no use", input(DaneState::Unusable, {}, true, SenderTls::Required),
            "requiretls: TLS of mx.a.test or nothing, kept");
    }
    void whoRequiresWhat()
    {
        QFETCH(TermsInput, given);
        QTEST(words(termsFor(given)), "wanted");
    }
};

POSTROOM_TEST(TlsTermsTest)
#include "tls_terms_test.moc"
