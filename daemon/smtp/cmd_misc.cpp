// Commands that leave the transaction alone, or end it.
#include "daemon/smtp/session.h"

namespace smtp {

void Session::rset(QByteArrayView argument)
{
    if (!argument.isEmpty())
        return reply(501, "5.5.4", "RSET takes no parameters");
    reset();
    reply(250, "2.0.0", "ok");
}

void Session::noop(QByteArrayView) { reply(250, "2.0.0", "ok"); }

void Session::quit(QByteArrayView argument)
{
    if (!argument.isEmpty())
        return reply(501, "5.5.4", "QUIT takes no parameters");
    close(221, "2.0.0", "bye");
}

// RFC 5321 7.3: no address harvest.
void Session::vrfy(QByteArrayView argument)
{
    if (argument.trimmed().isEmpty())
        return reply(501, "5.5.4", "VRFY needs a name or an address");
    reply(252, "2.5.2", "send mail and see");
}

void Session::expn(QByteArrayView) { reply(502, "5.5.1", "EXPN is not available"); } // RFC 5321 7.3: nor of members

void Session::help(QByteArrayView) { reply(214, "2.0.0", "see RFC 5321"); }

} // namespace smtp
