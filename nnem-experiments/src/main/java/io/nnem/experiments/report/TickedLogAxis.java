package io.nnem.experiments.report;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** A horizontal logarithmic axis with a tick at each of some numbers. */
final class TickedLogAxis extends LogAxis {
  private static final long serialVersionUID = 1L;

  private final double[] ticks;

  /** With room for the numbers, and a tick at each. */
  TickedLogAxis(String label, double[] numbers) {
    this(label, numbers, numbers.clone());
  }

  private TickedLogAxis(String label, double[] numbers, double[] ticks) {
    super(label);
    this.ticks = ticks;
    double low = Arrays.stream(numbers).min().orElse(1);
    double high = Arrays.stream(numbers).max().orElse(10);
    double room = Math.max(1.25, Math.pow(high / low, 0.08));
    setRange(low / room, high * room);
  }

  /** With room for the numbers, and ticks at 1, 2, 5, 10, ... or, where they are many, at 1, 10. */
  static TickedLogAxis rounded(String label, double[] numbers) {
    double low = Arrays.stream(numbers).min().orElse(1);
    double high = Arrays.stream(numbers).max().orElse(10);
    List<Double> ticks = new ArrayList<>();
    int first = (int) Math.floor(Math.log10(low)) - 1;
    int last = (int) Math.ceil(Math.log10(high)) + 1;
    int[] steps = last - first > 5 ? new int[] {1} : new int[] {1, 2, 5};
    for (int power = first; power <= last; power++) {
      for (int step : steps) {
        ticks.add(step * Math.pow(10, power));
      }
    }
    return new TickedLogAxis(
        label, numbers, ticks.stream().mapToDouble(Double::doubleValue).toArray());
  }

  @Override
  public List<NumberTick> refreshTicks(
      Graphics2D g2, AxisState state, Rectangle2D dataArea, RectangleEdge edge) {
    List<NumberTick> shown = new ArrayList<>();
    for (double tick : ticks) {
      if (getRange().contains(tick)) {
        shown.add(
            new NumberTick(
                TickType.MAJOR,
                tick,
                LineChart.format("#,##0.###").format(tick),
                TextAnchor.TOP_CENTER,
                TextAnchor.CENTER,
                0));
      }
    }
    return shown;
  }

  @Override
  public boolean equals(Object other) {
    return super.equals(other)
        && other instanceof TickedLogAxis axis
        && Arrays.equals(ticks, axis.ticks);
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + Arrays.hashCode(ticks);
  }
}
