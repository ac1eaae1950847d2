package io.nnem.bench.report;

import io.nnem.bench.nnem.NnemSystem;
import io.nnem.report.chart.Axis;
import io.nnem.report.chart.Chart;
import io.nnem.report.chart.Figure;
import io.nnem.report.chart.Point;
import io.nnem.report.chart.Series;
import io.nnem.report.chart.Style;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** A dot for each ratio, a line for each work and shape, against a logarithmic axis. */
final class RatioChart {
  private static final int LINE = 20;

  private RatioChart() {}

  static Figure of(Results results) {
    List<String> fromBelow = lines(results);
    Collections.reverse(fromBelow);
    List<Series> series = new ArrayList<>();
    List<Integer> threads = results.rows().stream().map(Results.Row::threads).distinct().toList();
    for (String system :
        results.rows().stream()
            .map(Results.Row::system)
            .distinct()
            .filter(s -> rival(s))
            .toList()) {
      for (int count : threads) {
        List<Point> dots = new ArrayList<>();
        for (Results.Row row : results.rows()) {
          OptionalDouble ratio = results.ratio(row);
          if (row.system().equals(system) && row.threads() == count && ratio.isPresent()) {
            String at = String.format(Locale.ROOT, "%s: %.2f", label(row), ratio.getAsDouble());
            dots.add(Point.of(ratio.getAsDouble(), fromBelow.indexOf(label(row)), at));
          }
        }
        String name = system + (count == 1 ? ", 1 thread" : ", " + count + " threads");
        series.add(new Series(name, Style.at(series.size()), dots));
      }
    }
    Chart chart =
        new Chart(
            Chart.Kind.DOTS,
            across(series),
            Axis.names("", fromBelow),
            series,
            List.of(new Chart.Guide(1, true, true), new Chart.Guide(2, true, false)));
    return new Figure(
        "bench",
        "nnem beside other systems",
        "Right of the line at 1 nnem is faster, right of the line at 2 twice as fast.",
        1000,
        LINE * Math.max(fromBelow.size(), 5),
        List.of(chart));
  }

  private static boolean rival(String system) {
    return !NnemSystem.isOurs(system);
  }

  /** The works and shapes that some other system did too. */
  private static List<String> lines(Results results) {
    return new ArrayList<>(
        results.rows().stream()
            .filter(row -> rival(row.system()) && results.ratio(row).isPresent())
            .map(RatioChart::label)
            .distinct()
            .toList());
  }

  private static String label(Results.Row row) {
    return row.work() + "  " + row.shape();
  }

  /** At least from a half to four, with a tick at each power of two. */
  private static Axis across(List<Series> series) {
    double[] ratios =
        series.stream().flatMap(each -> each.points().stream()).mapToDouble(Point::x).toArray();
    double least = Math.min(0.5, Arrays.stream(ratios).min().orElse(1));
    double most = Math.max(4, Arrays.stream(ratios).max().orElse(1));
    return Axis.log(
        "the other system's time, as a multiple of nnem's",
        least / 1.15,
        most * 1.15,
        IntStream.rangeClosed(-20, 20).mapToDouble(power -> Math.pow(2, power)).toArray());
  }
}
