// Message data: the same result whole and byte by byte; what was accepted, stuffed again, is what came.
#include "shared/smtp/data_reader.h"

#include <cstdlib>

void fuzz(QByteArrayView input);

void fuzz(QByteArrayView input)
{
    smtp::DataReader whole(1 << 20);
    QByteArray message;
    const qsizetype used = whole.feed(input, message);
    smtp::DataReader bytewise(1 << 20);
    QByteArray same;
    qsizetype at = 0;
    while (at < input.size() && !bytewise.finished())
        at += bytewise.feed(input.sliced(at, 1), same);
    if (bytewise.finished() != whole.finished() || bytewise.hasBareLineEnd() != whole.hasBareLineEnd() ||
        (whole.finished() && at != used))
        std::abort();
    if (!whole.finished() || whole.hasBareLineEnd())
        return;
    if (same != message)
        std::abort();
    smtp::DataReader again(1 << 20);
    QByteArray third;
    const QByteArray stuffed = smtp::dotStuffed(message);
    if (again.feed(stuffed, third) != stuffed.size() || !again.finished() || third != message)
        std::abort();
}
