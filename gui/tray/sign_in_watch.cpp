#include "gui/tray/sign_in_watch.h"

namespace gui {

namespace {

Notification firstSignIn(const api::Device &device)
{
    return {.category = QStringLiteral("device"),
            .title = SignInWatch::tr("%1 has signed in for the first time").arg(device.name),
            .text = SignInWatch::tr("For %1, from %2.").arg(device.account, device.lastUsedFrom),
            .action = QStringLiteral("devices open:") + device.id,
            .actionText = SignInWatch::tr("Show the device"),
            .urgent = false};
}

Notification unknownKey(const api::Device &device)
{
    return {.category = QStringLiteral("guessing"),
            .title = SignInWatch::tr("A key that is not known has come with the password of %1").arg(device.account),
            .text = SignInWatch::tr("From %1. Let it in if it is yours.").arg(device.lastUsedFrom),
            .action = QStringLiteral("devices"),
            .actionText = SignInWatch::tr("Look at it"),
            .urgent = false};
}

bool isNews(const api::Device &device)
{
    return device.kind == api::DeviceKind::SeenKey || device.lastUsedAt > Timestamp{};
}

} // namespace

QList<Notification> SignInWatch::takeDevices(const QList<api::Device> &devices)
{
    QList<Notification> news;
    for (const api::Device &each : devices) {
        const QString key = each.id + u' ' + each.account;
        if (!isNews(each) || m_known.contains(key))
            continue;
        m_known.insert(key);
        if (m_begun)
            news.append(each.kind == api::DeviceKind::SeenKey ? unknownKey(each) : firstSignIn(each));
    }
    m_begun = true;
    return news;
}

std::optional<Notification> SignInWatch::takeSignIns(const QList<api::SignIn> &signIns, Timestamp now)
{
    qint64 guesses = 0;
    QSet<QString> from;
    for (const api::SignIn &each : signIns) {
        if (each.result != api::SignInResult::BadCredentials || now - each.lastAt > kGuessTime)
            continue;
        guesses += each.count;
        from.insert(each.from);
    }
    const bool before = std::exchange(m_guessed, guesses >= kGuesses);
    if (!m_guessed || before)
        return std::nullopt;
    return Notification{
        .category = QStringLiteral("guessing"),
        .title = SignInWatch::tr("Somebody guesses passwords"),
        .text =
            SignInWatch::tr("%1 wrong ones within an hour, from %2. Guessing is slowed down; nothing has to be done.")
                .arg(guesses)
                .arg(from.size() == 1 ? *from.begin() : SignInWatch::tr("several addresses")),
        .action = QStringLiteral("security"),
        .actionText = SignInWatch::tr("See who"),
        .urgent = false};
}

} // namespace gui
