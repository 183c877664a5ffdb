#include "shared/mime/dsn_explain.h"

#include <QByteArray>

#include <algorithm>
#include <array>

namespace mime {

namespace {

constexpr char kAskAdministrator[] = "Ask the administrator of this server; the details below help.";
constexpr char kAskRecipient[] = "Reach the recipient in another way and let their mail administrator know.";

// Exact codes first, then those of a whole subject.
constexpr std::array kExplanations = {
    StatusExplanation{"x.1.1", "There is no mailbox with this address.",
                      "Check the address for typing errors and send the message again."},
    StatusExplanation{"x.1.2", "The domain of this address does not exist.",
                      "Check what stands behind the @ for typing errors and send the message again."},
    StatusExplanation{"x.1.3", "The address is not written as the receiving server wants it.",
                      "Check the address for typing errors and send the message again."},
    StatusExplanation{"x.1.6", "The mailbox has moved, and no new address is known.",
                      "Ask the recipient for the new address."},
    StatusExplanation{"x.1.8", "The receiving server does not accept your address as a sender.", kAskAdministrator},
    StatusExplanation{"x.1.10", "The domain of this address takes no mail at all.",
                      "Check what stands behind the @, or reach the recipient in another way."},
    StatusExplanation{"x.2.1", "The mailbox is switched off.", kAskRecipient},
    StatusExplanation{"x.2.2", "The recipient's mailbox is full.",
                      "Tell the recipient, and send the message again when there is room."},
    StatusExplanation{"x.2.3", "The message is larger than this mailbox takes.",
                      "Send it in smaller parts, or share the attachment in another way."},
    StatusExplanation{"x.3.1", "The receiving server has no disk space left.", "Try again later."},
    StatusExplanation{"x.3.2", "The receiving server takes no messages at present.", "Try again later."},
    StatusExplanation{"x.3.4", "The message is larger than the receiving server takes.",
                      "Send it in smaller parts, or share the attachment in another way."},
    StatusExplanation{"x.4.1", "The receiving server does not answer.",
                      "Check what stands behind the @. If it is right, their server is out of order."},
    StatusExplanation{"x.4.2", "The connection to the receiving server breaks off.", kAskRecipient},
    StatusExplanation{"x.4.3", "The receiving server's address could not be looked up.",
                      "Check what stands behind the @. If it is right, their name service is out of order."},
    StatusExplanation{"x.4.4", "No server that takes mail was found for this domain.",
                      "Check what stands behind the @ for typing errors."},
    StatusExplanation{"x.4.6", "The message went round in circles between servers.", kAskAdministrator},
    StatusExplanation{"x.4.7", "The message could not be delivered in the time it had.",
                      "Send it again later, or reach the recipient in another way."},
    StatusExplanation{"x.5.3", "The receiving server takes fewer recipients.", "Send to fewer people at a time."},
    StatusExplanation{"x.6.7", "The receiving server does not take international addresses or headers.",
                      "Use an address in plain letters, if the recipient has one."},
    StatusExplanation{"x.7.1", "The receiving server does not accept this message from you.",
                      "Read its words below: often they name a page or a person to turn to."},
    StatusExplanation{"x.7.10", "The message had to be encrypted on its way, and the receiving server cannot.",
                      kAskRecipient},
    StatusExplanation{"x.7.20", "The receiving server wants messages signed (DKIM).", kAskAdministrator},
    StatusExplanation{"x.7.23", "The receiving server does not let this server send for your domain (SPF).",
                      kAskAdministrator},
    StatusExplanation{"x.7.25", "The receiving server wants a name for this server's network address (PTR).",
                      kAskAdministrator},
    StatusExplanation{"x.7.26", "The receiving server could not verify that the message comes from your domain.",
                      kAskAdministrator},
    StatusExplanation{"x.7.30", "The message had to be encrypted on its way, and the receiving server cannot.",
                      kAskRecipient},
    StatusExplanation{"x.1.x", "Something is wrong with the address.",
                      "Check the address for typing errors and send the message again."},
    StatusExplanation{"x.2.x", "The recipient's mailbox does not take the message.", kAskRecipient},
    StatusExplanation{"x.3.x", "The receiving server has a problem of its own.", "Try again later."},
    StatusExplanation{"x.4.x", "The way to the receiving server is disturbed.", "Try again later."},
    StatusExplanation{"x.5.x", "The two servers do not understand each other.", kAskAdministrator},
    StatusExplanation{"x.6.x", "The receiving server cannot take what the message holds.",
                      "Send it in another form, as plain text for example."},
    StatusExplanation{"x.7.x", "The receiving server's rules forbid this message.",
                      "Read its words below: often they name a page or a person to turn to."},
};
constexpr StatusExplanation kUnknown{"x.0.0", "The message was not taken.", "The details below may say more."};

} // namespace

const StatusExplanation &explainStatus(QByteArrayView status)
{
    const qsizetype dot = status.indexOf('.');
    if (dot < 0)
        return kUnknown;
    const QByteArray exact = "x" + status.sliced(dot).toByteArray();
    const QByteArray subject = exact.first(exact.lastIndexOf('.') + 1) + 'x';
    for (const QByteArray &wanted : {exact, subject}) {
        const auto found = std::ranges::find_if(
            kExplanations, [&wanted](const StatusExplanation &each) { return wanted == each.status; });
        if (found != kExplanations.end())
            return *found;
    }
    return kUnknown;
}

} // namespace mime
