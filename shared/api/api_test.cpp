#include "shared/api/all.h"
#include "tests/support/test.h"

#include <QSet>

class ApiTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void namesAreUniqueAndTopicsKnown()
    {
        QSet<QString> names;
        QSet<QString> commands;
        api::forEachMethod([&](const auto &method) {
            QVERIFY(!names.contains(QLatin1StringView(method.name)));
            names.insert(QLatin1StringView(method.name));
            const QString command = QLatin1StringView(method.noun) + u' ' + QLatin1StringView(method.verb);
            QVERIFY(command == u" " || !commands.contains(command));
            commands.insert(command);
            QVERIFY(qstrlen(method.doc) > 0);
            QCOMPARE(qstrlen(method.topic) > 0, method.mutates);
            QVERIFY(!method.mutates || api::topicNames().contains(QLatin1StringView(method.topic)));
        });
        QCOMPARE(names.size(), api::methodNames().size());
    }
    void nearestFindsMisspellings_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("wanted");
        QTest::newRow("letter") << "accounts.lst" << "accounts.list";
        QTest::newRow("case") << "Status.get" << "status.get";
        QTest::newRow("noun") << "account.list" << "accounts.list";
        QTest::newRow("far") << "zzzzzzzz" << "";
        QTest::newRow("long") << QString(500, u'a') << "";
    }
    void nearestFindsMisspellings()
    {
        QFETCH(QString, name);
        QFETCH(QString, wanted);
        QCOMPARE(api::nearest(name, api::methodNames()), wanted);
    }
    void resultsIgnoreWhatIsUnknown()
    {
        const auto object = json::parseObject(
            R"({"accounts":[{"address":"a@b","usedBytes":7,"later":{"x":1},"lastSignIn":null}],"more":true})");
        const auto result = api::fromResult<api::AccountsListResult>(*object);
        QVERIFY(result);
        QCOMPARE(result->accounts.size(), 1);
        QCOMPARE(result->accounts[0].usedBytes, 7);
        QCOMPARE(toMilliseconds(result->accounts[0].lastSignIn), 0);
    }
    void paramsAreStrict()
    {
        const auto params =
            json::fromJson<api::AccountsAddParams>(QJsonObject{{QStringLiteral("adress"), QStringLiteral("a@b")}});
        QVERIFY(!params);
    }
    void whatIsRequiredIsRefusedWhereverItIsMissing()
    {
        int required = 0;
        api::forEachMethod([&required]<class P, class R>(const api::Method<P, R> &method) {
            QString first; // in the order of fields(): the one that is named
            forEachField<P>([&](const auto &each) {
                if (each.flags & kRequired && ++required && first.isEmpty())
                    first = u'/' + QString::fromLatin1(each.name);
            });
            const auto params = json::fromJson<P>(QJsonObject());
            QVERIFY2(params.has_value() == first.isEmpty(), method.name);
            if (params)
                return;
            QCOMPARE(params.error().path, first);
            QCOMPARE(params.error().publicText, QStringLiteral("is missing"));
            QCOMPARE(params.error().kind, ErrorKind::Syntax); // -32602
        });
        QVERIFY(required > 20);
    }
    void nearestLooksAtShortNamesOnly()
    {
        const auto near = [](qsizetype length) {
            return api::nearest(QString(length, u'a'), {QString(length + 1, u'a')});
        };
        QVERIFY(!near(63).isEmpty());
        QVERIFY(!near(64).isEmpty());
        QVERIFY(near(65).isEmpty());
    }
    void schemaHasEveryMethod()
    {
        const QJsonObject methods = api::apiSchema()[u"methods"].toObject();
        QCOMPARE(methods.size(), api::methodNames().size());
        QVERIFY(methods[u"accounts.add"][u"params"][u"required"].toArray().contains(QStringLiteral("address")));
    }
};
POSTROOM_TEST(ApiTest)
#include "api_test.moc"
