// DATA and BDAT: the message, framed by its end mark or by counted chunks. What is refused is read to its end.
#include "daemon/smtp/session.h"

#include <QFileInfo>

namespace smtp {

LineEnds Session::lineEnds() const
{
    return m_account && m_services->options.mendLineFeeds ? LineEnds::Mend : LineEnds::Strict;
}

void Session::data(QByteArrayView argument)
{
    if (!argument.isEmpty())
        return reply(501, "5.5.4", "DATA takes no parameters");
    if (m_usingChunks)
        return reply(503, "5.5.1", "DATA after BDAT"); // RFC 3030 2
    if (m_recipients.isEmpty())
        return reply(554, "5.5.1", "no valid recipients");
    m_reader.emplace(m_services->options.mostBytes, lineEnds());
    m_message.clear();
    m_dripsSince = m_services->clock.steady();
    m_dripped = 0;
    m_state = State::Data;
    out.bytes.append("354 end with a dot on a line of its own\r\n");
}

// False: it was refused, and the transaction is over.
bool Session::isWellFormed()
{
    if (m_reader->hasBareLineEnd()) {
        count("bare line end");
        reply(500, "5.5.2", "bare CR or LF in the message: this may be SMTP smuggling");
    } else if (m_reader->tooLarge()) {
        count("too large");
        reply(552, "5.3.4", "message larger than " + QByteArray::number(m_services->options.mostBytes) + " bytes");
    } else if (m_spoolFailure) {
        refuseMessage(*m_spoolFailure);
    } else {
        return true;
    }
    reset();
    return false;
}

QString Session::folder() const { return QFileInfo(m_services->store.file).path(); }

// Of a message that is refused anyway nothing is kept.
void Session::spoolIfLarge()
{
    if (!m_reader || out.work || m_message.size() < (m_spool ? kSpoolPiece : kSpoolBytes))
        return;
    if (m_spoolFailure || m_reader->tooLarge() || m_reader->hasBareLineEnd()) {
        m_message = {};
        return;
    }
    out.work = net::Work{.pool = net::Pool::Store, .run = [this]() -> net::WorkResult {
                             if (auto done = spool(); !done)
                                 m_spoolFailure = done.error();
                             return net::Done{};
                         }};
    m_whenResumed = [this] {
        if (out.poolFull)
            m_spoolFailure = Error{.kind = ErrorKind::Temporary,
                                   .text = QStringLiteral("no worker to write the message"),
                                   .publicText = {},
                                   .code = QStringLiteral("busy")};
    };
}

// On a worker.
Result<void> Session::spool()
{
    if (!m_spool) {
        auto opened = core::Spool::open(folder());
        if (!opened)
            return std::unexpected(opened.error());
        m_spool.emplace(std::move(*opened));
    }
    return m_spool->append(std::exchange(m_message, {}));
}

// On a worker: the whole message.
Result<core::HeldBytes> Session::takeMessage()
{
    if (!m_spool)
        return core::HeldBytes{.bytes = std::exchange(m_message, {}), .owner = {}};
    return spool().and_then([this] { return m_spool->read(); });
}

void Session::dataEnded()
{
    m_state = State::Command;
    if (isWellFormed())
        deliver();
}

void Session::bdat(QByteArrayView argument)
{
    const auto parsed = parseBdat(argument);
    if (!parsed)
        return close(501, "5.5.4", publicText(parsed.error()).toUtf8()); // the stream can't be framed any more
    if (!m_usingChunks) {
        m_usingChunks = true;
        m_dripsSince = m_services->clock.steady();
        m_dripped = 0;
        m_message.clear();
        m_reader.emplace(m_services->options.mostBytes, lineEnds(), Framing::Chunk);
    }
    m_chunkLeft = parsed->sizeBytes;
    m_chunkLast = parsed->last;
    m_state = State::Chunk;
    if (m_chunkLeft == 0)
        chunkEnded();
}

void Session::chunkEnded()
{
    m_state = State::Command;
    if (m_recipients.isEmpty()) {
        reply(554, "5.5.1", "no valid recipients");
        if (m_chunkLast)
            reset();
        return;
    }
    if (!m_chunkLast && m_reader->tooLarge())
        return reply(552, "5.3.4",
                     "message larger than " + QByteArray::number(m_services->options.mostBytes) + " bytes");
    if (!m_chunkLast)
        return reply(250, "2.0.0", "chunk taken");
    m_reader->endChunks(); // BINARYMIME is not offered, so the content is lines, as with DATA
    if (isWellFormed())
        deliver();
}

} // namespace smtp
