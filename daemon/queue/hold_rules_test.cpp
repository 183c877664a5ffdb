#include "daemon/queue/hold_rules.h"

#include "daemon/queue/history.h"
#include "daemon/queue/operations.h"
#include "tests/support/queue_fixture.h"
#include "tests/support/test.h"

using namespace queue;
using namespace std::chrono_literals;

namespace {

smtp::Address address(const QByteArray &text) { return text.isEmpty() ? smtp::Address() : *smtp::parseAddress(text); }

} // namespace

class HoldRulesTest : public test::QueueFixture
{
    Q_OBJECT

    api::HoldRuleResult put(const api::HoldConditions &conditions, std::optional<Timestamp> endsAt = {})
    {
        Result<api::HoldRuleResult> result;
        const auto done = run([&](db::Database &db, store::Effects &effects) -> Result<void> {
            auto rule = makeRule(db, conditions);
            if (!rule)
                return std::unexpected(rule.error());
            rule->endsAt = endsAt;
            result = addRule(db, effects, *rule, m_clock.now());
            return result.transform([](const auto &) {});
        });
        return done ? *result : api::HoldRuleResult();
    }
    api::HoldRuleResult take(qint64 id, bool release)
    {
        Result<api::HoldRuleResult> result;
        const auto done = run([&](db::Database &db, store::Effects &effects) {
            result = removeRule(db, effects, {.id = id, .release = release}, m_clock.now());
            return result.transform([](const auto &) {});
        });
        return done ? *result : api::HoldRuleResult();
    }
    QStringList held()
    {
        QStringList list;
        for (const api::QueueMessage &each : waiting()) {
            if (each.state == api::QueueState::Held)
                list << each.recipient;
        }
        return list;
    }
private Q_SLOTS:
    void init() { QueueFixture::init(); }
    void cleanup() { QueueFixture::cleanup(); }
    void everythingARuleNamesMustFit_data()
    {
        QTest::addColumn<HoldRule>("rule");
        QTest::addColumn<bool>("fits");
        QTest::newRow("nothing named") << HoldRule{} << true;
        QTest::newRow("account") << HoldRule{.accountId = 7} << true;
        QTest::newRow("other account") << HoldRule{.accountId = 8} << false;
        QTest::newRow("sender") << HoldRule{.sender = address("ANN@here.test")} << true;
        QTest::newRow("other sender") << HoldRule{.sender = address("anna@here.test")} << false;
        QTest::newRow("sender domain") << HoldRule{.senderDomain = "here.test"} << true;
        QTest::newRow("domain above") << HoldRule{.senderDomain = "test"} << false;
        QTest::newRow("recipient") << HoldRule{.recipient = address("Bob@There.test")} << true;
        QTest::newRow("recipient domain") << HoldRule{.recipientDomain = "there.test"} << true;
        QTest::newRow("size reached") << HoldRule{.minBytes = 1000} << true;
        QTest::newRow("size not reached") << HoldRule{.minBytes = 1001} << false;
        QTest::newRow("all of two") << HoldRule{.accountId = 7, .recipientDomain = "there.test"} << true;
        QTest::newRow("one of two") << HoldRule{.accountId = 7, .recipientDomain = "else.test"} << false;
    }
    void everythingARuleNamesMustFit()
    {
        QFETCH(HoldRule, rule);
        QFETCH(bool, fits);
        const MailFacts facts{.accountId = 7,
                              .sender = address("ann@here.test"),
                              .recipient = address("bob@there.test"),
                              .sizeBytes = 1000};
        QCOMPARE(matches(rule, facts), fits);
    }
    void aSenderNeverFitsReports()
    {
        const MailFacts report{.accountId = 7, .sender = {}, .recipient = address("bob@there.test"), .sizeBytes = 9};
        QVERIFY(!matches({.senderDomain = "here.test"}, report));
        QVERIFY(!matches({.sender = address("ann@here.test")}, report));
        QVERIFY(matches({.recipientDomain = "there.test"}, report));
    }
    void theSameForWhatWaitsAndWhatComes()
    {
        send({"bob@there.test", "eve@other.test"});
        QCOMPARE(put({.recipientDomain = QStringLiteral("there.test")}).count, 1);
        const QByteArray key = send({"bob@there.test", "eve@other.test"});
        QCOMPARE(held(), (QStringList{QStringLiteral("bob@there.test"), QStringLiteral("bob@there.test")}));
        QCOMPARE(events(key), (QStringList{QStringLiteral("queued"), QStringLiteral("held")}));
        const auto rules = listRules(**m_store->reader())->rules;
        QCOMPARE(rules.size(), 1);
        QCOMPARE(rules.first().holds, 2);
        QVERIFY(!rules.first().everything);
    }
    void whatIsNotSaidIsRefused()
    {
        auto &db = **m_store->reader();
        QCOMPARE(makeRule(db, {}).error().code, QStringLiteral("no-condition"));
        QCOMPARE(makeRule(db, {.everything = true, .minBytes = 5}).error().code, QStringLiteral("two-meanings"));
        QCOMPARE(makeRule(db, {.account = QStringLiteral("x@y.test")}).error().code, QStringLiteral("no-such-account"));
        QCOMPARE(makeRule(db, {.sender = QStringLiteral("x")}).error().path, QStringLiteral("/sender"));
        QCOMPARE(makeRule(db, {.minBytes = -1}).error().path, QStringLiteral("/minBytes"));
        QVERIFY(makeRule(db, {.everything = true}));
        QVERIFY(makeRule(db, {.account = QStringLiteral("Ann@here.test")}));
    }
    void removingLeavesMailHeldUntilReleased()
    {
        send({"bob@there.test"});
        const qint64 rule = put({.everything = true}).rule.id;
        const auto removed = take(rule, false);
        QVERIFY(removed.note.contains(QStringLiteral("stay held until they are released")));
        QCOMPARE(held().size(), 1);
        send({"eve@there.test"});
        QCOMPARE(held().size(), 1);
        QCOMPARE(take(rule, false).rule.id, 0); // is gone
    }
    void removingAndReleasingLeavesWhatAnotherRuleFits()
    {
        send({"bob@there.test", "eve@other.test"});
        const qint64 first = put({.everything = true}).rule.id;
        const qint64 second = put({.recipientDomain = QStringLiteral("there.test")}).rule.id;
        const auto removed = take(first, true);
        QCOMPARE(removed.count, 1);
        QVERIFY(removed.note.contains(QStringLiteral("fit other rules")));
        QCOMPARE(held(), QStringList{QStringLiteral("bob@there.test")});
        QCOMPARE(waiting().at(0).heldBy + waiting().at(1).heldBy, second);
        QCOMPARE(take(second, true).count, 1);
        QVERIFY(held().isEmpty());
    }
    void whatIsHeldByHandIsNoRules()
    {
        send({"bob@there.test"});
        QVERIFY(run([&](db::Database &db, store::Effects &effects) {
            return hold(db, effects, {waiting().first().id}, m_clock.now()).transform([](const auto &) {});
        }));
        const qint64 rule = put({.everything = true}).rule.id;
        QCOMPARE(take(rule, true).count, 0);
        QCOMPARE(held().size(), 1);
    }
    void aRuleEndsByItselfAndLetsGo()
    {
        listen();
        QVERIFY(m_queue->start());
        put({.everything = true}, m_clock.now() + 1h);
        send({"bob@there.test"});
        QTRY_COMPARE(held().size(), 1);
        m_clock.advance(1h);
        m_queue->wake();
        QTRY_COMPARE(m_sink->messageCount(), 1);
        QVERIFY(listRules(**m_store->reader())->rules.isEmpty());
    }
    void aDryRunShowsWhatWaitsAndWhatWasSent()
    {
        listen();
        QVERIFY(m_queue->start());
        send({"bob@there.test"});
        QTRY_VERIFY(waiting().isEmpty());
        m_clock.advance(std::chrono::days(6));
        send({"bob@there.test"});
        QTRY_VERIFY(waiting().isEmpty());
        m_clock.advance(std::chrono::days(3)); // the first was nine days ago
        put({.everything = true});
        send({"bob@there.test", "eve@other.test"});
        auto &db = **m_store->reader();
        const auto tested =
            testRule(db, *makeRule(db, {.recipientDomain = QStringLiteral("there.test")}), m_clock.now());
        QCOMPARE(tested->now, 1);
        QCOMPARE(tested->messages.first().recipient, QStringLiteral("bob@there.test"));
        QCOMPARE(tested->recent, 1);
        QCOMPARE(tested->sent.first().outcome, QStringLiteral("delivered"));
    }
};

POSTROOM_TEST(HoldRulesTest)
#include "hold_rules_test.moc"
