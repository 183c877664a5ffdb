#include "shared/imap/digest.h"

#include "shared/base/bytes.h"
#include "shared/imap/base_subject.h"
#include "shared/imap/search.h"
#include "shared/mime/address_list.h"
#include "shared/mime/date.h"
#include "shared/mime/encoded_word.h"
#include "shared/mime/text_search.h"

#include <QtEndian>

namespace imap {

namespace {

constexpr qsizetype kEnds = 16; // after sentAt, sentDay, flags
constexpr qsizetype kHead = kEnds + 4 * Digest::FieldCount;
constexpr qint64 kNoTime = std::numeric_limits<qint64>::min();
constexpr qint32 kNoDay = std::numeric_limits<qint32>::min();

struct Named
{
    const char *name;
    Digest::Field field;
};
constexpr std::array kNamed = {Named{"From", Digest::From}, Named{"To", Digest::To}, Named{"Cc", Digest::Cc},
                               Named{"Bcc", Digest::Bcc}, Named{"Subject", Digest::Subject}};

// addr-mailbox and the value of RFC 5957 3, both of the first address structure of an ENVELOPE
struct FirstAddress
{
    QByteArray mailbox;
    QByteArray display;
};

FirstAddress firstAddress(const mime::HeaderList &header, const char *field)
{
    const auto list = mime::parseAddressList(header.value(field));
    if (list.isEmpty())
        return {};
    const auto &address = list.first();
    if (address.kind == mime::ListedAddress::Kind::GroupStart) {
        const QByteArray name = collationKey(QString::fromUtf8(address.name));
        return {.mailbox = name, .display = name};
    }
    const QString name = mime::decodeWords(address.name);
    const QString mailbox = QString::fromUtf8(address.localpart);
    const QString whole = address.domain.isEmpty() ? mailbox : mailbox + u'@' + QString::fromUtf8(address.domain);
    return {.mailbox = collationKey(mailbox), .display = collationKey(name.isEmpty() ? whole : name)};
}

// msg-id = "<" id-left "@" id-right ">"; quoting is undone, so that one id has one form (RFC 5256 3 THREAD)
QByteArray takeMessageId(QByteArrayView &text)
{
    for (qsizetype start = text.indexOf('<'); start >= 0; start = text.indexOf('<')) {
        QByteArray id;
        bool quoted = false;
        qsizetype at = start + 1;
        for (; at < text.size() && (quoted || (text[at] != '>' && text[at] != '<')); ++at) {
            if (text[at] == '"')
                quoted = !quoted;
            else if (quoted && text[at] == '\\' && at + 1 < text.size())
                id.append(text[++at]);
            else if (static_cast<unsigned char>(text[at]) > ' ' || (quoted && text[at] == ' '))
                id.append(text[at]);
        }
        const bool closed = at < text.size() && text[at] == '>';
        text.slice(std::min(closed ? at + 1 : at, text.size()));
        const qsizetype sign = id.lastIndexOf('@');
        if (closed && sign > 0 && sign + 1 < id.size())
            return id;
    }
    text = {};
    return {};
}

// RFC 5256 3 THREAD: References, or the first of In-Reply-To where it has none.
QByteArray references(const mime::HeaderList &header)
{
    QByteArray result;
    const QByteArray all = header.value("References");
    for (QByteArrayView rest = all; !rest.isEmpty();) {
        if (const QByteArray id = takeMessageId(rest); !id.isEmpty())
            result.append(id).append('\n');
    }
    if (!result.isEmpty())
        return result;
    const QByteArray answered = header.value("In-Reply-To");
    QByteArrayView rest = answered;
    const QByteArray id = takeMessageId(rest);
    return id.isEmpty() ? QByteArray() : id + '\n';
}

// RFC 5256 2.2: a time or zone that is none counts as 00:00:00 and UTC.
std::optional<qint64> sentTime(const mime::HeaderList &header, std::optional<int> day)
{
    if (!day)
        return {};
    const auto time = mime::parseDate(header.value("Date"));
    return time ? toMilliseconds(*time) : *day * 86'400'000LL;
}

} // namespace

std::optional<Digest::Field> digestField(QByteArrayView headerName)
{
    for (const Named &each : kNamed) {
        if (bytes::equalsIgnoreCase(headerName, each.name))
            return each.field;
    }
    return {};
}

Digest::Digest(const mime::HeaderList &header)
    : sentDay(imap::sentDay(header))
{
    sentAt = sentTime(header, sentDay);
    std::array<QByteArray, FieldCount> fields;
    const auto from = firstAddress(header, "From");
    const auto to = firstAddress(header, "To");
    const auto subject = baseSubject(header.value("Subject"));
    reply = subject.reply;
    fields[FromKey] = from.mailbox;
    fields[DisplayFromKey] = from.display;
    fields[ToKey] = to.mailbox;
    fields[DisplayToKey] = to.display;
    fields[CcKey] = firstAddress(header, "Cc").mailbox;
    fields[SubjectKey] = collationKey(QString::fromUtf8(subject.text));
    const QByteArray own = header.value("Message-ID");
    QByteArrayView rest = own;
    fields[MessageId] = takeMessageId(rest);
    fields[References] = references(header);
    for (const mime::HeaderField &each : header.fields()) {
        if (const auto field = digestField(each.name))
            fields[*field].append(mime::foldedValue(mime::searchedValue(each))).append('\n');
    }
    qsizetype end = 0;
    m_packed.fill('\0', kHead);
    for (int i = 0; i < FieldCount; ++i) {
        const qsizetype room = std::max<qsizetype>(0, kMostBytes - end);
        m_complete = m_complete && (i < From || fields[i].size() <= room);
        if (fields[i].size() > room && i == References)
            fields[i].truncate(fields[i].lastIndexOf('\n', room - 1) + 1);
        end += std::min(fields[i].size(), room);
        m_packed.append(fields[i].first(std::min(fields[i].size(), room)));
        qToLittleEndian(static_cast<quint32>(end), m_packed.data() + kEnds + 4 * i);
    }
    qToLittleEndian(sentAt.value_or(kNoTime), m_packed.data());
    qToLittleEndian(static_cast<qint32>(sentDay.value_or(kNoDay)), m_packed.data() + 8);
    m_packed[12] = static_cast<char>((reply ? 1 : 0) | (m_complete ? 2 : 0));
}

Digest Digest::fromPacked(const QByteArray &packed)
{
    if (packed.size() < kHead)
        return {};
    quint32 before = 0;
    for (int i = 0; i < FieldCount; ++i) {
        const auto end = qFromLittleEndian<quint32>(packed.constData() + kEnds + 4 * i);
        if (end < before || end > packed.size() - kHead)
            return {};
        before = end;
    }
    Digest result;
    result.m_packed = packed;
    const auto time = qFromLittleEndian<qint64>(packed.constData());
    const auto day = qFromLittleEndian<qint32>(packed.constData() + 8);
    result.sentAt = time == kNoTime ? std::nullopt : std::optional(time);
    result.sentDay = day == kNoDay ? std::nullopt : std::optional<int>(day);
    result.reply = (packed[12] & 1) != 0;
    result.m_complete = (packed[12] & 2) != 0;
    return result;
}

QByteArrayView Digest::field(Field which) const
{
    if (m_packed.isEmpty())
        return {};
    const char *ends = m_packed.constData() + kEnds;
    const qsizetype start = which == 0 ? 0 : qFromLittleEndian<quint32>(ends + 4 * (which - 1));
    return QByteArrayView(m_packed).sliced(kHead + start, qFromLittleEndian<quint32>(ends + 4 * which) - start);
}

} // namespace imap
