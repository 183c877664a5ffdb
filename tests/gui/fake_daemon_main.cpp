// fake_daemon SOCKET [SCENARIO]: the fake server as a program, for screenshots. Prints "ready".
#include "fake_daemon.h"

#include <QCoreApplication>

#include <cstdio>

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 2) {
        std::fputs("usage: fake_daemon SOCKET [SCENARIO]\n", stderr);
        return 2;
    }
    FakeDaemon daemon;
    daemon.setPath(arguments.at(1));
    daemon.setScenario(arguments.value(2, QStringLiteral("healthy")));
    if (!daemon.start())
        return 1;
    std::puts("ready");
    std::fflush(stdout);
    return QCoreApplication::exec();
}
