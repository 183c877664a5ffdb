#include "gui/tray/tray_state.h"
#include "tests/support/test.h"

#include <QXmlStreamReader>

using gui::Severity;
using gui::TrayFacts;
using gui::TrayState;

namespace {

constexpr std::array kStates{TrayState::Fine,      TrayState::Busy,    TrayState::Held,
                             TrayState::Attention, TrayState::Trouble, TrayState::Unreachable};

// How many pixels of one are not alike in the other, by their opacity: panels may drop every colour.
int unlike(const QImage &a, const QImage &b)
{
    int count = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x)
            count += std::abs(qAlpha(a.pixel(x, y)) - qAlpha(b.pixel(x, y))) > 100 ? 1 : 0;
    }
    return count;
}

} // namespace

class TrayStateTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theWorstWins_data()
    {
        QTest::addColumn<bool>("reachable");
        QTest::addColumn<Severity>("severity");
        QTest::addColumn<bool>("allHeld");
        QTest::addColumn<qint64>("held");
        QTest::addColumn<qint64>("sending");
        QTest::addColumn<TrayState>("state");
        QTest::newRow("all is well") << true << Severity::Fine << false << qint64(0) << qint64(3) << TrayState::Fine;
        QTest::newRow("much to send") << true << Severity::Fine << false << qint64(0) << qint64(50) << TrayState::Busy;
        QTest::newRow("one on hold") << true << Severity::Fine << false << qint64(1) << qint64(99) << TrayState::Held;
        QTest::newRow("all is held") << true << Severity::Fine << true << qint64(0) << qint64(0) << TrayState::Held;
        QTest::newRow("attention") << true << Severity::Attention << true << qint64(1) << qint64(0)
                                   << TrayState::Attention;
        QTest::newRow("trouble") << true << Severity::Trouble << true << qint64(1) << qint64(0) << TrayState::Trouble;
        QTest::newRow("nothing is known")
            << false << Severity::Trouble << true << qint64(1) << qint64(0) << TrayState::Unreachable;
    }
    void theWorstWins()
    {
        QFETCH(bool, reachable);
        QFETCH(Severity, severity);
        QFETCH(bool, allHeld);
        QFETCH(qint64, held);
        QFETCH(qint64, sending);
        QTEST(gui::trayState({reachable, severity, allHeld, held, sending}), "state");
    }
    void theIconsDifferByShapeAtEachSize()
    {
        for (const int size : {16, 22, 32, 48}) {
            for (const TrayState a : kStates) {
                for (const TrayState b : kStates) {
                    const int apart = unlike(gui::trayImage(a, Qt::black, size), gui::trayImage(b, Qt::black, size));
                    QVERIFY2(a == b || apart >= size / 2, qPrintable(gui::trayIconName(a) + gui::trayIconName(b)));
                }
            }
        }
    }
    void theFilesOfTheThemeAreWellFormed()
    {
        for (const TrayState state : kStates) {
            QXmlStreamReader reader(gui::traySvg(state));
            while (!reader.atEnd())
                reader.readNext();
            QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
        }
    }
};
POSTROOM_TEST(TrayStateTest)
#include "tray_state_test.moc"
