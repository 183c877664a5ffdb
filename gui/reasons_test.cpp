#include "gui/reasons.h"
#include "tests/support/test.h"

using gui::Reasons;

class ReasonsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatWasSaidBecomesPlainWords_data()
    {
        QTest::addColumn<QString>("said");
        QTest::addColumn<QString>("brief");
        QTest::addColumn<bool>("needsYou");
        const auto row = [](const char *name, const char *said, const char *brief, bool needsYou) {
            QTest::newRow(name) << QString::fromLatin1(said) << QString::fromLatin1(brief) << needsYou;
        };
        row("by code", "mx.slow.example: 452 4.2.2 <a@b> no room", "Their mailbox is full", false);
        row("by words", "mx.slow.example: 452 mailbox full", "Their mailbox is full", false);
        row("words before code", "451 4.7.1 greylisted, come back later", "They asked us to come back", false);
        row("user unknown", "mx: 550 5.1.1 no such user", "They do not know this address", true);
        row("any of a subject", "550 5.7.30 no", "They refused it for safety", true);
        row("our own words", "mx.far.example did not answer", "Their server did not answer", false);
        row("certificate", "the certificate does not match the name", "Their certificate does not match", true);
        row("permanent, unknown", "554 go away", "They refused it", true);
        row("temporary, unknown", "451 later", "They could not take it yet", false);
        row("nothing yet", "", "Waits for its turn", false);
    }
    void whatWasSaidBecomesPlainWords()
    {
        QFETCH(QString, said);
        const QVariantMap reason = Reasons::of({{QStringLiteral("lastError"), said}});
        QTEST(reason.value(QStringLiteral("brief")).toString(), "brief");
        QTEST(reason.value(QStringLiteral("needsYou")).toBool(), "needsYou");
    }
    void whatIsHeldDoesNotWaitForItsTurn()
    {
        const auto briefOf = [](const QString &said) {
            return Reasons::of({{QStringLiteral("state"), QStringLiteral("held")}, {QStringLiteral("lastError"), said}})
                .value(QStringLiteral("brief"))
                .toString();
        };
        QCOMPARE(briefOf({}), QStringLiteral("Kept back"));
        QCOMPARE(briefOf(QStringLiteral("452 4.2.2 full")),
                 QStringLiteral("Their mailbox is full")); // before it was held
    }
    void aReplyIsShownWithoutItsHost()
    {
        QCOMPARE(Reasons::reply(QStringLiteral("mx.a.example: 452 4.2.2 full")), QStringLiteral("452 4.2.2 full"));
        QCOMPARE(Reasons::reply(QStringLiteral("did not answer")), QStringLiteral("did not answer"));
    }
    void stepsOfATraceHaveTitles()
    {
        const QVariantMap sent = Reasons::step(
            {{QStringLiteral("code"), QStringLiteral("sent")},
             {QStringLiteral("text"), QStringLiteral("Handed to mx.a.example: 250")},
             {QStringLiteral("arguments"), QVariantMap{{QStringLiteral("host"), QStringLiteral("mx.a.example")}}}});
        QCOMPARE(sent.value(QStringLiteral("title")).toString(), QStringLiteral("Handed over"));
        QCOMPARE(sent.value(QStringLiteral("text")).toString(), QStringLiteral("mx.a.example"));
        const QVariantMap later = Reasons::step({{QStringLiteral("code"), QStringLiteral("weighed.twice")},
                                                 {QStringLiteral("text"), QStringLiteral("Weighed twice")}});
        QCOMPARE(later.value(QStringLiteral("title")).toString(), QStringLiteral("Weighed twice")); // of a newer server
    }
};
POSTROOM_TEST(ReasonsTest)
#include "reasons_test.moc"
