#include "gui/tray/sign_in_watch.h"
#include "tests/support/test.h"

using gui::SignInWatch;
using namespace std::chrono_literals;

namespace {

const Timestamp kMoment = fromMilliseconds(1'790'000'000'000);

api::Device device(const char *id, api::DeviceKind kind, bool used)
{
    api::Device each;
    each.id = QString::fromLatin1(id);
    each.name = QStringLiteral("Anna's phone");
    each.account = QStringLiteral("anna@a.example");
    each.kind = kind;
    each.lastUsedAt = used ? kMoment : Timestamp{};
    each.lastUsedFrom = QStringLiteral("192.0.2.7");
    return each;
}

api::SignIn wrong(qint64 count, std::chrono::minutes ago)
{
    api::SignIn each;
    each.count = count;
    each.lastAt = kMoment - ago;
    each.result = api::SignInResult::BadCredentials;
    each.from = QStringLiteral("198.51.100.4");
    return each;
}

} // namespace

class SignInWatchTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatWasThereIsNoNews()
    {
        SignInWatch watch;
        QVERIFY(
            watch.takeDevices({device("a", api::DeviceKind::Key, true), device("k", api::DeviceKind::SeenKey, true)})
                .isEmpty());
    }
    void theFirstSignInIsToldOnce()
    {
        SignInWatch watch;
        QVERIFY(watch.takeDevices({device("a", api::DeviceKind::Key, false)}).isEmpty());
        const auto news = watch.takeDevices({device("a", api::DeviceKind::Key, true)});
        QCOMPARE(news.size(), 1);
        QCOMPARE(news[0].category, QStringLiteral("device"));
        QCOMPARE(news[0].action, QStringLiteral("devices open:a"));
        QVERIFY(watch.takeDevices({device("a", api::DeviceKind::Key, true)}).isEmpty());
    }
    void aKeyOfNobodyIsToldOnce()
    {
        SignInWatch watch;
        QVERIFY(watch.takeDevices({}).isEmpty());
        const auto news = watch.takeDevices({device("k", api::DeviceKind::SeenKey, true)});
        QCOMPARE(news.size(), 1);
        QCOMPARE(news[0].category, QStringLiteral("guessing"));
        QVERIFY(watch.takeDevices({device("k", api::DeviceKind::SeenKey, true)}).isEmpty());
    }
    void guessing_data()
    {
        QTest::addColumn<QList<api::SignIn>>("signIns");
        QTest::addColumn<bool>("told");
        QTest::newRow("a typing error") << QList{wrong(3, 5min)} << false;
        QTest::newRow("just below") << QList{wrong(19, 5min)} << false;
        QTest::newRow("guessing") << QList{wrong(20, 60min)} << true;
        QTest::newRow("from several places") << QList{wrong(12, 5min), wrong(12, 6min)} << true;
        QTest::newRow("over an hour ago") << QList{wrong(900, 61min)} << false;
    }
    void guessing()
    {
        QFETCH(QList<api::SignIn>, signIns);
        SignInWatch watch;
        QTEST(watch.takeSignIns(signIns, kMoment).has_value(), "told");
    }
    void guessingIsToldAgainOnceItHadStopped()
    {
        SignInWatch watch;
        QVERIFY(watch.takeSignIns({wrong(50, 1min)}, kMoment));
        QVERIFY(!watch.takeSignIns({wrong(60, 1min)}, kMoment));
        QVERIFY(!watch.takeSignIns({}, kMoment));
        QVERIFY(watch.takeSignIns({wrong(50, 1min)}, kMoment));
    }
};
POSTROOM_TEST(SignInWatchTest)
#include "sign_in_watch_test.moc"
