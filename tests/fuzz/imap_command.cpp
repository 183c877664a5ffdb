// IMAP commands: framing gives the same commands whole and byte by byte, and every parser answers or refuses.
#include "shared/imap/command_reader.h"
#include "shared/imap/condstore.h"
#include "shared/imap/fetch.h"
#include "shared/imap/list.h"
#include "shared/imap/metadata.h"
#include "shared/imap/notify.h"
#include "shared/imap/search.h"
#include "shared/imap/syntax.h"
#include "shared/imap/utf7.h"

#include <cstdlib>

void fuzz(QByteArrayView input);

namespace {

QList<QByteArray> frame(QByteArrayView input, qsizetype step)
{
    imap::CommandReader reader;
    QList<QByteArray> commands;
    QByteArray buffer;
    for (qsizetype at = 0; at < input.size(); at += step) {
        buffer.append(input.sliced(at, std::min(step, input.size() - at)));
        for (;;) {
            const auto outcome = reader.next(buffer);
            if (outcome.kind == imap::CommandReader::Kind::NeedMore)
                break;
            if (outcome.kind == imap::CommandReader::Kind::Command)
                commands.append(outcome.command);
        }
    }
    return commands;
}

} // namespace

void fuzz(QByteArrayView input)
{
    const auto commands = frame(input, input.size() + 1);
    if (input.size() < 4096 && commands != frame(input, 1))
        std::abort();
    for (const QByteArray &command : commands) {
        for (const qsizetype start : {qsizetype(0), command.indexOf(' ') + 1}) {
            const auto text = QByteArrayView(command).sliced(start);
            Cursor fetch{text};
            std::ignore = imap::readFetchItems(fetch);
            Cursor search{text};
            std::ignore = imap::readSearch(search);
            Cursor set{text};
            std::ignore = imap::readSequenceSet(set).resolved(1000);
            Cursor flags{text};
            std::ignore = imap::readFlags(flags, true);
            Cursor word{text};
            std::ignore = imap::readAString(word);
            Cursor select{text};
            std::ignore = imap::readSelectParameters(select);
            Cursor modifiers{text};
            std::ignore = imap::readFetchModifiers(modifiers);
            Cursor notify{text};
            std::ignore = imap::readNotify(notify);
            Cursor options{text};
            std::ignore = imap::readMetadataOptions(options);
            Cursor values{text};
            std::ignore = imap::readEntryValues(values);
            Cursor list{text};
            std::ignore = imap::readList(list);
            Cursor date{text};
            std::ignore = imap::readDateTime(date);
            if (const auto name = imap::fromUtf7(text)) {
                const auto again = imap::fromUtf7(imap::toUtf7(*name));
                if (!again || *again != *name)
                    std::abort();
            }
        }
    }
}
