#include "daemon/dkim/keys.h"

#include "shared/base/refusal.h"
#include "shared/crypto/key.h"
#include "shared/mailauth/dkim_sign.h"

namespace dkim {

namespace {

constexpr qsizetype kMostKeys = 20; // of a domain: each active one costs a signature

constexpr qsizetype kLongestLabel = 63; // RFC 1035 2.3.4

QString text(const QByteArray &bytes) { return QString::fromUtf8(bytes); }

template<class E>
E parsed(const QString &name)
{
    for (const auto &entry : enumNames(E{})) {
        if (name == QLatin1StringView(entry.name))
            return entry.value;
    }
    return {};
}

template<class E>
QString stored(E value)
{
    return QString::fromLatin1(nameOf(value));
}

// selector = label     RFC 6376 3.1: a sub-domain; one label is enough here
bool isSelector(const QByteArray &name)
{
    if (name.isEmpty() || name.size() > kLongestLabel || name.startsWith('-') || name.endsWith('-'))
        return false;
    return std::ranges::all_of(
        name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; });
}

// "r20261125", "e20261125", then "r20261125b" …
QByteArray freeName(const QList<Key> &keys, DkimAlgorithm algorithm, Timestamp now)
{
    const QByteArray base = (algorithm == DkimAlgorithm::Rsa ? "r" : "e") + toIso(now).left(10).remove(u'-').toLatin1();
    QByteArray name = base;
    for (char letter = 'b'; std::ranges::any_of(keys, [&](const Key &each) { return each.selector == name; }); ++letter)
        name = base + letter;
    return name;
}

} // namespace

Result<QList<Key>> list(db::Database &db, const QByteArray &domain)
{
    QList<Key> keys;
    auto rows = db.query("select domain, selector, algorithm, state, record, created_at from dkim_keys "
                         "where domain = ?1 or ?2 = '' order by domain, selector",
                         text(domain), text(domain));
    while (rows.next())
        keys.append({.domain = rows.text(0).toUtf8(),
                     .selector = rows.text(1).toUtf8(),
                     .algorithm = parsed<DkimAlgorithm>(rows.text(2)),
                     .state = parsed<DkimState>(rows.text(3)),
                     .record = rows.text(4).toUtf8(),
                     .createdAt = rows.time(5)});
    if (rows.failed())
        return std::unexpected(rows.error());
    return keys;
}

Result<Key> find(db::Database &db, const QByteArray &domain, const QByteArray &selector)
{
    const auto keys = list(db, domain);
    if (!keys)
        return std::unexpected(keys.error());
    const auto found = std::ranges::find(*keys, selector, &Key::selector);
    if (found == keys->end())
        return refuse("no-such-selector", QStringLiteral("%1 has no selector %2").arg(text(domain), text(selector)));
    return *found;
}

Result<Key> add(db::Database &db, const Key &wanted, Timestamp now)
{
    const auto keys = list(db, wanted.domain);
    if (!keys)
        return std::unexpected(keys.error());
    Key key = wanted;
    key.createdAt = now;
    if (key.selector.isEmpty())
        key.selector = freeName(*keys, key.algorithm, now);
    if (!isSelector(key.selector))
        return refuse("invalid-selector", QStringLiteral("a selector is letters, digits and hyphens, in lower case"));
    if (std::ranges::contains(*keys, key.selector, &Key::selector))
        return refuse("selector-exists",
                      QStringLiteral("%1 has a selector %2 already").arg(text(key.domain), text(key.selector)));
    if (keys->size() >= kMostKeys)
        return refuse("too-many-keys", QStringLiteral("a domain has at most %1 keys").arg(kMostKeys));
    const auto pem =
        crypto::makeKey(key.algorithm == DkimAlgorithm::Rsa ? crypto::KeyKind::Rsa2048 : crypto::KeyKind::Ed25519);
    const auto record = pem ? mailauth::dkimRecord(*pem) : pem;
    if (!record)
        return std::unexpected(record.error());
    key.record = *record;
    return db
        .run("insert into dkim_keys(domain, selector, algorithm, state, key_pem, record, created_at) "
             "values(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
             text(key.domain), text(key.selector), stored(key.algorithm), stored(key.state), text(*pem),
             text(key.record), now)
        .transform([&key](qint64) { return key; });
}

Result<void> makeFirstKeys(db::Database &db, const QByteArray &domain, Timestamp now)
{
    for (const DkimAlgorithm algorithm : {DkimAlgorithm::Rsa, DkimAlgorithm::Ed25519}) {
        if (auto made = add(db, {.domain = domain, .selector = {}, .algorithm = algorithm}, now); !made)
            return std::unexpected(made.error());
    }
    return {};
}

Result<void> setState(db::Database &db, const QByteArray &domain, const QByteArray &selector, DkimState state)
{
    if (auto there = find(db, domain, selector); !there)
        return std::unexpected(there.error());
    return db
        .run("update dkim_keys set state = ?1 where domain = ?2 and selector = ?3", stored(state), text(domain),
             text(selector))
        .transform([](qint64) {});
}

Result<void> remove(db::Database &db, const QByteArray &domain, const QByteArray &selector)
{
    const auto key = find(db, domain, selector);
    if (!key)
        return std::unexpected(key.error());
    if (key->state == DkimState::Active)
        return refuse("selector-active",
                      QStringLiteral("%1 signs mail now; retire it first").arg(text(key->recordName())));
    return db.run("delete from dkim_keys where domain = ?1 and selector = ?2", text(domain), text(selector))
        .transform([](qint64) {});
}

Result<bool> rotate(db::Database &db, const QByteArray &domain, Timestamp now)
{
    const auto keys = list(db, domain);
    if (!keys)
        return std::unexpected(keys.error());
    const bool anyNext = std::ranges::contains(*keys, DkimState::Next, &Key::state);
    if (!anyNext) {
        QList<DkimAlgorithm> algorithms;
        for (const Key &key : *keys) {
            if (key.state == DkimState::Active && !algorithms.contains(key.algorithm))
                algorithms.append(key.algorithm);
        }
        if (algorithms.isEmpty())
            algorithms = {DkimAlgorithm::Rsa, DkimAlgorithm::Ed25519};
        for (const DkimAlgorithm algorithm : std::as_const(algorithms)) {
            const Key next{.domain = domain, .selector = {}, .algorithm = algorithm, .state = DkimState::Next};
            if (auto made = add(db, next, now); !made)
                return std::unexpected(made.error());
        }
        return true;
    }
    // Mail signed by the active keys may be under way for days: they stay published until the next rotation.
    for (const auto &[from, to] :
         {std::pair(DkimState::Active, DkimState::Retired), {DkimState::Next, DkimState::Active}}) {
        if (to == DkimState::Retired) {
            if (auto gone = db.run("delete from dkim_keys where domain = ?1 and state = 'retired'", text(domain));
                !gone)
                return std::unexpected(gone.error());
        }
        if (auto moved = db.run("update dkim_keys set state = ?1 where domain = ?2 and state = ?3", stored(to),
                                text(domain), stored(from));
            !moved)
            return std::unexpected(moved.error());
    }
    return false;
}

Result<QList<settings::DkimSelector>> selectors(db::Database &db, const QByteArray &domain)
{
    return list(db, domain).transform([](const QList<Key> &keys) {
        QList<settings::DkimSelector> result;
        for (const Key &key : keys)
            result.append({.selector = text(key.selector), .algorithm = key.algorithm, .state = key.state});
        return result;
    });
}

Result<void> apply(db::Database &db, const QByteArray &domain, const QList<settings::DkimSelector> &wanted,
                   Timestamp now)
{
    const auto keys = list(db, domain);
    if (!keys)
        return std::unexpected(keys.error());
    for (const settings::DkimSelector &each : wanted) {
        const auto there = std::ranges::find(*keys, each.selector.toUtf8(), &Key::selector);
        if (there == keys->end()) {
            if (auto made = add(db,
                                {.domain = domain,
                                 .selector = each.selector.toUtf8(),
                                 .algorithm = each.algorithm,
                                 .state = each.state},
                                now);
                !made)
                return std::unexpected(made.error());
            continue;
        }
        if (there->algorithm != each.algorithm)
            return refuse("algorithm-fixed", QStringLiteral("%1 is a key of another algorithm; add another selector")
                                                 .arg(text(there->recordName())));
        if (auto done = setState(db, domain, there->selector, each.state); !done)
            return done;
    }
    for (const Key &key : *keys) {
        const auto listed = [&key](const settings::DkimSelector &each) {
            return each.selector.toUtf8() == key.selector;
        };
        if (std::ranges::none_of(wanted, listed)) {
            if (auto gone = db.run("delete from dkim_keys where domain = ?1 and selector = ?2", text(domain),
                                   text(key.selector));
                !gone)
                return std::unexpected(gone.error());
        }
    }
    return {};
}

} // namespace dkim
