#include "gui/qr_view.h"

#include <QPainter>

#include <qrcodegen.hpp>

namespace gui {

namespace {

constexpr int kQuiet = 4; // modules

} // namespace

QImage qrImage(const QString &text)
{
    if (text.isEmpty())
        return {};
    try {
        const auto code = qrcodegen::QrCode::encodeText(text.toUtf8().constData(), qrcodegen::QrCode::Ecc::MEDIUM);
        QImage image(code.getSize() + 2 * kQuiet, code.getSize() + 2 * kQuiet, QImage::Format_RGB32);
        image.fill(Qt::white);
        for (int y = 0; y < code.getSize(); ++y) {
            for (int x = 0; x < code.getSize(); ++x) {
                if (code.getModule(x, y))
                    image.setPixelColor(x + kQuiet, y + kQuiet, Qt::black);
            }
        }
        return image;
    } catch (const qrcodegen::data_too_long &) {
        return {};
    }
}

QrView::QrView(QQuickItem *parent)
    : QQuickPaintedItem(parent)
{
    setFillColor(Qt::white);
    setAntialiasing(false);
}

void QrView::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    m_code = qrImage(text);
    update();
    Q_EMIT textChanged();
}

// Modules are whole pixels, so that their edges are sharp; what is left over goes to the quiet zone.
void QrView::paint(QPainter *painter)
{
    if (m_code.isNull())
        return;
    const int side = int(std::min(width(), height()));
    const int module = std::max(1, side / m_code.width());
    const int size = module * m_code.width();
    painter->drawImage(QRect((int(width()) - size) / 2, (int(height()) - size) / 2, size, size), m_code);
}

} // namespace gui
