package io.nnem.experiments.engine;

import io.nnem.report.chart.Axis;
import io.nnem.report.chart.Chart;
import io.nnem.report.chart.Figure;
import io.nnem.report.chart.Parallel;
import io.nnem.report.chart.Point;
import io.nnem.report.chart.Series;
import io.nnem.report.chart.Style;
import io.nnem.report.stats.Estimate;
import io.nnem.report.table.Format;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Configurations that are named by what is not the same for all of them, and what they came to. */
public record Varied(List<String> keys, List<Item> items) {
  /** The key of a condition's name without settings of its own; a name that stands alone. */
  public static final String CONDITION = "condition";

  private static final String UNSET = "unset";
  private static final int ABREAST = 3;
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");

  /** A configuration, as all settings or those that may be varied by key, and what it came to. */
  public record Item(Map<String, String> settings, Estimate accuracy) {
    String value(String key) {
      return settings.getOrDefault(key, UNSET);
    }
  }

  public Varied {
    keys = List.copyOf(keys);
    items = List.copyOf(items);
  }

  /** Finds out what was varied: keys whose value is not the same for all. */
  public static Varied of(List<Item> items) {
    return new Varied(
        items.stream()
            .flatMap(item -> item.settings().keySet().stream())
            .distinct()
            .filter(key -> items.stream().map(item -> item.value(key)).distinct().count() > 1)
            .toList(),
        items);
  }

  /** What an item is called: {@code key=value} of what was varied; empty if nothing was. */
  public String name(Item item) {
    return keys.stream()
        .map(key -> (key.equals(CONDITION) ? "" : key + "=") + item.value(key))
        .collect(Collectors.joining(", "));
  }

  /**
   * A line for each configuration, across an axis for each key and one of accuracy; nothing if
   * nothing was varied.
   */
  public Optional<Figure> parallel(String subtitle) {
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    List<Axis> axes = new ArrayList<>(keys.stream().map(this::axis).toList());
    axes.add(accuracy(false));
    List<Parallel.Line> lines = new ArrayList<>();
    for (Item item : items) {
      List<Double> values = new ArrayList<>(keys.stream().map(key -> place(key, item)).toList());
      values.add(item.accuracy().mean());
      lines.add(new Parallel.Line(words(item), values));
    }
    return Optional.of(
        new Figure(
            "parallel",
            "Accuracy of each configuration",
            subtitle,
            1200,
            440,
            List.of(Parallel.chart(axes, lines))));
  }

  /** Accuracy against each key that was varied, a dot for each configuration. */
  public List<Figure> scatter(String subtitle) {
    List<Figure> figures = new ArrayList<>();
    for (int from = 0; from < keys.size(); from += ABREAST) {
      List<String> abreast = keys.subList(from, Math.min(keys.size(), from + ABREAST));
      figures.add(
          new Figure(
              "scatter-" + (figures.size() + 1),
              "Accuracy against " + String.join(", ", abreast),
              subtitle,
              1200,
              380,
              abreast.stream().map(this::dots).toList()));
    }
    return figures;
  }

  private Chart dots(String key) {
    Axis accuracy = accuracy(true);
    Axis colours = accuracy(false);
    List<Series> series =
        items.stream()
            .sorted(Comparator.comparingDouble(item -> item.accuracy().mean()))
            .map(
                item ->
                    new Series(
                        "",
                        Style.graded(colours.place(item.accuracy().mean())),
                        List.of(Point.of(place(key, item), item.accuracy(), name(item)))))
            .toList();
    return new Chart(Chart.Kind.DOTS, axis(key), accuracy, series).sideBySide();
  }

  private String words(Item item) {
    return name(item) + ": " + Format.percent(item.accuracy().mean()) + "%";
  }

  private boolean numeric(String key) {
    return items.stream().allMatch(item -> NUMBER.matcher(item.value(key)).matches());
  }

  private Axis axis(String key) {
    return numeric(key)
        ? Axis.fitting(
            key, items.stream().mapToDouble(item -> Double.parseDouble(item.value(key))).toArray())
        : Axis.names(key, names(key));
  }

  /** In the order in which they come. */
  private List<String> names(String key) {
    return items.stream().map(item -> item.value(key)).distinct().toList();
  }

  private double place(String key, Item item) {
    return numeric(key) ? Double.parseDouble(item.value(key)) : names(key).indexOf(item.value(key));
  }

  /** From a little below the lowest to a little above the highest, so that they are told apart. */
  private Axis accuracy(boolean bands) {
    double[] ends =
        items.stream()
            .map(item -> item.accuracy().drawn())
            .flatMapToDouble(
                its ->
                    bands && its.hasInterval()
                        ? DoubleStream.of(its.low95(), its.high95())
                        : DoubleStream.of(its.mean()))
            .toArray();
    double low = Math.max(0, Arrays.stream(ends).min().orElse(0));
    double high = Math.min(1, Arrays.stream(ends).max().orElse(1));
    double room = Math.max(0.01, 0.05 * (high - low));
    return Axis.linear("validation accuracy", low - room, high + room).within(0, 1);
  }
}
