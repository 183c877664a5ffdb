// The table of commands: what each needs is checked in one place.
#include "daemon/smtp/session.h"

#include "shared/base/metrics.h"

namespace smtp {

namespace {

const CounterFamily kCommandCount{"postroom_smtp_commands_total", "SMTP commands by verb.", {"verb"}};

enum Need : unsigned
{
    kNothing = 0,
    kHello = 1,
    kMail = 2,   // a MAIL before
    kNoMail = 4, // no transaction yet
    kSignIn = 8, // on submission: signed in
};

} // namespace

struct Session::Row
{
    const char *verb;
    void (Session::*handler)(QByteArrayView argument);
    unsigned needs;
    const char *source;
};

const Session::Row Session::kCommands[] = {
    {"EHLO", &Session::extendedHello, kNothing, "RFC 5321 4.1.1.1"},
    {"HELO", &Session::hello, kNothing, "RFC 5321 4.1.1.1"},
    {"MAIL", &Session::mail, kHello | kNoMail | kSignIn, "RFC 5321 4.1.1.2"},
    {"RCPT", &Session::rcpt, kHello | kMail, "RFC 5321 4.1.1.3"},
    {"DATA", &Session::data, kHello | kMail, "RFC 5321 4.1.1.4"},
    {"BDAT", &Session::bdat, kHello | kMail, "RFC 3030 2"},
    {"RSET", &Session::rset, kNothing, "RFC 5321 4.1.1.5"},
    {"NOOP", &Session::noop, kNothing, "RFC 5321 4.1.1.9"},
    {"QUIT", &Session::quit, kNothing, "RFC 5321 4.1.1.10"},
    {"VRFY", &Session::vrfy, kNothing, "RFC 5321 4.1.1.6"},
    {"EXPN", &Session::expn, kNothing, "RFC 5321 4.1.1.7"},
    {"HELP", &Session::help, kNothing, "RFC 5321 4.1.1.8"},
    {"STARTTLS", &Session::startTls, kHello | kNoMail, "RFC 3207 4"},
    {"AUTH", &Session::signIn, kHello | kNoMail, "RFC 4954 4"},
};

void Session::command(QByteArrayView line)
{
    const Verb verb = splitVerb(line);
    const Row *found = nullptr;
    for (const Row &row : kCommands) {
        if (verb.name == row.verb)
            found = &row;
    }
    if (!found) {
        kCommandCount.add({"unknown"});
        reply(500, "5.5.1", "unknown command");
        badCommand();
        return;
    }
    kCommandCount.add({verb.name});
    if (m_takesNoMail && verb.name != "QUIT") // RFC 7504 3
        return close(521, "5.3.2", "this host takes no mail");
    if ((found->needs & kHello) && m_hello.isEmpty())
        return reply(503, "5.5.1", "say EHLO first");
    if ((found->needs & kSignIn) && m_services->options.submission && !m_account)
        return reply(530, "5.7.0", "sign in first");
    if ((found->needs & kMail) && !m_mail)
        return reply(503, "5.5.1", "MAIL must come first");
    if ((found->needs & kNoMail) && m_mail)
        return reply(503, "5.5.1", "a transaction is open; RSET ends it");
    (this->*found->handler)(verb.argument);
}

} // namespace smtp
