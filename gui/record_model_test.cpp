#include "gui/record_model.h"
#include "gui/record_types.h"
#include "gui/record_view.h"
#include "tests/support/test.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace gui;

namespace {

QJsonObject account(const char *address, const char *name, qint64 used = 0)
{
    api::Account account;
    account.address = QString::fromLatin1(address);
    account.name = QString::fromLatin1(name);
    account.usedBytes = used;
    return json::toJson(account);
}

api::Snapshot snapshot(const QList<std::pair<const char *, QJsonObject>> &items)
{
    api::Snapshot snapshot{QStringLiteral("accounts"), 1, {}};
    for (const auto &[id, value] : items)
        snapshot.items.append(
            QJsonObject{{QStringLiteral("id"), QLatin1StringView(id)}, {QStringLiteral("value"), value}});
    return snapshot;
}

struct Fixture
{
    RecordModel model{QStringLiteral("accounts")};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
    QString text(int row, const char *field) const
    {
        return model.index(row).data(model.roleOf(QString::fromLatin1(field))).toString();
    }
};

} // namespace

class RecordModelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rolesAreTheFields()
    {
        Fixture f;
        const auto names = f.model.roleNames().values();
        for (const char *each : {"id", "address", "usedBytes", "state", "lastSignIn"})
            QVERIFY(names.contains(each));
        QCOMPARE(f.model.roleOf(QStringLiteral("nothing")), -1);
        for (const QString &topic : recordTopics())
            QVERIFY(api::topicNames().contains(topic));
    }
    void aSnapshotFillsAndTimesAreTimes()
    {
        Fixture f;
        QSignalSpy loaded(&f.model, &RecordModel::loadedChanged);
        f.model.take(snapshot({{"1", account("anna@a.example", "Anna")}, {"2", account("ben@a.example", "Ben")}}));
        QCOMPARE(f.model.count(), 2);
        QCOMPARE(loaded.size(), 1);
        QCOMPARE(f.text(1, "address"), QStringLiteral("ben@a.example"));
        QCOMPARE(f.text(0, "state"), QStringLiteral("active"));
        QVERIFY(!f.model.at(0).value(QStringLiteral("lastSignIn")).toDateTime().isValid());
    }
    void aSecondSnapshotTouchesOnlyWhatDiffers()
    {
        Fixture f;
        f.model.take(snapshot({{"1", account("anna@a.example", "Anna")}, {"2", account("ben@a.example", "Ben")}}));
        QSignalSpy reset(&f.model, &QAbstractItemModel::modelReset);
        QSignalSpy changed(&f.model, &QAbstractItemModel::dataChanged);
        f.model.take(snapshot({{"2", account("ben@a.example", "Benno")}, {"3", account("mia@a.example", "Mia")}}));
        QCOMPARE(reset.size(), 0);
        QCOMPARE(changed.size(), 1);
        QVERIFY(changed[0][2].value<QList<int>>().contains(f.model.roleOf(QStringLiteral("name"))));
        QVERIFY(!changed[0][2].value<QList<int>>().contains(f.model.roleOf(QStringLiteral("address"))));
        QCOMPARE(f.text(0, "name"), QStringLiteral("Benno"));
        QCOMPARE(f.text(1, "name"), QStringLiteral("Mia"));
    }
    void changesGoByKey()
    {
        Fixture f;
        f.model.take(snapshot({{"1", account("anna@a.example", "Anna")}, {"2", account("ben@a.example", "Ben")}}));
        f.model.take({{api::OpKind::Remove, QStringLiteral("1"), {}},
                      {api::OpKind::Remove, QStringLiteral("9"), {}},
                      {api::OpKind::Upsert, QStringLiteral("2"), account("ben@a.example", "Ben", 7)}});
        QCOMPARE(f.model.count(), 1);
        QCOMPARE(f.text(0, "usedBytes"), QStringLiteral("7"));
    }
    void whatCannotBeReadIsLeftOut()
    {
        Fixture f;
        QJsonObject strange = account("anna@a.example", "Anna");
        strange.insert(QStringLiteral("state"), QStringLiteral("sleeping"));
        QJsonObject later = account("ben@a.example", "Ben");
        later.insert(QStringLiteral("addedLater"), true);
        f.model.take(snapshot({{"1", strange}, {"2", later}}));
        QCOMPARE(f.model.count(), 1);
        QCOMPARE(f.text(0, "name"), QStringLiteral("Ben"));
    }
    void theViewSortsAndFilters()
    {
        Fixture f;
        QJsonObject gone = account("old@a.example", "Aaron");
        gone.insert(QStringLiteral("state"), QStringLiteral("removed"));
        f.model.take(
            snapshot({{"1", account("mia@a.example", "mia")}, {"2", account("anna@a.example", "Anna")}, {"3", gone}}));
        RecordView view;
        view.setSource(&f.model);
        view.setSortField(QStringLiteral("name"));
        view.setProperty("except", QVariantMap{{QStringLiteral("state"), QStringLiteral("removed")}});
        view.setProperty("textFields", QStringList{QStringLiteral("name"), QStringLiteral("address")});
        QCOMPARE(view.count(), 2);
        QCOMPARE(view.at(0).value(QStringLiteral("name")).toString(), QStringLiteral("Anna"));
        view.setText(QStringLiteral(" MIA@ "));
        QCOMPARE(view.count(), 1);
        QCOMPARE(view.rowOf(QStringLiteral("address"), QStringLiteral("mia@a.example")), 0);
        QCOMPARE(view.rowOf(QStringLiteral("address"), QStringLiteral("anna@a.example")), -1);
        view.setText({});
        f.model.take({{api::OpKind::Upsert, QStringLiteral("1"), account("mia@a.example", "Aaa")}});
        QCOMPARE(view.at(0).value(QStringLiteral("name")).toString(), QStringLiteral("Aaa"));
    }
};
POSTROOM_TEST(RecordModelTest)
#include "record_model_test.moc"
