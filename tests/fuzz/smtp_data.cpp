// Message data: the same result whole and byte by byte; mending bare line feeds moves no end of data; what was
// accepted, stuffed again, is what came.
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
    smtp::DataReader mending(1 << 20, smtp::LineEnds::Mend);
    QByteArray mended;
    if (mending.feed(input, mended) != used || mending.finished() != whole.finished())
        std::abort();
    if (mending.finished() && !mending.hasBareLineEnd()) {
        smtp::DataReader strict(1 << 20);
        QByteArray sent;
        const QByteArray onward = smtp::dotStuffed(mended);
        if (strict.feed(onward, sent) != onward.size() || !strict.finished() || strict.hasBareLineEnd())
            std::abort();
    }
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
