// A part of the settings document as a form: one row per setting of the server's own schema, so that a setting of a
// newer server is in the form of an older app. QML:
//   SettingsForm { section: "server" }                    the server as a whole
//   SettingsForm { section: "listeners"; entry: "smtp" }  one entry of a list, by its key
// Loads when the server is there, keeps what was typed, saves with the revision it was read at, so that nobody's change
// is lost; an error names its row. GUI thread.
#pragma once

#include "shared/base/result.h"

#include <QAbstractListModel>
#include <QJsonObject>
#include <QQmlParserStatus>
#include <QtQml/qqmlregistration.h>

namespace gui {

class DaemonLink;

class SettingsForm : public QAbstractListModel, public QQmlParserStatus
{
    Q_OBJECT
    QML_ELEMENT
    Q_INTERFACES(QQmlParserStatus)
    Q_PROPERTY(QString section MEMBER m_section NOTIFY placeChanged)
    Q_PROPERTY(QString entry MEMBER m_entry NOTIFY placeChanged)
    Q_PROPERTY(bool loaded READ isLoaded NOTIFY loadedChanged)
    Q_PROPERTY(bool dirty READ isDirty NOTIFY dirtyChanged)
    Q_PROPERTY(bool busy READ isBusy NOTIFY busyChanged)
    Q_PROPERTY(QString problem READ problem NOTIFY problemChanged)
    Q_PROPERTY(QString problemField READ problemField NOTIFY problemChanged)
    Q_PROPERTY(QStringList entries READ entries NOTIFY loadedChanged)
public:
    enum Roles
    {
        Name = Qt::UserRole,
        Label,
        Help,
        Kind, // "switch", "choice", "text", "number", "bytes", "duration", "list"
        Value,
        Text, // as shown in a field, with unit
        Options,
        Changed,
    };

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] bool isLoaded() const { return !m_rows.isEmpty(); }
    [[nodiscard]] bool isDirty() const;
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] QString problemField() const { return m_problemField; }
    [[nodiscard]] QStringList entries() const; // keys of the section, if it is a list

    Q_INVOKABLE void edit(int row, const QVariant &value); // a text is read by the row's kind
    Q_INVOKABLE void save();
    Q_INVOKABLE void revert();
    Q_INVOKABLE void load();

    void classBegin() override {}
    void componentComplete() override;

Q_SIGNALS:
    void placeChanged();
    void loadedChanged();
    void dirtyChanged();
    void busyChanged();
    void problemChanged();
    void saved(qint64 revision); // settings.undo takes it back

private:
    struct Row
    {
        QString name;
        QString kind;
        QString doc;
        QStringList options;
        QJsonValue before;
        QJsonValue value;
    };

    void fill();
    void show(QList<Row> rows);
    void take(const QJsonObject &document);
    void fail(const QString &problem, const QString &field);
    void setBusy(bool busy);
    [[nodiscard]] QJsonObject place() const; // what is edited, of the document

    QString m_section;
    QString m_entry;
    QJsonObject m_schema;
    QJsonObject m_document;
    QList<Row> m_rows;
    QString m_problem;
    QString m_problemField;
    DaemonLink *m_daemon = nullptr;
    bool m_busy = false;
};

// What a setting is called and what it does, in the language of the window; the schema's own words for what is not
// known.
[[nodiscard]] QString settingLabel(const QString &name);
[[nodiscard]] QString settingHelp(const QString &name, const QString &doc);

// "25 MB", "4 h", "12" <-> the JSON value; an error for what cannot be read.
[[nodiscard]] QString settingText(const QString &kind, const QJsonValue &value);
[[nodiscard]] Result<QJsonValue> readSetting(const QString &kind, const QString &text);

} // namespace gui
