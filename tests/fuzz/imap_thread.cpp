// Mailboxes of small headers: each message is told once, whatever their references and subjects.
#include "shared/imap/base_subject.h"
#include "shared/imap/thread.h"

#include <cstdlib>
#include <set>

void fuzz(QByteArrayView input);

void fuzz(QByteArrayView input)
{
    const QList<QByteArray> headers = input.toByteArray().split('\0');
    std::vector<imap::Digest> digests;
    for (const QByteArray &header : headers) {
        const imap::Digest made{mime::HeaderList(header)};
        digests.push_back(imap::Digest::fromPacked(made.packed()));
        if (digests.back().packed() != made.packed())
            std::abort();
        const auto base = imap::baseSubject(header);
        if (imap::baseSubject(base.text).text.size() > base.text.size())
            std::abort();
    }
    std::vector<imap::Sortable> messages;
    for (size_t i = 0; i < digests.size(); ++i)
        messages.push_back(
            {.number = static_cast<quint32>(i + 1), .internalDate = 0, .size = 1, .digest = &digests[i]});
    for (const auto algorithm : {imap::ThreadAlgorithm::References, imap::ThreadAlgorithm::OrderedSubject}) {
        std::multiset<int> told;
        const QByteArray text = imap::threadMessages(algorithm, messages);
        for (const QByteArray &word : QByteArray(text).replace('(', ' ').replace(')', ' ').split(' ')) {
            if (!word.isEmpty())
                told.insert(word.toInt());
        }
        if (text.count('(') != text.count(')') || told.size() != messages.size() ||
            std::set<int>(told.begin(), told.end()).size() != told.size())
            std::abort();
    }
}
