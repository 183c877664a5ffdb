#include "daemon/cli/sendmail.h"

#include "shared/mime/address_list.h"
#include "shared/mime/header_list.h"

namespace cli {

namespace {

QByteArray withCrlf(const QByteArray &input)
{
    QByteArray lines;
    lines.reserve(input.size() + (input.size() / 32));
    for (qsizetype i = 0; i < input.size(); ++i) {
        if (input.at(i) == '\n' && (i == 0 || input.at(i - 1) != '\r'))
            lines += '\r';
        lines += input.at(i);
    }
    if (!lines.isEmpty() && !lines.endsWith("\r\n"))
        lines += "\r\n";
    return lines;
}

} // namespace

Result<Outgoing> prepareMessage(const QByteArray &input, const QStringList &recipients, bool fromHeader)
{
    Outgoing outgoing{.message = withCrlf(input), .recipients = recipients};
    if (outgoing.message.isEmpty())
        return failure(ErrorKind::User, QStringLiteral("there is no message on standard input"));
    const QByteArray original = outgoing.message;
    const mime::HeaderList headers(original);
    // A message without any header would take its first lines for one; sendmail(8) starts the body at once.
    if (headers.fields().isEmpty() && !original.startsWith("\r\n"))
        outgoing.message.prepend("\r\n");
    if (fromHeader) {
        const auto &fields = headers.fields();
        for (auto each = fields.crbegin(); each != fields.crend(); ++each) {
            const QByteArray name = each->name.toByteArray().toLower();
            if (name != "to" && name != "cc" && name != "bcc")
                continue;
            const auto listed = mime::parseAddressList(each->value());
            for (const mime::ListedAddress &address : listed) {
                const QString text = QString::fromUtf8(address.localpart + '@' + address.domain);
                if (address.kind == mime::ListedAddress::Kind::Mailbox && !address.domain.isEmpty() &&
                    !outgoing.recipients.contains(text))
                    outgoing.recipients << text;
            }
            if (name == "bcc")
                outgoing.message.remove(each->start, each->end - each->start);
        }
    }
    if (outgoing.recipients.isEmpty())
        return failure(ErrorKind::User, fromHeader ? QStringLiteral("To, Cc and Bcc name no recipient")
                                                   : QStringLiteral("no recipient is given (or use -t)"));
    return outgoing;
}

} // namespace cli
