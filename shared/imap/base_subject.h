// The subject without "Re:", "[list]", "(fwd)" and the like, by the exact rules of RFC 5256 2.1. Linear in the subject.
// Any thread.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace imap {

struct BaseSubject
{
    QByteArray text;    // UTF-8, case as it was
    bool reply = false; // or forward: RFC 5256 3 THREAD, REFERENCES
};
// `value`: of the Subject field, unfolded, encoded words as they are.
[[nodiscard]] BaseSubject baseSubject(QByteArrayView value);

} // namespace imap
