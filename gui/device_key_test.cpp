#include "gui/device_key.h"
#include "gui/qr_view.h"
#include "shared/crypto/key.h"
#include "tests/support/test.h"

#include <QFileInfo>
#include <QSet>
#include <QTemporaryDir>

using gui::DeviceKey;

class DeviceKeyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theFileOpensWithItsPassphraseOnly_data()
    {
        QTest::addColumn<DeviceKey::Form>("form");
        QTest::newRow("modern") << DeviceKey::Modern;
        QTest::newRow("compatible") << DeviceKey::Compatible;
    }
    void theFileOpensWithItsPassphraseOnly()
    {
        QFETCH(DeviceKey::Form, form);
        DeviceKey key;
        QVERIFY(key.make(QStringLiteral("Anna’s laptop"), form));
        const QByteArray file = QByteArray::fromBase64(key.fileAsBase64().toLatin1());
        const auto opened = crypto::readPkcs12(file, key.passphrase().toUtf8());
        QVERIFY(opened);
        QCOMPARE(QString::fromLatin1(*crypto::keyFingerprint(opened->keyPem)), key.fingerprint());
        QVERIFY(!crypto::readPkcs12(file, QByteArrayLiteral("guess")));
    }
    void whatIsToldToTheServerHasNoPrivatePart()
    {
        DeviceKey key;
        QVERIFY(key.make(QStringLiteral("phone"), DeviceKey::Modern));
        QVERIFY(key.certificate().startsWith(QLatin1StringView("-----BEGIN CERTIFICATE-----")));
        QVERIFY(!key.certificate().contains(QLatin1StringView("PRIVATE")));
    }
    void aFileIsForItsOwnerAlone()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("key.p12"));
        DeviceKey key;
        QVERIFY(key.make(QStringLiteral("phone"), DeviceKey::Modern));
        QVERIFY(key.saveTo(QUrl::fromLocalFile(path)));
        QCOMPARE(key.savedTo(), path);
        QVERIFY(!(QFileInfo(path).permissions() & (QFile::ReadGroup | QFile::ReadOther)));
        QVERIFY(!key.saveTo(QUrl::fromLocalFile(QStringLiteral("/nowhere/at/all.p12"))));
        QVERIFY(!key.problem().isEmpty());
    }
    void nothingIsLeftWhenItIsForgotten()
    {
        DeviceKey key;
        QVERIFY(key.make(QStringLiteral("phone"), DeviceKey::Modern));
        key.forget();
        QVERIFY(!key.isReady());
        QVERIFY(key.passphrase().isEmpty());
        QVERIFY(key.fileAsBase64().isEmpty());
    }
    void aHomeWithoutDownloadsGetsOne()
    {
        const QTemporaryDir home;
        const QByteArray before = qgetenv("HOME");
        qputenv("HOME", home.path().toLocal8Bit());
        gui::DeviceKey key;
        const bool saved = key.make(QStringLiteral("Anna's laptop"), gui::DeviceKey::Modern) && key.save();
        qputenv("HOME", before);
        QVERIFY2(saved, qPrintable(key.problem()));
        QVERIFY(QFile::exists(key.savedTo()));
    }
    void passphrasesAreSixWordsAndNeverTheSame()
    {
        QSet<QString> seen;
        for (int i = 0; i < 200; ++i) {
            const QString phrase = gui::makePassphrase();
            QCOMPARE(phrase.split(u'-').size(), 6);
            seen.insert(phrase);
        }
        QCOMPARE(seen.size(), 200);
    }
    void codesHaveAQuietZoneAndALimit()
    {
        const QImage code = gui::qrImage(QStringLiteral("https://mail.example.org/.enrol/AAAA-BBBB-CCCC"));
        QVERIFY(code.width() >= 21 + 8);
        for (int i = 0; i < code.width(); ++i) {
            QCOMPARE(code.pixelColor(i, 3), QColor(Qt::white));
            QCOMPARE(code.pixelColor(3, i), QColor(Qt::white));
        }
        QCOMPARE(code.pixelColor(4, 4), QColor(Qt::black)); // the finder pattern begins behind it
        QVERIFY(gui::qrImage(QString(5000, u'x')).isNull());
        QVERIFY(gui::qrImage({}).isNull());
    }
};
POSTROOM_TEST(DeviceKeyTest)
#include "device_key_test.moc"
