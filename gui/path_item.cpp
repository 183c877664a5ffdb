#include "gui/path_item.h"

#include <QPainter>
#include <QSvgRenderer>

namespace gui {

PathItem::PathItem(QQuickItem *parent)
    : QQuickPaintedItem(parent)
{
    connect(this, &PathItem::changed, this, [this] { update(); });
}

void PathItem::paint(QPainter *painter)
{
    if (width() <= 0 || height() <= 0)
        return;
    const QString body =
        m_body.isEmpty() ? QString() : QStringLiteral("<path fill='%1' d='%2'/>").arg(m_fill.name(), m_body);
    const QString dashes = m_dashed ? QStringLiteral(" stroke-dasharray='2 1.9'") : QString();
    const QString line = m_line.isEmpty()
                             ? QString()
                             : QStringLiteral("<path fill='none' stroke='%1' stroke-width='%2' stroke-linecap='round' "
                                              "stroke-linejoin='round'%3 d='%4'/>")
                                   .arg(m_ink.name())
                                   .arg(m_stroke * m_grid / width())
                                   .arg(dashes, m_line);
    const QString svg = QStringLiteral("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %1 %1'>%2%3</svg>")
                            .arg(m_grid)
                            .arg(body, line);
    QSvgRenderer(svg.toUtf8()).render(painter, QRectF(0, 0, width(), height()));
}

} // namespace gui
