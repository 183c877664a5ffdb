#include "shared/imap/command_reader.h"
#include "shared/imap/fetch.h"
#include "shared/imap/search.h"
#include "shared/imap/structure.h"
#include "shared/imap/utf7.h"
#include "tests/support/test.h"

using imap::CommandReader;

namespace {

class Subject final : public imap::SearchSubject
{
public:
    explicit Subject(const QByteArray &message)
        : m_message(message)
    {
        number = 2;
        uid = 20;
        flags = 8;
        modseq = 7;
    }
    qint64 sizeBytes() override { return 100; }
    qint64 internalDate() override { return 0; }
    qint64 savedDate() override { return 2 * 86'400'000LL + 5; }
    qint64 now() override { return 100'999; }
    bool hasKeyword(const QByteArray &keyword) override { return keyword == "$x"; }
    std::optional<int> sentDay() override { return imap::sentDay(mime::HeaderList(m_message)); }
    bool hasText(const imap::SearchKey &key) override
    {
        return imap::headerHasText(key, m_message) || imap::bodyHasText(key, m_message);
    }
    bool hasObject(const imap::SearchKey &key) override { return key.name == "M1"; }

private:
    const QByteArray m_message;
};

} // namespace

class ImapTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void literalsAreFramed()
    {
        CommandReader reader;
        QByteArray input = "a LOGIN {3}\r\n";
        QCOMPARE(int(reader.next(input).kind), int(CommandReader::Kind::Continue));
        input = "abc {1+}\r\nx\r\nb NOOP\r\n";
        QCOMPARE(reader.next(input).command, QByteArray("a LOGIN {3}\r\nabc {1+}\r\nx"));
        QCOMPARE(reader.next(input).command, QByteArray("b NOOP"));
        QCOMPARE(int(reader.next(input).kind), int(CommandReader::Kind::NeedMore));
    }
    void aLiteralKeepsItsLastCr()
    {
        CommandReader reader;
        QByteArray input = "a X {2+}\r\nx\r\nb NOOP\r\n";
        QCOMPARE(reader.next(input).command, QByteArray("a X {2+}\r\nx\r"));
        QCOMPARE(reader.next(input).command, QByteArray("b NOOP"));
    }
    void limitsAreKeptAtTheEdge()
    {
        const auto outcome = [](const QByteArray &text, bool signedIn) {
            CommandReader reader;
            reader.signedIn = signedIn;
            QByteArray input = text;
            return reader.next(input);
        };
        QCOMPARE(int(outcome("a X {102400}\r\n", true).kind), int(CommandReader::Kind::Continue));
        QCOMPARE(int(outcome("a X {102401}\r\n", true).kind), int(CommandReader::Kind::Refused));
        QCOMPARE(int(outcome("a X {4096+}\r\n", false).kind), int(CommandReader::Kind::NeedMore));
        QCOMPARE(int(outcome("a X {4097+}\r\n", false).kind), int(CommandReader::Kind::Refused));
        QCOMPARE(int(outcome("a X {4097+}\r\n", true).kind), int(CommandReader::Kind::NeedMore));
        QCOMPARE(int(outcome(QByteArray(65536, 'x') + "\r\n", true).kind), int(CommandReader::Kind::Command));
        QCOMPARE(int(outcome(QByteArray(65538, 'x') + "\r\n", true).kind), int(CommandReader::Kind::Refused));
        QVERIFY(outcome("a APPEND x {999999999999}\r\n", true).tooLarge);
    }
    void refusedLiteralsAreSkipped()
    {
        CommandReader reader;
        QByteArray input = "a X {5000+}\r\n" + QByteArray(5000, '\n') + " rest\r\nb NOOP\r\n";
        QCOMPARE(int(reader.next(input).kind), int(CommandReader::Kind::Refused));
        QCOMPARE(reader.next(input).command, QByteArray("b NOOP"));
    }
    void setsResolve()
    {
        Cursor in{"4:2,7,*:10,2"};
        const auto ranges = imap::readSequenceSet(in).resolved(8);
        QCOMPARE(ranges, (QList<std::pair<quint32, quint32>>{{2, 4}, {7, 7}, {8, 10}}));
        QCOMPARE(imap::formatSet({1, 2, 3, 5}), QByteArray("1:3,5"));
        Cursor zero{"0"};
        std::ignore = imap::readSequenceSet(zero);
        QVERIFY(zero.failed());
    }
    void namesRoundTripInUtf7()
    {
        QCOMPARE(imap::toUtf7(QStringLiteral("台北 & co")), QByteArray("&U,BTFw- &- co"));
        QCOMPARE(*imap::fromUtf7("&U,BTFw- &- co"), QStringLiteral("台北 & co"));
        for (const char *bad : {"&", "&U,BTFw", "&!-", "a\x80", "&2AA-"})
            QVERIFY2(!imap::fromUtf7(bad), bad);
    }
    void sectionsAreCut()
    {
        const QByteArray message =
            "A: 1\r\nB: 2\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nC: 3\r\n\r\none\r\n--x\r\n"
            "Content-Type: message/rfc822\r\n\r\nD: 4\r\n\r\ntwo\r\n--x--\r\n";
        const mime::Part root = mime::parseMessage(message);
        const auto get = [&](const char *text) {
            Cursor in{text};
            const auto items = imap::readFetchItems(in);
            return imap::section(message, root, items.first()).value_or("NIL");
        };
        QCOMPARE(get("BODY[1]"), QByteArray("one"));
        QCOMPARE(get("BODY[1.MIME]"), QByteArray("C: 3\r\n\r\n"));
        QCOMPARE(get("BODY[2.HEADER]"), QByteArray("D: 4\r\n\r\n"));
        QCOMPARE(get("BODY[2.1]"), QByteArray("two"));
        QCOMPARE(get("BODY[HEADER.FIELDS (b)]"), QByteArray("B: 2\r\n\r\n"));
        QCOMPARE(get("BODY[]<0.4>"), QByteArray("A: 1"));
        QCOMPARE(get("BODY[3]"), QByteArray("NIL"));
        QCOMPARE(get("BODY[1.HEADER]"), QByteArray("NIL"));
    }
    void envelopesDefaultToFrom()
    {
        QCOMPARE(imap::envelope(mime::HeaderList("From: A B <a@b>\r\nSubject: \"x\"\r\n\r\n")),
                 QByteArray("(NIL \"\\\"x\\\"\" ((\"A B\" NIL \"a\" \"b\")) ((\"A B\" NIL \"a\" \"b\")) ((\"A B\" NIL "
                            "\"a\" \"b\")) NIL NIL NIL NIL NIL)"));
    }
    void searchTextIsReadInItsCharset()
    {
        const auto text = [](const char *program, const char *charset) {
            Cursor in{program};
            const auto read = imap::readSearch(in, charset);
            return in.failed() || !read.knownCharset ? QStringLiteral("?") : read.keys.children.front().text.folded();
        };
        QCOMPARE(text("SUBJECT \"GR\xdcN\"", "ISO-8859-1"), QStringLiteral("grün"));
        QCOMPARE(text("SUBJECT {2}\r\n\x93\xfa", "Shift_JIS"), QStringLiteral("日"));
        QCOMPARE(text("SUBJECT \"GR\xdcN\"", "UTF-8"), QStringLiteral("?"));
        QCOMPARE(text("SUBJECT x", "x-nobody"), QStringLiteral("?"));
    }
    void searchesAreBoundedAndMatch()
    {
        QByteArray deep = "ALL";
        for (int i = 0; i < 30; ++i)
            deep = "(" + deep + ")";
        Cursor in{deep};
        std::ignore = imap::readSearch(in);
        QVERIFY(in.failed());
        const QByteArray message = "Subject: Hello World\r\nDate: Tue, 24 Nov 2026 09:00:00 +0100\r\n\r\nbody text\r\n";
        Subject subject(message);
        const auto found = [&](const char *text) {
            Cursor program{text};
            auto [keys, known, modseq, leaves] = imap::readSearch(program);
            imap::resolve(keys, 3, 30);
            return !program.failed() && known && imap::matches(keys, subject);
        };
        for (const char *yes : {"ALL",
                                "SEEN",
                                "2:*",
                                "UID 20",
                                "SUBJECT \"hello w\"",
                                "BODY TEXT",
                                "LARGER 99",
                                "KEYWORD $x",
                                "OR DELETED SEEN",
                                "NOT (DELETED SEEN)",
                                "SENTON 24-Nov-2026",
                                "HEADER Subject \"\"",
                                "YOUNGER 100",
                                "OLDER 100",
                                "YOUNGER 101",
                                "NOT OLDER 101",
                                "SAVEDON 3-Jan-1970",
                                "SAVEDBEFORE 4-Jan-1970",
                                "SAVEDSINCE 3-Jan-1970",
                                "SAVEDATESUPPORTED",
                                "MODSEQ 7",
                                "MODSEQ \"/flags/\\\\seen\" all 7",
                                "EMAILID M1",
                                "NOT THREADID T-2"})
            QVERIFY2(found(yes), yes);
        for (const char *no :
             {"UNSEEN", "1", "UID 21:22", "SUBJECT body", "BODY hello", "LARGER 100", "KEYWORD $y",
              "SENTBEFORE 24-Nov-2026", "NONSENSE", "YOUNGER 99", "YOUNGER 0", "SAVEDBEFORE 3-Jan-1970", "MODSEQ 8",
              "MODSEQ \"/flags/x\" mine 7", "MODSEQ", "EMAILID m1", "EMAILID +M1", "THREADID T2"})
            QVERIFY2(!found(no), no);
    }
};
POSTROOM_TEST(ImapTest)
#include "imap_test.moc"
