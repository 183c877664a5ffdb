#include "daemon/queue/delivery_session.h"

#include "daemon/db/database.h"

namespace queue {

namespace {

using smtp::Client;
using smtp::ClientStage;

// A peer that drips its replies keeps every single time limit: this bounds the sum.
constexpr auto kLongestTalk = std::chrono::minutes(10);

} // namespace

DeliverySession::DeliverySession(Dialogue dialogue, const Clock &clock)
    : m_dialogue(std::move(dialogue))
    , m_clock(clock)
    , m_client(m_dialogue.client)
{
    m_result.results.resize(m_dialogue.transaction.recipients.size());
    for (qsizetype i = 0; i < m_result.results.size(); ++i)
        m_asked.append(i);
    m_contentLeft = m_dialogue.transaction.mail.sizeBytes - m_dialogue.prefix.size();
    m_client.begin(m_dialogue.transaction);
    out.deadline = clock.steady() + smtp::timeLimit(ClientStage::Connect);
}

DeliverySession::~DeliverySession()
{
    if (m_reported)
        return;
    if (!m_result.connected)
        m_client.fail({.enhanced = "4.4.1", .text = "no connection", .stage = ClientStage::Connect});
    else
        m_client.lost();
    harvest();
    report();
}

void DeliverySession::started(const net::Peer &)
{
    m_result.connected = true;
    m_talkUntil = m_clock.steady() + kLongestTalk;
    setDeadline();
}

void DeliverySession::received(QByteArrayView bytes)
{
    m_client.received(bytes);
    carryOn();
}

void DeliverySession::secured(const tls::Info &)
{
    m_result.encrypted = true;
    m_client.secured();
    carryOn();
}

void DeliverySession::resumed()
{
    if (m_unreadable)
        m_client.fail(*m_unreadable);
    else if (out.poolFull)
        m_client.fail({.enhanced = "4.3.2", .text = "this server is too busy", .stage = ClientStage::Block});
    carryOn();
}

void DeliverySession::notified(const net::Event &event)
{
    if (event.kind != net::Event::Kind::Shutdown)
        return;
    if (m_reported) { // only the goodbye is left
        out.close = true;
        return;
    }
    // A message that is on its way is finished; what is before it begins anew after the restart.
    if (m_client.stage() == ClientStage::Block || m_client.stage() == ClientStage::End)
        return;
    m_result.aborted = true;
    m_client.fail({.enhanced = "4.3.2", .text = "this server is shutting down", .stage = m_client.stage()});
    carryOn();
}

void DeliverySession::timedOut()
{
    m_client.timedOut();
    carryOn();
    out.close = true;
}

void DeliverySession::ended()
{
    m_result.handshakeFailed = m_client.wants() == Client::Wants::Tls;
    m_client.lost();
    harvest();
    report();
}

void DeliverySession::carryOn()
{
    if (m_client.transactionEnded() && !m_reported)
        harvest();
    if (!m_reported && m_asked.isEmpty()) {
        report();
        m_client.quit();
    }
    out.bytes.append(m_client.takeOutput());
    switch (m_client.wants()) {
    case Client::Wants::Tls: out.startTls = true; break;
    case Client::Wants::Data:
        out.work = net::Work{.pool = net::Pool::Store, .run = [this] { return sendSlice(); }};
        break;
    case Client::Wants::Close: out.close = true; break;
    case Client::Wants::Reply:
    case Client::Wants::Transaction: break;
    }
    setDeadline();
}

// Takes the results of a finished transaction; recipients that did not fit are asked for again at once.
void DeliverySession::harvest()
{
    QList<qsizetype> again;
    smtp::ClientTransaction next{.mail = m_dialogue.transaction.mail, .recipients = {}};
    const QList<smtp::ClientResult> results = m_client.results();
    for (qsizetype i = 0; i < std::min(m_asked.size(), results.size()); ++i) {
        m_result.results[m_asked.at(i)] = results.at(i);
        if (results.at(i).again && m_client.wants() == Client::Wants::Transaction) {
            again.append(m_asked.at(i));
            next.recipients.append(m_dialogue.transaction.recipients.at(m_asked.at(i)));
        }
    }
    // Every transaction takes at least one recipient, or none is marked: this ends.
    m_asked = again;
    if (again.isEmpty())
        return;
    m_chunk = -1;
    m_talkUntil = m_clock.steady() + kLongestTalk;
    m_contentLeft = m_dialogue.transaction.mail.sizeBytes - m_dialogue.prefix.size();
    m_client.begin(next);
}

void DeliverySession::report()
{
    if (std::exchange(m_reported, true))
        return;
    m_result.reportsItself = m_client.extensions().deliveryStatus;
    if (m_dialogue.done)
        m_dialogue.done(std::move(m_result));
}

void DeliverySession::setDeadline()
{
    if (m_progress == m_client.progress())
        return;
    m_progress = m_client.progress();
    out.deadline = m_clock.steady() + smtp::timeLimit(m_client.stage());
    if (m_client.stage() != ClientStage::Block && m_client.stage() != ClientStage::End)
        out.deadline = std::min(out.deadline, m_talkUntil);
}

net::WorkResult DeliverySession::sendSlice()
{
    const bool first = m_chunk < 0;
    const auto slice = first ? Result<QByteArray>(m_dialogue.prefix) : readSlice();
    if (!slice) {
        m_unreadable = {.enhanced = "4.3.0", .text = "the message could not be read here", .stage = ClientStage::Block};
        return net::Done{};
    }
    ++m_chunk;
    m_contentLeft -= first ? 0 : slice->size();
    m_client.sendData(*slice);
    if (m_contentLeft <= 0)
        m_client.endData();
    out.bytes.append(m_client.takeOutput());
    setDeadline();
    if (m_contentLeft <= 0)
        return net::Done{};
    return net::More{};
}

Result<QByteArray> DeliverySession::readSlice()
{
    const auto db = db::reader(m_dialogue.databaseFile);
    if (!db)
        return std::unexpected(db.error());
    auto row =
        (*db)->query("select data from chunks where content_id = ?1 and chunk = ?2", m_dialogue.contentId, m_chunk);
    if (row.next())
        return row.bytes(0);
    if (row.failed())
        return std::unexpected(row.error());
    return failure(ErrorKind::User, QStringLiteral("the message has left the queue"));
}

} // namespace queue
