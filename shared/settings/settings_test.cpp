#include "shared/settings/document.h"
#include "shared/settings/schema.h"
#include "shared/settings/validate.h"
#include "tests/support/test.h"

using namespace settings;

namespace {

Document sample()
{
    Document document;
    document.server.hostname = QStringLiteral("mail.example.org");
    document.listeners = {{.name = QStringLiteral("imaps"),
                           .kind = ListenerKind::Imaps,
                           .address = {},
                           .port = 993,
                           .tls = TlsMode::Implicit}};
    document.domains = {{QStringLiteral("example.org")}};
    document.accounts = {{.address = QStringLiteral("anna@example.org"), .name = QStringLiteral("Anna")},
                         {.address = QStringLiteral("ben@example.org"), .name = QStringLiteral("Ben")}};
    document.aliases = {
        {.address = QStringLiteral("info@example.org"), .members = {QStringLiteral("anna@example.org")}}};
    return document;
}

} // namespace

class SettingsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void survivesExportAndReading()
    {
        const auto again = parseDocument(writeDocument(sample()));
        QVERIFY2(again.has_value(), again ? "" : qPrintable(again.error().path + again.error().text));
        QCOMPARE(diff(sample(), *again).size(), 0);
    }
    void errorsPointIntoTheDocument_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("path");
        QTest::newRow("unknown name") << QByteArray(R"({"server":{"hostnam":"x"}})") << "/server/hostnam";
        QTest::newRow("wrong type") << QByteArray(R"({"server":{"maxRecipients":"many"}})") << "/server/maxRecipients";
        QTest::newRow("host name") << QByteArray(R"({"server":{"hostname":"a b"}})") << "/server/hostname";
        QTest::newRow("no connections") << QByteArray(R"({"server":{"connectionsPerAddress":0}})")
                                        << "/server/connectionsPerAddress";
        QTest::newRow("short trace") << QByteArray(R"({"server":{"keepTrace":"1h"}})") << "/server/keepTrace";
        QTest::newRow("domain twice") << QByteArray(R"({"domains":[{"name":"a.org"},{"name":"A.org"}]})")
                                      << "/domains/1/name";
        QTest::newRow("missing domain") << QByteArray(R"({"accounts":[{"address":"a@b.org"}]})")
                                        << "/accounts/0/address";
        QTest::newRow("member is no account")
            << QByteArray(R"({"domains":[{"name":"a.org"}],"aliases":[{"address":"i@a.org","members":["x@a.org"]}]})")
            << "/aliases/0/members/0";
        QTest::newRow("no member")
            << QByteArray(R"({"domains":[{"name":"a.org"}],"aliases":[{"address":"i@a.org","members":[]}]})")
            << "/aliases/0/members";
        QTest::newRow("imaps without tls")
            << QByteArray(R"({"listeners":[{"name":"i","kind":"imaps","port":993}]})") << "/listeners/0/tls";
        QTest::newRow("port") << QByteArray(R"({"listeners":[{"name":"i","kind":"smtp","port":70000}]})")
                              << "/listeners/0/port";
        QTest::newRow("old TLS") << QByteArray(
                                        R"({"listeners":[{"name":"i","kind":"imap","port":143,"leastTls":"1.1"}]})")
                                 << "/listeners/0/leastTls";
        QTest::newRow("unknown certificate")
            << QByteArray(R"({"listeners":[{"name":"i","kind":"imap","port":143,"certificates":["web"]}]})")
            << "/listeners/0/certificates";
        QTest::newRow("certificate twice")
            << QByteArray(R"({"server":{"certificates":[{"name":"a","certificateFile":"/c","keyFile":"/k"},)"
                          R"({"name":"a","certificateFile":"/c","keyFile":"/k"}]}})")
            << "/server/certificates/1/name";
        QTest::newRow("certificate somewhere")
            << QByteArray(R"({"server":{"certificates":[{"name":"a","certificateFile":"c.pem","keyFile":"/k"}]}})")
            << "/server/certificates/0/certificateFile";
        QTest::newRow("same port")
            << QByteArray(
                   R"({"listeners":[{"name":"a","kind":"smtp","port":25},{"name":"b","kind":"imap","port":25}]})")
            << "/listeners/1/port";
    }
    void errorsPointIntoTheDocument()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, path);
        const auto document = parseDocument(text);
        QVERIFY(!document);
        QCOMPARE(document.error().path, path);
        QCOMPARE(document.error().kind, ErrorKind::Syntax);
    }
    void sectionsLeftOutKeepWhatIsThere()
    {
        const auto document = parseDocument(QByteArrayView(R"({"server":{"maxRecipients":200}})"), sample());
        QVERIFY(document);
        QCOMPARE(document->accounts.size(), 2);
        QCOMPARE(document->server.hostname, QStringLiteral("mail.example.org"));
    }
    void diffNamesEntriesByKey()
    {
        Document to = sample();
        to.accounts[0].quotaBytes = 5000;
        to.accounts.removeAt(1);
        to.domains.append({QStringLiteral("example.net")});
        const auto changes = diff(sample(), to);
        QCOMPARE(changes.size(), 3);
        QCOMPARE(changes[0].path, QStringLiteral("/domains/example.net"));
        QVERIFY(changes[0].before.isNull());
        QCOMPARE(changes[1].path, QStringLiteral("/accounts/anna@example.org/quotaBytes"));
        QCOMPARE(changes[1].before, QJsonValue(0));
        QCOMPARE(changes[1].after, QJsonValue(5000));
        QCOMPARE(changes[2].path, QStringLiteral("/accounts/ben@example.org"));
        QVERIFY(changes[2].after.isNull());
    }
    void whatIsUnlistedIsKeptAndReported()
    {
        Document wanted = sample();
        wanted.accounts.removeLast();
        const Merge merge = mergeUnlisted(sample(), wanted);
        QCOMPARE(merge.unlisted, QStringList{QStringLiteral("/accounts/ben@example.org")});
        QVERIFY(diff(sample(), merge.document).isEmpty());
    }
    void takesChangesBack()
    {
        Document to = sample();
        to.server.maxRecipients = 500;
        to.accounts[0].name = QStringLiteral("Anna A.");
        to.accounts.removeAt(1);
        to.domains.append({QStringLiteral("a~b/c.org")});
        to.domains.last().name = QStringLiteral("new.example.org");
        const auto changes = diff(sample(), to);
        const auto back = revert(to, changes);
        QVERIFY(back);
        QVERIFY(diff(sample(), *back).isEmpty());
    }
    void refusesToTakeBackWhatChangedAgain()
    {
        Document to = sample();
        to.server.maxRecipients = 500;
        const auto changes = diff(sample(), to);
        to.server.maxRecipients = 600;
        const auto back = revert(to, changes);
        QVERIFY(!back);
        QCOMPARE(back.error().code, QStringLiteral("changed-since"));
        QCOMPARE(back.error().path, QStringLiteral("/server/maxRecipients"));
    }
    void checksAddresses_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("good");
        QTest::newRow("plain") << "anna@example.org" << true;
        QTest::newRow("detail") << "anna+x@example.org" << true;
        QTest::newRow("utf8") << QStringLiteral("ännchen@bücher.example") << true;
        QTest::newRow("no at") << "anna" << false;
        QTest::newRow("no localpart") << "@example.org" << false;
        QTest::newRow("two dots") << "a..b@example.org" << false;
        QTest::newRow("space") << "a b@example.org" << false;
        QTest::newRow("control") << QStringLiteral("a\u0081@example.org") << false;
        QTest::newRow("long localpart") << QString(65, u'a') + QStringLiteral("@example.org") << false;
        QTest::newRow("empty label") << "a@example..org" << false;
        QTest::newRow("hyphen") << "a@-example.org" << false;
    }
    void checksAddresses()
    {
        QFETCH(QString, address);
        QFETCH(bool, good);
        QCOMPARE(validateAddress(address, {}).has_value(), good);
    }
    void schemaNamesEveryField()
    {
        const QJsonObject schema = documentSchema();
        const QJsonObject listener = schema[u"properties"][u"listeners"][u"items"].toObject();
        QCOMPARE(listener[u"properties"][u"kind"][u"enum"].toArray().size(), 8);
        QVERIFY(listener[u"required"].toArray().contains(QStringLiteral("port")));
        QCOMPARE(schema[u"additionalProperties"], QJsonValue(false));
    }
};
POSTROOM_TEST(SettingsTest)
#include "settings_test.moc"
