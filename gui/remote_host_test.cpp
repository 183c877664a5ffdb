#include "gui/remote_host.h"
#include "tests/support/test.h"

#include <QLocalSocket>
#include <QSignalSpy>

using gui::RemoteHost;

class RemoteHostTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void linesGoThroughTheCommandAndBack()
    {
        // "sh -c SCRIPT -- box postroomctl stdio": answers with its arguments, then repeats what it is told.
        const RemoteHost remote(QStringLiteral("box"),
                                {QStringLiteral("sh"), QStringLiteral("-c"), QStringLiteral("echo \"$@\"; cat")});
        QVERIFY(!remote.socketPath().isEmpty());
        QLocalSocket socket;
        socket.connectToServer(remote.socketPath());
        socket.write("hello\n");
        QByteArray got;
        QTRY_VERIFY((got += socket.readAll()).endsWith("hello\n"));
        QCOMPARE(got, QByteArrayLiteral("box postroomctl stdio\nhello\n"));
    }
    void aCommandThatFailsEndsTheConnectionAndSaysWhy()
    {
        const RemoteHost remote(QStringLiteral("box"), {QStringLiteral("sh"), QStringLiteral("-c"),
                                                        QStringLiteral("echo no route >&2; exit 1")});
        QLocalSocket socket;
        const QSignalSpy ended(&socket, &QLocalSocket::disconnected);
        socket.connectToServer(remote.socketPath());
        QTRY_COMPARE(ended.count(), 1);
        QCOMPARE(remote.lastWords(), QStringLiteral("no route"));
    }
    void aMissingCommandEndsTheConnection()
    {
        const RemoteHost remote(QStringLiteral("box"), {QStringLiteral("/nowhere/ssh")});
        QLocalSocket socket;
        const QSignalSpy ended(&socket, &QLocalSocket::disconnected);
        socket.connectToServer(remote.socketPath());
        QTRY_COMPARE(ended.count(), 1);
        QVERIFY(!remote.lastWords().isEmpty());
    }
};
POSTROOM_TEST(RemoteHostTest)
#include "remote_host_test.moc"
