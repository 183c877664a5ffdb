// SMTP command lines and replies: parsers answer or refuse, and what they accept can be written and read again.
#include "shared/smtp/command.h"
#include "shared/smtp/reply.h"

#include <cstdlib>

void fuzz(QByteArrayView input);

void fuzz(QByteArrayView input)
{
    const smtp::Verb verb = smtp::splitVerb(input);
    std::ignore = smtp::parseHello(verb.argument);
    std::ignore = smtp::parseBdat(verb.argument);
    std::ignore = smtp::parseAuth(verb.argument);
    for (const QByteArrayView text : {verb.argument, input}) {
        if (const auto mail = smtp::parseMail(text); mail && !mail->reversePath.isNull()) {
            const auto again = smtp::parseAddress(mail->reversePath.toBytes());
            if (!again || *again != mail->reversePath || mail->envelopeId.contains('\n'))
                std::abort();
        }
        if (const auto rcpt = smtp::parseRcpt(text); rcpt && rcpt->notify.contains('\n'))
            std::abort();
    }
    smtp::ReplyReader reader;
    std::optional<smtp::Reply> reply;
    std::ignore = reader.feed(input, reply);
}
