#include "gui/reasons.h"
#include "tests/support/test.h"

#include <QTranslator>

using gui::Reasons;

class ReasonsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void itSaysWhatTheServerExplains()
    {
        const QVariantMap reason = Reasons::of({{QStringLiteral("lastError"), QStringLiteral("mx: 452 4.2.2 no room")},
                                                {QStringLiteral("reason"), QStringLiteral("mailbox-full")},
                                                {QStringLiteral("cause"), QStringLiteral("The mailbox is full.")},
                                                {QStringLiteral("nextStep"), QStringLiteral("Tell the recipient.")}});
        QCOMPARE(reason.value(QStringLiteral("brief")).toString(), QStringLiteral("The mailbox is full."));
        QCOMPARE(reason.value(QStringLiteral("advice")).toString(), QStringLiteral("Tell the recipient."));
        QVERIFY(!reason.value(QStringLiteral("needsYou")).toBool());
    }
    // Whatever the server says happens by itself needs nobody.
    void onlyWhatWaitingDoesNotHelpNeedsSomebody_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<bool>("byItself");
        for (const gui::ReasonWords &each : gui::reasonWords())
            QTest::newRow(each.cause) << QString::fromUtf8(each.code)
                                      << QByteArrayView(each.nextStep).startsWith("Nothing");
        QTest::newRow("nothing happened yet") << QString() << true;
    }
    void onlyWhatWaitingDoesNotHelpNeedsSomebody()
    {
        QFETCH(QString, code);
        QFETCH(bool, byItself);
        const bool needsYou =
            Reasons::of({{QStringLiteral("reason"), code}}).value(QStringLiteral("needsYou")).toBool();
        QVERIFY(!byItself || !needsYou);
        QCOMPARE(needsYou, !Reasons::patient().contains(code));
    }
    void someReasonsNeedSomebody()
    {
        for (const char *code : {"no-such-mailbox", "crypto-failure", "too-large", "dns-listed", "sign-in-refused"})
            QVERIFY2(!Reasons::patient().contains(QLatin1StringView(code)), code);
    }
    void aServerThatDoesNotExplainIsQuoted()
    {
        const QVariantMap reason =
            Reasons::of({{QStringLiteral("lastError"), QStringLiteral("mx.a.example: 452 4.2.2 full")}});
        QCOMPARE(reason.value(QStringLiteral("brief")).toString(), QStringLiteral("452 4.2.2 full"));
        QCOMPARE(Reasons::of({}).value(QStringLiteral("brief")).toString(), QStringLiteral("Waits for its turn"));
    }
    void everyExplanationIsGerman()
    {
        QTranslator german;
        QVERIFY(german.load(QStringLiteral(POSTROOM_TRANSLATIONS "/postroom_de.qm")));
        QVERIFY(gui::reasonWords().size() > 100);
        for (const gui::ReasonWords &each : gui::reasonWords()) {
            QVERIFY2(!german.translate("reasons", each.cause).isEmpty(), each.cause);
            QVERIFY2(!german.translate("reasons", each.nextStep).isEmpty(), each.nextStep);
        }
    }
    void whatIsHeldDoesNotWaitForItsTurn()
    {
        const auto briefOf = [](const char *cause) {
            return Reasons::of({{QStringLiteral("state"), QStringLiteral("held")},
                                {QStringLiteral("cause"), QString::fromLatin1(cause)}})
                .value(QStringLiteral("brief"))
                .toString();
        };
        QCOMPARE(briefOf(""), QStringLiteral("Kept back"));
        QCOMPARE(briefOf("The recipient's mailbox is full."),
                 QStringLiteral("The recipient's mailbox is full.")); // before it was held
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
