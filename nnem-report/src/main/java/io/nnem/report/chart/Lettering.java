package io.nnem.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How much room text takes. It is estimated, for a wide font, and not measured: a drawing must not
 * depend on the fonts of the machine that it is made on.
 */
final class Lettering {
  private static final Map<String, Double> WIDTHS =
      Map.of(
          "'ijlI|",
          0.3,
          " ,./\\",
          0.34,
          "frt()[]-:;!",
          0.41,
          "cksvxyz",
          0.6,
          "mwMW%@+=<>\u2026",
          0.98);

  private Lettering() {}

  /** Pixels that a text is wide at most. */
  static double width(String text, int size) {
    return size * text.codePoints().mapToDouble(Lettering::ems).sum();
  }

  /** Of the letters of DejaVu Sans, which are wide. */
  private static double ems(int letter) {
    for (Map.Entry<String, Double> each : WIDTHS.entrySet()) {
      if (each.getKey().indexOf(letter) >= 0) {
        return each.getValue();
      }
    }
    return letter > 0x2E80 ? 1 : Character.isUpperCase(letter) ? 0.72 : 0.64;
  }

  /** A text that fits: what is too much is left out of its middle. */
  static String shorten(String text, int size, double room) {
    String fits = text;
    int[] letters = text.codePoints().toArray();
    for (int kept = letters.length - 1; width(fits, size) > room && kept > 0; kept--) {
      int head = (kept + 1) / 2;
      int tail = kept - head;
      fits =
          new String(letters, 0, head)
              + '\u2026'
              + new String(letters, letters.length - tail, tail);
    }
    return fits;
  }

  /** Lines that fit, broken at spaces and behind what joins the parts of a name. */
  static List<String> wrap(String text, int size, double room) {
    return wrap(text, size, room, Integer.MAX_VALUE);
  }

  /** At most so many lines; what is too much is left out of the last. */
  static List<String> wrap(String text, int size, double room, int most) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String part : text.strip().replaceAll("\\s+", " ").split("(?<=[ /+:,-])", -1)) {
      String longer = line + part;
      if (width(longer.strip(), size) > room && !line.isEmpty() && lines.size() < most - 1) {
        lines.add(shorten(line.strip(), size, room));
        longer = part;
      }
      line = longer;
    }
    if (!line.isEmpty()) {
      lines.add(shorten(line.strip(), size, room));
    }
    return lines;
  }
}
