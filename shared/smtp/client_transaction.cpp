// The part of smtp::Client from MAIL to the reply behind the message: what is sent for a transaction and what its
// replies mean for each recipient.
#include "shared/smtp/client.h"

#include <QSet>

namespace smtp {

namespace {

// xtext     RFC 3461 4
QByteArray xtext(QByteArrayView text)
{
    QByteArray result;
    for (const char c : text) {
        if (kVisible.contains(c) && c != '+' && c != '=')
            result.append(c);
        else
            result.append('+').append(QByteArray(1, c).toHex().toUpper());
    }
    return result;
}

bool transactionFull(int code) { return code == 452 || code == 552; } // RFC 5321 4.5.3.1.10

} // namespace

void Client::begin(ClientTransaction transaction)
{
    m_transaction = std::move(transaction);
    m_results = QList<ClientResult>(m_transaction.recipients.size());
    m_answered = QList<bool>(m_transaction.recipients.size(), false);
    m_running = true;
    m_ended = false;
    m_writer = {};
    if (m_wants == Wants::Close) {
        fail({.enhanced = "4.4.2", .text = "the connection is closed", .stage = m_stage});
        return;
    }
    if (!m_introduced)
        return;
    if (m_mailSent)
        return send("RSET", ClientStage::Reset);
    sendEnvelope();
}

// What this server cannot be given, whatever it would say.
void Client::refuseUnsendable()
{
    const Mail &mail = m_transaction.mail;
    if (m_extensions.mostBytes.value_or(0) > 0 && mail.sizeBytes > *m_extensions.mostBytes) // RFC 1870 6.1
        refuseRest({.permanent = true,
                    .enhanced = "5.3.4",
                    .text = "the message has " + QByteArray::number(mail.sizeBytes) + " bytes, the server takes " +
                            QByteArray::number(*m_extensions.mostBytes),
                    .stage = ClientStage::Mail});
    if (m_transaction.requireTls &&
        !m_extensions.requireTls) // RFC 8689 4.2.1; another of the domain's hosts may have it
        refuseRest({.permanent = true,
                    .enhanced = "5.7.30",
                    .text = "the sender requires TLS all the way, and the server does not offer REQUIRETLS",
                    .stage = ClientStage::Hello});
    if (mail.body != Body::SevenBit && !m_extensions.eightBitMime) // RFC 6152 3: not sent, as it is not encoded anew
        refuseRest({.permanent = true,
                    .enhanced = "5.6.3",
                    .text = "the message has 8-bit content, and the server takes only 7-bit content (no 8BITMIME)",
                    .stage = ClientStage::Mail});
    const ClientResult noUtf8{.permanent = true,
                              .enhanced = "5.6.7",
                              .text = "the server does not take international addresses or headers (SMTPUTF8)",
                              .stage = ClientStage::Mail}; // RFC 6531 3.5
    if (m_extensions.smtpUtf8)
        return;
    if (mail.smtpUtf8 || mail.reversePath.needsUtf8())
        refuseRest(noUtf8);
    for (qsizetype i = nextRecipient(0); i >= 0; i = nextRecipient(i + 1)) {
        if (m_transaction.recipients.at(i).forwardPath.needsUtf8())
            refuse(i, noUtf8);
    }
}

// RFC 9422: what is over a limit of one transaction is for the next one.
void Client::refuseBeyondLimits()
{
    qsizetype wanted = 0;
    QSet<QByteArray> domains;
    for (qsizetype i = nextRecipient(0); i >= 0; i = nextRecipient(i + 1)) {
        const QByteArray domain = m_transaction.recipients.at(i).forwardPath.domain;
        const bool tooMany = m_extensions.mostRecipients > 0 && wanted >= m_extensions.mostRecipients;
        const bool tooFar =
            m_extensions.mostDomains > 0 && !domains.contains(domain) && domains.size() >= m_extensions.mostDomains;
        if (tooMany || tooFar) {
            refuse(i, {.again = true,
                       .enhanced = "4.5.3",
                       .text = "more recipients than the server takes at once",
                       .stage = ClientStage::Rcpt});
            continue;
        }
        ++wanted;
        domains.insert(domain);
    }
}

void Client::sendEnvelope()
{
    refuseUnsendable();
    refuseBeyondLimits();
    if (nextRecipient(0) < 0)
        return finishTransaction();
    m_mailSent = true;
    ++m_transactions;
    send(mailLine(), ClientStage::Mail);
    if (!m_extensions.pipelining)
        return;
    for (qsizetype i = nextRecipient(0); i >= 0; i = nextRecipient(i + 1))
        sendRcpt(i);
    send("DATA", ClientStage::Data);
}

QByteArray Client::mailLine() const
{
    const Mail &mail = m_transaction.mail;
    QByteArray line = "MAIL FROM:<" + mail.reversePath.toBytes() + '>';
    if (m_extensions.mostBytes)
        line.append(" SIZE=").append(QByteArray::number(mail.sizeBytes));
    if (mail.body != Body::SevenBit)
        line.append(" BODY=8BITMIME");
    if (m_transaction.requireTls)
        line.append(" REQUIRETLS"); // RFC 8689 4.2.1
    const bool utf8 =
        mail.smtpUtf8 || mail.reversePath.needsUtf8() ||
        std::ranges::any_of(m_transaction.recipients, [](const Rcpt &each) { return each.forwardPath.needsUtf8(); });
    if (utf8 && m_extensions.smtpUtf8)
        line.append(" SMTPUTF8");
    if (m_extensions.deliveryStatus && !mail.returnContent.isEmpty())
        line.append(" RET=").append(mail.returnContent);
    if (m_extensions.deliveryStatus && !mail.envelopeId.isEmpty())
        line.append(" ENVID=").append(xtext(mail.envelopeId));
    return line;
}

QByteArray Client::rcptLine(qsizetype recipient) const
{
    const Rcpt &rcpt = m_transaction.recipients.at(recipient);
    QByteArray line = "RCPT TO:<" + rcpt.forwardPath.toBytes() + '>';
    if (m_extensions.deliveryStatus && !rcpt.notify.isEmpty())
        line.append(" NOTIFY=").append(rcpt.notify);
    if (m_extensions.deliveryStatus && !rcpt.originalRecipient.isEmpty())
        line.append(" ORCPT=").append(rcpt.originalRecipient);
    return line;
}

void Client::sendRcpt(qsizetype recipient) { send(rcptLine(recipient), ClientStage::Rcpt, recipient); }

qsizetype Client::nextRecipient(qsizetype from) const { return m_answered.indexOf(false, from); }

void Client::mailAnswered(const Reply &reply)
{
    if (reply.code / 100 != 2)
        refuseRest(resultOf(reply, ClientStage::Mail)); // with pipelining the other replies still come
    if (m_extensions.pipelining)
        return;
    if (const qsizetype first = nextRecipient(0); first >= 0)
        sendRcpt(first);
    else
        finishTransaction();
}

void Client::rcptAnswered(qsizetype recipient, const Reply &reply)
{
    if (!m_answered.at(recipient)) {
        if (reply.code / 100 == 2) {
            m_results[recipient].accepted = true; // final when the message was taken
        } else {
            ClientResult result = resultOf(reply, ClientStage::Rcpt);
            result.again = transactionFull(reply.code) && anyAccepted();
            result.permanent = result.permanent && !result.again;
            refuse(recipient, result);
        }
    }
    if (m_extensions.pipelining)
        return;
    qsizetype next = nextRecipient(recipient + 1);
    if (next >= 0 && m_answered.at(recipient) && m_results.at(recipient).again) {
        const ClientResult full = m_results.at(recipient);
        for (; next >= 0; next = nextRecipient(next))
            refuse(next, full);
    }
    if (next >= 0)
        return sendRcpt(next);
    if (anyAccepted())
        return send("DATA", ClientStage::Data);
    finishTransaction();
}

void Client::dataAnswered(const Reply &reply)
{
    if (reply.code != 354) {
        refuseRest(resultOf(reply, ClientStage::Data));
        return finishTransaction();
    }
    if (!anyAccepted()) { // RFC 2920 3.1: nobody is left, but the server waits for a message
        m_output.append(".\r\n");
        return expect(ClientStage::End);
    }
    m_wants = Wants::Data;
    m_stage = ClientStage::Block;
}

void Client::sendData(QByteArrayView slice)
{
    if (m_wants != Wants::Data)
        return;
    m_writer.append(slice, m_output);
    ++m_progress;
}

void Client::endData()
{
    if (m_wants != Wants::Data)
        return;
    m_writer.finish(m_output);
    ++m_progress;
    expect(ClientStage::End);
}

void Client::endAnswered(const Reply &reply)
{
    m_mailSent = false;
    ClientResult result = resultOf(reply, ClientStage::End);
    if (reply.code / 100 != 2) {
        refuseRest(result);
        return finishTransaction();
    }
    result.accepted = true;
    for (qsizetype i = nextRecipient(0); i >= 0; i = nextRecipient(i + 1)) {
        m_results[i] = result;
        m_answered[i] = true;
    }
    finishTransaction();
}

void Client::finishTransaction()
{
    m_running = false;
    m_ended = true;
    m_wants = Wants::Transaction;
}

void Client::refuse(qsizetype recipient, ClientResult result)
{
    m_results[recipient] = std::move(result);
    m_answered[recipient] = true;
}

void Client::refuseRest(const ClientResult &result)
{
    for (qsizetype i = nextRecipient(0); i >= 0; i = nextRecipient(i + 1))
        refuse(i, result);
}

bool Client::anyAccepted() const
{
    return std::ranges::any_of(m_results, [](const ClientResult &each) { return each.accepted; });
}

} // namespace smtp
