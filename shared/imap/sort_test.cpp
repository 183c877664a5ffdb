#include "shared/imap/sort.h"

#include "shared/imap/base_subject.h"
#include "tests/support/test.h"

using namespace imap;

namespace {

Digest digestOf(const QByteArray &header) { return Digest(mime::HeaderList(header + "\r\n")); }

} // namespace

class SortTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void baseSubjects_data()
    {
        QTest::addColumn<QByteArray>("subject");
        QTest::addColumn<QByteArray>("base");
        QTest::addColumn<bool>("reply");
        const auto row = [](const char *subject, const char *base, bool reply) {
            QTest::newRow(subject) << QByteArray(subject) << QByteArray(base) << reply;
        };
        row("plain", "plain", false);
        row("Re: plain", "plain", true);
        row("RE : [x] plain  \t two", "plain two", true);
        row("re[2]: plain", "plain", true);
        row("Re [list] : plain", "plain", true);
        row("[list] Re: plain", "plain", true);
        row("[a] [b] Fwd: [c] plain", "plain", true);
        row("Fw: fwd: re: plain (fwd) (FWD)", "plain", true);
        row("plain (fwd)", "plain", true);
        row("[fwd: plain]", "plain", true);
        row("[Fwd: [fwd: Re: [list] plain (fwd)]]", "plain", true);
        row("[list]", "[list]", false);
        row("[a] [b]", "[b]", false);
        row("Re: [list]", "[list]", true);
        row("[list] plain", "plain", false);
        row("[un]closed [blob", "closed [blob", false);
        row("Re:", "", true);
        row("", "", false);
        row("  ", "", false);
        row("Regarding: x", "Regarding: x", false);
        row("Refwd: x", "Refwd: x", false);
        row("[fwd: plain", "[fwd: plain", false);
        row("=?utf-8?q?Re=3A_=C3=84pfel?= (fwd)", "Äpfel", true);
    }
    void baseSubjects()
    {
        QFETCH(QByteArray, subject);
        const BaseSubject found = baseSubject(subject);
        QTEST(found.text, "base");
        QTEST(found.reply, "reply");
    }
    void manyBlobsTakeLinearTime()
    {
        QCOMPARE(baseSubject(QByteArray("[x]").repeated(300'000)).text, QByteArray("[x]"));
        QCOMPARE(baseSubject(QByteArray("[fwd:").repeated(50'000) + QByteArray("]").repeated(50'000)).text,
                 QByteArray());
    }
    void digestsKeepWhatSortingNeeds()
    {
        const Digest made = digestOf("From: =?utf-8?q?=C3=84nne?= <Bob@x.org>\r\nTo: group: a@b;\r\nCc: plain@x.org\r\n"
                                     "Subject: Re: [l] Thing\r\nDate: Tue, 24 Nov 2026 23:30:00 -0200\r\n"
                                     "Message-ID: <\"a b\"@x>\r\nReferences: <1@x> junk <2@x>\r\n");
        const Digest digest = Digest::fromPacked(made.packed());
        QCOMPARE(digest.field(Digest::FromKey), QByteArrayView("BOB"));
        QCOMPARE(digest.field(Digest::DisplayFromKey), QByteArrayView("A\xcc\x88NNE"));
        QCOMPARE(digest.field(Digest::ToKey), QByteArrayView("GROUP"));
        QCOMPARE(digest.field(Digest::DisplayToKey), QByteArrayView("GROUP"));
        QCOMPARE(digest.field(Digest::CcKey), QByteArrayView("PLAIN"));
        QCOMPARE(digest.field(Digest::SubjectKey), QByteArrayView("THING"));
        QCOMPARE(digest.field(Digest::References), QByteArrayView("1@x\n2@x\n"));
        QCOMPARE(digest.field(Digest::MessageId), QByteArrayView("a b@x"));
        QCOMPARE(digest.field(Digest::From), QByteArrayView("änne <bob@x.org>\n"));
        QCOMPARE(digest.field(Digest::Subject), QByteArrayView("re: [l] thing\n"));
        QVERIFY(digest.reply && digest.complete());
        QCOMPARE(digest.sentAt, std::optional<qint64>(1'795'570'200'000));
        QCOMPARE(digest.sentDay, std::optional<int>(20781));
    }
    void digestsAreBoundedAndDamagedOnesEmpty()
    {
        QByteArray header = "Subject: " + QByteArray(100'000, 'x') + "\r\n";
        const Digest large = digestOf(header);
        QVERIFY(!large.complete());
        QVERIFY(large.packed().size() <= Digest::kMostBytes + 200);
        QVERIFY(!Digest::fromPacked(large.packed()).complete());
        QVERIFY(Digest::fromPacked("short").packed().isEmpty());
        QByteArray broken = digestOf("Subject: x\r\n").packed();
        broken[17] = '\xff';
        QVERIFY(Digest::fromPacked(broken).packed().isEmpty());
        QVERIFY(Digest().field(Digest::Subject).isEmpty());
    }
    void messagesAreSortedByEachCriterion_data()
    {
        QTest::addColumn<QByteArray>("criteria");
        QTest::addColumn<QByteArray>("order");
        const auto row = [](const char *criteria, const char *order) {
            QTest::newRow(criteria) << QByteArray(criteria) << QByteArray(order);
        };
        row("(ARRIVAL)", "3 2 1 4");
        row("(DATE)", "2 3 1 4"); // 4 has no Date: its internal date counts
        row("(SIZE)", "1 3 2 4");
        row("(REVERSE SIZE)", "2 4 1 3"); // equal ones stay in the order of the mailbox
        row("(FROM)", "4 2 1 3");
        row("(SUBJECT)", "4 1 3 2");
        row("(SUBJECT REVERSE DATE)", "4 1 3 2");
        row("(REVERSE SUBJECT DATE)", "2 3 1 4");
        row("(TO)", "1 2 3 4");
        row("(CC)", "1 2 3 4");
        row("(DISPLAYFROM)", "4 3 1 2");
        row("(DISPLAYTO)", "1 2 3 4");
    }
    void messagesAreSortedByEachCriterion()
    {
        QFETCH(QByteArray, criteria);
        const std::array digests = {
            digestOf("From: Zed <bob@x>\r\nSubject: same\r\nDate: Tue, 24 Nov 2026 12:00:00 +0000\r\n"),
            digestOf("From: zoe <Adam@x>\r\nSubject: zeta\r\nDate: Tue, 24 Nov 2026 10:00:00 +0200\r\n"),
            digestOf("From: carl@x\r\nSubject: Re: SAME\r\nDate: Tue, 24 Nov 2026 09:00:00 +0000\r\n"),
            digestOf("X: y\r\n"),
        };
        std::vector<Sortable> messages = {
            {.number = 1, .internalDate = 30, .size = 5, .digest = &digests[0]},
            {.number = 2, .internalDate = 20, .size = 9, .digest = &digests[1]},
            {.number = 3, .internalDate = 10, .size = 5, .digest = &digests[2]},
            {.number = 4, .internalDate = 1'900'000'000'000, .size = 9, .digest = &digests[3]},
        };
        Cursor in{criteria};
        sortMessages(messages, readSortCriteria(in));
        QVERIFY(!in.failed() && in.atEnd());
        QByteArrayList numbers;
        for (const Sortable &each : messages)
            numbers.append(QByteArray::number(each.number));
        QTEST(numbers.join(' '), "order");
    }
    void badCriteriaAreRefused()
    {
        for (const char *bad :
             {"()", "(NONSENSE)", "(REVERSE)", "SIZE", "(SIZE", "(REVERSE REVERSE SIZE)", "( SIZE)"}) {
            Cursor in{bad};
            std::ignore = readSortCriteria(in);
            QVERIFY2(in.failed(), bad);
        }
    }
};
POSTROOM_TEST(SortTest)
#include "sort_test.moc"
