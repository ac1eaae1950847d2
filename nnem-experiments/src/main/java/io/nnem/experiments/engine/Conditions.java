package io.nnem.experiments.engine;

import io.nnem.experiments.config.Condition;
import io.nnem.report.chart.Style;
import io.nnem.report.table.Format;
import io.nnem.report.table.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How conditions are named and drawn, in every figure and table alike. */
public final class Conditions {
  /** A condition in the paper's words and its own. */
  public static final Format<Condition> NAME = new Format<>(false, Conditions::name);

  private record Known(String label, Style style) {}

  private static final Map<String, Known> KNOWN =
      Map.of(
          "exact-reinstatement/decoded",
          new Known(
              "Exact gradient reinstatement (decoded)",
              new Style("#0072B2", "#4DA9E0", 3, List.of())),
          "approximate-reinstatement/decoded",
          new Known(
              "Approximate gradient reinstatement (decoded)",
              Style.of("#D55E00", "#F08A3C", 10, 4)),
          "synthetic-gradient",
          new Known("Synthetic gradients", Style.of("#009E73", "#2CC79B", 3, 3)),
          "backprop",
          new Known("Back-propagation", Style.of("#CC79A7", "#DE9CC1", 12, 4, 3, 4)),
          "none",
          new Known("No memory credit", new Style("#000000", "#E6E6E6", 2, List.of(6, 6))),
          "exact-reinstatement/stored",
          new Known(
              "Exact reinstatement, stored observations (upper bound)",
              Style.of("#E69F00", "#F2B632", 18, 4)));

  private Conditions() {}

  /**
   * A style for each condition. The paper's conditions look the same in every figure; others get
   * what is left, in their order.
   */
  public static Map<Condition, Style> styles(List<Condition> conditions) {
    Map<Condition, Style> styles = new LinkedHashMap<>();
    int others = 0;
    for (Condition condition : conditions) {
      Known known = KNOWN.get(condition.name());
      styles.put(condition, known == null ? Style.at(others++) : known.style());
    }
    return styles;
  }

  /** A condition's name in the paper's words, or its own if the paper has none. */
  public static String label(Condition condition) {
    Known known = KNOWN.get(condition.name());
    return known == null ? condition.name() : known.label();
  }

  private static Words name(Condition condition) {
    Words own = Words.of(Words.Look.CODE, condition.name());
    return KNOWN.containsKey(condition.name())
        ? Words.of(label(condition)).and(Words.Look.BREAK, "").and(own)
        : own;
  }
}
