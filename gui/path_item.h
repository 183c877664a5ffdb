// A drawing of one or two paths in the words of SVG, for icons and marks: a body and a stroke over it. Painted into an
// image, because Qt Quick Shapes under the software renderer draw over the edge of what clips them. GUI thread.
#pragma once

#include <QColor>
#include <QQuickPaintedItem>

namespace gui {

class PathItem : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(qreal grid MEMBER m_grid NOTIFY changed)
    Q_PROPERTY(QString body MEMBER m_body NOTIFY changed)
    Q_PROPERTY(QColor fill MEMBER m_fill NOTIFY changed)
    Q_PROPERTY(QString line MEMBER m_line NOTIFY changed)
    Q_PROPERTY(QColor ink MEMBER m_ink NOTIFY changed)
    Q_PROPERTY(qreal stroke MEMBER m_stroke NOTIFY changed)
    Q_PROPERTY(bool dashed MEMBER m_dashed NOTIFY changed)
public:
    explicit PathItem(QQuickItem *parent = nullptr);

    void paint(QPainter *painter) override;

Q_SIGNALS:
    void changed();

private:
    qreal m_grid = 24; // the paths' units along one side
    QString m_body;    // filled
    QColor m_fill = Qt::transparent;
    QString m_line; // stroked, over the body
    QColor m_ink = Qt::black;
    qreal m_stroke = 1.5; // in device-independent pixels, whatever the grid
    bool m_dashed = false;
};

} // namespace gui
