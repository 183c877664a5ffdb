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
    void numbersAndLengthsAreKeptAtTheEdge_data()
    {
        QTest::addColumn<QJsonObject>("document");
        QTest::addColumn<QString>("error"); // its place and text; empty = taken
        const auto server = [](const char *name, const QJsonValue &value) {
            return QJsonObject{{QStringLiteral("server"), QJsonObject{{QLatin1StringView(name), value}}}};
        };
        const auto row = [](const char *name, const QJsonObject &document, const char *error = "") {
            QTest::newRow(name) << document << QString::fromUtf8(error);
        };
        const char size[] = "/server/maxMessageBytes must be between 64 KiB and 2 GB";
        row("smaller message", server("maxMessageBytes", 65'535), size);
        row("smallest message", server("maxMessageBytes", 65'536));
        row("largest message", server("maxMessageBytes", 2'000'000'000));
        row("larger message", server("maxMessageBytes", 2'000'000'001), size);
        const char recipients[] = "/server/maxRecipients must be between 100 and 10000";
        row("99 recipients", server("maxRecipients", 99), recipients);
        row("100 recipients", server("maxRecipients", 100));
        row("10000 recipients", server("maxRecipients", 10'000));
        row("10001 recipients", server("maxRecipients", 10'001), recipients);
        const char connections[] = "/server/connectionsPerAddress must be between 1 and 100000";
        row("no connection", server("connectionsPerAddress", 0), connections);
        row("1 connection", server("connectionsPerAddress", 1));
        row("most connections", server("connectionsPerAddress", 100'000));
        row("more connections", server("connectionsPerAddress", 100'001), connections);
        const char rate[] = "/server/connectionsPerMinute must be between 1 and 100000";
        row("no connection a minute", server("connectionsPerMinute", 0), rate);
        row("1 connection a minute", server("connectionsPerMinute", 1));
        row("most connections a minute", server("connectionsPerMinute", 100'000));
        row("more connections a minute", server("connectionsPerMinute", 100'001), rate);
        row("trace below a day", server("keepTrace", 86'399), "/server/keepTrace must be at least a day");
        row("trace of a day", server("keepTrace", 86'400));
        const auto account = [](const char *name, qint64 value) {
            return QJsonObject{{QStringLiteral("domains"),
                                QJsonArray{QJsonObject{{QStringLiteral("name"), QStringLiteral("example.org")}}}},
                               {QStringLiteral("accounts"),
                                QJsonArray{QJsonObject{{QStringLiteral("address"), QStringLiteral("anna@example.org")},
                                                       {QLatin1StringView(name), value}}}}};
        };
        const char daily[] = "/accounts/0/dailyMessages must be between -1 and 1000000";
        row("daily messages below -1", account("dailyMessages", -2), daily);
        row("the server's daily messages", account("dailyMessages", -1));
        row("most daily messages", account("dailyMessages", 1'000'000));
        row("more daily messages", account("dailyMessages", 1'000'001), daily);
        row("daily new recipients below -1", account("dailyNewRecipients", -2),
            "/accounts/0/dailyNewRecipients must be between -1 and 1000000");
        row("quota", server("defaultQuotaBytes", -1), "/server/defaultQuotaBytes must not be negative");
        const auto forwarders = [](qsizetype count) {
            QJsonArray array;
            for (qsizetype i = 0; i < count; ++i)
                array.append(QStringLiteral("192.0.2.1@65535"));
            return array;
        };
        row("16 forwarders", server("dnsForwarders", forwarders(16)));
        row("17 forwarders", server("dnsForwarders", forwarders(17)), "/server/dnsForwarders must not be more than 16");
        row("forwarder's port", server("dnsForwarders", QJsonArray{QStringLiteral("192.0.2.1@65536")}),
            "/server/dnsForwarders/0 is not ADDRESS or ADDRESS@PORT");
        const auto listeners = [](qsizetype count, int port, qsizetype name) {
            QJsonArray array;
            for (qsizetype i = 0; i < count; ++i)
                array.append(QJsonObject{{QStringLiteral("name"), QString::number(i).rightJustified(name, u'n')},
                                         {QStringLiteral("kind"), QStringLiteral("smtp")},
                                         {QStringLiteral("address"), QStringLiteral("127.0.0.%1").arg(i + 1)},
                                         {QStringLiteral("port"), port}});
            return QJsonObject{{QStringLiteral("listeners"), array}};
        };
        row("port 0", listeners(1, 0, 1), "/listeners/0/port must be between 1 and 65535");
        row("port 1", listeners(1, 1, 1));
        row("port 65535", listeners(1, 65'535, 1));
        row("port 65536", listeners(1, 65'536, 1), "/listeners/0/port must be between 1 and 65535");
        row("100 listeners", listeners(100, 25, 3));
        row("101 listeners", listeners(101, 25, 3), "/listeners must not be more than 100");
        row("name of 64", listeners(1, 25, 64));
        row("name of 65", listeners(1, 25, 65), "/listeners/0/name is longer than 64 characters");
        const auto people = [](qsizetype name, qsizetype members) {
            QJsonArray accounts;
            QJsonArray addresses;
            for (qsizetype i = 0; i < std::max<qsizetype>(members, 1); ++i) {
                const QString address = QStringLiteral("a%1@a.org").arg(i);
                accounts.append(QJsonObject{{QStringLiteral("address"), address},
                                            {QStringLiteral("name"), QString(name, u'\u00e4')}});
                addresses.append(address);
            }
            QJsonObject document{
                {QStringLiteral("domains"), QJsonArray{QJsonObject{{QStringLiteral("name"), QStringLiteral("a.org")}}}},
                {QStringLiteral("accounts"), accounts}};
            if (members > 0)
                document.insert(QStringLiteral("aliases"),
                                QJsonArray{QJsonObject{{QStringLiteral("address"), QStringLiteral("all@a.org")},
                                                       {QStringLiteral("members"), addresses}}});
            return document;
        };
        row("person's name of 200", people(200, 0));
        row("person's name of 201", people(201, 0), "/accounts/0/name is longer than 200 characters");
        row("1000 members", people(1, 1000));
        row("1001 members", people(1, 1001), "/aliases/0/members must not name more than 1000");
    }
    void numbersAndLengthsAreKeptAtTheEdge()
    {
        QFETCH(QJsonObject, document);
        const auto parsed = parseDocument(document);
        QTEST(parsed ? QString() : parsed.error().path + u' ' + parsed.error().publicText, "error");
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
        QTest::newRow("longest localpart") << QString(64, u'a') + QStringLiteral("@example.org") << true;
        QTest::newRow("long localpart") << QString(65, u'a') + QStringLiteral("@example.org") << false;
        QTest::newRow("longest label") << QStringLiteral("a@") + QString(63, u'b') << true;
        QTest::newRow("long label") << QStringLiteral("a@") + QString(64, u'b') << false;
        const QString labels = QStringLiteral("a@") + (QString(49, u'b') + u'.').repeated(5);
        QTest::newRow("longest domain") << labels + QStringLiteral("com") << true;
        QTest::newRow("long domain") << labels + QStringLiteral("info") << false;
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
