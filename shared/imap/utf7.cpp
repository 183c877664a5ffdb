#include "shared/imap/utf7.h"

#include "shared/base/cursor.h"
#include "shared/base/encoding.h"

namespace imap {

namespace {

constexpr qsizetype kLongestRun = 4096; // of base64 between & and -

QByteArray encodeRun(const QString &run)
{
    QByteArray utf16;
    for (const QChar c : run) {
        utf16.append(static_cast<char>(c.unicode() >> 8));
        utf16.append(static_cast<char>(c.unicode() & 0xff));
    }
    return '&' + utf16.toBase64(QByteArray::OmitTrailingEquals).replace('/', ',') + '-';
}

} // namespace

QByteArray toUtf7(const QString &name)
{
    QByteArray result;
    QString run;
    for (const QChar c : name) {
        const bool plain = c.unicode() >= 0x20 && c.unicode() <= 0x7e;
        if (!plain) {
            run.append(c);
            continue;
        }
        if (!run.isEmpty())
            result.append(encodeRun(std::exchange(run, {})));
        result.append(c == u'&' ? QByteArray("&-") : QByteArray(1, c.toLatin1()));
    }
    return run.isEmpty() ? result : result + encodeRun(run);
}

Result<QString> fromUtf7(QByteArrayView encoded)
{
    constexpr CharClass kPlain = CharClass::range(0x20, 0x7e).without("&");
    Cursor in{encoded};
    QString result;
    while (!in.atEnd()) {
        result += QString::fromLatin1(in.takeWhile(kPlain));
        if (in.atEnd())
            break;
        if (!in.take('&'))
            in.fail(QStringLiteral("not modified UTF-7: %1").arg(quoted(in.rest())));
        if (in.take('-')) {
            result += u'&';
            continue;
        }
        const QByteArray text = in.expectWhile(kAlpha | kDigit | CharClass::of("+,"), 1, kLongestRun, "modified UTF-7")
                                    .toByteArray()
                                    .replace(',', '/');
        in.expect('-');
        const auto utf16 = encoding::fromBase64Url(QByteArray(text).replace('+', '-').replace('/', '_'));
        if (!utf16 || utf16->size() % 2 != 0) {
            in.fail(QStringLiteral("bad modified UTF-7 in a mailbox name"));
            break;
        }
        for (qsizetype i = 0; i < utf16->size(); i += 2)
            result += QChar(
                static_cast<char16_t>(static_cast<quint8>(utf16->at(i)) << 8 | static_cast<quint8>(utf16->at(i + 1))));
    }
    if (!in.failed() && !result.isValidUtf16())
        in.fail(QStringLiteral("broken surrogates in a mailbox name"));
    return in.finish(result);
}

} // namespace imap
