// Prometheus metrics: one line beside their use, labels fixed at compile time or few in number.
//   const Counter kAccepted{"postroom_smtp_messages_total", "Messages accepted.", {{"listener", "submission"}}};
//   kAccepted.add();
// CounterFamily is for labels that come from a small closed set at run time (command names, results).
// Any thread: atomic additions; registration happens at static initialisation or under the registry's own lock-free
// list.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <atomic>
#include <functional>
#include <utility>

using MetricLabels = QList<std::pair<const char *, QByteArray>>;

class Counter
{
public:
    Counter(const char *name, const char *help, const MetricLabels &labels = {});
    Counter(const Counter &) = delete;
    Counter &operator=(const Counter &) = delete;
    void add(qint64 amount = 1) const { m_value->fetch_add(amount, std::memory_order_relaxed); }
    [[nodiscard]] qint64 value() const { return m_value->load(std::memory_order_relaxed); }

private:
    std::atomic<qint64> *m_value; // owned by the registry, lives as long as the program
};

class Gauge
{
public:
    Gauge(const char *name, const char *help, const MetricLabels &labels = {});
    Gauge(const Gauge &) = delete;
    Gauge &operator=(const Gauge &) = delete;
    void add(qint64 amount) const { m_value->fetch_add(amount, std::memory_order_relaxed); }
    void set(qint64 value) const { m_value->store(value, std::memory_order_relaxed); }
    [[nodiscard]] qint64 value() const { return m_value->load(std::memory_order_relaxed); }

private:
    std::atomic<qint64> *m_value;
};

// At most 256 different label sets; what comes after them is counted under "other".
class CounterFamily
{
public:
    CounterFamily(const char *name, const char *help, QList<const char *> labelNames);
    CounterFamily(const CounterFamily &) = delete;
    CounterFamily &operator=(const CounterFamily &) = delete;
    void add(const QList<QByteArray> &labelValues, qint64 amount = 1) const;
    [[nodiscard]] qint64 value(const QList<QByteArray> &labelValues) const;

private:
    struct Cell;
    [[nodiscard]] std::atomic<qint64> &cell(const QList<QByteArray> &labelValues) const;

    const char *m_name;
    const char *m_help;
    QList<const char *> m_labelNames;
    mutable std::atomic<Cell *> m_cells = nullptr; // grows only; never freed before exit
};

// Durations in seconds with fixed buckets from 0.5 ms to 30 s.
class Histogram
{
public:
    Histogram(const char *name, const char *help);
    Histogram(const Histogram &) = delete;
    Histogram &operator=(const Histogram &) = delete;
    void observe(double seconds) const;

private:
    struct Data;
    Data *m_data;
};

namespace metrics {

// Text exposition format 0.0.4, sorted by name.
[[nodiscard]] QByteArray render();
// The current value of a metric by its rendered name ("name{label=\"x\"}"); 0 if it is not there.
[[nodiscard]] qint64 value(QByteArrayView renderedName);

} // namespace metrics
