// Where random bytes come from: the system, or a test's fixed sequence. Any thread.
#pragma once

#include <QByteArray>
#include <QRandomGenerator>

inline QByteArray randomBytes(qsizetype count)
{
    QByteArray result(count, Qt::Uninitialized);
    auto *generator = QRandomGenerator::system();
    for (char &byte : result)
        byte = static_cast<char>(generator->bounded(256));
    return result;
}

// For ids and passwords people may have to type: no l, o, 0, 1.
inline QByteArray randomText(qsizetype length)
{
    static constexpr char kLetters[] = "abcdefghijkmnpqrstuvwxyz23456789";
    QByteArray result(length, Qt::Uninitialized);
    auto *generator = QRandomGenerator::system();
    for (char &letter : result)
        letter = kLetters[generator->bounded(32)];
    return result;
}
