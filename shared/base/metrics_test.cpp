#include "shared/base/metrics.h"
#include "tests/support/test.h"

class MetricsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rendersCountersWithEscapedLabels()
    {
        const Counter counter("test_counter_total", "Help.", {{"kind", "a\"b\n"}});
        counter.add(3);
        QVERIFY(metrics::render().contains("# HELP test_counter_total Help.\n# TYPE test_counter_total counter\n"
                                           "test_counter_total{kind=\"a\\\"b\\n\"} 3\n"));
        QCOMPARE(metrics::value("test_counter_total{kind=\"a\\\"b\\n\"}"), 3);
    }
    void familiesAreBounded()
    {
        static const CounterFamily family("test_family_total", "Help.", {"name"});
        for (int i = 0; i < 256; ++i)
            family.add({QByteArray::number(i)});
        family.add({"255"});
        QCOMPARE(family.value({"255"}), 2);
        QVERIFY(!metrics::render().contains("test_family_total{name=\"other\"}"));
        family.add({"256"}); // one more than there is room for
        family.add({"257"});
        QCOMPARE(family.value({"other"}), 2);
    }
    void histogramsAreCumulative()
    {
        static const Histogram histogram("test_seconds", "Help.");
        histogram.observe(0.002);
        histogram.observe(99);
        const QByteArray text = metrics::render();
        QVERIFY(text.contains("test_seconds_bucket{le=\"0.0025\"} 1\n"));
        QVERIFY(text.contains("test_seconds_bucket{le=\"0.001\"} 0\n"));
        QVERIFY(text.contains("test_seconds_bucket{le=\"+Inf\"} 2\n"));
        QVERIFY(text.contains("test_seconds_count 2\n"));
        QVERIFY(text.contains("test_seconds_sum 99.002\n"));
    }
};
POSTROOM_TEST(MetricsTest)
#include "metrics_test.moc"
