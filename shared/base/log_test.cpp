#include "shared/base/log.h"
#include "tests/support/test.h"

class LogTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rendersText()
    {
        const QJsonObject fields{{QStringLiteral("a"), 1},
                                 {QStringLiteral("b"), QStringLiteral("x y")},
                                 {QStringLiteral("c"), QJsonObject{{QStringLiteral("d"), true}}}};
        QCOMPARE(logging::render(LogFormat::Text, LogLevel::Info, "smtp", "message accepted", fields, 0),
                 QByteArray("1970-01-01T00:00:00Z info smtp: message accepted a=1 b=\"x y\" c={\"d\":true}"));
    }
    void rendersJson()
    {
        QCOMPARE(
            logging::render(LogFormat::Json, LogLevel::Warn, "imap", "odd",
                            {{QStringLiteral("k"), QStringLiteral("v\n")}}, 1),
            QByteArray(
                R"({"component":"imap","k":"v\n","level":"warn","message":"odd","time":"1970-01-01T00:00:00.001Z"})"));
    }
    void inheritsFieldsAndRespectsTheLevel()
    {
        QList<QByteArray> lines;
        logging::setUp(LogLevel::Info, LogFormat::Text, [&lines](LogLevel, const QByteArray &line) { lines << line; });
        const Log connection = Log("test").with({{"connection", 7}});
        connection.debug("not shown");
        connection.info("shown", {{"more", QStringLiteral("yes")}});
        logging::setUp(LogLevel::Info, LogFormat::Text, {});
        QCOMPARE(lines.size(), 1);
        QVERIFY(lines.at(0).endsWith("info test: shown connection=7 more=yes"));
    }
};
POSTROOM_TEST(LogTest)
#include "log_test.moc"
