#include "shared/imap/syntax.h"

#include "shared/imap/list.h"
#include "shared/imap/metadata.h"
#include "shared/imap/search.h"
#include "tests/support/test.h"

using namespace imap;

namespace {

template<class Read>
bool isRead(const QByteArray &text, Read read)
{
    Cursor in{text};
    std::ignore = read(in);
    return !in.failed() && in.atEnd();
}

template<size_t N>
QByteArray whole(const char (&text)[N]) // with the NUL in it
{
    return {text, N - 1};
}

} // namespace

class SyntaxTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // RFC 9051 9 CHAR8, CVE-2019-11500
    void nulIsNoText()
    {
        const auto values = [](Cursor &in) { return readEntryValues(in); };
        const auto search = [](Cursor &in) { return readSearch(in); };
        QVERIFY(!isRead(whole("(/private/x \"a\0b\")"), values));
        QVERIFY(!isRead(whole("(/private/x {3}\r\na\0b)"), values));
        QVERIFY(isRead(whole("(/private/x ~{3}\r\na\0b)"), values));
        QVERIFY(!isRead(whole("SUBJECT \"a\0b\""), search));
        QVERIFY(!isRead(whole("SUBJECT {3}\r\na\0b"), search));
        QVERIFY(isRead(whole("SUBJECT {3}\r\nacb"), search));
        QVERIFY(!isRead(whole("\"\" \"a\0b\""), [](Cursor &in) { return readList(in); }));
    }
};

POSTROOM_TEST(SyntaxTest)
#include "syntax_test.moc"
