package io.nnem.bench.run;

import java.util.List;
import java.util.Optional;

/**
 * What the measuring process tells the one that started it: a line of its standard output, with a
 * mark in front, since libraries print there too.
 *
 * @param kind what it is
 * @param fields in the kind's order
 */
record Line(Kind kind, List<String> fields) {

  private static final String MARK = "nnem-bench";
  private static final String TAB = "\t";

  /** What can be told. */
  enum Kind {
    /** Name, description. */
    SYSTEM,
    /** Something that the user should know. */
    NOTE,
    /** Place, how many, name, shape: of the work that begins. */
    WORK,
    /** Name, shape, system, median in ms, blocks, operations, bytes. */
    MEASURED,
    /** Name, shape, system, reason. */
    FAILED,
    /** Name, shape, median in ms, giga a second. */
    LIMIT,
    /** Nothing follows. */
    END
  }

  static Line of(Kind kind, Object... fields) {
    return new Line(
        kind,
        java.util.Arrays.stream(fields)
            .map(field -> field.toString().replaceAll("\\s+", " ").strip())
            .toList());
  }

  String text() {
    return MARK + TAB + kind + (fields.isEmpty() ? "" : TAB + String.join(TAB, fields));
  }

  /** Empty if it is a line of somebody else's. */
  static Optional<Line> parse(String text) {
    String[] parts = text.split(TAB, -1);
    if (parts.length < 2 || !parts[0].equals(MARK)) {
      return Optional.empty();
    }
    return Optional.of(new Line(Kind.valueOf(parts[1]), List.of(parts).subList(2, parts.length)));
  }

  String field(int i) {
    return fields.get(i);
  }

  double number(int i) {
    return Double.parseDouble(fields.get(i));
  }
}
