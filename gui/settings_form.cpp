#include "gui/settings_form.h"

#include "gui/daemon_link.h"
#include "gui/words.h"

#include <QJsonArray>
#include <QPointer>

namespace gui {

namespace {

QString kindOf(const QString &name, const QJsonObject &schema)
{
    const QJsonValue type = schema.value(QLatin1StringView("type"));
    if (schema.contains(QLatin1StringView("enum")))
        return QStringLiteral("choice");
    if (type.isArray())
        return QStringLiteral("duration");
    if (type == QLatin1StringView("boolean"))
        return QStringLiteral("switch");
    if (type == QLatin1StringView("integer"))
        return name.endsWith(QLatin1StringView("Bytes")) ? QStringLiteral("bytes") : QStringLiteral("number");
    if (type == QLatin1StringView("array"))
        return schema.value(QLatin1StringView("items")).toObject().value(QLatin1StringView("type")) ==
                       QLatin1StringView("string")
                   ? QStringLiteral("list")
                   : QString();
    return type == QLatin1StringView("string") ? QStringLiteral("text") : QString();
}

QString keyOf(const QJsonObject &schema) // lists of the document are known by their one required text
{
    const QJsonArray required = schema.value(QLatin1StringView("required")).toArray();
    return required.isEmpty() ? QStringLiteral("name") : required.first().toString();
}

} // namespace

int SettingsForm::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }

QHash<int, QByteArray> SettingsForm::roleNames() const
{
    return {{Name, "name"},   {Label, "label"}, {Help, "help"},       {Kind, "kind"},
            {Value, "value"}, {Text, "shown"},  {Options, "options"}, {Changed, "changed"}};
}

QVariant SettingsForm::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case Name: return row.name;
    case Label: return settingLabel(row.name);
    case Help: return settingHelp(row.name, row.doc);
    case Kind: return row.kind;
    case Value: return row.value.toVariant();
    case Text: return settingText(row.kind, row.value);
    case Options: return row.options;
    case Changed: return row.value != row.before;
    default: return {};
    }
}

bool SettingsForm::isDirty() const
{
    return std::ranges::any_of(m_rows, [](const Row &each) { return each.value != each.before; });
}

QStringList SettingsForm::entries() const
{
    QStringList keys;
    const QJsonObject items = m_schema.value(QLatin1StringView("properties"))
                                  .toObject()
                                  .value(m_section)
                                  .toObject()
                                  .value(QLatin1StringView("items"))
                                  .toObject();
    const QJsonArray list = m_document.value(m_section).toArray();
    for (const auto &each : list)
        keys << each.toObject().value(keyOf(items)).toString();
    return keys;
}

void SettingsForm::componentComplete()
{
    m_daemon = DaemonLink::of(qmlEngine(this));
    if (!m_daemon)
        return;
    connect(m_daemon, &DaemonLink::topicChanged, this, [this](const QString &topic) {
        if (topic == QLatin1StringView("settings") && !isDirty() && !m_busy)
            load();
    });
    connect(this, &SettingsForm::placeChanged, this, &SettingsForm::fill);
    load();
}

void SettingsForm::load()
{
    if (!m_daemon || !m_daemon->can(QStringLiteral("settings.export")))
        return;
    setBusy(true);
    m_daemon->call(QStringLiteral("settings.schema"), {},
                   [self = QPointer<SettingsForm>(this)](const Result<QJsonObject> &answer) {
                       if (self && answer)
                           self->m_schema = answer->value(QLatin1StringView("schema")).toObject();
                   });
    m_daemon->call(QStringLiteral("settings.export"), {},
                   [self = QPointer<SettingsForm>(this)](const Result<QJsonObject> &answer) {
                       if (!self)
                           return;
                       self->setBusy(false);
                       if (answer && (self->isDirty() || !self->m_problemField.isEmpty()))
                           return; // not under somebody's hands
                       if (answer)
                           self->take(answer->value(QLatin1StringView("document")).toObject());
                       else
                           self->fail(publicText(answer.error()), {});
                   });
}

void SettingsForm::take(const QJsonObject &document)
{
    m_document = document;
    fill();
}

QJsonObject SettingsForm::place() const
{
    const QJsonValue section = m_document.value(m_section);
    if (!section.isArray())
        return section.toObject();
    const qsizetype at = entries().indexOf(m_entry);
    return at < 0 ? QJsonObject() : section.toArray().at(at).toObject();
}

void SettingsForm::fill()
{
    QJsonObject schema = m_schema.value(QLatin1StringView("properties")).toObject().value(m_section).toObject();
    if (schema.contains(QLatin1StringView("items")))
        schema = schema.value(QLatin1StringView("items")).toObject();
    const QJsonObject properties = schema.value(QLatin1StringView("properties")).toObject();
    const QJsonObject values = place();
    QList<Row> rows;
    for (auto each = properties.begin(); each != properties.end() && !values.isEmpty(); ++each) {
        const QJsonObject property = each.value().toObject();
        const QString kind = kindOf(each.key(), property);
        const bool isKey = !m_entry.isEmpty() && each.key() == keyOf(schema);
        if (kind.isEmpty() || isKey)
            continue;
        rows.append({.name = each.key(),
                     .kind = kind,
                     .doc = property.value(QLatin1StringView("description")).toString(),
                     .options = property.value(QLatin1StringView("enum")).toVariant().toStringList(),
                     .before = values.value(each.key()),
                     .value = values.value(each.key())});
    }
    show(std::move(rows));
    fail({}, {});
    Q_EMIT loadedChanged();
    Q_EMIT dirtyChanged();
}

// Values that came anew go into the rows there are: a field that is made again loses what is being typed into it.
void SettingsForm::show(QList<Row> rows)
{
    if (!std::ranges::equal(rows, m_rows, {}, &Row::name, &Row::name)) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const bool differs = m_rows.at(i).value != rows.at(i).value || m_rows.at(i).before != rows.at(i).before;
        m_rows[i] = std::move(rows[i]);
        if (differs)
            Q_EMIT dataChanged(index(int(i)), index(int(i)));
    }
}

void SettingsForm::edit(int row, const QVariant &value)
{
    if (row < 0 || row >= m_rows.size())
        return;
    Row &edited = m_rows[row];
    const bool typed = value.typeId() == QMetaType::QString && edited.kind != QLatin1StringView("choice");
    const auto read =
        typed ? readSetting(edited.kind, value.toString()) : Result<QJsonValue>(QJsonValue::fromVariant(value));
    if (!read) {
        fail(publicText(read.error()), edited.name);
        return;
    }
    if (m_problemField == edited.name)
        fail({}, {});
    if (edited.value == *read)
        return;
    edited.value = *read;
    Q_EMIT dataChanged(index(row), index(row));
    Q_EMIT dirtyChanged();
}

void SettingsForm::revert()
{
    for (Row &each : m_rows)
        each.value = each.before;
    fail({}, {});
    Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    Q_EMIT dirtyChanged();
    load(); // what came meanwhile
}

void SettingsForm::save()
{
    if (!m_daemon || m_busy || !isDirty())
        return;
    QJsonObject edited = place();
    for (const Row &each : std::as_const(m_rows))
        edited.insert(each.name, each.value);
    QJsonValue section = edited;
    if (m_document.value(m_section).isArray()) {
        QJsonArray list = m_document.value(m_section).toArray();
        list[entries().indexOf(m_entry)] = edited;
        section = list;
    }
    const QJsonObject document{{QStringLiteral("revision"), m_document.value(QLatin1StringView("revision"))},
                               {m_section, section}};
    setBusy(true);
    m_daemon->call(QStringLiteral("settings.apply"), {{QStringLiteral("document"), document}},
                   [self = QPointer<SettingsForm>(this)](const Result<QJsonObject> &answer) {
                       if (!self)
                           return;
                       self->setBusy(false);
                       if (!answer) {
                           self->fail(publicText(answer.error()), answer.error().path.section(u'/', -1));
                           return;
                       }
                       for (Row &each : self->m_rows)
                           each.before = each.value;
                       self->load();
                       Q_EMIT self->saved(answer->value(QLatin1StringView("revision")).toInteger());
                   });
}

void SettingsForm::fail(const QString &problem, const QString &field)
{
    m_problem = problem.isEmpty() ? QString() : problem.at(0).toUpper() + problem.sliced(1);
    m_problemField = field;
    Q_EMIT problemChanged();
}

void SettingsForm::setBusy(bool busy)
{
    if (m_busy == busy)
        return;
    m_busy = busy;
    Q_EMIT busyChanged();
}

} // namespace gui
