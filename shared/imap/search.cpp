#include "shared/imap/search.h"

#include "shared/base/bytes.h"
#include "shared/base/unicode.h"
#include "shared/imap/syntax.h"
#include "shared/mime/date.h"
#include "shared/mime/header_list.h"

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
};

struct Row
{
    const char *name;
    Kind kind;
    Argument argument;
    qint64 number; // flag bit
    bool negated;
};

constexpr std::array kRows = {
    Row{"ALL", Kind::All, Argument::None, 0, false},
    Row{"ANSWERED", Kind::Flag, Argument::None, 1, false},
    Row{"FLAGGED", Kind::Flag, Argument::None, 2, false},
    Row{"DELETED", Kind::Flag, Argument::None, 4, false},
    Row{"SEEN", Kind::Flag, Argument::None, 8, false},
    Row{"DRAFT", Kind::Flag, Argument::None, 16, false},
    Row{"UNANSWERED", Kind::Flag, Argument::None, 1, true},
    Row{"UNFLAGGED", Kind::Flag, Argument::None, 2, true},
    Row{"UNDELETED", Kind::Flag, Argument::None, 4, true},
    Row{"UNSEEN", Kind::Flag, Argument::None, 8, true},
    Row{"UNDRAFT", Kind::Flag, Argument::None, 16, true},
    Row{"RECENT", Kind::None, Argument::None, 0, false},
    Row{"NEW", Kind::None, Argument::None, 0, false},
    Row{"OLD", Kind::All, Argument::None, 0, false},
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
    Row{"KEYWORD", Kind::Keyword, Argument::Keyword, 0, false},
    Row{"UNKEYWORD", Kind::Keyword, Argument::Keyword, 0, true},
};

SearchKey readKeys(Cursor &in, int depth, int &count, char end);

mime::TextSearch readText(Cursor &in)
{
    const QByteArray text = readAString(in);
    if (!unicode::isValidUtf8(text))
        in.fail(QStringLiteral("search text is not UTF-8"));
    return mime::TextSearch(text);
}

void readArgument(Cursor &in, const Row &row, SearchKey &key)
{
    if (row.argument == Argument::None)
        return;
    in.expect(' ');
    switch (row.argument) {
    case Argument::None: break;
    case Argument::Number: key.number = static_cast<qint64>(in.number(0, 1ULL << 62, "size")); break;
    case Argument::Date: key.number = readDate(in); break;
    case Argument::Text: key.text = readText(in); break;
    case Argument::HeaderText:
        key.name = row.name;
        key.text = readText(in);
        break;
    case Argument::NameText:
        key.name = readAString(in);
        in.expect(' ');
        key.text = readText(in);
        break;
    case Argument::Keyword: key.name = readAtom(in, "a keyword"); break;
    }
}

SearchKey negate(SearchKey key)
{
    SearchKey result{.kind = Kind::Not, .children = {}, .set = {}, .ranges = {}, .name = {}, .text = {}};
    result.children.push_back(std::move(key));
    return result;
}

// search-key     RFC 9051 9
SearchKey readKey(Cursor &in, int depth, int &count)
{
    SearchKey key;
    if (depth > kDeepestSearch || ++count > kMostSearchKeys) {
        in.fail(QStringLiteral("search too deep or too long"));
        return key;
    }
    if (in.take('('))
        return readKeys(in, depth + 1, count, ')');
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
        return negate(readKey(in, depth + 1, count));
    }
    if (name == "OR") {
        key.kind = Kind::Or;
        in.expect(' ');
        key.children.push_back(readKey(in, depth + 1, count));
        in.expect(' ');
        key.children.push_back(readKey(in, depth + 1, count));
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
        readArgument(in, row, key);
        return row.negated ? negate(std::move(key)) : key;
    }
    in.fail(QStringLiteral("not a search key: %1").arg(quoted(name)));
    return key;
}

SearchKey readKeys(Cursor &in, int depth, int &count, char end)
{
    SearchKey all{.kind = Kind::And, .children = {}, .set = {}, .ranges = {}, .name = {}, .text = {}};
    do {
        all.children.push_back(readKey(in, depth, count));
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

bool headerMatches(const SearchKey &key, const SearchSubject &subject)
{
    const mime::HeaderList header(subject.header());
    return std::ranges::any_of(header.fields(), [&key](const auto &field) {
        return bytes::equalsIgnoreCase(field.name, key.name) && key.text.inHeaderValue(field.value());
    });
}

bool sentMatches(const SearchKey &key, const SearchSubject &subject)
{
    const auto day = mime::parseDateOnly(mime::HeaderList(subject.header()).value("Date"));
    if (!day)
        return false;
    const auto number = day->time_since_epoch().count();
    return key.kind == Kind::SentBefore ? number < key.number
           : key.kind == Kind::SentOn   ? number == key.number
                                        : number >= key.number;
}

} // namespace

SearchKey readSearch(Cursor &in)
{
    int count = 0;
    return readKeys(in, 0, count, '\0');
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
        if (option == kOptions.end()) {
            in.fail(QStringLiteral("not a search return option: %1").arg(quoted(name)));
            break;
        }
        options.*(option->member) = true;
        if (in.peek() != ')')
            in.expect(' ');
    }
    in.expect(')');
    in.expect(' ');
    if (!options.min && !options.max && !options.count && !options.save)
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

bool matches(const SearchKey &key, const SearchSubject &subject)
{
    const auto child = [&subject](const SearchKey &each) { return matches(each, subject); };
    switch (key.kind) {
    case Kind::All: return true;
    case Kind::None: return false;
    case Kind::And: return std::ranges::all_of(key.children, child);
    case Kind::Or: return std::ranges::any_of(key.children, child);
    case Kind::Not: return !matches(key.children.front(), subject);
    case Kind::Set: return inRanges(key.ranges, subject.number);
    case Kind::UidSet: return inRanges(key.ranges, subject.uid);
    case Kind::Saved: return subject.saved;
    case Kind::Flag: return (subject.flags & static_cast<quint64>(key.number)) != 0;
    case Kind::Keyword: return subject.hasKeyword(key.name);
    case Kind::Larger: return subject.sizeBytes() > key.number;
    case Kind::Smaller: return subject.sizeBytes() < key.number;
    case Kind::Before: return subject.internalDay() < key.number;
    case Kind::On: return subject.internalDay() == key.number;
    case Kind::Since: return subject.internalDay() >= key.number;
    case Kind::SentBefore:
    case Kind::SentOn:
    case Kind::SentSince: return sentMatches(key, subject);
    case Kind::Header: return headerMatches(key, subject);
    case Kind::Body: return key.text.inBody(subject.message(), mime::parseMessage(subject.message()));
    case Kind::Text:
        return key.text.inHeader(subject.header()) ||
               key.text.inBody(subject.message(), mime::parseMessage(subject.message()));
    }
    return false;
}

} // namespace imap
