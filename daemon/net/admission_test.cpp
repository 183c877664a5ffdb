#include "daemon/net/admission.h"
#include "tests/support/test.h"

#include <vector>

using namespace net;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::steady_clock::time_point kNow(24h);

IpAddress at(const char *text) { return *IpAddress::parse(text); }

} // namespace

class AdmissionTest : public QObject
{
    Q_OBJECT
    // How many of `wanted` come in and stay; the last refusal is kept.
    static int enter(Admission &admission, std::vector<Admission::Ticket> &inside, Family family, const IpAddress &from,
                     int wanted, std::optional<Refused> *why = nullptr)
    {
        int count = 0;
        for (int i = 0; i < wanted; ++i) {
            auto ticket = admission.admit(family, from, kNow);
            if (ticket)
                inside.push_back(std::move(*ticket));
            else if (why)
                *why = ticket.error();
            count += ticket.has_value();
        }
        return count;
    }
private Q_SLOTS:
    void soManyAreOpenFromAnAddress()
    {
        Admission admission;
        admission.setLimits(3, 1000);
        std::vector<Admission::Ticket> inside;
        std::optional<Refused> why;
        QCOMPARE(enter(admission, inside, Family::Imap, at("192.0.2.1"), 4, &why), 3);
        QCOMPARE(why, Refused::TooManyOpen);
        QCOMPARE(enter(admission, inside, Family::Smtp, at("192.0.2.1"), 1), 1); // another family
        QCOMPARE(enter(admission, inside, Family::Imap, at("192.0.2.2"), 1), 1); // another address
        inside.erase(inside.begin());
        QCOMPARE(enter(admission, inside, Family::Imap, at("192.0.2.1"), 2), 1); // one left, one comes
        QCOMPARE(admission.open(), 5);
        inside.clear();
        QCOMPARE(admission.open(), 0);
    }
    void soManyAreOpenFromItsNetworks()
    {
        Admission admission;
        admission.setLimits(2, 1000);
        std::vector<Admission::Ticket> inside;
        for (const char *from : {"192.0.2.1", "192.0.2.2", "192.0.2.3"})
            QCOMPARE(enter(admission, inside, Family::Smtp, at(from), 2), 2);
        QCOMPARE(enter(admission, inside, Family::Smtp, at("192.0.2.4"), 1), 0); // the /26 has 6
        for (const char *from : {"192.0.2.64", "192.0.2.65", "192.0.2.66", "192.0.2.128", "192.0.2.129", "192.0.2.130"})
            QCOMPARE(enter(admission, inside, Family::Smtp, at(from), 2), 2);
        QCOMPARE(enter(admission, inside, Family::Smtp, at("192.0.2.200"), 1), 0); // the /21 has 18
        QCOMPARE(enter(admission, inside, Family::Smtp, at("192.0.8.1"), 1), 1);
        QCOMPARE(enter(admission, inside, Family::Smtp, at("2001:db8::1"), 1), 1);
        QCOMPARE(enter(admission, inside, Family::Smtp, at("2001:db8::2"), 2), 1); // of the same /64
    }
    void soManyAreNewInAMinute()
    {
        Admission admission;
        admission.setLimits(1000, 5);
        for (int i = 0; i < 5; ++i)
            QVERIFY(admission.admit(Family::Smtp, at("192.0.2.1"), kNow));
        const auto refused = admission.admit(Family::Smtp, at("192.0.2.1"), kNow + 59s);
        QVERIFY(!refused);
        QCOMPARE(refused.error(), Refused::TooManyNew);
        QVERIFY(admission.admit(Family::Imap, at("192.0.2.1"), kNow));
        QVERIFY(admission.admit(Family::Smtp, at("192.0.2.1"), kNow + 2min));
    }
    void theServerHasAnEndToo()
    {
        Admission admission;
        admission.mostConnections = 2;
        std::vector<Admission::Ticket> inside;
        std::optional<Refused> why;
        QCOMPARE(enter(admission, inside, Family::Smtp, at("192.0.2.1"), 1), 1);
        QCOMPARE(enter(admission, inside, Family::Imap, at("198.51.100.1"), 2, &why), 1);
        QCOMPARE(why, Refused::Full);
        admission.close();
        QCOMPARE(enter(admission, inside, Family::Imap, at("198.51.100.1"), 1, &why), 0);
        QCOMPARE(why, Refused::ShuttingDown);
    }
    void loopbackMayBeExempt()
    {
        Admission admission;
        admission.setLimits(1, 1);
        std::vector<Admission::Ticket> inside;
        QCOMPARE(enter(admission, inside, Family::Smtp, at("127.0.0.1"), 3), 1);
        admission.exemptLoopback = true;
        QCOMPARE(enter(admission, inside, Family::Smtp, at("127.0.0.1"), 3), 3);
        QCOMPARE(enter(admission, inside, Family::Smtp, at("::1"), 3), 3);
        QCOMPARE(enter(admission, inside, Family::Smtp, at("192.0.2.1"), 3), 1);
    }
    void answersAreOfTheProtocol_data()
    {
        QTest::addColumn<Family>("family");
        QTest::addColumn<Refused>("why");
        QTest::addColumn<QByteArray>("start");
        QTest::newRow("smtp, open") << Family::Smtp << Refused::TooManyOpen << QByteArray("421 4.7.0 too many open");
        QTest::newRow("smtp, rate") << Family::Smtp << Refused::TooManyNew << QByteArray("421 4.7.0 too many new");
        QTest::newRow("submission, full") << Family::Submission << Refused::Full << QByteArray("421 4.3.2 too many");
        QTest::newRow("submission, end") << Family::Submission << Refused::ShuttingDown << QByteArray("421 4.3.2 shut");
        QTest::newRow("imap, open") << Family::Imap << Refused::TooManyOpen
                                    << QByteArray("* BYE [LIMIT] too many open");
        QTest::newRow("imap, full") << Family::Imap << Refused::Full << QByteArray("* BYE [UNAVAILABLE] too many");
        QTest::newRow("http, rate") << Family::Http << Refused::TooManyNew << QByteArray("HTTP/1.1 429 Too Many");
        QTest::newRow("http, full") << Family::Http << Refused::Full << QByteArray("HTTP/1.1 503 Service");
    }
    void answersAreOfTheProtocol()
    {
        QFETCH(Family, family);
        QFETCH(Refused, why);
        QFETCH(QByteArray, start);
        const QByteArray text = refusalText(family, why);
        QVERIFY2(text.startsWith(start) && text.endsWith('\n'), text.constData());
    }
};
POSTROOM_TEST(AdmissionTest)
#include "admission_test.moc"
