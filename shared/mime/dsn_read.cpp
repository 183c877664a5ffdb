#include "shared/mime/dsn_read.h"

#include "shared/base/bytes.h"
#include "shared/mime/header_list.h"
#include "shared/mime/part.h"

namespace mime {

namespace {

QByteArrayView bodyOf(QByteArrayView message, const Part &part)
{
    return message.sliced(part.bodyStart, part.bodyEnd - part.bodyStart);
}

// "rfc822; bob@example.org"     RFC 3464 2.1.2
QByteArray withoutType(const QByteArray &value)
{
    const qsizetype semicolon = value.indexOf(';');
    return (semicolon < 0 ? value : value.sliced(semicolon + 1)).trimmed();
}

QByteArray withoutBrackets(const QByteArray &value)
{
    const QByteArray id = value.trimmed();
    return id.startsWith('<') && id.endsWith('>') ? id.sliced(1, id.size() - 2) : id;
}

// Groups of fields, an empty line between them: of the message first, then of each recipient (RFC 3464 2.1).
void readStatus(QByteArrayView text, DsnReport &report)
{
    for (bool first = true; !text.isEmpty() && report.recipients.size() < kMostReported; first = false) {
        const HeaderList fields(text);
        if (fields.fields().isEmpty() && fields.size() == 0)
            return;
        text = text.sliced(fields.size());
        if (first) {
            report.envelopeId = fields.value("Original-Envelope-ID");
            continue;
        }
        ReportedRecipient recipient{.address = withoutType(fields.value("Final-Recipient")),
                                    .original = withoutType(fields.value("Original-Recipient")),
                                    .action = fields.value("Action").toLower(),
                                    .status = fields.value("Status").split(' ').first(),
                                    .diagnostic = withoutType(fields.value("Diagnostic-Code"))};
        if (recipient.address.isEmpty())
            recipient.address = recipient.original;
        if (!recipient.address.isEmpty() && !recipient.action.isEmpty())
            report.recipients.append(recipient);
    }
}

bool isStatus(const ContentType &type)
{
    return type.type == "message" && (type.subtype == "delivery-status" || type.subtype == "global-delivery-status");
}

bool isReturned(const ContentType &type)
{
    return (type.type == "text" && type.subtype == "rfc822-headers") ||
           (type.type == "message" &&
            (type.subtype == "rfc822" || type.subtype == "global" || type.subtype == "global-headers"));
}

} // namespace

std::optional<DsnReport> readDsn(QByteArrayView message)
{
    const Part root = parseMessage(message);
    if (!root.isMultipart() || root.contentType.subtype != "report" ||
        !bytes::equalsIgnoreCase(root.contentType.parameter("report-type"), "delivery-status"))
        return {};
    DsnReport report;
    for (const Part &part : root.children) {
        if (isStatus(part.contentType) && report.recipients.isEmpty())
            readStatus(bodyOf(message, part), report);
        else if (isReturned(part.contentType) && report.messageId.isEmpty())
            report.messageId = withoutBrackets(HeaderList(bodyOf(message, part)).value("Message-ID"));
    }
    if (report.recipients.isEmpty())
        return {};
    return report;
}

} // namespace mime
