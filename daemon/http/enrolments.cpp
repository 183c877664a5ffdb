#include "daemon/http/enrolments.h"

#include "shared/base/random.h"
#include "shared/crypto/crypto.h"

namespace http {

namespace {

constexpr qsizetype kTokenLength = 26; // letters of 5 bits

} // namespace

void Enrolments::forgetOld()
{
    const auto now = m_clock.steady();
    std::erase_if(m_waiting, [now](const auto &each) { return each.second.until <= now; });
}

std::optional<QByteArray> Enrolments::add(const QByteArray &file)
{
    const QByteArray token = randomText(kTokenLength);
    const std::lock_guard lock(m_mutex);
    forgetOld();
    if (m_waiting.size() >= static_cast<size_t>(kMostEnrolments))
        return std::nullopt;
    m_waiting.emplace(crypto::digest(crypto::Hash::Sha256, token),
                      Waiting{.file = file, .until = m_clock.steady() + kEnrolTime});
    return token;
}

std::optional<QByteArray> Enrolments::take(QByteArrayView token)
{
    const std::lock_guard lock(m_mutex);
    forgetOld();
    const auto found = m_waiting.find(crypto::digest(crypto::Hash::Sha256, token));
    if (found == m_waiting.end())
        return std::nullopt;
    QByteArray file = std::move(found->second.file);
    m_waiting.erase(found);
    return file;
}

} // namespace http
