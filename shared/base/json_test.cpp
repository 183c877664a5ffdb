#include "shared/base/json.h"
#include "tests/support/test.h"

namespace {

enum class Colour
{
    Red,
    Green,
};
constexpr auto enumNames(Colour) { return std::array{EnumName{Colour::Red, "red"}, EnumName{Colour::Green, "green"}}; }

struct Inner
{
    int count = 3;
    static constexpr auto fields() { return std::tuple{field("count", &Inner::count, "How many.")}; }
};

struct Sample
{
    QString name;
    QString password;
    Colour colour = Colour::Red;
    QList<Inner> inner;
    std::optional<qint64> limit;
    std::chrono::seconds wait{5};
    static constexpr auto fields()
    {
        return std::tuple{
            field("name", &Sample::name, "Name.", kRequired), field("password", &Sample::password, "Secret.", kSecret),
            field("colour", &Sample::colour, "Colour."),      field("inner", &Sample::inner, "List."),
            field("limit", &Sample::limit, "Limit."),         field("wait", &Sample::wait, "Wait.")};
    }
};

} // namespace

class JsonTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void roundTrips()
    {
        const auto object = *json::parseObject(
            R"({"name":"a","password":"p","colour":"green","inner":[{"count":7}],"limit":4,"wait":"1m"})");
        const auto sample = json::fromJson<Sample>(object);
        QVERIFY(sample);
        QCOMPARE(sample->colour, Colour::Green);
        QCOMPARE(sample->inner.at(0).count, 7);
        QCOMPARE(sample->limit, 4);
        QCOMPARE(sample->wait, std::chrono::seconds(60));
        QCOMPARE(
            json::compact(json::toJson(*sample)),
            QByteArray(
                R"({"colour":"green","inner":[{"count":7}],"limit":4,"name":"a","password":{"secret":"set"},"wait":60})"));
    }
    void secretsSurviveTheirPlaceholder()
    {
        Sample sample{.name = QStringLiteral("a"), .password = QStringLiteral("kept"), .inner = {}, .limit = {}};
        QVERIFY(json::fromJson(*json::parseObject(R"({"name":"b","password":{"secret":"set"}})"), sample));
        QCOMPARE(sample.password, QStringLiteral("kept"));
    }
    void errorsNameTheirPlace_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("path");
        QTest::newRow("missing") << QByteArray("{}") << QStringLiteral("/name");
        QTest::newRow("type") << QByteArray(R"({"name":1})") << QStringLiteral("/name");
        QTest::newRow("enum") << QByteArray(R"({"name":"a","colour":"blue"})") << QStringLiteral("/colour");
        QTest::newRow("nested") << QByteArray(R"({"name":"a","inner":[{},{"count":1.5}]})")
                                << QStringLiteral("/inner/1/count");
        QTest::newRow("unknown") << QByteArray(R"({"name":"a","x/y":1})") << QStringLiteral("/x~1y");
        QTest::newRow("too large") << QByteArray(R"({"name":"a","inner":[{"count":3000000000}]})")
                                   << QStringLiteral("/inner/0/count");
    }
    void errorsNameTheirPlace()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, path);
        const auto sample = json::fromJson<Sample>(*json::parseObject(text));
        QVERIFY(!sample);
        QCOMPARE(sample.error().path, path);
        QVERIFY(!sample.error().publicText.isEmpty());
    }
    void depthIsBounded()
    {
        QVERIFY(!json::parseObject(QByteArray("{\"a\":") + QByteArray(100, '[')));
        QVERIFY(!json::parseObject("[]"));
        QVERIFY(!json::parseObject("{"));
    }
};
POSTROOM_TEST(JsonTest)
#include "json_test.moc"
