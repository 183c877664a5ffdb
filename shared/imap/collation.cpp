#include "shared/imap/collation.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace imap {

// RFC 5051 2: the titlecase of each character, then its decomposition, as UTF-8.
QByteArray collationKey(const QString &text)
{
    icu::UnicodeString mapped;
    bool ascii = true;
    for (const char32_t c : text.toUcs4()) {
        mapped.append(u_totitle(static_cast<UChar32>(c)));
        ascii = ascii && c < 0x80;
    }
    if (!ascii) {
        UErrorCode status = U_ZERO_ERROR;
        const auto *decomposer = icu::Normalizer2::getNFKDInstance(status);
        mapped = decomposer->normalize(mapped, status);
    }
    return QString::fromUtf16(mapped.getBuffer(), mapped.length()).toUtf8();
}

} // namespace imap
