#include "daemon/core/shutdown.h"
#include "tests/support/test.h"

#include <csignal>

class ShutdownTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void signalsBecomeReadable()
    {
        core::Signals signalSource;
        QVERIFY(!signalSource.next());
        ::raise(SIGTERM);
        QCOMPARE(signalSource.next(), SIGTERM);
        QVERIFY(!signalSource.next());
    }
};
POSTROOM_TEST(ShutdownTest)
#include "shutdown_test.moc"
