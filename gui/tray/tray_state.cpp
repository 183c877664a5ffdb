#include "gui/tray/tray_state.h"

#include <QPainter>
#include <QPainterPath>
#include <QPixmap>

namespace gui {

namespace {

// Paths on a 16 grid, in the words of SVG: an envelope, and what is put on its corner. `cut` is the space kept clear.
struct Shape
{
    TrayState state;
    const char *name;
    const char *badge;
    const char *cut;
    const char *mark; // left out of the badge
};
constexpr auto kEnvelope = "M1 3H15V13H1Z";
constexpr auto kCrease = "M1 4.2L8 9L15 4.2";
constexpr auto kDashed =
    "M1.5 5V3.5H3M5 3.5H7M9 3.5H11M13 3.5H14.5V5M14.5 7V9M14.5 11V12.5H13M11 12.5H9M7 12.5H5M3 12.5H1.5V11M1.5 9V7";
constexpr auto kHollowCrease = "M4.2 5.8L8 8.7L11.8 5.8";
constexpr std::array kShapes{
    Shape{TrayState::Fine, "fine", "", "", ""},
    Shape{TrayState::Busy, "busy", "M13 1A2.5 2.5 0 0 0 13 6A2.5 2.5 0 0 0 13 1Z",
          "M13 0A3.5 3.5 0 0 0 13 7A3.5 3.5 0 0 0 13 0Z", ""},
    Shape{TrayState::Held, "held", "M9 8H11.5V16H9ZM13.5 8H16V16H13.5Z", "M8 7H17V17H8Z", ""},
    Shape{TrayState::Attention, "attention", "M11 7L16 16H6Z", "M11 4.4L18 17H4Z", "M11 10.6V12.7M11 14.2V14.4"},
    Shape{TrayState::Trouble, "trouble", "M9.5 7H13.5L16 9.5V13.5L13.5 16H9.5L7 13.5V9.5Z",
          "M9 6H14L17 9V14L14 17H9L6 14V9Z", "M10 10L13 13M13 10L10 13"},
    Shape{TrayState::Unreachable, "unreachable", "", "", ""},
};

const Shape &shapeOf(TrayState state)
{
    return *std::ranges::find_if(kShapes, [state](const Shape &each) { return each.state == state; });
}

// The commands the paths above use: M L H V A Z, absolute. Arcs are half circles between points above each other.
QPainterPath pathOf(const char *text)
{
    QPainterPath path;
    const QString source = QString::fromLatin1(text);
    qsizetype at = 0;
    const auto number = [&] {
        while (at < source.size() && (source.at(at) == u' ' || source.at(at) == u','))
            ++at;
        const qsizetype from = at;
        while (at < source.size() && (source.at(at).isDigit() || source.at(at) == u'.' || source.at(at) == u'-'))
            ++at;
        return source.sliced(from, at - from).toDouble();
    };
    while (at < source.size()) {
        const QChar command = source.at(at++);
        const QPointF here = path.currentPosition();
        if (command == u'Z') {
            path.closeSubpath();
        } else if (command == u'H') {
            path.lineTo(number(), here.y());
        } else if (command == u'V') {
            path.lineTo(here.x(), number());
        } else if (command == u'A') {
            const double radius = number();
            for (int skipped = 0; skipped < 4; ++skipped)
                number();
            const double x = number();
            const QPointF to(x, number());
            const QPointF middle = (here + to) / 2;
            path.arcTo(QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius),
                       here.y() < to.y() ? 90 : 270, 180);
        } else {
            const double x = number();
            const QPointF to(x, number());
            if (command == u'M')
                path.moveTo(to);
            else
                path.lineTo(to);
        }
    }
    return path;
}

void paint(QPainter &painter, TrayState state, const QColor &ink)
{
    const Shape &shape = shapeOf(state);
    painter.setRenderHint(QPainter::Antialiasing);
    if (state == TrayState::Unreachable) {
        painter.setPen(QPen(ink, 1, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
        painter.drawPath(pathOf(kDashed));
        painter.setPen(QPen(ink, 1.2, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
        painter.drawPath(pathOf(kHollowCrease));
        return;
    }
    painter.fillPath(pathOf(kEnvelope), ink);
    painter.setCompositionMode(QPainter::CompositionMode_Clear);
    painter.strokePath(pathOf(kCrease), QPen(ink, 1.3, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
    painter.fillPath(pathOf(shape.cut), ink);
    painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
    painter.fillPath(pathOf(shape.badge), ink);
    painter.setCompositionMode(QPainter::CompositionMode_Clear);
    painter.strokePath(pathOf(shape.mark), QPen(ink, 1.3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
}

} // namespace

TrayState trayState(const TrayFacts &facts)
{
    if (!facts.reachable)
        return TrayState::Unreachable;
    if (facts.severity == Severity::Trouble)
        return TrayState::Trouble;
    if (facts.severity == Severity::Attention)
        return TrayState::Attention;
    if (facts.allHeld || facts.held > 0)
        return TrayState::Held;
    return facts.sending >= kBusyFrom ? TrayState::Busy : TrayState::Fine;
}

QString trayIconName(TrayState state)
{
    return QStringLiteral("postroom-%1-symbolic").arg(QLatin1StringView(shapeOf(state).name));
}

QImage trayImage(TrayState state, const QColor &ink, int size)
{
    constexpr double kGrid = 16;
    QImage picture(size, size, QImage::Format_ARGB32_Premultiplied);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.scale(size / kGrid, size / kGrid);
    paint(painter, state, ink);
    return picture;
}

QIcon trayIcon(TrayState state, const QColor &ink)
{
    QIcon icon;
    for (const int size : {16, 22, 32, 48})
        icon.addPixmap(QPixmap::fromImage(trayImage(state, ink, size)));
    return icon;
}

QByteArray traySvg(TrayState state)
{
    const Shape &shape = shapeOf(state);
    QByteArray svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"16\" height=\"16\" viewBox=\"0 0 16 16\">\n";
    const auto line = [&svg](const char *path, const char *width) {
        svg += QByteArray("  <path fill=\"none\" stroke=\"#14181f\" stroke-width=\"") + width + "\" d=\"" + path +
               "\"/>\n";
    };
    if (state == TrayState::Unreachable) {
        line(kDashed, "1");
        line(kHollowCrease, "1.2");
        return svg + "</svg>\n";
    }
    const bool badge = *shape.badge != '\0';
    svg += "  <mask id=\"m\">\n    <path fill=\"#fff\" d=\"M0 0H16V16H0Z\"/>\n";
    svg += QByteArray("    <path fill=\"none\" stroke=\"#000\" stroke-width=\"1.3\" d=\"") + kCrease + "\"/>\n";
    if (badge)
        svg += QByteArray("    <path d=\"") + shape.cut + "\"/>\n";
    svg += QByteArray("  </mask>\n  <path mask=\"url(#m)\" fill=\"#14181f\" d=\"") + kEnvelope + "\"/>\n";
    if (badge && *shape.mark != '\0')
        svg += QByteArray("  <mask id=\"n\">\n    <path fill=\"#fff\" d=\"M0 0H16V16H0Z\"/>\n    <path fill=\"none\" "
                          "stroke=\"#000\" "
                          "stroke-width=\"1.3\" stroke-linecap=\"round\" d=\"") +
               shape.mark + "\"/>\n  </mask>\n";
    if (badge)
        svg += QByteArray("  <path ") + (*shape.mark != '\0' ? "mask=\"url(#n)\" " : "") + "fill=\"#14181f\" d=\"" +
               shape.badge + "\"/>\n";
    return svg + "</svg>\n";
}

} // namespace gui
