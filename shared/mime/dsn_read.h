// Reading delivery status notifications of others (RFC 3464, RFC 6533): which message a report is about and what it
// says of each recipient. Tolerant: what is missing stays empty; what is no report is nothing. Pure, any thread.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <optional>

namespace mime {

inline constexpr qsizetype kMostReported = 1000; // recipients read of one report

struct ReportedRecipient
{
    QByteArray address;  // of Final-Recipient, or else Original-Recipient, without its type
    QByteArray original; // of Original-Recipient
    QByteArray action;   // lower case: failed, delayed, delivered, relayed, expanded
    QByteArray status;   // "5.1.1"
    QByteArray diagnostic;
};

struct DsnReport
{
    QByteArray envelopeId; // Original-Envelope-ID
    QByteArray messageId;  // of the message it is about, from what was returned of it; without brackets
    QList<ReportedRecipient> recipients;
};

[[nodiscard]] std::optional<DsnReport> readDsn(QByteArrayView message);

} // namespace mime
