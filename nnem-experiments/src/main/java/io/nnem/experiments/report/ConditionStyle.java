package io.nnem.experiments.report;

import io.nnem.experiments.config.Condition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a condition is named and drawn, in every figure alike. The colours are those of Okabe and Ito
 * (2008), and after them the muted ones of Tol, which people with any kind of colour vision can
 * tell apart; dashes tell the lines apart without colour.
 *
 * @param label its name in the paper's words, or its own name if the paper has none
 * @param colour on a light ground, {@code #rrggbb}
 * @param darkColour on a dark ground
 * @param width of the line, in pixels
 * @param dashes lengths of dashes and gaps in pixels; empty for a solid line
 */
record ConditionStyle(
    String label, String colour, String darkColour, double width, List<Integer> dashes) {
  private static final Map<String, ConditionStyle> KNOWN =
      Map.of(
          "exact-reinstatement/decoded",
          style("Exact gradient reinstatement (decoded)", "#0072B2", "#4DA9E0", 3),
          "approximate-reinstatement/decoded",
          style("Approximate gradient reinstatement (decoded)", "#D55E00", "#F08A3C", 2.5, 10, 4),
          "synthetic-gradient",
          style("Synthetic gradients", "#009E73", "#2CC79B", 2.5, 3, 3),
          "backprop",
          style("Back-propagation", "#CC79A7", "#DE9CC1", 2.5, 12, 4, 3, 4),
          "none",
          style("No memory credit", "#000000", "#E6E6E6", 2, 6, 6),
          "exact-reinstatement/stored",
          style(
              "Exact reinstatement, stored observations (upper bound)",
              "#E69F00",
              "#F2B632",
              2.5,
              18,
              4));

  private static final List<ConditionStyle> SPARE =
      List.of(
          style("", "#56B4E9", "#7CC8F2", 2.5),
          style("", "#7F7F7F", "#A6A6A6", 2.5, 10, 4, 3, 4, 3, 4),
          style("", "#B8A800", "#F0E442", 2.5, 14, 5),
          style("", "#882255", "#D16FA0", 2.5),
          style("", "#332288", "#8F7FE8", 2.5, 18, 4),
          style("", "#44AA99", "#5FD0BC", 2.5, 6, 3),
          style("", "#117733", "#4DB873", 2.5),
          style("", "#AA4499", "#D77CC8", 2.5, 10, 4, 3, 4),
          style("", "#999933", "#C6C65A", 2.5, 3, 3),
          style("", "#661100", "#C97A66", 2.5, 12, 4),
          style("", "#6699CC", "#8FBCE8", 2.5, 2, 4),
          style("", "#EE8866", "#FFA88C", 2.5, 14, 4, 3, 4));

  private static ConditionStyle style(
      String label, String colour, String darkColour, double width, Integer... dashes) {
    return new ConditionStyle(label, colour, darkColour, width, List.of(dashes));
  }

  /**
   * A style for each condition. The paper's conditions look the same in every figure; others get
   * what is left, in their order.
   */
  static Map<Condition, ConditionStyle> of(List<Condition> conditions) {
    List<ConditionStyle> spare = new ArrayList<>(SPARE);
    Map<Condition, ConditionStyle> styles = new LinkedHashMap<>();
    for (Condition condition : conditions) {
      ConditionStyle style = KNOWN.get(condition.name());
      if (style == null) {
        ConditionStyle next = spare.remove(0);
        spare.add(next); // with more conditions than styles, they begin again
        style = next.named(label(condition));
      }
      styles.put(condition, style);
    }
    return styles;
  }

  /** A condition's name in the paper's words. */
  static String label(Condition condition) {
    return Optional.ofNullable(KNOWN.get(condition.name()))
        .map(ConditionStyle::label)
        .orElse(condition.name());
  }

  private ConditionStyle named(String name) {
    return new ConditionStyle(name, colour, darkColour, width, dashes);
  }
}
