// A QR code as an item: always black on white, with the quiet zone of four modules that readers need (ISO/IEC 18004
// 9.1). The text is also in Accessible.name, for whoever cannot scan. GUI thread; painted by the scene's painter.
#pragma once

#include <QImage>
#include <QQuickPaintedItem>

namespace gui {

class QrView : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged)
    Q_PROPERTY(int modules READ modules NOTIFY textChanged)
public:
    explicit QrView(QQuickItem *parent = nullptr);

    [[nodiscard]] QString text() const { return m_text; }
    void setText(const QString &text);
    [[nodiscard]] int modules() const { return m_code.width(); } // along one side, quiet zone included; 0 = no code

    void paint(QPainter *painter) override;

Q_SIGNALS:
    void textChanged();

private:
    QString m_text;
    QImage m_code; // one pixel per module; null = too long, or no text
};

// One pixel per module; null if the text does not fit a code.
[[nodiscard]] QImage qrImage(const QString &text);

} // namespace gui
