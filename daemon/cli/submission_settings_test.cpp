#include "daemon/cli/submission_settings.h"
#include "tests/support/test.h"

class SubmissionSettingsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void settingsAreRead_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("path"); // of the error; "-" = none
        const auto row = [](const char *name, const char *more, const char *path) {
            QTest::newRow(name) << QByteArray(R"({"host": "mail.example.org", "username": "ann@example.org")") + more +
                                       '}'
                                << QString::fromLatin1(path);
        };
        row("password", R"(, "password": "hidden")", "-");
        row("key file", R"(, "keyFile": "ann.pem", "tls": "starttls", "port": 587)", "-");
        row("nothing to sign in with", "", "");
        row("two", R"(, "password": "hidden", "p12File": "hidden.p12")", "");
        row("port 0", R"(, "password": "hidden", "port": 0)", "/port");
        row("port 65536", R"(, "password": "hidden", "port": 65536)", "/port");
        row("misspelt", R"(, "pasword": "hidden")", "/pasword");
        row("no such encryption", R"(, "password": "hidden", "tls": "maybe")", "/tls");
        QTest::newRow("no host") << QByteArray(R"({"username": "a@b.example", "password": "hidden"})")
                                 << QStringLiteral("/host");
        QTest::newRow("not JSON") << QByteArray("host = mail") << QString();
    }
    void settingsAreRead()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, path);
        const auto settings = cli::readSubmissionSettings(text);
        QCOMPARE(settings.has_value(), path == QLatin1StringView("-"));
        if (settings)
            return;
        QCOMPARE(settings.error().path, path);
        QVERIFY(!settings.error().text.contains(QLatin1StringView("hidden")));
        QVERIFY(!publicText(settings.error()).contains(QLatin1StringView("hidden")));
    }
};
POSTROOM_TEST(SubmissionSettingsTest)
#include "submission_settings_test.moc"
