// The forest THREAD=REFERENCES builds (RFC 5256 3): nodes that know parent, siblings and children, so that links are
// made and cut in constant time. The first nodes are messages, later ones dummies. Any thread.
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <vector>

namespace imap {

class ThreadTree
{
public:
    static constexpr int kNone = -1;
    struct Node
    {
        int parent = kNone;
        int firstChild = kNone;
        int lastChild = kNone;
        int before = kNone; // siblings
        int after = kNone;
        int group = kNone; // nodes with different groups are in different trees
    };

    explicit ThreadTree(size_t messages);
    int addDummy();
    [[nodiscard]] const Node &at(int node) const { return m_nodes[static_cast<size_t>(node)]; }

    // Makes parent and child of two nodes, of which the second has no parent; not if the first comes from the second.
    void link(int parent, int child);
    void append(int parent, int child); // the same without that check
    void unlink(int child);             // no parent afterwards
    void moveChildren(int from, int to);

    // (2) and (3): what has no parent, dummies without children gone, others replaced by their children.
    [[nodiscard]] std::vector<int> rootsPruned();
    // Every node below, before its children.
    [[nodiscard]] std::vector<int> parentsFirst(const std::vector<int> &roots) const;

    template<class Key>
    void sortChildren(int node, Key key)
    {
        std::vector<int> children = childrenOf(node);
        if (children.size() < 2)
            return;
        std::ranges::sort(children, {}, key);
        setChildren(node, children);
    }

private:
    Node &node(int index) { return m_nodes[static_cast<size_t>(index)]; }
    [[nodiscard]] bool isDummy(int node) const { return node >= m_messages; }
    [[nodiscard]] std::vector<int> childrenOf(int node) const;
    void setChildren(int parent, const std::vector<int> &children);
    int groupOf(int node);
    void splice(int dummy); // its children take its place

    std::vector<Node> m_nodes;
    int m_messages;
};

} // namespace imap
