// Replays a kept corpus through a fuzz target as a plain test: every file of the folder, and every prefix of it that
// ends at a power of two, so that truncated input is always among what is tried.
#include <QByteArrayView>
#include <QDir>
#include <QFile>

#include <cstdio>

void fuzz(QByteArrayView input);

int main(int argc, char **argv)
{
    int count = 0;
    for (int i = 1; i < argc; ++i) {
        const QDir folder(QFile::decodeName(argv[i]));
        for (const QString &name : folder.entryList(QDir::Files)) {
            QFile file(folder.filePath(name));
            if (!file.open(QIODevice::ReadOnly)) {
                std::fprintf(stderr, "cannot read %s\n", qPrintable(file.fileName()));
                return 1;
            }
            const QByteArray bytes = file.readAll();
            fuzz(bytes);
            for (qsizetype length = 1; length < bytes.size(); length *= 2)
                fuzz(QByteArrayView(bytes).first(length));
            ++count;
        }
    }
    fuzz({});
    std::printf("%d corpus files replayed\n", count);
    return count > 0 ? 0 : 1;
}
