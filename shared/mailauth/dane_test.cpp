#include "shared/mailauth/dane.h"

#include "shared/base/encoding.h"
#include "shared/crypto/certificate.h"
#include "shared/crypto/crypto.h"
#include "shared/crypto/key.h"
#include "tests/support/test.h"

#include <QFile>

using namespace mailauth;

namespace {

constexpr Timestamp kNow{std::chrono::seconds(1'800'000'000)};

QByteArray derOf(const QByteArray &pem)
{
    const qsizetype start = pem.indexOf('\n') + 1;
    return QByteArray::fromBase64(pem.mid(start, pem.indexOf("-----END") - start));
}

tls::TlsaRecord record(int usage, int selector, int matching, const QByteArray &data)
{
    return {.usage = usage, .selector = selector, .matching = matching, .data = data};
}

} // namespace

class DaneTest : public QObject
{
    Q_OBJECT
    crypto::KeyAndCertificate m_authority;
    QList<QByteArray> m_chain;
    std::shared_ptr<const tls::PeerVerifier> m_nobody; // trusts some other authority
    std::shared_ptr<const tls::PeerVerifier> m_trusting;
    QByteArray m_leafKey; // its SubjectPublicKeyInfo

    QByteArray verdict(const tls::PeerVerifier &verifier, const tls::PeerTerms &terms, Timestamp now = kNow)
    {
        const auto result = verifier.verify(m_chain, terms, now);
        return result ? "good" : result.error().code.toLatin1();
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_authority = *crypto::makeAuthority("Here", kNow, std::chrono::days(100));
        const auto leaf = *crypto::issueCertificate(m_authority, {"mx.a.test"}, kNow, std::chrono::days(10));
        m_chain = {derOf(leaf.certificatePem), derOf(m_authority.certificatePem)};
        m_leafKey = *crypto::publicKeyDer(leaf.keyPem);
        m_nobody =
            *tls::PeerVerifier::make(crypto::makeAuthority("Other", kNow, std::chrono::days(100))->certificatePem);
        m_trusting = *tls::PeerVerifier::make(m_authority.certificatePem);
    }
    void byAuthorities()
    {
        QCOMPARE(verdict(*m_trusting, {.tlsa = {}, .names = {"mx.a.test"}}), "good");
        QCOMPARE(verdict(*m_trusting, {.tlsa = {}, .names = {"mx.b.test", "mx.a.test"}}), "good");
        QCOMPARE(verdict(*m_trusting, {.tlsa = {}, .names = {"mx.b.test"}}), "certificate-host-mismatch");
        QCOMPARE(verdict(*m_nobody, {.tlsa = {}, .names = {"mx.a.test"}}), "certificate-not-trusted");
        QCOMPARE(verdict(*m_trusting, {.tlsa = {}, .names = {"mx.a.test"}}, kNow + std::chrono::days(20)),
                 "certificate-expired");
        m_chain.swapItemsAt(0, 1);
        QVERIFY(verdict(*m_trusting, {.tlsa = {}, .names = {"mx.a.test"}}) != "good");
        m_chain.swapItemsAt(0, 1);
    }
    void byRecords()
    {
        const auto sha256 = [](const QByteArray &data) { return crypto::digest(crypto::Hash::Sha256, data); };
        const auto check = [this](const QList<tls::TlsaRecord> &records, const QByteArray &name, Timestamp now = kNow) {
            return verdict(*m_nobody, {.tlsa = records, .names = {name}}, now);
        };
        // The key itself: neither name nor time nor authority matters (RFC 7672 3.1.1).
        QCOMPARE(check({record(3, 1, 1, sha256(m_leafKey))}, "mx.a.test"), "good");
        QCOMPARE(check({record(3, 1, 0, m_leafKey)}, "mx.b.test"), "good");
        QCOMPARE(check({record(3, 0, 1, sha256(m_chain.first()))}, "mx.b.test", kNow + std::chrono::days(20)), "good");
        QVERIFY(check({record(3, 1, 1, sha256("another"))}, "mx.a.test") != "good");
        QVERIFY(check({record(3, 1, 1, sha256(m_chain.first()))}, "mx.a.test") != "good");
        QCOMPARE(check({record(3, 1, 1, sha256("another")), record(3, 1, 1, sha256(m_leafKey))}, "mx.a.test"), "good");
        // Its authority: the name and the time do.
        const auto authority = record(2, 0, 1, sha256(m_chain.at(1)));
        QCOMPARE(check({authority}, "mx.a.test"), "good");
        QCOMPARE(check({authority}, "mx.b.test"), "certificate-host-mismatch");
        QCOMPARE(check({authority}, "mx.a.test", kNow + std::chrono::days(20)), "certificate-expired");
        QVERIFY(check({record(2, 0, 1, sha256(m_chain.first()))}, "mx.a.test") != "good");
    }
    void usable()
    {
        const QByteArray digest(32, 'x');
        QCOMPARE(usableTlsa({record(0, 0, 1, digest), record(1, 1, 1, digest), record(3, 2, 1, digest),
                             record(3, 1, 3, digest), record(3, 1, 2, digest), record(3, 1, 0, {})}),
                 QList<tls::TlsaRecord>());
        QCOMPARE(usableTlsa({record(2, 0, 1, digest), record(3, 1, 2, digest + digest)}).size(), 2);
        QVERIFY(parseTlsa(QByteArray::fromHex("03010100ff")));
        QVERIFY(!parseTlsa("\3\1\1"));
        QCOMPARE(*parseTlsaText("3 1 1 00FF"), record(3, 1, 1, QByteArray("\0\xff", 2)));
        for (const char *text : {"", "3 1 1", "3 1 1 0", "3 1 1 0g", "256 1 1 00", "3 1 1 00 x"})
            QVERIFY2(!parseTlsaText(text), text);
    }
    // A list of others, where it is at hand: blocks of "records certificates nonames result depth", records,
    // certificates.
    void knownVectors()
    {
        const QString folder = qEnvironmentVariable("POSTROOM_VECTORS");
        QFile list(folder + QStringLiteral("/dane/danetest.in"));
        QFile roots(folder + QStringLiteral("/dane/danetest.pem"));
        if (folder.isEmpty() || !list.open(QIODevice::ReadOnly) || !roots.open(QIODevice::ReadOnly))
            QSKIP("POSTROOM_VECTORS names no folder with dane/danetest.in");
        const auto verifier = *tls::PeerVerifier::make(roots.readAll());
        QList<QByteArray> lines;
        for (const QByteArray &line : list.readAll().split('\n')) {
            if (!line.trimmed().isEmpty() && !line.startsWith('#'))
                lines.append(line);
        }
        int checked = 0;
        while (!lines.isEmpty()) {
            const QList<QByteArray> head = lines.takeFirst().simplified().split(' ');
            QCOMPARE(head.size(), 5);
            tls::PeerTerms terms{.tlsa = {}, .names = {"example.com"}};
            for (int i = 0; i < head.at(0).toInt(); ++i) {
                const QByteArray line = lines.takeFirst().simplified();
                if (const auto parsed = parseTlsaText(line))
                    terms.tlsa.append(*parsed);
            }
            QList<QByteArray> chain;
            for (int i = 0; i < head.at(1).toInt(); ++i) {
                QByteArray pem;
                do {
                    pem.append(lines.first()).append('\n');
                } while (!lines.takeFirst().startsWith("-----END"));
                chain.append(derOf(pem.mid(pem.indexOf("-----BEGIN"))));
            }
            const bool byKey = std::ranges::all_of(terms.tlsa, [](const auto &each) { return each.usage == 3; });
            const bool forMail = std::ranges::all_of(terms.tlsa, [](const auto &each) { return each.usage > 1; });
            if (!forMail || terms.tlsa.isEmpty() || (byKey && head.at(2) == "0" && head.at(3) == "62"))
                continue; // not as SMTP has it: RFC 7672 3.1.1, 3.1.3
            const auto got = verifier->verify(chain, terms, kNow);
            QVERIFY2(got.has_value() == (head.at(3) == "0"), head.join(' ') + " " + QByteArray::number(checked));
            ++checked;
        }
        QVERIFY(checked > 30);
    }
};

POSTROOM_TEST(DaneTest)
#include "dane_test.moc"
