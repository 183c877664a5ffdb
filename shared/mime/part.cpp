#include "shared/mime/part.h"

#include "shared/base/bytes.h"
#include "shared/mime/header_list.h"

namespace mime {

namespace {

// A multipart whose end is looked for.
struct Open
{
    QByteArray delimiter;  // "--" boundary
    std::vector<int> path; // of child indices from the root
    bool digest = false;
    bool ended = false; // its close delimiter was seen: only an outer delimiter matters
};

class Parser
{
public:
    explicit Parser(QByteArrayView message)
        : m_message(message)
    {}

    Part parse()
    {
        beginPart({}, 0, false);
        m_at = m_bodyStart;
        while (m_at < m_message.size())
            takeLine();
        endPartsFrom(0, m_message.size());
        finish(m_root);
        return std::move(m_root);
    }

private:
    Part &at(const std::vector<int> &path)
    {
        Part *part = &m_root;
        for (const int index : path)
            part = &part->children[static_cast<size_t>(index)];
        return *part;
    }

    // A part's header starts here. Reads it, and goes inside at once when it is a message.
    void beginPart(std::vector<int> path, qsizetype start, bool inDigest)
    {
        for (;;) {
            ++m_count;
            Part &part = at(path);
            const HeaderList header(headerSection(start));
            part.headerStart = start;
            part.bodyStart = start + header.size();
            part.bodyEnd = part.bodyStart;
            describe(part, header, inDigest);
            m_bodyStart = part.bodyStart;
            const bool room = m_count < kMostParts && static_cast<int>(path.size()) < kDeepestPart;
            const bool readable = part.encoding == "7BIT" || part.encoding == "8BIT" || part.encoding == "BINARY";
            if (room && part.contentType.type == "multipart" && !part.contentType.parameter("boundary").isEmpty()) {
                m_open.push_back({.delimiter = "--" + part.contentType.parameter("boundary"),
                                  .path = path,
                                  .digest = part.contentType.subtype == "digest",
                                  .ended = false});
                return;
            }
            const bool message = part.contentType.type == "message" &&
                                 (part.contentType.subtype == "rfc822" || part.contentType.subtype == "global");
            if (!room || !message || !readable)
                return;
            part.children.emplace_back();
            path.push_back(0);
            start = m_bodyStart;
            inDigest = false;
        }
    }

    // What may be a part's header. A delimiter ends it too, else a part without an empty line would swallow its
    // siblings, and reading on to the end of the message for each of them would take the square of its size.
    QByteArrayView headerSection(qsizetype start) const
    {
        const QByteArrayView rest = m_message.sliced(start);
        if (m_open.empty())
            return rest;
        for (qsizetype at = 0; at < rest.size();) {
            if (rest[at] == '-' && matching(rest.sliced(at)) >= 0)
                return rest.first(at);
            qsizetype blank = at;
            while (blank < rest.size() && rest[blank] == '\r')
                ++blank;
            if (blank == rest.size() || rest[blank] == '\n')
                break; // HeaderList stops here by itself
            const qsizetype lineFeed = rest.indexOf('\n', at);
            at = lineFeed < 0 ? rest.size() : lineFeed + 1;
        }
        return rest;
    }

    static void describe(Part &part, const HeaderList &header, bool inDigest)
    {
        part.contentType = parseContentType(header.value("Content-Type"));
        if (part.contentType.type.isEmpty()) { // RFC 2045 5.2, RFC 2046 5.1.5
            part.contentType.type = inDigest ? "message" : "text";
            part.contentType.subtype = inDigest ? "rfc822" : "plain";
            if (!inDigest)
                part.contentType.parameters = {{"charset", "us-ascii"}};
        }
        part.encoding = bytes::toUpper(withoutComments(header.value("Content-Transfer-Encoding")));
        if (part.encoding.isEmpty())
            part.encoding = "7BIT";
        part.id = header.value("Content-ID");
        part.description = header.value("Content-Description");
        part.md5 = header.value("Content-MD5");
        part.language = header.value("Content-Language");
        part.location = header.value("Content-Location");
        part.disposition = parseDisposition(header.value("Content-Disposition"));
    }

    // The innermost open multipart whose delimiter line this is; -1 for none.
    [[nodiscard]] int matching(QByteArrayView line) const
    {
        if (!line.startsWith("--"))
            return -1;
        for (int i = static_cast<int>(m_open.size()) - 1; i >= 0; --i) {
            const Open &open = m_open[static_cast<size_t>(i)];
            if (open.ended || !line.startsWith(open.delimiter))
                continue;
            QByteArrayView rest = line.sliced(open.delimiter.size());
            if (const qsizetype lineFeed = rest.indexOf('\n'); lineFeed >= 0)
                rest = rest.first(lineFeed);
            if (rest.startsWith("--"))
                rest = rest.sliced(2);
            if (std::ranges::all_of(rest, [](char c) { return c == ' ' || c == '\t' || c == '\r'; }))
                return i;
        }
        return -1;
    }

    void takeLine()
    {
        const qsizetype start = m_at;
        const qsizetype lineFeed = m_message.indexOf('\n', start);
        m_at = lineFeed < 0 ? m_message.size() : lineFeed + 1;
        if (m_open.empty() || m_message[start] != '-')
            return;
        const QByteArrayView line = m_message.sliced(start, m_at - start);
        const int index = matching(line);
        if (index < 0)
            return;
        // RFC 2046 5.1.1: the line end before the delimiter belongs to it.
        qsizetype end = start;
        if (end > 0 && m_message[end - 1] == '\n')
            --end;
        if (end > 0 && end < start && m_message[end - 1] == '\r')
            --end;
        endPartsFrom(static_cast<size_t>(index) + 1, end);
        Open &open = m_open[static_cast<size_t>(index)];
        endChild(open, end);
        if (line.sliced(open.delimiter.size()).startsWith("--")) {
            open.ended = true;
            return;
        }
        if (m_count >= kMostParts)
            return;
        Part &parent = at(open.path);
        parent.children.emplace_back();
        std::vector<int> path = open.path;
        path.push_back(static_cast<int>(parent.children.size()) - 1);
        const bool digest = open.digest;
        beginPart(std::move(path), m_at, digest);
        m_at = std::max(m_at, m_bodyStart);
    }

    // Sets the end of the leaf being read and of the messages around it, up to the multipart's child.
    void endChild(const Open &open, qsizetype end)
    {
        if (at(open.path).children.empty())
            return;
        std::vector<int> path = open.path;
        path.push_back(static_cast<int>(at(open.path).children.size()) - 1);
        for (;;) {
            Part &part = at(path);
            part.bodyEnd = std::max(part.bodyStart, end);
            if (part.children.empty() || part.contentType.type != "message")
                break;
            path.push_back(0);
        }
    }

    // Closes the multiparts from `first` inwards, the innermost first, and the message around the outermost of them.
    void endPartsFrom(size_t first, qsizetype end)
    {
        while (m_open.size() > first) {
            const Open open = m_open.back();
            m_open.pop_back();
            if (!open.ended)
                endChild(open, end);
            Part &part = at(open.path);
            part.bodyEnd = std::max(part.bodyStart, end);
        }
        if (first == 0) {
            std::vector<int> path;
            for (;;) {
                Part &part = at(path);
                part.bodyEnd = std::max(part.bodyStart, end);
                if (part.children.empty() || part.contentType.type != "message")
                    break;
                path.push_back(0);
            }
        }
    }

    // Where a delimiter follows a part's delimiter or header at once, the line end between them counts for both: a part
    // grows to cover its children. No deeper than kDeepestPart.
    void finish(Part &part)
    {
        for (Part &child : part.children) {
            finish(child);
            part.bodyEnd = std::max(part.bodyEnd, child.bodyEnd);
        }
        const auto body = m_message.sliced(part.bodyStart, part.bodyEnd - part.bodyStart);
        part.lines = std::ranges::count(body, '\n');
    }

    QByteArrayView m_message;
    Part m_root;
    std::vector<Open> m_open;
    qsizetype m_at = 0;
    qsizetype m_bodyStart = 0;
    int m_count = 0;
};

} // namespace

Part parseMessage(QByteArrayView message) { return Parser(message).parse(); }

} // namespace mime
