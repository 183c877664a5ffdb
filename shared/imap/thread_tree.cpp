#include "shared/imap/thread_tree.h"

#include <numeric>
#include <ranges>

namespace imap {

ThreadTree::ThreadTree(size_t messages)
    : m_nodes(messages)
    , m_messages(static_cast<int>(messages))
{
    for (int i = 0; i < m_messages; ++i)
        node(i).group = i;
}

int ThreadTree::addDummy()
{
    const int index = static_cast<int>(m_nodes.size());
    m_nodes.push_back({.group = index});
    return index;
}

// Disjoint sets with paths halved. Links that are cut leave nodes in one group: then the ancestors are looked at.
int ThreadTree::groupOf(int index)
{
    while (node(index).group != index) {
        node(index).group = node(node(index).group).group;
        index = node(index).group;
    }
    return index;
}

void ThreadTree::link(int parent, int child)
{
    if (parent == child)
        return;
    const int above = groupOf(parent);
    const int below = groupOf(child);
    if (above == below && at(child).firstChild != kNone) {
        for (int ancestor = parent; ancestor != kNone; ancestor = at(ancestor).parent) {
            if (ancestor == child)
                return;
        }
    }
    node(below).group = above;
    append(parent, child);
}

void ThreadTree::append(int parent, int child)
{
    Node &own = node(child);
    Node &up = node(parent);
    own.parent = parent;
    own.before = up.lastChild;
    own.after = kNone;
    if (up.lastChild == kNone)
        up.firstChild = child;
    else
        node(up.lastChild).after = child;
    up.lastChild = child;
}

void ThreadTree::unlink(int child)
{
    Node &own = node(child);
    if (own.parent == kNone)
        return;
    Node &up = node(own.parent);
    (own.before == kNone ? up.firstChild : node(own.before).after) = own.after;
    (own.after == kNone ? up.lastChild : node(own.after).before) = own.before;
    own.parent = own.before = own.after = kNone;
}

void ThreadTree::moveChildren(int from, int to)
{
    for (const int child : childrenOf(from))
        append(to, child);
    node(from).firstChild = node(from).lastChild = kNone;
}

std::vector<int> ThreadTree::childrenOf(int parent) const
{
    std::vector<int> children;
    for (int child = at(parent).firstChild; child != kNone; child = at(child).after)
        children.push_back(child);
    return children;
}

void ThreadTree::setChildren(int parent, const std::vector<int> &children)
{
    node(parent).firstChild = node(parent).lastChild = kNone;
    for (const int child : children)
        append(parent, child);
}

void ThreadTree::splice(int dummy)
{
    const int parent = at(dummy).parent;
    const int before = at(dummy).before;
    const int after = at(dummy).after;
    const int first = at(dummy).firstChild;
    const int last = at(dummy).lastChild;
    for (int child = first; child != kNone; child = at(child).after)
        node(child).parent = parent;
    (before == kNone ? node(parent).firstChild : node(before).after) = first == kNone ? after : first;
    (after == kNone ? node(parent).lastChild : node(after).before) = last == kNone ? before : last;
    if (first != kNone) {
        node(first).before = before;
        node(last).after = after;
    }
    node(dummy) = {.group = dummy};
}

std::vector<int> ThreadTree::rootsPruned()
{
    std::vector<int> tops;
    for (int i = 0; i < static_cast<int>(m_nodes.size()); ++i) {
        if (at(i).parent == kNone)
            tops.push_back(i);
    }
    // Children before parents: what is left below a dummy has been pruned already.
    const std::vector<int> order = parentsFirst(tops);
    for (const int each : std::views::reverse(order)) {
        if (isDummy(each) && at(each).parent != kNone)
            splice(each);
    }
    std::vector<int> roots;
    for (const int top : tops) {
        const int only = at(top).firstChild;
        if (!isDummy(top) || (only != kNone && only != at(top).lastChild)) {
            roots.push_back(top); // (3): several children are not promoted to the root
        } else if (only != kNone) {
            unlink(only);
            roots.push_back(only);
        }
    }
    return roots;
}

std::vector<int> ThreadTree::parentsFirst(const std::vector<int> &roots) const
{
    std::vector<int> order = roots;
    for (size_t i = 0; i < order.size(); ++i) {
        for (int child = at(order[i]).firstChild; child != kNone; child = at(child).after)
            order.push_back(child);
    }
    return order;
}

} // namespace imap
