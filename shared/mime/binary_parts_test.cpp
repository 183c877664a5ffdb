#include "shared/mime/binary_parts.h"

#include "tests/support/test.h"

using namespace mime;

namespace {

QByteArray withNuls(const char *text) { return QByteArray(text).replace('@', '\0'); }

} // namespace

class BinaryPartsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void binaryBecomesBase64_data()
    {
        QTest::addColumn<QByteArray>("message"); // "@" is NUL
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("one part") << withNuls("Content-Transfer-Encoding:  binary\r\nX: y\r\n\r\na@b")
                                  << QByteArray("Content-Transfer-Encoding: base64\r\nX: y\r\n\r\nYQBi");
        QTest::newRow("lines of 76 characters")
            << withNuls("content-transfer-encoding: Binary\r\n\r\n") + QByteArray(58, '\0')
            << "content-transfer-encoding: base64\r\n\r\n" + QByteArray(76, 'A') + "\r\nAA==";
        QTest::newRow("in a multipart")
            << withNuls("Content-Type: multipart/mixed; boundary=b\r\nContent-Transfer-Encoding: binary\r\n\r\npre\r\n"
                        "--b\r\n\r\ntext\r\n--b\r\nContent-Transfer-Encoding: binary\r\n\r\n@\r\n@\r\n--b--\r\n")
            << QByteArray("Content-Type: multipart/mixed; boundary=b\r\nContent-Transfer-Encoding: 8bit\r\n\r\npre\r\n"
                          "--b\r\n\r\ntext\r\n--b\r\nContent-Transfer-Encoding: base64\r\n\r\nAA0KAA==\r\n--b--\r\n");
        QTest::newRow("in a message inside")
            << withNuls("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: binary\r\n\r\nSubject: in\r\n"
                        "Content-Transfer-Encoding: binary\r\n\r\n@")
            << QByteArray("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n\r\nSubject: in\r\n"
                          "Content-Transfer-Encoding: base64\r\n\r\nAA==");
        QTest::newRow("nothing binary") << QByteArray("Subject: x\r\n\r\n\xff\r\n")
                                        << QByteArray("Subject: x\r\n\r\n\xff\r\n");
        QTest::newRow("empty") << QByteArray() << QByteArray("");
    }
    void binaryBecomesBase64()
    {
        QFETCH(QByteArray, message);
        QTEST(withoutBinary(message).value_or("none"), "text");
    }
    void nulElsewhereIsRefused_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("header") << withNuls("Subject: @\r\nContent-Transfer-Encoding: binary\r\n\r\n@");
        QTest::newRow("7bit") << withNuls("Subject: x\r\n\r\n@");
        QTest::newRow("between parts") << withNuls(
            "Content-Type: multipart/mixed; boundary=b\r\nContent-Transfer-Encoding: binary\r\n\r\n@\r\n"
            "--b\r\nContent-Transfer-Encoding: binary\r\n\r\n@\r\n--b--\r\n");
    }
    void nulElsewhereIsRefused()
    {
        QFETCH(QByteArray, message);
        QVERIFY(!withoutBinary(message));
    }
};
POSTROOM_TEST(BinaryPartsTest)
#include "binary_parts_test.moc"
