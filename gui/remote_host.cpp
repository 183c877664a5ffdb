#include "gui/remote_host.h"

#include <QLocalSocket>

namespace gui {

RemoteHost::RemoteHost(QString host, QStringList command, QObject *parent)
    : QObject(parent)
    , m_host(std::move(host))
    , m_command(std::move(command))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    const QString path = m_folder.filePath(QStringLiteral("remote.sock"));
    if (m_folder.isValid() && m_server.listen(path))
        m_path = path;
    connect(&m_server, &QLocalServer::newConnection, this, &RemoteHost::accept);
}

void RemoteHost::accept()
{
    QLocalSocket *socket = m_server.nextPendingConnection();
    auto *process = new QProcess(socket); // ends with the connection
    connect(process, &QProcess::readyReadStandardOutput, socket,
            [process, socket] { socket->write(process->readAllStandardOutput()); });
    connect(process, &QProcess::readyReadStandardError, this, [this, process] {
        const QString words = QString::fromUtf8(process->readAllStandardError()).trimmed();
        m_lastWords = words.section(u'\n', -1);
    });
    connect(socket, &QLocalSocket::readyRead, process, [process, socket] { process->write(socket->readAll()); });
    connect(process, &QProcess::finished, socket, [socket] { socket->disconnectFromServer(); });
    connect(process, &QProcess::errorOccurred, socket, [this, process, socket] {
        m_lastWords = process->errorString();
        socket->disconnectFromServer();
    });
    connect(socket, &QLocalSocket::disconnected, process, [process, socket] {
        process->disconnect(socket);
        process->kill();
        socket->deleteLater();
    });
    QStringList arguments = m_command.mid(1);
    // A name that begins with a dash would be an option of ssh.
    arguments << QStringLiteral("--") << m_host << QStringLiteral("postroomctl") << QStringLiteral("stdio");
    process->start(m_command.first(), arguments);
}

} // namespace gui
