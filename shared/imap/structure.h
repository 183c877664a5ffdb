// ENVELOPE, BODY and BODYSTRUCTURE in wire form (RFC 9051 7.5.2), computed once when a message is stored. Any thread.
#pragma once

#include "shared/mime/header_list.h"
#include "shared/mime/part.h"

namespace imap {

[[nodiscard]] QByteArray envelope(const mime::HeaderList &header);
// extended: BODYSTRUCTURE, with the extension data; else BODY.
[[nodiscard]] QByteArray bodyStructure(QByteArrayView message, const mime::Part &root, bool extended);

} // namespace imap
