// Encoded words of any make: what was read is read the same once it was written anew, in words of the right length.
#include "shared/mime/encoded_word.h"

#include <QList>

#include <cstdlib>

void fuzz(QByteArrayView input);

void fuzz(QByteArrayView input)
{
    const QString text = mime::decodeWords(input);
    if (!text.isValidUtf16())
        return;
    const QByteArray written = mime::encodeWords(text);
    if (mime::decodeWords(written) != text)
        std::abort();
    if (!written.startsWith("=?"))
        return;
    for (const QByteArray &word : written.split(' ')) {
        if (word.size() > mime::kLongestEncodedWord)
            std::abort();
    }
}
