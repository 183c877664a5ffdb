// The fake server's certificates, its handshakes of a day, and its one-time links. In "troubled" one hour is over the
// line of 10 %.
#include "fake_daemon.h"

#include <QDateTime>

void FakeDaemon::fillHandshakes(bool troubled)
{
    constexpr qint64 kHour = 3'600'000;
    constexpr int kHours = 24;
    const qint64 first = (QDateTime::currentMSecsSinceEpoch() / kHour - kHours + 1) * kHour;
    for (int i = 0; i < kHours; ++i) {
        api::Handshakes hour;
        hour.at = fromMilliseconds(first + i * kHour);
        hour.service = QStringLiteral("imaps");
        hour.version = QStringLiteral("TLSv1.3");
        hour.cipher = QStringLiteral("TLS_AES_256_GCM_SHA384");
        hour.ok = 40 + i % 7 * 9;
        hour.resumed = 60;
        m_handshakes.append(hour);
        api::Handshakes failed;
        failed.at = hour.at;
        failed.service = QStringLiteral("smtp");
        const int many = i == 17 && troubled ? 31 : i % 5;
        failed.failed = many;
        if (many > 0)
            failed.reasons = {{QStringLiteral("alert unknown_ca"), many - many / 3}, {QStringLiteral("eof"), many / 3}};
        m_handshakes.append(failed);
        m_status.handshakes += hour.ok + hour.resumed + failed.failed;
        m_status.failedHandshakes += failed.failed;
    }
}

void FakeDaemon::fillCertificates(std::chrono::days left)
{
    const Timestamp now = fromMilliseconds(QDateTime::currentMSecsSinceEpoch());
    m_status.certificates = {{.name = {},
                              .hosts = {m_status.hostname, QStringLiteral("autoconfig.example-family.net")},
                              .until = now + left + std::chrono::hours(1),
                              .own = false,
                              .problem = {}},
                             {.name = QStringLiteral("shop"),
                              .hosts = {QStringLiteral("*.shop.example-family.net")},
                              .until = now + std::chrono::days(300),
                              .own = true,
                              .problem = {}}};
}

Result<QJsonObject> FakeDaemon::listHandshakes(const QJsonObject &)
{
    return json::toJson(api::HandshakesResult{m_handshakes});
}

Result<QJsonObject> FakeDaemon::enrol(const QJsonObject &)
{
    api::EnrolResult result;
    result.url = QStringLiteral("https://mail.example-family.net/.enrol/K7QX-92MD-WP4C");
    result.expiresAt = fromMilliseconds(QDateTime::currentMSecsSinceEpoch() + 600'000);
    return json::toJson(result);
}
