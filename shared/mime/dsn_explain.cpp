#include "shared/mime/dsn_explain.h"

#include <algorithm>
#include <array>

namespace mime {

extern const char *const kReasons; // assets/explain/reasons.tsv

namespace {

constexpr qsizetype kColumns = 6;

// RFC 7504 4: what these replies are called where a status code is missing.
struct ReplyRow
{
    const char *reply;
    const char *status;
};
constexpr std::array kReplies = {ReplyRow{"521", "5.3.2"}, ReplyRow{"556", "5.1.10"}};

QList<StatusExplanation> parseReasons(const QByteArray &table)
{
    QList<StatusExplanation> rows;
    for (const QByteArray &line : table.split('\n')) {
        const QList<QByteArray> cells = line.split('\t');
        if (!line.startsWith('#') && cells.size() == kColumns)
            rows.append({.status = cells.at(0),
                         .words = cells.at(1),
                         .code = cells.at(2),
                         .cause = cells.at(3),
                         .nextStep = cells.at(4),
                         .source = cells.at(5)});
    }
    return rows;
}

const StatusExplanation *findStatus(const QByteArray &wanted)
{
    const auto found = std::ranges::find_if(explanations(), [&wanted](const StatusExplanation &each) {
        return each.words.isEmpty() && each.status == wanted;
    });
    return found == explanations().end() ? nullptr : &*found;
}

const StatusExplanation *findWords(const QByteArray &reply)
{
    const auto found = std::ranges::find_if(explanations(), [&reply](const StatusExplanation &each) {
        return !each.words.isEmpty() && reply.contains(each.words);
    });
    return found == explanations().end() ? nullptr : &*found;
}

bool saysNothing(QByteArrayView status) { return status.isEmpty() || status.endsWith(".0.0"); }

} // namespace

const QList<StatusExplanation> &explanations()
{
    static const QList<StatusExplanation> rows = parseReasons(kReasons);
    return rows;
}

const StatusExplanation &explainStatus(QByteArrayView status, QByteArrayView reply)
{
    static const StatusExplanation unknown{.status = "x.0.0",
                                           .words = {},
                                           .code = "unknown",
                                           .cause = "The message was not taken.",
                                           .nextStep = "The details below may say more.",
                                           .source = "RFC 3463 3.1"};
    if (const StatusExplanation *row = findWords(reply.toByteArray().toLower()))
        return *row;
    QByteArray known = status.toByteArray();
    for (const ReplyRow &each : kReplies) {
        if (saysNothing(known) && reply.startsWith(each.reply))
            known = each.status;
    }
    const qsizetype dot = known.indexOf('.');
    if (dot < 0)
        return unknown;
    const QByteArray exact = "x" + known.sliced(dot);
    const StatusExplanation *row = findStatus(exact);
    if (!row)
        row = findStatus(exact.first(exact.lastIndexOf('.') + 1) + 'x');
    return row ? *row : unknown;
}

} // namespace mime
