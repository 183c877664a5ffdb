#include "daemon/core/spool.h"
#include "tests/support/test.h"

#include <QDir>
#include <QTemporaryDir>

#include <sys/resource.h>

#include <csignal>

class SpoolTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;

private Q_SLOTS:
    void whatIsWrittenIsReadAndLeavesNoFile()
    {
        auto spool = core::Spool::open(m_folder.path());
        QVERIFY(spool);
        QVERIFY(spool->read()->bytes.isEmpty());
        QVERIFY(spool->append("one "));
        QVERIFY(spool->append(QByteArray(100'000, 'x')));
        QCOMPARE(spool->sizeBytes(), 100'004);
        core::HeldBytes held = *spool->read();
        {
            const core::Spool gone = std::move(*spool);
        } // the mapping stays
        QCOMPARE(held.bytes, "one " + QByteArray(100'000, 'x'));
        QVERIFY(QDir(m_folder.path()).isEmpty());
    }
    void onlyWhatIsLargeTakesTheFile()
    {
        QVERIFY(!core::hold(QByteArray(10, 'x'), 10, m_folder.path()).owner);
        const core::HeldBytes held = core::hold(QByteArray(11, 'x'), 10, m_folder.path());
        QVERIFY(held.owner);
        QCOMPARE(held.bytes, QByteArray(11, 'x'));
        const core::HeldBytes without = core::hold(QByteArray(11, 'x'), 10, m_folder.filePath(QStringLiteral("no")));
        QVERIFY(!without.owner);
        QCOMPARE(without.bytes, QByteArray(11, 'x'));
    }
    void aWriteThatFailsIsTold()
    {
        auto spool = core::Spool::open(m_folder.path());
        QVERIFY(spool);
        rlimit before = {};
        getrlimit(RLIMIT_FSIZE, &before);
        const auto handler = std::signal(SIGXFSZ, SIG_IGN);
        const rlimit small{.rlim_cur = 1000, .rlim_max = before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
        const auto done = spool->append(QByteArray(1001, 'x'));
        setrlimit(RLIMIT_FSIZE, &before);
        std::signal(SIGXFSZ, handler);
        QVERIFY(!done);
        QCOMPARE(done.error().code, QStringLiteral("io-error"));
        QVERIFY(!core::Spool::open(m_folder.filePath(QStringLiteral("no"))));
    }
};
POSTROOM_TEST(SpoolTest)
#include "spool_test.moc"
