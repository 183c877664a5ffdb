#include "shared/imap/sort.h"

#include "shared/base/bytes.h"
#include "shared/imap/syntax.h"

#include <algorithm>
#include <numeric>

namespace imap {

namespace {

using Key = SortCriterion::Key;

struct Name
{
    const char *name;
    Key key;
};
constexpr std::array kNames = {
    Name{"ARRIVAL", Key::Arrival},
    Name{"CC", Key::Cc},
    Name{"DATE", Key::Date},
    Name{"DISPLAYFROM", Key::DisplayFrom},
    Name{"DISPLAYTO", Key::DisplayTo},
    Name{"FROM", Key::From},
    Name{"SIZE", Key::Size},
    Name{"SUBJECT", Key::Subject},
    Name{"TO", Key::To},
};

qint64 numberOf(Key key, const Sortable &message)
{
    return key == Key::Arrival ? message.internalDate : key == Key::Size ? message.size : message.sentAt();
}

std::optional<Digest::Field> fieldOf(Key key)
{
    switch (key) {
    case Key::Cc: return Digest::CcKey;
    case Key::DisplayFrom: return Digest::DisplayFromKey;
    case Key::DisplayTo: return Digest::DisplayToKey;
    case Key::From: return Digest::FromKey;
    case Key::Subject: return Digest::SubjectKey;
    case Key::To: return Digest::ToKey;
    case Key::Arrival:
    case Key::Date:
    case Key::Size: break;
    }
    return {};
}

// Each message's place among all by one criterion, equal ones alike: texts are compared once, then numbers.
std::vector<qint64> ranks(const std::vector<Sortable> &messages, const SortCriterion &criterion)
{
    std::vector<qint64> result(messages.size());
    const auto field = fieldOf(criterion.key);
    if (!field) {
        std::ranges::transform(messages, result.begin(),
                               [&](const Sortable &each) { return numberOf(criterion.key, each); });
    } else {
        struct Text
        {
            quint64 start; // its first bytes, which mostly decide
            QByteArrayView text;
            size_t index;
        };
        std::vector<Text> texts;
        texts.reserve(messages.size());
        for (size_t i = 0; i < messages.size(); ++i) {
            const QByteArrayView text = messages[i].digest->field(*field);
            quint64 start = 0;
            for (qsizetype at = 0; at < 8; ++at)
                start = start << 8 | (at < text.size() ? static_cast<unsigned char>(text[at]) : 0);
            texts.push_back({start, text, i});
        }
        const auto compare = [](const Text &a, const Text &b) {
            return a.start != b.start ? (a.start < b.start ? -1 : 1) : a.text.compare(b.text);
        };
        std::ranges::sort(texts, [&compare](const Text &a, const Text &b) { return compare(a, b) < 0; });
        qint64 rank = 0;
        for (size_t i = 0; i < texts.size(); ++i) {
            if (i > 0 && compare(texts[i - 1], texts[i]) != 0)
                ++rank;
            result[texts[i].index] = rank;
        }
    }
    if (criterion.reverse)
        std::ranges::transform(result, result.begin(), [](qint64 rank) { return ~rank; });
    return result;
}

} // namespace

// sort-criteria = "(" sort-criterion *(SP sort-criterion) ")";  sort-criterion = ["REVERSE" SP] sort-key
QList<SortCriterion> readSortCriteria(Cursor &in)
{
    QList<SortCriterion> list;
    in.expect('(');
    do {
        SortCriterion criterion;
        QByteArray name = bytes::toUpper(readAtom(in, "a sort key"));
        if (name == "REVERSE") {
            criterion.reverse = true;
            in.expect(' ');
            name = bytes::toUpper(readAtom(in, "a sort key"));
        }
        const auto known = std::ranges::find_if(kNames, [&name](const Name &each) { return name == each.name; });
        if (list.size() == kMostSortCriteria) {
            in.fail(QStringLiteral("more than %1 sort keys").arg(kMostSortCriteria));
            break;
        }
        if (known == kNames.end()) {
            in.fail(QStringLiteral("not a sort key: %1").arg(quoted(name)));
            break;
        }
        criterion.key = known->key;
        list.append(criterion);
    } while (in.take(' '));
    in.expect(')');
    return list;
}

void sortMessages(std::vector<Sortable> &messages, const QList<SortCriterion> &criteria)
{
    std::vector<size_t> order(messages.size());
    std::iota(order.begin(), order.end(), size_t(0));
    // From the last criterion to the first, each keeping the order of those before.
    for (qsizetype i = criteria.size(); i-- > 0;) {
        const std::vector<qint64> rank = ranks(messages, criteria.at(i));
        std::ranges::stable_sort(order, {}, [&rank](size_t index) { return rank[index]; });
    }
    std::vector<Sortable> sorted;
    sorted.reserve(messages.size());
    for (const size_t index : order)
        sorted.push_back(messages[index]);
    messages = std::move(sorted);
}

} // namespace imap
