#include "gui/settings_form.h"
#include "tests/support/test.h"

class SettingsFormTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }

    void textsAreReadByTheirKind_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QJsonValue>("value");
        const auto row = [](const char *kind, const char *text, const QJsonValue &value) {
            QTest::addRow("%s %s", kind, text) << QString::fromLatin1(kind) << QString::fromLatin1(text) << value;
        };
        row("bytes", "25 MB", 25 * 1024 * 1024);
        row("bytes", "2,5 GB", qint64(2.5 * 1024 * 1024 * 1024));
        row("bytes", "100", 100);
        row("bytes", "7k", 7 * 1024);
        row("bytes", "five", QJsonValue(QJsonValue::Undefined));
        row("bytes", "5 apples", QJsonValue(QJsonValue::Undefined));
        row("duration", "90 d", 90 * 24 * 3600);
        row("duration", "30 min", 1800);
        row("duration", "soon", QJsonValue(QJsonValue::Undefined));
        row("number", " 42 ", 42);
        row("number", "4.2", QJsonValue(QJsonValue::Undefined));
        row("list", "a, b,,c", QJsonArray{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
        row("text", " mail.example.org ", QStringLiteral("mail.example.org"));
    }
    void textsAreReadByTheirKind()
    {
        QFETCH(QString, kind);
        QFETCH(QString, text);
        const auto read = gui::readSetting(kind, text);
        QTEST(read ? *read : QJsonValue(QJsonValue::Undefined), "value");
    }
    void whatIsShownIsReadBackTheSame_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QJsonValue>("value");
        QTest::newRow("bytes") << QStringLiteral("bytes") << QJsonValue(100 * 1024 * 1024);
        QTest::newRow("no bytes") << QStringLiteral("bytes") << QJsonValue(0);
        QTest::newRow("days") << QStringLiteral("duration") << QJsonValue(90 * 24 * 3600);
        QTest::newRow("hours and minutes") << QStringLiteral("duration") << QJsonValue(5400);
    }
    void whatIsShownIsReadBackTheSame()
    {
        QFETCH(QString, kind);
        QFETCH(QJsonValue, value);
        const auto again = gui::readSetting(kind, gui::settingText(kind, value));
        QVERIFY(again);
        QCOMPARE(*again, value);
    }
    void aSettingOfANewerServerIsNamedByItsField()
    {
        QCOMPARE(gui::settingLabel(QStringLiteral("hostname")), QStringLiteral("Server name"));
        QCOMPARE(gui::settingLabel(QStringLiteral("maxPigeonsPerDay")), QStringLiteral("Max pigeons per day"));
        QCOMPARE(gui::settingHelp(QStringLiteral("maxPigeonsPerDay"), QStringLiteral("Most pigeons.")),
                 QStringLiteral("Most pigeons."));
    }
};
POSTROOM_TEST(SettingsFormTest)
#include "settings_form_test.moc"
