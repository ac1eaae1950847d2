package io.nnem.experiments.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nnem.experiments.run.AgeRange;
import io.nnem.experiments.stats.Curve;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;

/** What figures over the age of memories have in common. */
final class AgeFigure {
  /** The youngest age that a logarithmic axis has a place for; age 0 is drawn here. */
  private static final int YOUNGEST = 1;

  private static final String LABEL = "Age of the memory, in updates since it was written";

  private AgeFigure() {}

  /** Where a range of ages is drawn. */
  static int place(AgeRange ages) {
    return (int) Math.max(YOUNGEST, ages.middle());
  }

  /** The horizontal axis. */
  static LogAxis ages(List<Curve> lines) {
    LogAxis axis = new LogAxis(LABEL);
    axis.setBase(2);
    axis.setTickUnit(new NumberTickUnit(1));
    axis.setMinorTickMarksVisible(false);
    axis.setNumberFormatOverride(
        new DecimalFormat("0", DecimalFormatSymbols.getInstance(Locale.ROOT)));
    axis.setRange(0.93 * YOUNGEST, end(lines));
    return axis;
  }

  /** A vertical axis of cosines, with a tick at each tenth or finer. */
  static NumberAxis cosines(String label, double from, double tick) {
    NumberAxis axis = new NumberAxis(label);
    axis.setRange(from, 1 + tick / 5);
    String format = tick < 0.1 ? "0.00" : "0.0";
    axis.setTickUnit(
        new NumberTickUnit(
            tick, new DecimalFormat(format, DecimalFormatSymbols.getInstance(Locale.ROOT))));
    return axis;
  }

  private static double end(List<Curve> lines) {
    int oldest =
        lines.stream()
            .flatMap(line -> line.points().stream())
            .mapToInt(Curve.Point::step)
            .max()
            .orElse(2 * YOUNGEST);
    return 1.08 * Math.max(2 * YOUNGEST, oldest);
  }

  /** What the interactive figure is drawn from. */
  static ObjectNode data(
      List<Curve> curves, Collection<AgeRange> ranges, String upwards, double min, double max) {
    ObjectNode data = CurveData.of(curves);
    Map<Long, AgeRange> ages = new TreeMap<>();
    ranges.forEach(range -> ages.put((long) place(range), range));
    ArrayNode names = data.putArray("names");
    data.get("steps").forEach(step -> names.add(ages.get(step.asLong()).toString()));
    ObjectNode across = data.putObject("x");
    across.put("label", LABEL);
    across.put("at", "At age ");
    across.put("log", true);
    double end = end(curves);
    across.putArray("range").add(0.93 * YOUNGEST).add(end);
    ArrayNode ticks = across.putArray("ticks");
    ticks(end).forEach(ticks::add);
    ObjectNode upward = data.putObject("y");
    upward.put("label", upwards);
    upward.put("min", min);
    upward.put("max", max);
    return data;
  }

  /** Ages with a tick: powers of two. */
  private static List<Integer> ticks(double oldest) {
    List<Integer> ticks = new ArrayList<>();
    for (int age = YOUNGEST; age <= oldest; age *= 2) {
      ticks.add(age);
    }
    return ticks;
  }
}
