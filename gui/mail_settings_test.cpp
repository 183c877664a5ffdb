#include "gui/mail_settings.h"
#include "tests/support/test.h"

#include <QUrl>
#include <QUrlQuery>

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
