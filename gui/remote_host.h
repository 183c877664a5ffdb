// A server on another machine: runs `ssh HOST postroomctl stdio` for each connection and passes its lines on through a
// socket of this user's own, so that the rest of the app meets a server like any other. No new port, no new password:
// ssh decides who may. GUI thread; owned by main.
#pragma once

#include <QLocalServer>
#include <QObject>
#include <QProcess>
#include <QTemporaryDir>

namespace gui {

class RemoteHost : public QObject
{
    Q_OBJECT
public:
    // command: what to run before the words HOST, "postroomctl", "stdio"; a test puts its own here.
    explicit RemoteHost(QString host, QStringList command = {QStringLiteral("ssh"), QStringLiteral("-T")},
                        QObject *parent = nullptr);

    [[nodiscard]] QString socketPath() const { return m_path; }     // empty: no socket could be made
    [[nodiscard]] QString lastWords() const { return m_lastWords; } // what ssh complained of last

private:
    void accept();

    const QString m_host;
    const QStringList m_command;
    QTemporaryDir m_folder; // 0700
    QString m_path;
    QString m_lastWords;
    QLocalServer m_server;
};

} // namespace gui
