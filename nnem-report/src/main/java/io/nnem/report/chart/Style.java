package io.nnem.report.chart;

import java.util.List;

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
}
