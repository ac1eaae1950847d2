package io.nnem.experiments.report;

import io.nnem.experiments.config.Condition;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jfree.chart.block.RectangleConstraint;
import org.jfree.chart.title.Title;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.Size2D;
import org.jfree.chart.ui.VerticalAlignment;

/**
 * A legend of long names: two columns, aligned on the left, a name that is too long made smaller.
 */
final class ConditionKey extends Title {
  private static final long serialVersionUID = 1L;
  private static final int COLUMNS = 2;
  private static final int ROW = 24;
  private static final int ABOVE = 14;
  private static final int SAMPLE = 46;
  private static final int GAP = 10;
  private static final int FONT = 15;
  private static final int SMALLEST = 9;

  private final LinkedHashMap<Condition, ConditionStyle> styles;

  ConditionKey(Map<Condition, ConditionStyle> styles) {
    super(
        RectangleEdge.BOTTOM,
        HorizontalAlignment.LEFT,
        VerticalAlignment.BOTTOM,
        RectangleInsets.ZERO_INSETS);
    this.styles = new LinkedHashMap<>(styles);
  }

  /** How high it is. */
  static int height(int conditions) {
    return ABOVE + ROW * rows(conditions);
  }

  private static int rows(int conditions) {
    return (conditions + COLUMNS - 1) / COLUMNS;
  }

  @Override
  public Size2D arrange(Graphics2D g2, RectangleConstraint constraint) {
    return new Size2D(constraint.getWidth(), height(styles.size()));
  }

  @Override
  public void draw(Graphics2D g2, Rectangle2D area) {
    int rows = rows(styles.size());
    double width = area.getWidth() / COLUMNS;
    int i = 0;
    for (Map.Entry<Condition, ConditionStyle> each : styles.entrySet()) {
      int column = i / rows;
      double x = area.getX() + column * width;
      double y = area.getY() + ABOVE + (i % rows + 0.5) * ROW;
      g2.setPaint(Color.decode(each.getValue().colour()));
      g2.setStroke(LineChart.stroke(each.getValue()));
      g2.draw(new Line2D.Double(x, y, x + SAMPLE, y));
      g2.fill(new Ellipse2D.Double(x + SAMPLE / 2.0 - 4, y - 4, 8, 8));
      text(g2, each.getKey().name(), x + SAMPLE + GAP, y, width - SAMPLE - 3 * GAP);
      i++;
    }
  }

  @Override
  public Object draw(Graphics2D g2, Rectangle2D area, Object params) {
    draw(g2, area);
    return null;
  }

  private static void text(Graphics2D g2, String name, double x, double y, double room) {
    int size = FONT;
    FontMetrics metrics = g2.getFontMetrics(LineChart.font(Font.PLAIN, size));
    while (metrics.stringWidth(name) > room && size > SMALLEST) {
      size--;
      metrics = g2.getFontMetrics(LineChart.font(Font.PLAIN, size));
    }
    g2.setFont(LineChart.font(Font.PLAIN, size));
    g2.setPaint(LineChart.INK);
    g2.drawString(
        name, (float) x, (float) (y + (metrics.getAscent() - metrics.getDescent()) / 2.0));
  }

  @Override
  public boolean equals(Object other) {
    return super.equals(other) && other instanceof ConditionKey key && styles.equals(key.styles);
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + styles.hashCode();
  }
}
