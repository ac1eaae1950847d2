package io.nnem.report.chart;

import java.util.List;
import java.util.Locale;

/**
 * How a series is drawn. The colours are those of Okabe and Ito (2008), and after them the muted
 * ones of Tol, which people with any kind of colour vision can tell apart; dashes tell the lines
 * apart without colour.
 *
 * @param colour on a light ground, {@code #rrggbb}
 * @param dark on a dark ground
 * @param width of the line, in pixels
 * @param dashes lengths of dashes and gaps in pixels; empty for a solid line
 */
public record Style(String colour, String dark, double width, List<Integer> dashes) {
  private static final List<Style> STYLES =
      List.of(
          of("#56B4E9", "#7CC8F2"),
          of("#7F7F7F", "#A6A6A6", 10, 4, 3, 4, 3, 4),
          of("#B8A800", "#F0E442", 14, 5),
          of("#882255", "#D16FA0"),
          of("#332288", "#8F7FE8", 18, 4),
          of("#44AA99", "#5FD0BC", 6, 3),
          of("#117733", "#4DB873"),
          of("#AA4499", "#D77CC8", 10, 4, 3, 4),
          of("#999933", "#C6C65A", 3, 3),
          of("#661100", "#C97A66", 12, 4),
          of("#6699CC", "#8FBCE8", 2, 4),
          of("#EE8866", "#FFA88C", 14, 4, 3, 4));

  /** Of viridis, from the least to the most: lightness alone tells them apart. */
  private static final int[] GRADES = {
    0x440154, 0x482878, 0x3E4989, 0x31688E, 0x26828E, 0x1F9E89, 0x35B779, 0x6DCD59, 0xB4DE2C,
    0xFDE725
  };

  /** Makes the list unchangeable. */
  public Style {
    dashes = List.copyOf(dashes);
  }

  /** A line of the usual width. */
  public static Style of(String colour, String dark, Integer... dashes) {
    return new Style(colour, dark, 2.5, List.of(dashes));
  }

  /**
   * A style for each place in an order, from 0, unlike those of all other places. Where there are
   * more than there are colours, these begin again with dashes of another length.
   */
  public static Style at(int place) {
    Style style = STYLES.get(place % STYLES.size());
    int round = place / STYLES.size();
    return round == 0
        ? style
        : of(style.colour, style.dark, 4 + 5 * round, 3, 2, 3 + style.dashes.size());
  }

  /**
   * A style for a size, from 0 to 1: the larger, the wider the line and the more its colour stands
   * out from the ground, in the order of lightness, which people with any kind of colour vision
   * see.
   */
  public static Style graded(double share) {
    double size = share >= 0 ? Math.min(1, share) : 0; // 0 also of what is no number
    return new Style(
        grade(0.88 * (1 - size)), grade(0.25 + 0.75 * size), 1 + 1.5 * size, List.of());
  }

  private static String grade(double share) {
    double at = share * (GRADES.length - 1);
    int below = (int) Math.min(at, GRADES.length - 2);
    int colour = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = GRADES[below] >> shift & 0xFF;
      int to = GRADES[below + 1] >> shift & 0xFF;
      colour = colour << 8 | (int) Math.round(from + (at - below) * (to - from));
    }
    return String.format(Locale.ROOT, "#%06X", colour);
  }
}
