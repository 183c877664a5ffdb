#include "shared/imap/thread.h"

#include "shared/base/bytes.h"
#include "shared/imap/thread_tree.h"

#include <QHash>

#include <algorithm>
#include <ranges>

namespace imap {

namespace {

// RFC 5256 3, ORDEREDSUBJECT
QByteArray orderedSubject(const std::vector<Sortable> &messages)
{
    std::vector<Sortable> sorted = messages;
    sortMessages(sorted, {{.key = SortCriterion::Key::Subject}, {.key = SortCriterion::Key::Date}});
    struct Group
    {
        size_t first;
        size_t end;
    };
    std::vector<Group> groups;
    for (size_t i = 0; i < sorted.size(); ++i) {
        const auto subject = [&sorted](size_t at) { return sorted[at].digest->field(Digest::SubjectKey); };
        if (i > 0 && subject(i) == subject(i - 1))
            groups.back().end = i + 1;
        else
            groups.push_back({i, i + 1});
    }
    // Messages of the same time come in the order of the mailbox (2.2), and so do threads.
    std::ranges::sort(groups, {}, [&sorted](const Group &group) {
        return std::pair(sorted[group.first].sentAt(), sorted[group.first].number);
    });
    QByteArray out;
    for (const auto &[first, end] : groups) {
        out.append('(');
        bytes::appendNumber(out, sorted[first].number);
        const bool siblings = end - first > 2;
        for (size_t i = first + 1; i < end; ++i) {
            out.append(siblings ? (i == first + 1 ? " (" : "(") : " ");
            bytes::appendNumber(out, sorted[i].number);
            if (siblings)
                out.append(')');
        }
        out.append(')');
    }
    return out;
}

class References
{
public:
    explicit References(const std::vector<Sortable> &messages)
        : m_messages(messages)
        , m_tree(messages.size())
    {}

    QByteArray run()
    {
        link();
        std::vector<int> roots = m_tree.rootsPruned();
        sortRoots(roots);
        mergeSubjects(roots);
        sortSiblings(roots);
        return write(roots);
    }

private:
    // (1)
    void link()
    {
        m_ids.reserve(static_cast<qsizetype>(m_messages.size()) * 2);
        for (size_t i = 0; i < m_messages.size(); ++i) {
            const QByteArrayView id = m_messages[i].digest->field(Digest::MessageId);
            if (!id.isEmpty() && !m_ids.contains(id)) // a duplicate, or none, is as good as an id of its own
                m_ids.insert(id, static_cast<int>(i));
        }
        for (size_t i = 0; i < m_messages.size(); ++i) {
            int last = ThreadTree::kNone;
            for (QByteArrayView rest = m_messages[i].digest->field(Digest::References); !rest.isEmpty();) {
                const qsizetype end = rest.indexOf('\n');
                const QByteArrayView id = rest.first(end);
                rest.slice(end + 1);
                auto found = m_ids.constFind(id);
                if (found == m_ids.cend())
                    found = m_ids.insert(id, m_tree.addDummy());
                const int node = *found;
                if (last != ThreadTree::kNone && m_tree.at(node).parent == ThreadTree::kNone)
                    m_tree.link(last, node); // (A); not if that made a loop
                last = node;
            }
            const int own = static_cast<int>(i); // (B)
            if (m_tree.at(own).parent == last)
                continue;
            m_tree.unlink(own);
            if (last != ThreadTree::kNone)
                m_tree.link(last, own);
        }
    }

    [[nodiscard]] bool isDummy(int node) const { return node >= static_cast<int>(m_messages.size()); }
    // The message that stands for a thread's head: itself, or the first child of a dummy.
    [[nodiscard]] int headOf(int node) const { return isDummy(node) ? m_tree.at(node).firstChild : node; }
    [[nodiscard]] const Sortable &message(int node) const { return m_messages[static_cast<size_t>(node)]; }
    [[nodiscard]] auto byTime() const
    {
        return [this](int node) {
            const int head = headOf(node);
            return std::pair(message(head).sentAt(), head);
        };
    }

    // (4); a dummy, only met under the root, sorts its children first
    void sortRoots(std::vector<int> &roots)
    {
        for (const int root : roots) {
            if (isDummy(root))
                m_tree.sortChildren(root, byTime());
        }
        std::ranges::sort(roots, {}, byTime());
    }

    // (5)
    void mergeSubjects(std::vector<int> &roots)
    {
        QHash<QByteArrayView, int> table;
        const auto subjectOf = [this](int node) { return message(headOf(node)).digest->field(Digest::SubjectKey); };
        const auto isReply = [this](int node) { return message(headOf(node)).digest->reply; };
        for (const int root : roots) {
            const QByteArrayView subject = subjectOf(root);
            if (subject.isEmpty())
                continue;
            const auto found = table.find(subject);
            if (found == table.end())
                table.insert(subject, root);
            else if (!isDummy(*found) && (isDummy(root) || (isReply(*found) && !isReply(root))))
                *found = root;
        }
        std::vector<int> kept;
        for (const int root : roots) {
            if (m_tree.at(root).parent != ThreadTree::kNone)
                continue; // below a new dummy already
            const QByteArrayView subject = subjectOf(root);
            const auto found = subject.isEmpty() ? table.end() : table.find(subject);
            if (found == table.end() || *found == root) {
                kept.push_back(root);
                continue;
            }
            const int other = *found;
            if (isDummy(other) && isDummy(root)) {
                m_tree.moveChildren(root, other);
            } else if (isDummy(other) || (isReply(root) && !isReply(other))) {
                m_tree.append(other, root);
            } else {
                // A dummy takes the place of the one in the table, which may come before or after this one.
                const int dummy = m_tree.addDummy();
                m_tree.append(dummy, other);
                m_tree.append(dummy, root);
                *found = dummy;
                kept.push_back(dummy);
            }
        }
        std::erase_if(kept, [this](int node) { return m_tree.at(node).parent != ThreadTree::kNone; });
        roots = std::move(kept);
    }

    // (6): the youngest set of siblings first, so that a dummy's first child is known when the dummy is sorted
    void sortSiblings(std::vector<int> &roots)
    {
        std::vector<int> order = m_tree.parentsFirst(roots);
        for (const int node : std::views::reverse(order))
            m_tree.sortChildren(node, byTime());
        std::ranges::sort(roots, {}, byTime());
    }

    // thread-list = "(" (thread-members / thread-nested) ")"
    [[nodiscard]] QByteArray write(const std::vector<int> &roots) const
    {
        QByteArray out;
        struct Step
        {
            int node;   // kNone: write ")"
            bool opens; // starts a list of its own
        };
        std::vector<Step> steps;
        for (const int root : std::views::reverse(roots))
            steps.push_back({root, true});
        while (!steps.empty()) {
            const auto [node, opens] = steps.back();
            steps.pop_back();
            if (node == ThreadTree::kNone) {
                out.append(')');
                continue;
            }
            if (opens) {
                out.append('(');
                steps.push_back({ThreadTree::kNone, false});
            }
            if (!isDummy(node)) {
                if (!out.endsWith('('))
                    out.append(' ');
                bytes::appendNumber(out, message(node).number);
            }
            const int first = m_tree.at(node).firstChild;
            if (first == ThreadTree::kNone)
                continue;
            const bool several = first != m_tree.at(node).lastChild;
            if (several && !isDummy(node))
                out.append(' ');
            for (int child = m_tree.at(node).lastChild; child != ThreadTree::kNone; child = m_tree.at(child).before)
                steps.push_back({child, several});
        }
        return out;
    }

    const std::vector<Sortable> &m_messages;
    ThreadTree m_tree; // the first nodes are the messages
    QHash<QByteArrayView, int> m_ids;
};

} // namespace

QByteArray threadMessages(ThreadAlgorithm algorithm, const std::vector<Sortable> &messages)
{
    return algorithm == ThreadAlgorithm::OrderedSubject ? orderedSubject(messages) : References(messages).run();
}

} // namespace imap
