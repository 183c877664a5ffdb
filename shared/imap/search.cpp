#include "shared/imap/search.h"

#include "shared/base/bytes.h"
#include "shared/imap/syntax.h"
#include "shared/mime/charset.h"
#include "shared/mime/date.h"

namespace imap {

namespace {

using Kind = SearchKey::Kind;

enum class Argument
{
    None,
    Number,
    Date,
    Text,
    HeaderText, // the field is the key's own name
    NameText,   // HEADER name text
    Keyword,
    Interval, // nz-number of seconds, RFC 5032 3
    Modseq,   // [entry-name SP entry-type-req SP] mod-sequence-valzer, RFC 7162 7
    ObjectId, // RFC 8474 7
};

struct Row
{
    const char *name;
    Kind kind;
    Argument argument;
    qint64 number; // flag bit
    bool negated;
};

constexpr qint64 kSeen = 8;

constexpr std::array kRows = {
    Row{"ALL", Kind::All, Argument::None, 0, false},
    Row{"ANSWERED", Kind::Flag, Argument::None, 1, false},
    Row{"FLAGGED", Kind::Flag, Argument::None, 2, false},
    Row{"DELETED", Kind::Flag, Argument::None, 4, false},
    Row{"SEEN", Kind::Flag, Argument::None, kSeen, false},
    Row{"DRAFT", Kind::Flag, Argument::None, 16, false},
    Row{"UNANSWERED", Kind::Flag, Argument::None, 1, true},
    Row{"UNFLAGGED", Kind::Flag, Argument::None, 2, true},
    Row{"UNDELETED", Kind::Flag, Argument::None, 4, true},
    Row{"UNSEEN", Kind::Flag, Argument::None, kSeen, true},
    Row{"UNDRAFT", Kind::Flag, Argument::None, 16, true},
    Row{"RECENT", Kind::Flag, Argument::None, static_cast<qint64>(kRecent), false},
    Row{"NEW", Kind::New, Argument::None, 0, false},
    Row{"OLD", Kind::Flag, Argument::None, static_cast<qint64>(kRecent), true},
    Row{"LARGER", Kind::Larger, Argument::Number, 0, false},
    Row{"SMALLER", Kind::Smaller, Argument::Number, 0, false},
    Row{"BEFORE", Kind::Before, Argument::Date, 0, false},
    Row{"ON", Kind::On, Argument::Date, 0, false},
    Row{"SINCE", Kind::Since, Argument::Date, 0, false},
    Row{"SENTBEFORE", Kind::SentBefore, Argument::Date, 0, false},
    Row{"SENTON", Kind::SentOn, Argument::Date, 0, false},
    Row{"SENTSINCE", Kind::SentSince, Argument::Date, 0, false},
    Row{"FROM", Kind::Header, Argument::HeaderText, 0, false},
    Row{"TO", Kind::Header, Argument::HeaderText, 0, false},
    Row{"CC", Kind::Header, Argument::HeaderText, 0, false},
    Row{"BCC", Kind::Header, Argument::HeaderText, 0, false},
    Row{"SUBJECT", Kind::Header, Argument::HeaderText, 0, false},
    Row{"HEADER", Kind::Header, Argument::NameText, 0, false},
    Row{"BODY", Kind::Body, Argument::Text, 0, false},
    Row{"TEXT", Kind::Text, Argument::Text, 0, false},
    Row{"YOUNGER", Kind::Younger, Argument::Interval, 0, false},
    Row{"OLDER", Kind::Older, Argument::Interval, 0, false},
    Row{"SAVEDBEFORE", Kind::SavedBefore, Argument::Date, 0, false},
    Row{"SAVEDON", Kind::SavedOn, Argument::Date, 0, false},
    Row{"SAVEDSINCE", Kind::SavedSince, Argument::Date, 0, false},
    Row{"SAVEDATESUPPORTED", Kind::All, Argument::None, 0, false},
    Row{"MODSEQ", Kind::Modseq, Argument::Modseq, 0, false},
    Row{"EMAILID", Kind::EmailId, Argument::ObjectId, 0, false},
    Row{"THREADID", Kind::ThreadId, Argument::ObjectId, 0, false},
    Row{"KEYWORD", Kind::Keyword, Argument::Keyword, 0, false},
    Row{"UNKEYWORD", Kind::Keyword, Argument::Keyword, 0, true},
};

// What is known while a program is read.
struct Reading
{
    QByteArray charset;
    int count = 0;
    SearchProgram program;
};

SearchKey readKeys(Cursor &in, Reading &reading, int depth, char end);

mime::TextSearch readText(Cursor &in, const Reading &reading)
{
    const auto [outcome, text] = mime::toTextStrict(readAString(in), reading.charset);
    if (outcome != mime::CharsetOutcome::Good)
        in.fail(QStringLiteral("the search text is not in the charset"));
    return mime::TextSearch(text);
}

// search-modsequence = "MODSEQ" [search-modseq-ext] SP mod-sequence-valzer
// search-modseq-ext = SP entry-name SP entry-type-req;  entry-name is a quoted string, and all of a message's items
// have one number, so it and the type are ignored (RFC 7162 3.1.5)
qint64 readModseq(Cursor &in)
{
    if (in.peek() == '"') {
        std::ignore = readString(in);
        in.expect(' ');
        if (!in.takeIgnoreCase("all ") && !in.takeIgnoreCase("priv "))
            in.expectIgnoreCase("shared ");
    }
    return static_cast<qint64>(in.number(0, std::numeric_limits<qint64>::max(), "modseq"));
}

void readArgument(Cursor &in, Reading &reading, const Row &row, SearchKey &key)
{
    static constexpr CharClass kObjectId = kAlpha | kDigit | CharClass::of("_-");
    static constexpr qsizetype kLongestObjectId = 255; // RFC 8474 7
    if (row.argument == Argument::None)
        return;
    in.expect(' ');
    switch (row.argument) {
    case Argument::None: break;
    case Argument::Number: key.number = static_cast<qint64>(in.number(0, 1ULL << 62, "size")); break;
    case Argument::Interval: key.number = static_cast<qint64>(in.number(1, 0xffffffffU, "interval")); break;
    case Argument::Date: key.number = readDate(in); break;
    case Argument::Modseq:
        key.number = readModseq(in);
        reading.program.usesModseq = true;
        break;
    case Argument::ObjectId:
        key.name = in.expectWhile(kObjectId, 1, kLongestObjectId, "an object id").toByteArray();
        break;
    case Argument::Text: key.text = readText(in, reading); break;
    case Argument::HeaderText:
        key.name = row.name;
        key.text = readText(in, reading);
        break;
    case Argument::NameText:
        key.name = readAString(in);
        in.expect(' ');
        key.text = readText(in, reading);
        break;
    case Argument::Keyword: key.name = readAtom(in, "a keyword"); break;
    }
    if (key.kind == Kind::Header || key.kind == Kind::Body || key.kind == Kind::Text)
        key.leaf = reading.program.leaves++;
}

SearchKey negate(SearchKey key)
{
    SearchKey result{.kind = Kind::Not, .children = {}, .set = {}, .ranges = {}, .name = {}, .text = {}};
    result.children.push_back(std::move(key));
    return result;
}

// search-key     RFC 9051 9
SearchKey readKey(Cursor &in, Reading &reading, int depth)
{
    SearchKey key;
    if (depth > kDeepestSearch)
        in.fail(QStringLiteral("search nested deeper than %1").arg(kDeepestSearch));
    if (++reading.count > kMostSearchKeys)
        in.fail(QStringLiteral("more than %1 search keys").arg(kMostSearchKeys));
    if (in.failed())
        return key;
    if (in.take('('))
        return readKeys(in, reading, depth + 1, ')');
    if (kDigit.contains(in.peek()) || in.peek() == '*') {
        key.kind = Kind::Set;
        key.set = readSequenceSet(in);
        return key;
    }
    if (in.take('$')) {
        key.kind = Kind::Saved;
        return key;
    }
    const QByteArray name = bytes::toUpper(readAtom(in, "a search key"));
    if (name == "NOT") {
        in.expect(' ');
        return negate(readKey(in, reading, depth + 1));
    }
    if (name == "OR") {
        key.kind = Kind::Or;
        in.expect(' ');
        key.children.push_back(readKey(in, reading, depth + 1));
        in.expect(' ');
        key.children.push_back(readKey(in, reading, depth + 1));
        return key;
    }
    if (name == "UID") {
        in.expect(' ');
        key.set = readSequenceSet(in);
        key.kind = key.set.isSaved() ? Kind::Saved : Kind::UidSet;
        return key;
    }
    for (const Row &row : kRows) {
        if (name != row.name)
            continue;
        key.kind = row.kind;
        key.number = row.number;
        readArgument(in, reading, row, key);
        return row.negated ? negate(std::move(key)) : key;
    }
    in.fail(QStringLiteral("not a search key: %1").arg(quoted(name)));
    return key;
}

SearchKey readKeys(Cursor &in, Reading &reading, int depth, char end)
{
    SearchKey all{.kind = Kind::And, .children = {}, .set = {}, .ranges = {}, .name = {}, .text = {}};
    do {
        all.children.push_back(readKey(in, reading, depth));
    } while (in.take(' '));
    if (end)
        in.expect(end);
    return all;
}

bool inRanges(const QList<std::pair<quint32, quint32>> &ranges, quint32 number)
{
    const auto after = std::ranges::upper_bound(ranges, number, {}, &std::pair<quint32, quint32>::first);
    return after != ranges.begin() && number <= std::prev(after)->second;
}

constexpr qint64 kDay = 86'400'000; // milliseconds

bool compareDay(const SearchKey &key, qint64 day)
{
    switch (key.kind) {
    case Kind::Before:
    case Kind::SentBefore:
    case Kind::SavedBefore: return day < key.number;
    case Kind::On:
    case Kind::SentOn:
    case Kind::SavedOn: return day == key.number;
    default: return day >= key.number;
    }
}

} // namespace

SearchProgram readSearch(Cursor &in, const QByteArray &charset)
{
    Reading reading{.charset = charset, .count = 0, .program = {}};
    if (mime::toTextStrict({}, charset).outcome == mime::CharsetOutcome::UnknownCharset) {
        reading.program.knownCharset = false;
        return reading.program;
    }
    reading.program.keys = readKeys(in, reading, 0, '\0');
    return reading.program;
}

// search-return-opts = SP "RETURN" SP "(" [search-return-opt *(SP search-return-opt)] ")"
SearchReturn readSearchReturn(Cursor &in)
{
    SearchReturn options;
    if (!in.takeIgnoreCase("RETURN ("))
        return options;
    options.given = true;
    struct Option
    {
        const char *name;
        bool SearchReturn::*member;
    };
    static constexpr std::array kOptions = {Option{"MIN", &SearchReturn::min}, Option{"MAX", &SearchReturn::max},
                                            Option{"ALL", &SearchReturn::all}, Option{"COUNT", &SearchReturn::count},
                                            Option{"SAVE", &SearchReturn::save}};
    while (!in.atEnd() && in.peek() != ')') {
        const QByteArray name = bytes::toUpper(readAtom(in, "a search return option"));
        const auto option = std::ranges::find_if(kOptions, [&name](const Option &each) { return name == each.name; });
        if (option != kOptions.end()) {
            options.*(option->member) = true;
        } else if (name == "PARTIAL" && !options.partial) {
            in.expect(' ');
            options.partial = readPartialRange(in);
        } else {
            in.fail(QStringLiteral("not a search return option, or given twice: %1").arg(quoted(name)));
            break;
        }
        if (in.peek() != ')')
            in.expect(' ');
    }
    in.expect(')');
    in.expect(' ');
    if (options.all && options.partial)
        in.fail(QStringLiteral("PARTIAL and ALL exclude each other")); // RFC 9394 3.1
    if (!options.tells() && !options.save)
        options.all = true; // RFC 9051 6.4.4: an empty list is (ALL)
    return options;
}

void resolve(SearchKey &key, quint32 largestNumber, quint32 largestUid)
{
    if (key.kind == Kind::Set || key.kind == Kind::UidSet)
        key.ranges = key.set.resolved(key.kind == Kind::Set ? largestNumber : largestUid);
    for (SearchKey &child : key.children)
        resolve(child, largestNumber, largestUid);
}

bool matches(const SearchKey &key, SearchSubject &subject)
{
    const auto child = [&subject](const SearchKey &each) { return matches(each, subject); };
    switch (key.kind) {
    case Kind::All: return true;
    case Kind::And: return std::ranges::all_of(key.children, child);
    case Kind::Or: return std::ranges::any_of(key.children, child);
    case Kind::Not: return !matches(key.children.front(), subject);
    case Kind::Set: return inRanges(key.ranges, subject.number);
    case Kind::UidSet: return inRanges(key.ranges, subject.uid);
    case Kind::Saved: return subject.saved;
    case Kind::Flag: return (subject.flags & static_cast<quint64>(key.number)) != 0;
    case Kind::New: return (subject.flags & kRecent) != 0 && (subject.flags & kSeen) == 0;
    case Kind::Keyword: return subject.hasKeyword(key.name);
    case Kind::Larger: return subject.sizeBytes() > key.number;
    case Kind::Smaller: return subject.sizeBytes() < key.number;
    case Kind::Before:
    case Kind::On:
    case Kind::Since: return compareDay(key, subject.internalDate() / kDay);
    case Kind::SavedBefore:
    case Kind::SavedOn:
    case Kind::SavedSince: return compareDay(key, subject.savedDate() / kDay);
    case Kind::SentBefore:
    case Kind::SentOn:
    case Kind::SentSince: {
        const auto day = subject.sentDay();
        return day && compareDay(key, *day);
    }
    // RFC 5032 3: a message at exactly that time is both. Compared by the second.
    case Kind::Younger: return subject.internalDate() / 1000 >= subject.now() / 1000 - key.number;
    case Kind::Older: return subject.internalDate() / 1000 <= subject.now() / 1000 - key.number;
    case Kind::Modseq: return subject.modseq >= key.number;
    case Kind::EmailId:
    case Kind::ThreadId: return subject.hasObject(key);
    case Kind::Header:
    case Kind::Body:
    case Kind::Text: return subject.hasText(key);
    }
    return false;
}

bool headerHasText(const SearchKey &key, QByteArrayView section)
{
    if (key.kind == Kind::Text)
        return key.text.inHeader(section);
    const mime::HeaderList header(section);
    return key.kind == Kind::Header && std::ranges::any_of(header.fields(), [&key](const auto &field) {
               return bytes::equalsIgnoreCase(field.name, key.name) &&
                      key.text.inHeaderValue(mime::searchedValue(field));
           });
}

bool bodyHasText(const SearchKey &key, QByteArrayView message)
{
    return key.kind != Kind::Header && key.text.inBody(message, mime::parseMessage(message));
}

std::optional<int> sentDay(const mime::HeaderList &header)
{
    const auto day = mime::parseDateOnly(header.value("Date"));
    return day ? std::optional(static_cast<int>(day->time_since_epoch().count())) : std::nullopt;
}

} // namespace imap
