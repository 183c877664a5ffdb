// OpenSSL's own interface cannot give out the state of a digest under way; the one from before version 3 can.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "shared/crypto/md5.h"

#include <QtEndian>

#include <openssl/md5.h>

#include <array>

namespace crypto {

namespace {

constexpr qsizetype kBlock = MD5_CBLOCK;

QByteArray md5(QByteArrayView data)
{
    QByteArray digest(kMd5Bytes, '\0');
    MD5(reinterpret_cast<const unsigned char *>(data.data()), static_cast<size_t>(data.size()),
        reinterpret_cast<unsigned char *>(digest.data()));
    return digest;
}

QByteArray stateBehind(const QByteArray &block)
{
    MD5_CTX context = {};
    MD5_Init(&context);
    MD5_Update(&context, block.constData(), kBlock);
    QByteArray state(kMd5Bytes, '\0');
    const std::array words{context.A, context.B, context.C, context.D};
    for (size_t i = 0; i < words.size(); ++i)
        qToLittleEndian(words[i], state.data() + (i * sizeof(MD5_LONG)));
    return state;
}

QByteArray goOn(QByteArrayView state, QByteArrayView data)
{
    MD5_CTX context = {};
    MD5_Init(&context);
    const auto word = [&state](qsizetype i) {
        return qFromLittleEndian<MD5_LONG>(state.sliced(i * qsizetype(sizeof(MD5_LONG))).data());
    };
    context.A = word(0);
    context.B = word(1);
    context.C = word(2);
    context.D = word(3);
    context.Nl = kBlock * 8; // bits so far: the one block
    MD5_Update(&context, data.data(), static_cast<size_t>(data.size()));
    QByteArray digest(kMd5Bytes, '\0');
    MD5_Final(reinterpret_cast<unsigned char *>(digest.data()), &context);
    return digest;
}

} // namespace

QByteArray hmacMd5State(QByteArrayView key)
{
    QByteArray block = key.size() > kBlock ? md5(key) : key.toByteArray(); // RFC 2104 2
    block.resize(kBlock, '\0');
    QByteArray inner = block;
    QByteArray outer = block;
    for (qsizetype i = 0; i < kBlock; ++i) {
        inner[i] = static_cast<char>(inner.at(i) ^ 0x36);
        outer[i] = static_cast<char>(outer.at(i) ^ 0x5c);
    }
    return stateBehind(inner) + stateBehind(outer);
}

QByteArray hmacMd5(QByteArrayView state, QByteArrayView data)
{
    if (state.size() != 2 * kMd5Bytes)
        return {};
    return goOn(state.last(kMd5Bytes), goOn(state.first(kMd5Bytes), data));
}

} // namespace crypto
