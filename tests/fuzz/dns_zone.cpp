// Zone files of local mode, and look-ups in what was read.
#include "shared/dns/fake_resolver.h"

void fuzz(QByteArrayView input)
{
    auto zone = dns::FakeResolver::fromJson(input);
    if (!zone)
        return;
    for (const auto type : {dns::Type::Mx, dns::Type::A, dns::Type::Cname})
        zone->lookUp("a.example.org", type, [](const dns::Answer &) {});
}
