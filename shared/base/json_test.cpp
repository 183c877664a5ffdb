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
    void depthIsBoundedAtTheEdge_data()
    {
        QTest::addColumn<int>("depth");
        QTest::addColumn<QString>("error");
        QTest::newRow("below") << 63 << QString();
        QTest::newRow("at") << 64 << QString();
        QTest::newRow("above") << 65 << QStringLiteral("JSON nested deeper than 64 levels");
    }
    void depthIsBoundedAtTheEdge()
    {
        QFETCH(int, depth);
        const auto object =
            json::parseObject("{\"a\":" + QByteArray(depth - 1, '[') + QByteArray(depth - 1, ']') + '}');
        QTEST(object ? QString() : object.error().text, "error");
    }
    void numbersAreBoundedAtTheEdge_data()
    {
        QTest::addColumn<QByteArray>("member");
        QTest::addColumn<QString>("error");
        const QString exact = QStringLiteral("must be between -9007199254740992 and 9007199254740992");
        const QString narrow = QStringLiteral("must be between -2147483648 and 2147483647");
        QTest::newRow("2^53 - 1") << QByteArray(R"("limit":9007199254740991)") << QString();
        QTest::newRow("2^53") << QByteArray(R"("limit":9007199254740992)") << QString();
        QTest::newRow("2^53 + 1") << QByteArray(R"("limit":9007199254740993)") << exact;
        QTest::newRow("-2^53") << QByteArray(R"("limit":-9007199254740992)") << QString();
        QTest::newRow("-2^53 - 1") << QByteArray(R"("limit":-9007199254740993)") << exact;
        QTest::newRow("beyond 64 bits") << QByteArray(R"("limit":18446744073709551616)") << exact;
        QTest::newRow("beyond doubles") << QByteArray(R"("limit":1e300)") << exact;
        QTest::newRow("fraction") << QByteArray(R"("limit":1.5)") << QStringLiteral("must be a whole number");
        QTest::newRow("2^31 - 1") << QByteArray(R"("inner":[{"count":2147483647}])") << QString();
        QTest::newRow("2^31") << QByteArray(R"("inner":[{"count":2147483648}])") << narrow;
        QTest::newRow("-2^31") << QByteArray(R"("inner":[{"count":-2147483648}])") << QString();
        QTest::newRow("-2^31 - 1") << QByteArray(R"("inner":[{"count":-2147483649}])") << narrow;
        QTest::newRow("longest wait") << QByteArray(R"("wait":3153600000)") << QString();
        QTest::newRow("too long a wait") << QByteArray(R"("wait":3153600001)")
                                         << QStringLiteral(
                                                "is not a duration like 7m30s: a duration is at most 36500 d");
        QTest::newRow("wait in words") << QByteArray(R"("wait":"36500d")") << QString();
        QTest::newRow("too long in words")
            << QByteArray(R"("wait":"36500d1s")")
            << QStringLiteral("is not a duration like 7m30s: a duration is at most 36500 d");
    }
    void numbersAreBoundedAtTheEdge()
    {
        QFETCH(QByteArray, member);
        const auto sample = json::fromJson<Sample>(*json::parseObject("{\"name\":\"a\"," + member + '}'));
        QTEST(sample ? QString() : sample.error().publicText, "error");
    }
    void onlyObjectsAreDocuments()
    {
        QVERIFY(!json::parseObject("[]"));
        QVERIFY(!json::parseObject("{"));
    }
};
POSTROOM_TEST(JsonTest)
#include "json_test.moc"
