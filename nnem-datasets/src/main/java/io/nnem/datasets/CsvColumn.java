package io.nnem.datasets;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A column while it is read: its kind is known with its first value. */
final class CsvColumn {

  /** Values of a nominal column: more than that are a mistake, and would fill memory. */
  private static final int MOST_VALUES = 1000;

  /** Narrower than Java's, which takes {@code 1f} and {@code 0x1p3} too. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");

  final String name;
  final int place; // in the file, from 0
  private Boolean nominal; // null until it is known
  private boolean closed; // no further values
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> values = new ArrayList<>();

  CsvColumn(String name, int place, boolean nominal) {
    this.name = name;
    this.place = place;
    this.nominal = nominal ? Boolean.TRUE : null;
  }

  /** It must be as one that was read before. */
  void expect(Table.Column other) {
    nominal = !other.values().isEmpty();
    other.values().forEach(this::number);
    closed = true;
  }

  /** A number, or the number of a nominal value. */
  float read(String text, CsvLexer at) {
    if (nominal == null) {
      nominal = !NUMBER.matcher(text).matches();
    }
    if (nominal) {
      if (!numbers.containsKey(text) && (closed || values.size() == MOST_VALUES)) {
        throw at.error(
            place + 1,
            "'"
                + shown(text)
                + "' in "
                + name
                + (closed
                    ? " was not among its values before: " + shown(String.join(", ", values)) + "."
                    : " is one value too many for a nominal column, which may have "
                        + MOST_VALUES
                        + ": leave the column out."));
      }
      return number(text);
    }
    if (!NUMBER.matcher(text).matches()) {
      throw at.error(
          place + 1,
          "'"
              + shown(text)
              + "' in "
              + name
              + " is no number: mend it, or read the column as nominal.");
    }
    float value = Float.parseFloat(text);
    if (Float.isInfinite(value)) {
      throw at.error(
          place + 1, "'" + shown(text) + "' in " + name + " is larger than a float can be.");
    }
    return value;
  }

  private static String shown(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "...";
  }

  private int number(String text) {
    return numbers.computeIfAbsent(
        text,
        added -> {
          values.add(added);
          return values.size() - 1;
        });
  }

  /** The column as it is from now on: no further values. */
  Table.Column done() {
    closed = true;
    return new Table.Column(name, values);
  }
}
