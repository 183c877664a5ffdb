#include "daemon/smtp/simulation.h"

#include "tests/support/test.h"

using smtp::Simulation, smtp::simulationOf;

class SimulationTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void suffixesNameTheFailure()
    {
        QCOMPARE(simulationOf("anna-temperror")->code, 451);
        QCOMPARE(simulationOf("PermError")->code, 550);
        QCOMPARE(simulationOf("x452")->code, 452);
        QCOMPARE(simulationOf("x599")->code, 599);
        QVERIFY(simulationOf("timeout")->hang);
        QVERIFY(simulationOf("temperror")->stage == Simulation::Stage::Data);
    }
    void prefixesNameTheCommand()
    {
        QVERIFY(simulationOf("mailfrom-550")->stage == Simulation::Stage::Mail);
        QVERIFY(simulationOf("rcptto-timeout")->stage == Simulation::Stage::Rcpt);
    }
    void othersAreJustPeople()
    {
        for (const char *name : {"anna", "", "x200", "x399", "x600", "mailfrom", "temperror-anna"})
            QVERIFY2(!simulationOf(name), name);
    }
};
POSTROOM_TEST(SimulationTest)
#include "simulation_test.moc"
