#include "shared/base/metrics.h"

#include <algorithm>
#include <array>
#include <memory>

namespace {

constexpr std::array kBuckets = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                 0.25,   0.5,   1.0,    2.5,   5.0,  10.0,  30.0};

// One sample line. Metrics are prepended to an atomic list and live until the program ends.
struct Sample
{
    const char *name;
    const char *help;
    const char *type;
    QByteArray labels; // {a="b"} or empty
    std::atomic<qint64> value = 0;
    Sample *next = nullptr;
};

std::atomic<Sample *> g_samples = nullptr;

Sample *registerSample(const char *name, const char *help, const char *type, QByteArray labels)
{
    auto *sample = new Sample{.name = name, .help = help, .type = type, .labels = std::move(labels)};
    sample->next = g_samples.load();
    while (!g_samples.compare_exchange_weak(sample->next, sample)) {
    }
    return sample;
}

QByteArray escaped(QByteArrayView value)
{
    QByteArray result = value.toByteArray();
    result.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    return result;
}

QByteArray renderLabels(const MetricLabels &labels)
{
    if (labels.isEmpty())
        return {};
    QByteArray text = "{";
    for (const auto &[name, value] : labels)
        text.append(text.size() > 1 ? "," : "").append(name).append("=\"").append(escaped(value)).append('"');
    return text.append('}');
}

} // namespace

Counter::Counter(const char *name, const char *help, const MetricLabels &labels)
    : m_value(&registerSample(name, help, "counter", renderLabels(labels))->value)
{}

Gauge::Gauge(const char *name, const char *help, const MetricLabels &labels)
    : m_value(&registerSample(name, help, "gauge", renderLabels(labels))->value)
{}

struct CounterFamily::Cell
{
    QList<QByteArray> values;
    std::atomic<qint64> *counter = nullptr;
    Cell *next = nullptr;
    int count = 1; // cells from here to the end of the list
};

CounterFamily::CounterFamily(const char *name, const char *help, QList<const char *> labelNames)
    : m_name(name)
    , m_help(help)
    , m_labelNames(std::move(labelNames))
{}

std::atomic<qint64> &CounterFamily::cell(const QList<QByteArray> &labelValues) const
{
    constexpr int kMostLabelSets = 256;
    Cell *head = m_cells.load();
    for (;;) {
        for (const Cell *cell = head; cell; cell = cell->next) {
            if (cell->values == labelValues)
                return *cell->counter;
        }
        const int count = head ? head->count : 0;
        if (count >= kMostLabelSets) {
            const QList<QByteArray> other(labelValues.size(), QByteArray("other"));
            if (labelValues != other)
                return cell(other);
        }
        auto added = std::make_unique<Cell>();
        added->values = labelValues;
        added->next = head;
        added->count = count + 1;
        MetricLabels labels;
        for (qsizetype i = 0; i < m_labelNames.size(); ++i)
            labels.append({m_labelNames.at(i), labelValues.value(i)});
        // Only the thread that wins the exchange registers its sample, so that no line appears twice.
        std::unique_ptr<Sample> sample(
            new Sample{.name = m_name, .help = m_help, .type = "counter", .labels = renderLabels(labels)});
        added->counter = &sample->value;
        if (m_cells.compare_exchange_strong(head, added.get())) {
            sample->next = g_samples.load();
            while (!g_samples.compare_exchange_weak(sample->next, sample.get())) {
            }
            std::ignore = sample.release(); // kept for as long as the process lives
            return *added.release()->counter;
        }
    }
}

void CounterFamily::add(const QList<QByteArray> &labelValues, qint64 amount) const
{
    cell(labelValues).fetch_add(amount);
}

qint64 CounterFamily::value(const QList<QByteArray> &labelValues) const { return cell(labelValues).load(); }

struct Histogram::Data
{
    std::array<Sample *, kBuckets.size()> buckets;
    Sample *infinite;
    Sample *sum; // microseconds, rendered as seconds
    Sample *count;
};

Histogram::Histogram(const char *name, const char *help)
    : m_data(new Data)
{
    for (std::size_t i = 0; i < kBuckets.size(); ++i)
        m_data->buckets[i] =
            registerSample(name, help, "histogram", renderLabels({{"le", QByteArray::number(kBuckets[i])}}));
    m_data->infinite = registerSample(name, help, "histogram", renderLabels({{"le", "+Inf"}}));
    m_data->count = registerSample(name, help, "histogram_count", {});
    m_data->sum = registerSample(name, help, "histogram_sum", {});
}

void Histogram::observe(double seconds) const
{
    for (std::size_t i = 0; i < kBuckets.size(); ++i) {
        if (seconds <= kBuckets[i])
            m_data->buckets[i]->value.fetch_add(1, std::memory_order_relaxed);
    }
    m_data->infinite->value.fetch_add(1, std::memory_order_relaxed);
    m_data->count->value.fetch_add(1, std::memory_order_relaxed);
    m_data->sum->value.fetch_add(static_cast<qint64>(seconds * 1e6), std::memory_order_relaxed);
}

namespace metrics {

namespace {

bool isHistogram(const Sample &sample) { return QByteArrayView(sample.type).startsWith("histogram"); }

QByteArray lineName(const Sample &sample)
{
    if (qstrcmp(sample.type, "histogram") == 0)
        return QByteArray(sample.name).append("_bucket").append(sample.labels);
    if (qstrcmp(sample.type, "histogram_count") == 0)
        return QByteArray(sample.name).append("_count");
    if (qstrcmp(sample.type, "histogram_sum") == 0)
        return QByteArray(sample.name).append("_sum");
    return QByteArray(sample.name).append(sample.labels);
}

} // namespace

QByteArray render()
{
    QList<const Sample *> samples;
    for (const Sample *sample = g_samples.load(); sample; sample = sample->next)
        samples.prepend(sample);
    std::ranges::stable_sort(samples, [](const Sample *a, const Sample *b) { return qstrcmp(a->name, b->name) < 0; });
    QByteArray text;
    const char *previous = "";
    for (const Sample *sample : std::as_const(samples)) {
        if (qstrcmp(previous, sample->name) != 0) {
            previous = sample->name;
            text.append("# HELP ").append(sample->name).append(' ').append(sample->help).append('\n');
            text.append("# TYPE ").append(sample->name).append(' ');
            text.append(isHistogram(*sample) ? "histogram" : sample->type).append('\n');
        }
        const qint64 number = sample->value.load();
        const bool seconds = qstrcmp(sample->type, "histogram_sum") == 0;
        const QByteArray shown =
            seconds ? QByteArray::number(static_cast<double>(number) / 1e6) : QByteArray::number(number);
        text.append(lineName(*sample)).append(' ').append(shown).append('\n');
    }
    return text;
}

qint64 value(QByteArrayView renderedName)
{
    for (const Sample *sample = g_samples.load(); sample; sample = sample->next) {
        if (lineName(*sample) == renderedName)
            return sample->value.load();
    }
    return 0;
}

} // namespace metrics
