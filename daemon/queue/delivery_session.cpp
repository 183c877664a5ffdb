#include "daemon/queue/delivery_session.h"

#include "daemon/db/database.h"

namespace queue {

namespace {

using smtp::Client;
using smtp::ClientStage;

// A peer that drips its replies keeps every single time limit: this bounds the sum.
constexpr auto kLongestTalk = std::chrono::minutes(10);
constexpr auto kRest = std::chrono::seconds(2);              // for the next message
constexpr auto kLongestConnection = std::chrono::minutes(5); // another of the domain's hosts gets its turn
constexpr int kMostMessages = 100;                           // of one connection

} // namespace

DeliverySession::DeliverySession(Dialogue dialogue, const Clock &clock)
    : m_dialogue(std::move(dialogue))
    , m_clock(clock)
    , m_client(m_dialogue.client)
{
    prepare();
    out.deadline = clock.steady() + smtp::timeLimit(ClientStage::Connect);
}

void DeliverySession::prepare()
{
    m_reported = false;
    m_chunk = -1;
    m_unreadable.reset();
    m_asked.clear();
    m_result.results = QList<smtp::ClientResult>(m_dialogue.transaction.recipients.size());
    for (qsizetype i = 0; i < m_result.results.size(); ++i)
        m_asked.append(i);
    m_contentLeft = m_dialogue.transaction.mail.sizeBytes - m_dialogue.prefix.size();
    ++m_messages;
    m_client.begin(m_dialogue.transaction);
}

DeliverySession::~DeliverySession()
{
    if (m_seat)
        handBack(m_dialogue.idle->leave(m_dialogue.place, m_seat));
    if (m_reported)
        return;
    if (!m_result.connected)
        m_client.fail({.enhanced = "4.4.1", .text = "no connection", .stage = ClientStage::Connect});
    else
        m_client.lost();
    harvest();
    report();
}

void DeliverySession::started(const net::Peer &peer)
{
    m_connection = peer.id;
    m_result.connected = true;
    m_began = m_clock.steady();
    m_talkUntil = m_began + kLongestTalk;
    setDeadline();
}

void DeliverySession::received(QByteArrayView bytes)
{
    m_client.received(bytes);
    carryOn();
}

void DeliverySession::secured(const tls::Info &info)
{
    m_result.connected = true;
    m_result.encrypted = true;
    if (m_dialogue.tls)
        *m_dialogue.tls = info;
    m_result.tls = info.protocol + ' ' + info.cipher;
    if (m_dialogue.checkPeer) {
        m_result.peerChecked = true;
        m_result.peerCheck = m_dialogue.checkPeer(info);
        if (!m_result.peerCheck && m_dialogue.mustPass) {
            m_client.fail({.enhanced = "4.7.5", // RFC 3463 3.8: cryptographic failure
                           .text = "the server's certificate is not the one wanted: " +
                                   publicText(m_result.peerCheck.error()).toUtf8(),
                           .stage = ClientStage::StartTls});
            return carryOn();
        }
    }
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
    if (event.kind == net::Event::Kind::Answer)
        return takeNext();
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
    if (m_seat) { // nothing came in time, or just now
        takeNext();
        if (!m_reported)
            return;
        m_seat.reset();
        m_client.quit();
        return carryOn();
    }
    m_client.timedOut();
    carryOn();
    out.close = true;
}

void DeliverySession::ended()
{
    if (!m_reported)
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
        const bool stays = mayRest();
        if (stays)
            rest(); // first, so that what comes next finds it
        report();
        if (!stays)
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
        if (results.at(i).again && m_client.wants() == Client::Wants::Transaction && m_client.mayBegin()) {
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
    next.requireTls = m_dialogue.transaction.requireTls;
    m_client.begin(next);
}

void DeliverySession::report()
{
    if (std::exchange(m_reported, true))
        return;
    m_result.reportsItself = m_client.extensions().deliveryStatus;
    m_result.offersTls = m_result.encrypted || m_client.extensions().startTls;
    // A server may close a connection that waits: what was not answered then is no answer to this message.
    m_result.stale = m_result.reused && std::ranges::all_of(m_result.results, [](const smtp::ClientResult &each) {
                         return !each.accepted && !each.permanent && (each.code == 0 || each.code == 421) &&
                                each.stage <= ClientStage::Mail && each.stage != ClientStage::Connect;
                     });
    if (m_dialogue.done)
        m_dialogue.done(m_result);
}

bool DeliverySession::mayRest() const
{
    return m_dialogue.idle && m_client.wants() == Client::Wants::Transaction && m_client.mayBegin() &&
           !m_result.aborted && m_messages < kMostMessages && m_clock.steady() - m_began < kLongestConnection;
}

void DeliverySession::rest()
{
    m_seat = m_dialogue.idle->sit(m_dialogue.place, m_connection);
    out.deadline = m_clock.steady() + kRest;
    m_progress = m_client.progress();
}

void DeliverySession::takeNext()
{
    if (!m_seat)
        return;
    auto next = m_dialogue.idle->leave(m_dialogue.place, m_seat);
    if (!next)
        return;
    m_seat.reset();
    if (m_client.wants() != Client::Wants::Transaction) // the server said goodbye meanwhile
        return handBack(std::move(next));
    m_dialogue.transaction = std::move(next->transaction);
    m_dialogue.contentId = next->contentId;
    m_dialogue.prefix = std::move(next->prefix);
    m_dialogue.done = std::move(next->done);
    m_result.reused = true;
    m_result.stale = false;
    m_talkUntil = m_clock.steady() + kLongestTalk;
    m_progress = -1;
    prepare();
    carryOn();
}

void DeliverySession::handBack(std::unique_ptr<Dialogue> dialogue) const
{
    if (!dialogue || !dialogue->done)
        return;
    DialogueResult result{
        .results = QList<smtp::ClientResult>(dialogue->transaction.recipients.size()), .reused = true, .stale = true};
    dialogue->done(std::move(result));
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
