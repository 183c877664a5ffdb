#include "shared/imap/thread.h"

#include "tests/support/test.h"

using namespace imap;

namespace {

// A mailbox: message n is sent at minute n.
class Mailbox
{
public:
    void add(const QByteArray &id, const QByteArray &references, const QByteArray &subject, int minute = -1)
    {
        QByteArray header = "Subject: " + subject + "\r\n";
        if (!id.isEmpty())
            header += "Message-ID: <" + id + ">\r\n";
        if (!references.isEmpty())
            header += "References: <" + references.split(' ').join("> <") + ">\r\n";
        m_digests.push_back(std::make_unique<Digest>(mime::HeaderList(header + "\r\n")));
        const auto number = static_cast<quint32>(m_digests.size());
        m_messages.push_back({.number = number,
                              .internalDate = (minute < 0 ? static_cast<qint64>(number) : minute) * 60'000,
                              .size = 1,
                              .digest = m_digests.back().get()});
    }
    [[nodiscard]] QByteArray references() const { return threadMessages(ThreadAlgorithm::References, m_messages); }
    [[nodiscard]] QByteArray ordered() const { return threadMessages(ThreadAlgorithm::OrderedSubject, m_messages); }

private:
    std::vector<std::unique_ptr<Digest>> m_digests;
    std::vector<Sortable> m_messages;
};

} // namespace

class ThreadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void orderedSubjectHasNoGrandchildren()
    {
        Mailbox box;
        QCOMPARE(box.ordered(), QByteArray());
        box.add("", "", "b");
        box.add("", "", "a");
        box.add("", "", "Re: b");
        box.add("", "", "c");
        box.add("", "", "B (fwd)");
        box.add("", "", "Re: a");
        QCOMPARE(box.ordered(), QByteArray("(1 (3)(5))(2 6)(4)"));
    }
    void repliesAreChildren()
    {
        // RFC 5256 4, THREAD response: 2; 3 with 6, and below it 4-23 and 44-7-96.
        Mailbox box;
        box.add("a@x", "", "one");
        box.add("b@x", "", "two");
        box.add("c@x", "b@x", "Re: two");
        box.add("d@x", "b@x c@x", "Re: two");
        box.add("e@x", "b@x c@x d@x", "Re: two");
        box.add("f@x", "b@x c@x", "Re: two");
        box.add("g@x", "b@x c@x f@x", "Re: two");
        box.add("h@x", "b@x c@x f@x g@x", "Re: two");
        QCOMPARE(box.references(), QByteArray("(1)(2 3 (4 5)(6 7 8))"));
    }
    void missingParentsAreDummies()
    {
        Mailbox box;
        box.add("a@x", "gone@x", "one");
        box.add("b@x", "gone@x", "other");
        QCOMPARE(box.references(), QByteArray("((1)(2))"));
        Mailbox single; // one child only is promoted to the root
        single.add("a@x", "gone@x", "one");
        QCOMPARE(single.references(), QByteArray("(1)"));
        Mailbox nested; // below the root dummies always go
        nested.add("a@x", "", "one");
        nested.add("b@x", "a@x gone@x", "two");
        nested.add("c@x", "a@x gone@x", "three");
        QCOMPARE(nested.references(), QByteArray("(1 (2)(3))"));
    }
    void equalSubjectsAreGathered()
    {
        Mailbox reply; // one answers: a child
        reply.add("a@x", "", "thing");
        reply.add("b@x", "", "Re: thing");
        QCOMPARE(reply.references(), QByteArray("(1 2)"));
        Mailbox before; // the answer came first
        before.add("b@x", "", "Re: thing");
        before.add("a@x", "", "thing");
        QCOMPARE(before.references(), QByteArray("(2 1)"));
        Mailbox equal; // both or none: a dummy above them
        equal.add("a@x", "", "thing");
        equal.add("b@x", "", "Thing");
        equal.add("c@x", "", "thing");
        QCOMPARE(equal.references(), QByteArray("((1)(2)(3))"));
        Mailbox dummies; // both are dummies: their children come together
        dummies.add("a@x", "gone1@x", "thing");
        dummies.add("b@x", "gone2@x", "Re: thing");
        dummies.add("c@x", "gone1@x", "Re: thing");
        dummies.add("d@x", "gone2@x", "Re: thing");
        dummies.add("e@x", "", "thing");
        QCOMPARE(dummies.references(), QByteArray("((1)(2)(3)(4)(5))"));
        Mailbox empty; // no subject at all gathers nothing
        empty.add("a@x", "", "");
        empty.add("b@x", "", "Re:");
        QCOMPARE(empty.references(), QByteArray("(1)(2)"));
    }
    void linksAreNotChangedAndNeverLoop()
    {
        Mailbox loop;
        loop.add("a@x", "b@x", "one");
        loop.add("b@x", "a@x", "two");
        loop.add("c@x", "c@x", "three");
        QCOMPARE(loop.references(), QByteArray("(2 1)(3)"));
        Mailbox truncated; // the second tells the true parent of the first's reference
        truncated.add("d@x", "a@x c@x", "Re: s");
        truncated.add("c@x", "a@x b@x", "Re: s");
        truncated.add("a@x", "", "s");
        truncated.add("b@x", "a@x", "Re: s");
        QCOMPARE(truncated.references(), QByteArray("(3 4 2 1)"));
    }
    void duplicateAndMissingIdsStandAlone()
    {
        Mailbox box;
        box.add("a@x", "", "one");
        box.add("a@x", "", "two");
        box.add("", "a@x", "three");
        QCOMPARE(box.references(), QByteArray("(1 3)(2)"));
    }
    void siblingsAreSortedByTime()
    {
        Mailbox box;
        box.add("c@x", "a@x", "x", 30);
        box.add("b@x", "a@x", "y", 20);
        box.add("a@x", "", "z", 50);
        box.add("d@x", "", "w", 40);
        QCOMPARE(box.references(), QByteArray("(4)(3 (2)(1))"));
    }
    void threadsMayBeDeep()
    {
        Mailbox box;
        constexpr int kMany = 100'000;
        for (int i = 0; i < kMany; ++i)
            box.add(QByteArray::number(i) + "@x", i ? QByteArray::number(i - 1) + "@x" : QByteArray(), "s");
        const QByteArray text = box.references();
        QVERIFY(text.startsWith("(1 2 3 4 5 "));
        QVERIFY(text.endsWith(" 99999 100000)"));
    }
};
POSTROOM_TEST(ThreadTest)
#include "thread_test.moc"
