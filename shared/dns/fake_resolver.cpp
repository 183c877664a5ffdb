#include "shared/dns/fake_resolver.h"

#include "shared/base/cursor.h"
#include "shared/base/encoding.h"
#include "shared/base/json.h"

namespace dns {

namespace {

constexpr int kMostAliases = 8;
constexpr int kLargestPreference = 65'535;
constexpr qsizetype kLongestLabel = 63;
constexpr qsizetype kLongestName = 253; // RFC 1035 2.3.4 without the final dot

Result<QByteArray> nameOf(QByteArray text)
{
    if (text.endsWith('.'))
        text.chop(1);
    text = text.toLower();
    const auto labels = text.split('.');
    const bool good = text.size() <= kLongestName && std::ranges::all_of(labels, [](const QByteArray &label) {
                          return !label.isEmpty() && label.size() <= kLongestLabel;
                      });
    if (!good || text.contains(' '))
        return failure(ErrorKind::User, QStringLiteral("%1 is not a domain name").arg(QString::fromUtf8(text)));
    return text;
}

Result<Mx> mxOf(const QByteArray &value)
{
    const qsizetype space = value.indexOf(' ');
    const auto preference = parseNumber(value.first(std::max<qsizetype>(space, 0)), 0, kLargestPreference);
    if (!preference)
        return failure(ErrorKind::User, QStringLiteral("an MX is written as \"10 mx.example.org\""));
    const QByteArray host = value.sliced(space + 1);
    if (host == ".")
        return Mx{static_cast<int>(*preference), {}};
    return nameOf(host).transform([&](const QByteArray &name) { return Mx{static_cast<int>(*preference), name}; });
}

Result<IpAddress> addressOf(const QByteArray &value, bool v4)
{
    const auto address = IpAddress::parse(value);
    if (!address || address->isV4() != v4)
        return failure(ErrorKind::User,
                       QStringLiteral("%1 is not an %2 address")
                           .arg(QString::fromUtf8(value), v4 ? QStringLiteral("IPv4") : QStringLiteral("IPv6")));
    return *address;
}

} // namespace

Result<FakeResolver> FakeResolver::fromJson(QByteArrayView text)
{
    const auto zone = json::parseObject(text);
    if (!zone)
        return std::unexpected(zone.error());
    FakeResolver resolver;
    for (auto name = zone->begin(); name != zone->end(); ++name) {
        const QString namePath = json::pointer({}, name.key());
        if (!name.value().isObject())
            return failure(json::typeError(namePath, "an object of record types", name.value()));
        const QJsonObject types = name.value().toObject();
        for (auto type = types.begin(); type != types.end(); ++type) {
            const QString path = json::pointer(namePath, type.key());
            if (!type.value().isArray())
                return failure(json::typeError(path, "a list of values", type.value()));
            const QJsonArray values = type.value().toArray();
            for (const auto &value : values) {
                if (!value.isString())
                    return failure(json::typeError(path, "a list of texts", value));
                auto added = resolver.add(name.key().toUtf8(), type.key().toUtf8(), value.toString().toUtf8());
                if (!added) {
                    Error error = added.error();
                    error.path = path;
                    return failure(std::move(error));
                }
            }
        }
    }
    return resolver;
}

Result<void> FakeResolver::add(const QByteArray &name, const QByteArray &type, const QByteArray &value)
{
    const auto key = nameOf(name);
    if (!key)
        return std::unexpected(key.error());
    Records &records = m_names[*key];
    const auto keep = [](auto &to, auto &&got) -> Result<void> {
        if (!got)
            return std::unexpected(got.error());
        if constexpr (requires { to.append(*got); })
            to.append(*got);
        else
            to = *got;
        return {};
    };
    if (type == "A")
        return keep(records.v4, addressOf(value, true));
    if (type == "AAAA")
        return keep(records.v6, addressOf(value, false));
    if (type == "MX")
        return keep(records.mx, mxOf(value));
    if (type == "PTR")
        return keep(records.ptr, nameOf(value));
    if (type == "CNAME") {
        const auto target = nameOf(value);
        if (!target)
            return std::unexpected(target.error());
        records.cname = *target;
        return {};
    }
    if (type == "TXT") {
        records.txt.append(value);
        return {};
    }
    if (type == "TLSA") { // as on the wire, in hex: usage, selector, matching type, data
        return keep(records.tlsa, encoding::fromHex(QByteArray(value).replace(' ', QByteArray())));
    }
    if (type == "SECURE") { // answers for this name and what is below it count as validated
        records.secure = true;
        return {};
    }
    if (type == "FAIL") {
        records.failure = QString::fromUtf8(value);
        return {};
    }
    return failure(ErrorKind::User,
                   QStringLiteral("%1 is not a record type; there are A, AAAA, MX, TXT, TLSA, CNAME, PTR, "
                                  "SECURE and FAIL")
                       .arg(QString::fromUtf8(type)));
}

const FakeResolver::Records *FakeResolver::find(const QByteArray &name) const
{
    if (const auto found = m_names.constFind(name); found != m_names.constEnd())
        return &*found;
    if (isAbove(name))
        return nullptr; // it exists, so no wildcard stands for it
    for (qsizetype dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
        const QByteArray parent = name.sliced(dot + 1);
        if (const auto found = m_names.constFind("*." + parent); found != m_names.constEnd())
            return &*found;
        if (m_names.contains(parent) || isAbove(parent)) // the closest encloser has no wildcard: RFC 4592 2.2.1
            return nullptr;
    }
    return nullptr;
}

bool FakeResolver::isAbove(const QByteArray &name) const
{
    const QByteArray end = '.' + name;
    for (auto each = m_names.keyBegin(); each != m_names.keyEnd(); ++each) {
        if (each->endsWith(end))
            return true;
    }
    return false;
}

bool FakeResolver::isSecure(const QByteArray &name) const
{
    for (QByteArray zone = name;; zone = zone.sliced(zone.indexOf('.') + 1)) {
        if (const auto found = m_names.constFind(zone); found != m_names.constEnd() && found->secure)
            return true;
        if (!zone.contains('.'))
            return false;
    }
}

void FakeResolver::lookUp(const QByteArray &name, Type type, std::function<void(Answer)> answered)
{
    Answer answer{
        .status = Status::NoData, .canonicalName = name.toLower(), .mx = {}, .addresses = {}, .texts = {}, .why = {}};
    answer.authentic = isSecure(answer.canonicalName);
    const Records *records = find(answer.canonicalName);
    for (int hops = 0; records && !records->cname.isEmpty() && type != Type::Cname; ++hops) {
        if (hops == kMostAliases) {
            answered({.status = Status::Failed,
                      .canonicalName = {},
                      .mx = {},
                      .addresses = {},
                      .texts = {},
                      .why = QStringLiteral("too many CNAMEs in a row")});
            return;
        }
        answer.canonicalName = records->cname;
        answer.authentic = answer.authentic && isSecure(answer.canonicalName);
        records = find(answer.canonicalName);
    }
    if (!records) {
        answer.status = isAbove(answer.canonicalName) ? Status::NoData : Status::NoSuchName;
    } else if (!records->failure.isEmpty()) {
        answer.status = Status::Failed;
        answer.why = records->failure;
    } else {
        switch (type) {
        case Type::A: answer.addresses = records->v4; break;
        case Type::Aaaa: answer.addresses = records->v6; break;
        case Type::Mx: answer.mx = records->mx; break;
        case Type::Txt: answer.texts = records->txt; break;
        case Type::Ptr: answer.texts = records->ptr; break;
        case Type::Tlsa: answer.raw = records->tlsa; break;
        case Type::Cname:
            if (!records->cname.isEmpty())
                answer.texts = {records->cname};
            break;
        }
        if (!answer.addresses.isEmpty() || !answer.mx.isEmpty() || !answer.texts.isEmpty() || !answer.raw.isEmpty())
            answer.status = Status::Found;
    }
    answered(std::move(answer));
}

} // namespace dns
