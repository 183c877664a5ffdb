#include "daemon/db/migrator.h"
#include "daemon/reports/handshakes.h"
#include "tests/support/test.h"

#include <QTemporaryDir>

using namespace reports;

namespace {

constexpr qint64 kHour = 494'000;

net::HandshakeKind kind(qint64 hour, const char *service, const char *result, const char *version = "TLSv1.3")
{
    return {.hour = hour, .service = service, .version = version, .cipher = *version ? "AES" : "", .result = result};
}

Timestamp timeOf(qint64 hour) { return Timestamp(std::chrono::hours(hour)); }

} // namespace

class HandshakesTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    std::unique_ptr<db::Database> m_db;
private Q_SLOTS:
    void init()
    {
        m_db.reset();
        QFile::remove(m_folder.filePath(QStringLiteral("a.db")));
        m_db = *db::Database::open(m_folder.filePath(QStringLiteral("a.db")), db::Database::Mode::Write);
        QVERIFY(m_db->execute(kSchema0002));
    }
    void sumsByHourServiceVersionAndCipher()
    {
        QVERIFY(addHandshakes(*m_db, {{kind(kHour, "imaps", "ok"), 3},
                                      {kind(kHour, "imaps", "resumed"), 2},
                                      {kind(kHour, "imaps", "alert unknown_ca"), 1},
                                      {kind(kHour, "smtp", "eof", ""), 4}}));
        QVERIFY(addHandshakes(*m_db, {{kind(kHour, "imaps", "ok"), 10}, {kind(kHour + 1, "imaps", "ok"), 1}}));
        const auto list = listHandshakes(*m_db, {{kind(kHour, "imaps", "ok"), 100}}, timeOf(kHour), {});
        QVERIFY(list);
        QCOMPARE(list->size(), 3);
        const api::Handshakes &first = list->first();
        QCOMPARE(first.at, timeOf(kHour));
        QCOMPARE(first.service, QStringLiteral("imaps"));
        QCOMPARE(first.version, QStringLiteral("TLSv1.3"));
        QCOMPARE(first.cipher, QStringLiteral("AES"));
        QCOMPARE(first.ok, 113);
        QCOMPARE(first.resumed, 2);
        QCOMPARE(first.failed, 1);
        QCOMPARE(first.reasons.size(), 1);
        QCOMPARE(first.reasons.first().reason, QStringLiteral("alert unknown_ca"));
        QCOMPARE(list->at(1).service, QStringLiteral("smtp"));
        QCOMPARE(list->at(1).failed, 4);
        QCOMPARE(list->at(2).at, timeOf(kHour + 1));
    }
    void listIsOfWhatWasAskedFor()
    {
        QVERIFY(addHandshakes(*m_db, {{kind(kHour - 1, "imaps", "ok"), 3}, {kind(kHour, "imaps", "ok"), 3}}));
        const net::HandshakeSums waiting{{kind(kHour - 1, "smtp", "ok"), 1}, {kind(kHour, "smtp", "ok"), 1}};
        QCOMPARE(listHandshakes(*m_db, waiting, timeOf(kHour), {})->size(), 2);
        QCOMPARE(listHandshakes(*m_db, waiting, timeOf(kHour) + std::chrono::minutes(59), {})->size(), 2);
        QCOMPARE(listHandshakes(*m_db, waiting, timeOf(kHour - 1), QStringLiteral("smtp"))->size(), 2);
    }
    void aMonthIsKept()
    {
        QVERIFY(addHandshakes(*m_db, {{kind(kHour - 1, "imaps", "ok"), 3}, {kind(kHour, "imaps", "ok"), 3}}));
        QVERIFY(sweepHandshakes(*m_db, timeOf(kHour) + kKeepHandshakes));
        const auto list = listHandshakes(*m_db, {}, timeOf(0), {});
        QCOMPARE(list->size(), 1);
        QCOMPARE(list->first().at, timeOf(kHour));
    }
    void waitingSumsAreBounded()
    {
        ManualClock clock(timeOf(kHour));
        net::HandshakeCounts counts(clock);
        for (qsizetype i = 0; i < net::kMostHandshakeKinds + 10; ++i)
            counts.add(kind(0, "smtp", "why " + QByteArray::number(i)));
        const auto sums = counts.take();
        QCOMPARE(qsizetype(sums.size()), net::kMostHandshakeKinds + 1);
        QCOMPARE(sums.at(kind(kHour, "smtp", "other", "")), 10);
        QVERIFY(counts.waiting().empty());
        counts.putBack(sums);
        qint64 total = 0;
        for (const auto &[each, count] : counts.waiting())
            total += count;
        QCOMPARE(total, net::kMostHandshakeKinds + 10); // whatever is counted as other now, none is lost
        QVERIFY(qsizetype(counts.waiting().size()) <= net::kMostHandshakeKinds + 1);
    }
};

POSTROOM_TEST(HandshakesTest)
#include "handshakes_test.moc"
