#include "shared/imap/condstore.h"

#include "shared/base/bytes.h"
#include "shared/imap/syntax.h"

#include <limits>

namespace imap {

namespace {

// sequence-set in which "*" and "$" are not allowed, RFC 7162 7
SequenceSet readKnown(Cursor &in)
{
    SequenceSet set = readSequenceSet(in);
    if (!in.failed() && (set.isSaved() || set.hasStar()))
        in.fail(QStringLiteral("numbers were expected, not * or $"));
    return set;
}

// "QRESYNC" SP "(" uidvalidity SP mod-sequence-value [SP known-uids] [SP seq-match-data] ")"
SelectParameters::Qresync readQresync(Cursor &in)
{
    SelectParameters::Qresync qresync;
    in.expectIgnoreCase(" (");
    qresync.uidValidity = static_cast<quint32>(in.number(1, 0xffffffffU, "UIDVALIDITY"));
    in.expect(' ');
    qresync.modseq = readModseq(in);
    bool more = in.take(' ');
    if (more && in.peek() != '(') {
        qresync.knownUids = readKnown(in);
        more = in.take(' ');
    }
    if (more) { // seq-match-data = "(" known-sequence-set SP known-uid-set ")"
        in.expect('(');
        qresync.matchNumbers = readKnown(in);
        in.expect(' ');
        qresync.matchUids = readKnown(in);
        in.expect(')');
    }
    in.expect(')');
    return qresync;
}

} // namespace

qint64 readModseq(Cursor &in, quint64 least)
{
    return static_cast<qint64>(in.number(least, std::numeric_limits<qint64>::max(), "a mod-sequence"));
}

SelectParameters readSelectParameters(Cursor &in)
{
    SelectParameters parameters;
    in.expect('(');
    do {
        const QByteArray name = bytes::toUpper(readAtom(in, "a parameter"));
        if (name == "CONDSTORE" && !parameters.condstore)
            parameters.condstore = true;
        else if (name == "QRESYNC" && !parameters.qresync)
            parameters.qresync = readQresync(in);
        else
            in.fail(QStringLiteral("not a parameter of SELECT, or given twice: %1").arg(quoted(name)));
    } while (in.take(' ')); // each name once
    in.expect(')');
    return parameters;
}

FetchModifiers readFetchModifiers(Cursor &in)
{
    FetchModifiers modifiers;
    in.expect('(');
    do {
        const QByteArray name = bytes::toUpper(readAtom(in, "a modifier"));
        if (name == "CHANGEDSINCE" && !modifiers.changedSince) {
            in.expect(' ');
            modifiers.changedSince = readModseq(in);
        } else if (name == "VANISHED" && !modifiers.vanished) {
            modifiers.vanished = true;
        } else if (name == "PARTIAL" && !modifiers.partial) {
            in.expect(' ');
            modifiers.partial = readPartialRange(in);
        } else {
            in.fail(QStringLiteral("not a modifier of FETCH, or given twice: %1").arg(quoted(name)));
        }
    } while (in.take(' ')); // each name once
    in.expect(')');
    if (modifiers.vanished && !modifiers.changedSince)
        in.fail(QStringLiteral("VANISHED goes with CHANGEDSINCE only")); // RFC 7162 3.2.6
    return modifiers;
}

qint64 readUnchangedSince(Cursor &in)
{
    in.expectIgnoreCase("(UNCHANGEDSINCE ");
    const qint64 modseq = readModseq(in, 0);
    in.expect(')');
    return modseq;
}

} // namespace imap
