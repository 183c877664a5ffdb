// Every limit of reading messages, one below it, at it, and one above. A message is never refused for these: what is
// beyond a limit is not looked at, and what is before it stays as it is.
#include "shared/mime/address_list.h"
#include "shared/mime/charset.h"
#include "shared/mime/content_type.h"
#include "shared/mime/continuations.h"
#include "shared/mime/encoded_word.h"
#include "shared/mime/header_list.h"
#include "shared/mime/part.h"
#include "shared/mime/references.h"
#include "tests/support/test.h"

using namespace mime;

namespace {

QByteArray numbered(qsizetype count, const QByteArray &before, const QByteArray &after)
{
    QByteArray text;
    for (qsizetype i = 0; i < count; ++i)
        text.append(before).append(QByteArray::number(i)).append(after);
    return text;
}

qsizetype depthOf(const Part &root)
{
    qsizetype depth = 0;
    for (const Part *part = &root; !part->children.empty(); part = &part->children.front())
        ++depth;
    return depth;
}

qsizetype countOf(const Part &part)
{
    qsizetype count = 1;
    for (const Part &child : part.children)
        count += countOf(child);
    return count;
}

qsizetype fieldsIn(const QByteArray &header) { return HeaderList(header + "\r\n").fields().size(); }

qsizetype partsOf(qsizetype children)
{
    return countOf(parseMessage("Content-Type: multipart/mixed; boundary=a\r\n\r\n" +
                                QByteArray("--a\r\n\r\nx\r\n").repeated(children) + "--a--\r\n"));
}

qsizetype messagesIn(qsizetype depth)
{
    return depthOf(parseMessage(QByteArray("Content-Type: message/rfc822\r\n\r\n").repeated(depth) + "x\r\n"));
}

qsizetype parametersOf(qsizetype count)
{
    return parseContentType("text/plain" + numbered(count, "; p", "=v")).parameters.size();
}

// How many of the pieces were joined.
qsizetype piecesOf(qsizetype count)
{
    Parameters parameters;
    for (qsizetype i = 0; i < count; ++i)
        parameters.append({"n*" + QByteArray::number(i), "v"});
    return joinContinuations(parameters).first().second.size();
}

qsizetype idOf(qsizetype length) { return messageIds('<' + QByteArray(length, 'x') + '>').size(); }

bool charsetWord(qsizetype length)
{
    return decodeWords("=?UTF-8*" + QByteArray(length - 6, 'e') + "?Q?=C3=A4?=") == QStringLiteral("ä");
}

} // namespace

class MimeLimitsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void countsAreKeptAtTheEdge_data()
    {
        QTest::addColumn<qsizetype>("got");
        QTest::addColumn<qsizetype>("wanted");
        const auto around = [](const char *name, qsizetype limit, auto count) {
            QTest::addRow("%s: one less", name) << count(limit - 1) << limit - 1;
            QTest::addRow("%s: most", name) << count(limit) << limit;
            QTest::addRow("%s: one more", name) << count(limit + 1) << limit;
        };
        around("header lines", kMostHeaderLines,
               [](qsizetype lines) { return fieldsIn(numbered(lines, "X-", ": y\r\n")); });
        around("addresses", kMostAddresses,
               [](qsizetype count) { return parseAddressList(numbered(count, "u", "@example.org, ")).size(); });
        around("messages in messages", kDeepestPart, messagesIn);
        around("parts", kMostParts, [](qsizetype count) { return partsOf(count - 1); }); // the whole is one
        around("parameters", 100, parametersOf);
        around("pieces of a parameter", 100, piecesOf);
        around("references", kMostReferences,
               [](qsizetype count) { return messageIds(numbered(count, "<", "@x>")).size(); });
    }
    void countsAreKeptAtTheEdge()
    {
        QFETCH(qsizetype, got);
        QTEST(got, "wanted");
    }
    void headersEndAtTheirSize_data()
    {
        QTest::addColumn<qsizetype>("size"); // of what stands before the field that is looked for, with it
        QTest::addColumn<bool>("found");
        QTest::newRow("one less") << kLargestHeader - 1 << true;
        QTest::newRow("most") << kLargestHeader << true;
        QTest::newRow("one more") << kLargestHeader + 1 << false;
    }
    void headersEndAtTheirSize()
    {
        QFETCH(qsizetype, size);
        const QByteArray last = "Last: z\r\n";
        QByteArray header = QByteArray("X: " + QByteArray(995, 'y') + "\r\n").repeated((size - last.size()) / 1000 - 1);
        header.append("X: " + QByteArray(size - header.size() - last.size() - 5, 'y') + "\r\n" + last);
        QCOMPARE(header.size(), size);
        header.append("\r\nbody"); // the list is a view of it
        const HeaderList list(header);
        QTEST(list.find("Last") != nullptr, "found");
        QCOMPARE(list.size(), size + 2); // the body starts where it starts
    }
    void fieldsEndAtTheirSize_data()
    {
        QTest::addColumn<qsizetype>("size");
        QTest::addColumn<qsizetype>("wanted");
        QTest::newRow("one less") << kLargestField - 1 << kLargestField - 1;
        QTest::newRow("most") << kLargestField << kLargestField;
        QTest::newRow("one more") << kLargestField + 1 << kLargestField;
    }
    void fieldsEndAtTheirSize()
    {
        QFETCH(qsizetype, size);
        const QByteArray header = "X:" + QByteArray(size, 'y') + "\r\nNext: z\r\n\r\n";
        const HeaderList list(header);
        QTEST(list.fields().first().rawValue.size(), "wanted");
        QCOMPARE(list.fields().first().end, size + 4);
        QCOMPARE(list.value("Next"), QByteArray("z"));
    }
    void foldedFieldsEndAtTheirSize_data()
    {
        QTest::addColumn<qsizetype>("size"); // of the field with its last line, and its line end
        QTest::addColumn<bool>("whole");
        QTest::newRow("one less") << kLargestField - 1 << true;
        QTest::newRow("most") << kLargestField << true;
        QTest::newRow("one more") << kLargestField + 1 << false;
    }
    void foldedFieldsEndAtTheirSize()
    {
        QFETCH(qsizetype, size);
        const QByteArray last = " the end\r\n";
        QByteArray field = "X: a\r\n";
        while (size - last.size() - field.size() > 2000)
            field.append(' ' + QByteArray(997, 'y') + "\r\n");
        field.append(' ' + QByteArray(size - last.size() - field.size() - 3, 'y') + "\r\n" + last);
        QCOMPARE(field.size(), size);
        QTEST(HeaderList(field + "\r\n").value("X").endsWith("the end"), "whole");
    }
    void groupsAreClosedBeyondTheLimit()
    {
        const auto list = parseAddressList("g: " + numbered(kMostAddresses + 5, "u", "@example.org, "));
        QCOMPARE(list.size(), kMostAddresses + 1); // the group's end is told, too
        QCOMPARE(list.last().kind, ListedAddress::Kind::GroupEnd);
    }
    void namesAreKeptAtTheEdge()
    {
        QCOMPARE(idOf(kLongestMessageId - 1), 1);
        QCOMPARE(idOf(kLongestMessageId), 1);
        QCOMPARE(idOf(kLongestMessageId + 1), 0);
        QVERIFY(charsetWord(59));
        QVERIFY(charsetWord(60));
        QVERIFY(!charsetWord(61));
        for (const qsizetype length : {58, 59, 60}) // of a name ICU does not know
            QCOMPARE(toTextStrict("x", QByteArray(length, 'x')).outcome, CharsetOutcome::UnknownCharset);
    }
};

POSTROOM_TEST(MimeLimitsTest)
#include "limits_test.moc"
