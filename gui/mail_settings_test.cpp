#include "gui/mail_settings.h"
#include "tests/support/test.h"

#include <QFile>
#include <QTemporaryDir>
#include <QUrl>
#include <QUrlQuery>
#include <QXmlStreamReader>

using gui::MailSettings;

class MailSettingsTest : public QObject
{
    Q_OBJECT
    static QVariantMap server()
    {
        return {{QStringLiteral("host"), QStringLiteral("mail.example.org")},
                {QStringLiteral("imapPort"), 993},
                {QStringLiteral("submissionPort"), 465}};
    }
private Q_SLOTS:
    void thunderbirdSignsInWithAKeyWithoutAPassword()
    {
        QCOMPARE(
            MailSettings::thunderbirdCode(server(), QStringLiteral("anna@example.org"), QStringLiteral("Anna"), {}),
            QStringLiteral(
                "[1,[1,1],[0,\"mail.example.org\",993,3,5,\"anna@example.org\"],"
                "[[[0,\"mail.example.org\",465,3,5,\"anna@example.org\"],[\"anna@example.org\",\"Anna\"]]]]"));
    }
    void thunderbirdIsToldThePassword()
    {
        QCOMPARE(
            MailSettings::thunderbirdCode(server(), QStringLiteral("anna@example.org"), {}, QStringLiteral("p\"w")),
            QStringLiteral("[1,[1,1],[0,\"mail.example.org\",993,3,1,\"anna@example.org\",\"\",\"p\\\"w\"],"
                           "[[[0,\"mail.example.org\",465,3,1,\"anna@example.org\",\"p\\\"w\"],"
                           "[\"anna@example.org\",\"anna@example.org\"]]]]"));
    }
    void applesProfileHoldsTheAccount()
    {
        const QString profile = MailSettings::appleProfile(server(), QStringLiteral("anna@example.org"),
                                                           QStringLiteral("Anna & Ben"), QStringLiteral("a<b-c"));
        QXmlStreamReader reader(profile);
        QStringList flat; // key, value, key, value
        while (!reader.atEnd()) {
            reader.readNext();
            if (reader.isStartElement() && reader.name() == QLatin1StringView("true"))
                flat << QStringLiteral("true");
            else if (reader.isStartElement() &&
                     (reader.name() == QLatin1StringView("key") || reader.name() == QLatin1StringView("string") ||
                      reader.name() == QLatin1StringView("integer")))
                flat << reader.readElementText();
        }
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
        const auto valueOf = [&flat](const char *key) { return flat.value(flat.indexOf(QLatin1StringView(key)) + 1); };
        QCOMPARE(valueOf("PayloadType"), QStringLiteral("com.apple.mail.managed"));
        QCOMPARE(valueOf("EmailAccountName"), QStringLiteral("Anna & Ben"));
        QCOMPARE(valueOf("IncomingMailServerHostName"), QStringLiteral("mail.example.org"));
        QCOMPARE(valueOf("IncomingMailServerPortNumber"), QStringLiteral("993"));
        QCOMPARE(valueOf("IncomingMailServerUseSSL"), QStringLiteral("true"));
        QCOMPARE(valueOf("IncomingPassword"), QStringLiteral("a<b-c"));
        QCOMPARE(valueOf("OutgoingMailServerPortNumber"), QStringLiteral("465"));
        QCOMPARE(valueOf("OutgoingMailServerUsername"), QStringLiteral("anna@example.org"));
        // Installed again it replaces itself: its identifiers are the same.
        QCOMPARE(MailSettings::appleProfile(server(), QStringLiteral("anna@example.org"), QStringLiteral("Anna & Ben"),
                                            QStringLiteral("a<b-c")),
                 profile);
    }
    void theProfileIsForItsOwnerAlone()
    {
        const QTemporaryDir home;
        qputenv("HOME", home.path().toLocal8Bit());
        const QString path =
            MailSettings::saveAppleProfile(QStringLiteral("<plist/>"), QStringLiteral("anna@example.org"));
        QVERIFY(path.startsWith(home.path()));
        QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        QVERIFY(MailSettings::saveAppleProfile(QStringLiteral("<plist/>"), QStringLiteral("anna@example.org")) != path);
    }
    void deltaChatReadsItsLinkAsAUrl()
    {
        const QUrl link(
            MailSettings::deltaChatLink(server(), QStringLiteral("anna@example.org"), QStringLiteral("a&b=c d")));
        QCOMPARE(link.scheme(), QStringLiteral("dclogin"));
        QCOMPARE(link.path(), QStringLiteral("anna@example.org"));
        const QUrlQuery query(link);
        QCOMPARE(query.queryItemValue(QStringLiteral("p"), QUrl::FullyDecoded), QStringLiteral("a&b=c d"));
        QCOMPARE(query.queryItemValue(QStringLiteral("ip")), QStringLiteral("993"));
        QCOMPARE(query.queryItemValue(QStringLiteral("ss")), QStringLiteral("ssl"));
    }
    void portsComeFromTheListeners()
    {
        const auto listener = [](const char *kind, int port) {
            return QVariant(
                QVariantMap{{QStringLiteral("kind"), QString::fromLatin1(kind)}, {QStringLiteral("port"), port}});
        };
        const QVariantMap found = MailSettings::serverOf(
            {{QStringLiteral("hostname"), QStringLiteral("mail.example.org")},
             {QStringLiteral("listeners"),
              QVariantList{listener("imap", 1143), listener("imaps", 1993), listener("submissions", 1465)}}});
        QCOMPARE(found.value(QStringLiteral("imapPort")).toInt(), 1993);
        QCOMPARE(found.value(QStringLiteral("submissionPort")).toInt(), 1465);
    }
};
POSTROOM_TEST(MailSettingsTest)
#include "mail_settings_test.moc"
