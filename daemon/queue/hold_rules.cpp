#include "daemon/queue/hold_rules.h"

#include "daemon/queue/history.h"
#include "daemon/queue/operations.h"
#include "daemon/store/accounts.h"
#include "shared/base/refusal.h"

namespace queue {

namespace {

constexpr qsizetype kMostRules = 1000;
constexpr qsizetype kMostShown = 100; // of each list of a dry run
constexpr auto kLooksBack = std::chrono::days(7);

constexpr char kRuleFields[] = "select r.rule_id, r.note, r.account_id, r.sender, r.sender_domain, r.recipient, "
                               "r.recipient_domain, r.min_size, r.ends_at, r.created_at, "
                               "a.localpart || '@' || a.domain, "
                               "(select count(*) from queue_recipients q where q.held = 1 and q.held_by = r.rule_id) "
                               "from queue_hold_rules r left join accounts a using(account_id) ";

smtp::Address addressFrom(const QString &text)
{
    return text.isEmpty() ? smtp::Address() : smtp::parseAddress(text.toUtf8()).value_or(smtp::Address());
}

HoldRule readRule(const db::Query &row)
{
    HoldRule rule{.id = row.integer(0),
                  .note = row.text(1),
                  .accountId = row.integer(2),
                  .sender = addressFrom(row.text(3)),
                  .senderDomain = row.text(4).toUtf8(),
                  .recipient = addressFrom(row.text(5)),
                  .recipientDomain = row.text(6).toUtf8(),
                  .minBytes = row.integer(7),
                  .endsAt = {}};
    if (row.integer(8) != 0)
        rule.endsAt = row.time(8);
    return rule;
}

bool saysNothing(const HoldRule &rule)
{
    return rule.accountId == 0 && rule.sender.isNull() && rule.senderDomain.isEmpty() && rule.recipient.isNull() &&
           rule.recipientDomain.isEmpty() && rule.minBytes == 0;
}

api::HoldRule describe(const db::Query &row)
{
    return {.id = row.integer(0),
            .note = row.text(1),
            .everything = saysNothing(readRule(row)),
            .account = row.text(10),
            .sender = row.text(3),
            .senderDomain = row.text(4),
            .recipient = row.text(5),
            .recipientDomain = row.text(6),
            .minBytes = row.integer(7),
            .endsAt = row.time(8),
            .createdAt = row.time(9),
            .holds = row.integer(11)};
}

Result<api::HoldRule> findRule(db::Database &db, qint64 id)
{
    static const QByteArray sql = QByteArray(kRuleFields) + "where r.rule_id = ?1";
    auto row = db.query(sql.constData(), id);
    if (row.next())
        return describe(row);
    if (row.failed())
        return std::unexpected(row.error());
    return refuse("not-found", QStringLiteral("there is no rule %1").arg(id),
                  QStringLiteral("hold-rule list shows them"), QStringLiteral("/id"));
}

// Localparts are compared without case: nobody who holds mail for Ben@ means ben@ to go out.
bool same(const smtp::Address &a, const smtp::Address &b)
{
    return QString::fromUtf8(a.localpart).compare(QString::fromUtf8(b.localpart), Qt::CaseInsensitive) == 0 &&
           a.domain.compare(b.domain, Qt::CaseInsensitive) == 0;
}

Result<smtp::Address> parseCondition(const QString &text, const char *path)
{
    if (text.isEmpty())
        return smtp::Address();
    const auto address = smtp::parseAddress(text.toUtf8());
    if (!address || address->domain.isEmpty())
        return refuse("bad-address", QStringLiteral("%1 is not an address").arg(text.left(200)), {},
                      QLatin1StringView(path));
    return *address;
}

// Rows that wait, with what a rule looks at.
template<class Take>
Result<void> eachWaiting(db::Database &db, Take take)
{
    auto rows = db.query("select r.recipient_id, m.account_id, m.reverse_path, r.localpart, r.domain, m.size, r.held, "
                         "r.held_by from queue_recipients r join queue_messages m using(message_id) "
                         "order by r.recipient_id");
    while (rows.next())
        take(rows.integer(0),
             MailFacts{.accountId = rows.integer(1),
                       .sender = addressFrom(rows.text(2)),
                       .recipient = {.localpart = rows.text(3).toUtf8(), .domain = rows.text(4).toUtf8()},
                       .sizeBytes = rows.integer(5)},
             rows.integer(6) != 0 ? std::optional(rows.integer(7)) : std::nullopt);
    if (rows.failed())
        return std::unexpected(rows.error());
    return {};
}

// Lets go what a rule held; what another one fits is held by that one from now on.
Result<qint64> letGo(db::Database &db, store::Effects &effects, const api::HoldRule &gone, Timestamp now)
{
    const auto rules = activeRules(db, now);
    if (!rules)
        return std::unexpected(rules.error());
    QList<qint64> free;
    QMap<qint64, qint64> others;
    const auto read = eachWaiting(db, [&](qint64 id, const MailFacts &facts, std::optional<qint64> heldBy) {
        if (heldBy != gone.id)
            return;
        const auto other = std::ranges::find_if(*rules, [&](const HoldRule &each) { return matches(each, facts); });
        if (other == rules->end())
            free.append(id);
        else
            others.insert(id, other->id);
    });
    if (!read)
        return std::unexpected(read.error());
    for (const auto &[id, rule] : others.asKeyValueRange()) {
        if (auto done = db.run("update queue_recipients set held_by = ?1 where recipient_id = ?2", rule, id); !done)
            return done;
    }
    return release(db, effects, free, now).transform([](const api::QueueCountResult &done) { return done.count; });
}

} // namespace

bool matches(const HoldRule &rule, const MailFacts &facts)
{
    const auto domain = [](const QByteArray &wanted, const smtp::Address &address) {
        return wanted.isEmpty() || wanted.compare(address.domain, Qt::CaseInsensitive) == 0;
    };
    return (rule.accountId == 0 || rule.accountId == facts.accountId) &&
           (rule.sender.isNull() || same(rule.sender, facts.sender)) && domain(rule.senderDomain, facts.sender) &&
           (rule.recipient.isNull() || same(rule.recipient, facts.recipient)) &&
           domain(rule.recipientDomain, facts.recipient) && facts.sizeBytes >= rule.minBytes;
}

Result<QList<HoldRule>> activeRules(db::Database &db, Timestamp now)
{
    static const QByteArray sql = QByteArray(kRuleFields) + "where r.ends_at = 0 or r.ends_at > ?1 order by r.rule_id";
    QList<HoldRule> rules;
    auto rows = db.query(sql.constData(), now);
    while (rows.next())
        rules.append(readRule(rows));
    if (rows.failed())
        return std::unexpected(rows.error());
    return rules;
}

Result<HoldRule> makeRule(db::Database &db, const api::HoldConditions &conditions)
{
    HoldRule rule{.senderDomain = conditions.senderDomain.toUtf8().toLower(),
                  .recipientDomain = conditions.recipientDomain.toUtf8().toLower(),
                  .minBytes = conditions.minBytes,
                  .endsAt = {}};
    if (conditions.minBytes < 0)
        return refuse("invalid-size", QStringLiteral("must not be negative"), {}, QStringLiteral("/minBytes"));
    const auto sender = parseCondition(conditions.sender, "/sender");
    const auto recipient = parseCondition(conditions.recipient, "/recipient");
    if (!sender)
        return std::unexpected(sender.error());
    if (!recipient)
        return std::unexpected(recipient.error());
    rule.sender = *sender;
    rule.recipient = *recipient;
    if (!conditions.account.isEmpty()) {
        const auto account = store::findAccount(db, conditions.account.toUtf8().toLower());
        if (!account)
            return refuse("no-such-account", QStringLiteral("there is no account %1").arg(conditions.account.left(200)),
                          QStringLiteral("accounts list shows them"), QStringLiteral("/account"));
        rule.accountId = account->id;
    }
    if (saysNothing(rule) && !conditions.everything)
        return refuse("no-condition", QStringLiteral("a rule that names nothing would hold all outgoing mail"),
                      QStringLiteral("say everything if that is meant"), QStringLiteral("/everything"));
    if (!saysNothing(rule) && conditions.everything)
        return refuse("two-meanings", QStringLiteral("a rule holds everything, or what fits conditions"), {},
                      QStringLiteral("/everything"));
    return rule;
}

Result<api::HoldRuleResult> addRule(db::Database &db, store::Effects &effects, const HoldRule &rule, Timestamp now)
{
    const auto count = db.number("select count(*) from queue_hold_rules");
    if (!count)
        return std::unexpected(count.error());
    if (count->value_or(0) >= kMostRules)
        return refuse("too-many-rules", QStringLiteral("there are %1 rules already").arg(kMostRules),
                      QStringLiteral("remove some first"), {});
    const auto added = db.run(
        "insert into queue_hold_rules(note, account_id, sender, sender_domain, recipient, recipient_domain, min_size, "
        "ends_at, created_at) values(?1, nullif(?2, 0), ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        rule.note, rule.accountId, QString::fromUtf8(rule.sender.toBytes()), QString::fromUtf8(rule.senderDomain),
        QString::fromUtf8(rule.recipient.toBytes()), QString::fromUtf8(rule.recipientDomain), rule.minBytes,
        rule.endsAt.value_or(Timestamp()), now);
    if (!added)
        return std::unexpected(added.error());
    const qint64 id = db.lastInsertId();
    QList<qint64> caught;
    const auto read = eachWaiting(db, [&](qint64 row, const MailFacts &facts, std::optional<qint64> heldBy) {
        if (!heldBy && matches(rule, facts))
            caught.append(row);
    });
    if (!read)
        return std::unexpected(read.error());
    const auto held = hold(db, effects, caught, now, id);
    if (!held)
        return std::unexpected(held.error());
    effects.topics.insert("queue");
    return findRule(db, id).transform(
        [&](const api::HoldRule &made) { return api::HoldRuleResult{.rule = made, .count = held->count, .note = {}}; });
}

Result<api::HoldRuleResult> removeRule(db::Database &db, store::Effects &effects,
                                       const api::HoldRulesRemoveParams &params, Timestamp now)
{
    const auto rule = findRule(db, params.id);
    if (!rule)
        return std::unexpected(rule.error());
    if (auto done = db.run("delete from queue_hold_rules where rule_id = ?1", params.id); !done)
        return std::unexpected(done.error());
    effects.topics.insert("queue");
    api::HoldRuleResult result{.rule = *rule, .count = 0, .note = {}};
    if (params.release) {
        const auto released = letGo(db, effects, *rule, now);
        if (!released)
            return std::unexpected(released.error());
        result.count = *released;
        if (rule->holds > *released)
            result.note =
                QStringLiteral("%1 of its messages fit other rules and stay held").arg(rule->holds - *released);
    } else if (rule->holds > 0) {
        result.note = QStringLiteral("%1 messages stay held until they are released: queue release").arg(rule->holds);
    }
    return result;
}

Result<void> endRules(db::Database &db, store::Effects &effects, Timestamp now)
{
    QList<qint64> over;
    {
        auto rows = db.query("select rule_id from queue_hold_rules where ends_at <> 0 and ends_at <= ?1", now);
        while (rows.next())
            over.append(rows.integer(0));
        if (rows.failed())
            return std::unexpected(rows.error());
    }
    for (const qint64 id : std::as_const(over)) {
        if (auto done = removeRule(db, effects, {.id = id, .release = true}, now); !done)
            return std::unexpected(done.error());
    }
    return {};
}

Result<std::optional<Timestamp>> nextEnd(db::Database &db)
{
    return db.number("select min(ends_at) from queue_hold_rules where ends_at <> 0")
        .transform([](std::optional<qint64> at) { return at.transform(fromMilliseconds); });
}

Result<api::HoldRulesListResult> listRules(db::Database &db)
{
    static const QByteArray sql = QByteArray(kRuleFields) + "order by r.rule_id";
    api::HoldRulesListResult result;
    auto rows = db.query(sql.constData());
    while (rows.next())
        result.rules.append(describe(rows));
    if (rows.failed())
        return std::unexpected(rows.error());
    return result;
}

Result<api::HoldRulesTestResult> testRule(db::Database &db, const HoldRule &rule, Timestamp now)
{
    api::HoldRulesTestResult result;
    api::QueueListParams page;
    const auto read = eachWaiting(db, [&](qint64 id, const MailFacts &facts, std::optional<qint64>) {
        if (!matches(rule, facts))
            return;
        ++result.now;
        if (page.ids.size() < kMostShown)
            page.ids.append(id);
    });
    if (!read)
        return std::unexpected(read.error());
    if (!page.ids.isEmpty()) {
        const auto shown = list(db, page, {}, now);
        if (!shown)
            return std::unexpected(shown.error());
        result.messages = shown->messages;
    }
    const auto counted = eachRetired(db, now - kLooksBack, [&](qint64 accountId, const api::QueueRetired &row) {
        const MailFacts facts{.accountId = accountId,
                              .sender = addressFrom(row.sender),
                              .recipient = addressFrom(row.recipient),
                              .sizeBytes = row.sizeBytes};
        if (!matches(rule, facts))
            return;
        ++result.recent;
        if (result.sent.size() < kMostShown)
            result.sent.append(row);
    });
    if (!counted)
        return std::unexpected(counted.error());
    return result;
}

} // namespace queue
