#include "daemon/smtp/submission.h"

#include "daemon/queue/authors.h"
#include "shared/base/bytes.h"
#include "shared/base/refusal.h"
#include "shared/mime/date.h"

namespace smtp {

namespace {

constexpr char kExtraPrefix[] = "X-Postroom-Extra-";

// What is not looked at could name another author, so nothing may lie beyond what is.
Result<void> expectReadable(QByteArrayView content, const mime::HeaderList &header)
{
    const QByteArrayView section = content.first(header.size());
    if (section.size() > mime::kLargestHeader)
        return refuse("bad-header", QStringLiteral("the header is larger than %1 bytes").arg(mime::kLargestHeader));
    if (std::ranges::count(section, '\n') > mime::kMostHeaderLines)
        return refuse("bad-header", QStringLiteral("the header has more than %1 lines").arg(mime::kMostHeaderLines));
    for (const mime::HeaderField &field : header.fields()) {
        if (field.end < section.size() && (section[field.end] == ' ' || section[field.end] == '\t'))
            return refuse("bad-header",
                          QStringLiteral("a header field is larger than %1 bytes").arg(mime::kLargestField));
    }
    return {};
}

bool isBlindCopy(const mime::HeaderField &field)
{
    return bytes::equalsIgnoreCase(field.name, "Bcc") || bytes::equalsIgnoreCase(field.name, "Resent-Bcc");
}

QByteArray withoutBlindCopies(QByteArray content, const mime::HeaderList &header)
{
    if (std::ranges::none_of(header.fields(), isBlindCopy))
        return content;
    QByteArray kept;
    kept.reserve(content.size());
    qsizetype at = 0;
    for (const mime::HeaderField &field : header.fields()) {
        if (!isBlindCopy(field))
            continue;
        kept.append(QByteArrayView(content).sliced(at, field.start - at));
        at = field.end;
    }
    return kept.append(QByteArrayView(content).sliced(at));
}

Result<QJsonObject> readExtra(const mime::HeaderList &header)
{
    QJsonObject extra;
    for (const mime::HeaderField &field : header.fields()) {
        if (!bytes::startsWithIgnoreCase(field.name, kExtraPrefix))
            continue;
        const QString key = QString::fromLatin1(bytes::toLower(field.name.sliced(sizeof kExtraPrefix - 1)));
        const QByteArray value = field.value();
        if (key.isEmpty() || key.size() > kLongestExtraKey || value.size() > kLongestExtra || !value.isValidUtf8())
            return refuse("bad-header",
                          QStringLiteral("%1 fields need a key of 1 to %2 characters and a value of at most %3 bytes")
                              .arg(QLatin1StringView(kExtraPrefix))
                              .arg(kLongestExtraKey)
                              .arg(kLongestExtra));
        if (extra.contains(key))
            return refuse("bad-header",
                          QStringLiteral("%1%2 is given twice").arg(QLatin1StringView(kExtraPrefix), key));
        if (extra.size() >= kMostExtra)
            return refuse(
                "bad-header",
                QStringLiteral("more than %1 %2 fields").arg(kMostExtra).arg(QLatin1StringView(kExtraPrefix)));
        extra.insert(key, QString::fromUtf8(value));
    }
    return extra;
}

Result<void> expectOwn(const QList<Address> &authors, const SubmissionTerms &terms)
{
    for (const Address &author : authors) {
        if (!terms.mayWriteAs(author))
            return refuse("not-yours",
                          QStringLiteral("the From address %1 is not yours").arg(QString::fromUtf8(author.toBytes())));
    }
    return {};
}

} // namespace

Result<Submission> prepareSubmission(QByteArray content, const SubmissionTerms &terms)
{
    const mime::HeaderList header(content);
    if (auto done = expectReadable(content, header); !done)
        return std::unexpected(done.error());
    const auto authors = queue::readAuthors(header);
    if (!authors)
        return std::unexpected(authors.error());
    if (auto done = expectOwn(*authors, terms); !done)
        return std::unexpected(done.error());
    auto extra = readExtra(header);
    if (!extra)
        return std::unexpected(extra.error());
    QByteArray added;
    if (!header.find("Date"))
        added.append("Date: " + mime::formatDate(terms.now) + "\r\n"); // RFC 6409 8.2
    if (!header.find("Message-ID"))
        added.append("Message-ID: " + terms.messageId + "\r\n"); // RFC 6409 8.3
    if (authors->isEmpty())
        added.append("From: <" + terms.author.toBytes() + ">\r\n");
    if (header.fields().isEmpty() && !content.startsWith("\r\n"))
        added.append("\r\n"); // there is no header: all of it is text
    Submission submission{.content = {}, .extra = std::move(*extra)};
    submission.content = withoutBlindCopies(std::move(content), header);
    if (!added.isEmpty())
        submission.content.prepend(added);
    return submission;
}

} // namespace smtp
