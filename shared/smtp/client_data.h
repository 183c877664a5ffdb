// Message bytes as a client sends them after DATA (RFC 5321 4.5.2), in slices: bare CR and LF become CRLF, dots at line
// starts are doubled, one end mark. Whatever the message holds, nothing in it can be taken for the end of data, by no
// peer's reading of it (SMTP smuggling). Pure; memory: two flags.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace smtp {

class DataWriter
{
public:
    void append(QByteArrayView message, QByteArray &to); // the next slice of the message
    void finish(QByteArray &to);                         // the last line end if there is none, then the end mark

private:
    bool m_lineStart = true;
    bool m_afterCr = false; // a CR was seen, its line end is not written yet
};

} // namespace smtp
