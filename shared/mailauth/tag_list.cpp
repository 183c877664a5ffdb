#include "shared/mailauth/tag_list.h"

#include "shared/base/cursor.h"

namespace mailauth {

namespace {

constexpr CharClass kBlank = CharClass::of(" \t\r\n");
constexpr CharClass kNameChar =
    CharClass::of("_") | CharClass::range('a', 'z') | CharClass::range('A', 'Z') | CharClass::range('0', '9');
constexpr CharClass kValueChar =
    CharClass::range('!', ':') | CharClass::range('<', '~') | kBlank | kNonAscii; // all but ";"; RFC 8616

constexpr qsizetype kLongestTagName = 64;

} // namespace

// tag-list = tag-spec *( ";" tag-spec ) [ ";" ]     RFC 6376 3.2
// tag-spec = [FWS] tag-name [FWS] "=" [FWS] tag-value [FWS]
Result<TagList> TagList::parse(QByteArrayView text)
{
    TagList list;
    Cursor in(text);
    in.takeWhile(kBlank);
    while (!in.atEnd()) {
        Tag tag;
        tag.name = in.expectWhile(kNameChar, 1, kLongestTagName, "tag name").toByteArray();
        in.takeWhile(kBlank);
        in.expect('=');
        tag.value = in.takeWhile(kValueChar).toByteArray().trimmed();
        if (!in.failed() && list.value(tag.name))
            in.fail(QStringLiteral("a tag is there twice"));
        if (!in.failed() && list.m_tags.size() >= kMostTags)
            in.fail(QStringLiteral("more than %1 tags").arg(kMostTags));
        list.m_tags.append(std::move(tag));
        if (!in.take(';'))
            break;
        in.takeWhile(kBlank);
    }
    return in.finish(std::move(list));
}

std::optional<QByteArray> TagList::value(QByteArrayView name) const
{
    const auto found = std::ranges::find_if(m_tags, [name](const Tag &each) { return each.name == name; });
    return found == m_tags.end() ? std::nullopt : std::optional(found->value);
}

QByteArray TagList::value(QByteArrayView name, const QByteArray &otherwise) const
{
    return value(name).value_or(otherwise);
}

QByteArray withoutBlanks(QByteArrayView text)
{
    QByteArray result;
    for (const char c : text) {
        if (!kBlank.contains(c))
            result.append(c);
    }
    return result;
}

} // namespace mailauth
