// Who wrote a message, by its From fields (RFC 5322 3.6.2). Pure; any thread.
#pragma once

#include "shared/base/result.h"
#include "shared/mime/header_list.h"
#include "shared/smtp/address.h"

namespace queue {

// The addresses of all From fields. An error (code "bad-header", for the sender) says which can't be read; no From
// field at all is no error.
[[nodiscard]] Result<QList<smtp::Address>> readAuthors(const mime::HeaderList &header);

// The same as aliases know them; who can't be read is nobody: then only what anyone may write to takes the message.
[[nodiscard]] QList<QByteArray> authorKeys(QByteArrayView content);

} // namespace queue
