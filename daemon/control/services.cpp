#include "daemon/control/services.h"

#include <grp.h>
#include <pwd.h>
#include <unistd.h>

namespace control {

namespace {

constexpr char kAdminGroup[] = "postroom-admin";
constexpr size_t kEntryBytes = 16 * 1024;
constexpr int kMostGroups = 1024;

bool isInAdminGroup(uid_t uid)
{
    std::vector<char> buffer(kEntryBytes);
    group groupEntry = {};
    group *foundGroup = nullptr;
    if (getgrnam_r(kAdminGroup, &groupEntry, buffer.data(), buffer.size(), &foundGroup) != 0 || !foundGroup)
        return false;
    const gid_t admin = foundGroup->gr_gid;
    passwd userEntry = {};
    passwd *foundUser = nullptr;
    if (getpwuid_r(uid, &userEntry, buffer.data(), buffer.size(), &foundUser) != 0 || !foundUser)
        return false;
    int count = kMostGroups;
    std::vector<gid_t> groups(kMostGroups);
    if (getgrouplist(foundUser->pw_name, foundUser->pw_gid, groups.data(), &count) < 0)
        return false;
    return std::ranges::find(groups.begin(), groups.begin() + count, admin) != groups.begin() + count;
}

} // namespace

void Topics::watch(const QString &topic, net::ConnectionId connection)
{
    const std::lock_guard lock(m_mutex);
    QList<net::ConnectionId> &list = m_watchers[topic];
    if (!list.contains(connection))
        list.append(connection);
}

void Topics::unwatch(net::ConnectionId connection)
{
    const std::lock_guard lock(m_mutex);
    for (QList<net::ConnectionId> &list : m_watchers)
        list.removeAll(connection);
}

void Topics::changed(const QByteArray &topic)
{
    const QString name = QString::fromLatin1(topic);
    const qint64 number = api::topicNames().indexOf(name);
    QList<net::ConnectionId> told;
    {
        const std::lock_guard lock(m_mutex);
        told = m_watchers.value(name);
    }
    for (const net::ConnectionId &each : told) {
        if (notifierOrNull)
            notifierOrNull->notify(each, {.kind = net::Event::Kind::Topic, .subject = number});
    }
}

api::Role roleOf(qint64 uid)
{
    if (uid == 0 || uid == qint64(getuid()))
        return api::Role::Admin;
    if (uid < 0)
        return api::Role::Viewer;
    return isInAdminGroup(static_cast<uid_t>(uid)) ? api::Role::Admin : api::Role::Viewer;
}

} // namespace control
