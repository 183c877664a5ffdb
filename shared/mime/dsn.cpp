#include "shared/mime/dsn.h"

#include "shared/base/bytes.h"
#include "shared/base/encoding.h"
#include "shared/mime/compose.h"
#include "shared/mime/date.h"
#include "shared/mime/dsn_explain.h"
#include "shared/mime/encoded_word.h"
#include "shared/mime/header_list.h"

namespace mime {

namespace {

constexpr qsizetype kLongestSubject = 200;
constexpr qsizetype kLongestDiagnostic = 900; // one line of RFC 5322 2.1.1, with its name

struct ActionRow
{
    DsnAction action;
    const char *name; // RFC 3464 2.3.3
    const char *subject;
    const char *text; // behind 'Your message "…"'
};
constexpr std::array kActions = {
    ActionRow{DsnAction::Failed, "failed", "Not delivered", "was not delivered to:"},
    ActionRow{DsnAction::Delayed, "delayed", "Delayed", "has not been delivered yet to:"},
    ActionRow{DsnAction::Delivered, "delivered", "Delivered", "was delivered to:"},
    ActionRow{DsnAction::Relayed, "relayed", "Passed on",
              "was passed on to a server that will not report whether it is delivered, for:"},
};

const ActionRow &rowOf(DsnAction action) { return *std::ranges::find(kActions, action, &ActionRow::action); }

// xtext     RFC 3461 4; what is not xtext stays as it is
QByteArray fromXtext(QByteArrayView text)
{
    QByteArray result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const auto byte =
            text[i] == '+' && i + 2 < text.size() ? encoding::fromHex(text.sliced(i + 1, 2)) : Result<QByteArray>();
        if (byte && byte->size() == 1) {
            result.append(*byte);
            i += 2;
        } else {
            result.append(text[i]);
        }
    }
    return result;
}

// With non-ASCII bytes replaced, unless the report may have UTF-8.
QByteArray fieldText(QByteArray text, bool international)
{
    text.truncate(kLongestDiagnostic);
    if (international && text.isValidUtf8())
        return text;
    for (char &c : text) {
        if (static_cast<unsigned char>(c) >= 0x80)
            c = '?';
    }
    return text;
}

QByteArray addressField(const QByteArray &address)
{
    return (bytes::isAscii(address) ? "rfc822; " : "utf-8; ") + address; // RFC 6533 3
}

QByteArray recipientFields(const Dsn &dsn, const DsnRecipient &recipient, bool international)
{
    QByteArray text;
    const qsizetype semicolon = recipient.originalRecipient.indexOf(';');
    if (semicolon > 0) {
        const QByteArray address = fromXtext(QByteArrayView(recipient.originalRecipient).sliced(semicolon + 1));
        const bool asSent = !bytes::isAscii(address) && !international;
        text.append(headerField("Original-Recipient",
                                recipient.originalRecipient.first(semicolon) + "; " +
                                    (asSent ? recipient.originalRecipient.sliced(semicolon + 1) : address)));
    }
    text.append(headerField("Final-Recipient", addressField(recipient.address)));
    text.append(headerField("Action", rowOf(dsn.action).name));
    text.append(headerField("Status", recipient.status));
    if (!recipient.remoteHost.isEmpty())
        text.append(headerField("Remote-MTA", "dns; " + recipient.remoteHost));
    if (!recipient.reply.isEmpty())
        text.append(headerField("Diagnostic-Code", "smtp; " + fieldText(recipient.reply, international)));
    else if (!recipient.reason.isEmpty())
        text.append(headerField("Diagnostic-Code", "x-postroom; " + fieldText(recipient.reason, international)));
    text.append(headerField("Last-Attempt-Date", formatDate(recipient.lastAttempt)));
    if (recipient.retryUntil)
        text.append(headerField("Will-Retry-Until", formatDate(*recipient.retryUntil)));
    return text;
}

QByteArray statusPart(const Dsn &dsn, bool international)
{
    QByteArray text;
    if (!dsn.envelopeId.isEmpty())
        text.append(headerField("Original-Envelope-Id", fieldText(dsn.envelopeId, international)));
    text.append(headerField("Reporting-MTA", "dns; " + dsn.hostname));
    text.append(headerField("Arrival-Date", formatDate(dsn.arrival)));
    if (!dsn.futureRelease.isEmpty())
        text.append(headerField("Future-Release-Request", dsn.futureRelease));
    for (const DsnRecipient &recipient : dsn.recipients)
        text.append("\r\n").append(recipientFields(dsn, recipient, international));
    return part(international ? "message/global-delivery-status" : "message/delivery-status", text);
}

QString cleanText(const QByteArray &text)
{
    QString result = text.isValidUtf8() ? QString::fromUtf8(text) : QString::fromLatin1(text);
    for (QChar &c : result) {
        if (!c.isPrint())
            c = u' ';
    }
    return result;
}

QString describe(const Dsn &dsn, const DsnRecipient &recipient)
{
    QString text = QStringLiteral("  %1\n\n").arg(cleanText(recipient.address));
    const bool good = dsn.action == DsnAction::Delivered || dsn.action == DsnAction::Relayed;
    if (!good) {
        const StatusExplanation &why =
            explainStatus(recipient.status, recipient.reply.isEmpty() ? recipient.reason : recipient.reply);
        text += QStringLiteral("    %1\n").arg(QString::fromUtf8(why.cause));
        text += dsn.action == DsnAction::Failed
                    ? QStringLiteral("    What you can do: %1\n").arg(QString::fromUtf8(why.nextStep))
                    : QStringLiteral("    You need not do anything.\n");
    }
    if (!recipient.reply.isEmpty())
        text +=
            QStringLiteral("    %1 said: %2\n")
                .arg(recipient.remoteHost.isEmpty() ? QStringLiteral("The server")
                                                    : QStringLiteral("The server ") + cleanText(recipient.remoteHost),
                     cleanText(recipient.reply));
    else if (!recipient.reason.isEmpty())
        text += QStringLiteral("    In detail: %1\n").arg(cleanText(recipient.reason));
    if (recipient.attempts > 1 && !good)
        text += QStringLiteral("    It was tried %1 times, the last time %2.\n")
                    .arg(recipient.attempts)
                    .arg(QString::fromLatin1(formatDate(recipient.lastAttempt)));
    if (recipient.nextAttempt && recipient.retryUntil)
        text += QStringLiteral("    It is tried again at %1, then every few hours until %2.\n")
                    .arg(QString::fromLatin1(formatDate(*recipient.nextAttempt)),
                         QString::fromLatin1(formatDate(*recipient.retryUntil)));
    return text + u'\n';
}

QString humanText(const Dsn &dsn, const QString &subject)
{
    QString text = QStringLiteral("This is the mail server %1.\n\nYour message%2 of %3\n%4\n\n")
                       .arg(QString::fromLatin1(dsn.hostname),
                            subject.isEmpty() ? QString() : QStringLiteral(" \u201c%1\u201d").arg(subject),
                            QString::fromLatin1(formatDate(dsn.arrival)), QLatin1StringView(rowOf(dsn.action).text));
    for (const DsnRecipient &recipient : dsn.recipients)
        text += describe(dsn, recipient);
    if (dsn.action == DsnAction::Failed)
        text += QStringLiteral("It is not tried again. ");
    return text + (dsn.attachAll ? QStringLiteral("The message is attached, behind the details for mail programs.\n")
                                 : QStringLiteral("The header of the message is attached, behind the details for mail "
                                                  "programs.\n"));
}

} // namespace

bool isInternational(const Dsn &dsn)
{
    const HeaderList header(dsn.original);
    return !bytes::isAscii(dsn.recipient) || !bytes::isAscii(QByteArrayView(dsn.original).first(header.size())) ||
           std::ranges::any_of(dsn.recipients, [](const DsnRecipient &each) { return !bytes::isAscii(each.address); });
}

QByteArray composeDsn(const Dsn &dsn)
{
    const HeaderList header(dsn.original);
    const bool international = isInternational(dsn);
    const QString subject = cleanText(decodeWords(header.value("Subject")).left(kLongestSubject).toUtf8());
    const QByteArray about = header.value("Message-ID");
    QByteArray message = headerField("From", mailbox(QStringLiteral("Mail server"), "postmaster@" + dsn.hostname));
    message.append(headerField("To", '<' + dsn.recipient + '>'));
    message.append(textField("Subject", QLatin1StringView(rowOf(dsn.action).subject) +
                                            (subject.isEmpty() ? QString() : QStringLiteral(": ") + subject)));
    message.append(headerField("Date", formatDate(dsn.now)));
    message.append(headerField("Message-ID", dsn.messageId));
    if (about.startsWith('<') && about.size() < kLongestDiagnostic) {
        message.append(headerField("In-Reply-To", about));
        message.append(headerField("References", about));
    }
    message.append(headerField("Auto-Submitted", "auto-replied")); // RFC 3834 5
    message.append(headerField("MIME-Version", "1.0"));
    const QByteArray returned = dsn.attachAll ? dsn.original : dsn.original.first(header.size());
    const bool globalHeader = !bytes::isAscii(QByteArrayView(dsn.original).first(header.size()));
    const char *type = dsn.attachAll ? (globalHeader ? "message/global" : "message/rfc822")
                                     : (globalHeader ? "message/global-headers" : "text/rfc822-headers");
    message.append(multipart("report", {{"report-type", "delivery-status"}},
                             {textPart(humanText(dsn, subject)), statusPart(dsn, international), part(type, returned)},
                             dsn.seed));
    return message;
}

} // namespace mime
