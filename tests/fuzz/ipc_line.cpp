// What a local peer may send to the control socket, and what a server may answer.
#include "shared/ipc/lines.h"

#include <cstdlib>

void fuzz(QByteArrayView input)
{
    ipc::LineFramer whole;
    whole.add(input);
    ipc::LineFramer slices;
    qsizetype fed = 0;
    while (const auto line = whole.next()) {
        auto same = slices.next();
        while (!same && fed < input.size()) {
            slices.add(input.sliced(fed, 1));
            ++fed;
            same = slices.next();
        }
        if (same != line)
            std::abort();
        if (const auto request = ipc::parseRequest(*line)) {
            const auto again = ipc::parseRequest(ipc::encode(*request));
            if (!again || again->method != request->method || again->params != request->params)
                std::abort();
        } else {
            std::ignore = ipc::encode(request.error());
        }
        if (const auto reply = ipc::parseReply(*line))
            std::visit([](const auto &each) { std::ignore = ipc::encode(each); }, *reply);
    }
}
