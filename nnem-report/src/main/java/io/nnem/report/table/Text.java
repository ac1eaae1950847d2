package io.nnem.report.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Tables for a terminal. */
public final class Text {
  private Text() {}

  /** What a name could do to a terminal it does not. */
  private static String inert(Words words) {
    return words.toString().replaceAll("\\p{Cntrl}+", " ");
  }

  /** Headings and a line for each row, with columns that line up; numbers stand on the right. */
  public static <R> String of(Table<R> table, List<R> rows) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(table.columns().stream().map(Table.Column::heading).toList());
    rows.forEach(row -> lines.add(table.cells(row).stream().map(Text::inert).toList()));
    int[] widths =
        IntStream.range(0, table.columns().size())
            .map(i -> lines.stream().mapToInt(line -> line.get(i).length()).max().orElse(0))
            .toArray();
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder padded = new StringBuilder();
      for (int i = 0; i < line.size(); i++) {
        String gap = " ".repeat(widths[i] - line.get(i).length());
        boolean right = table.columns().get(i).format().number();
        padded.append(i == 0 ? "" : "  ").append(right ? gap + line.get(i) : line.get(i) + gap);
      }
      text.append(padded.toString().stripTrailing()).append(System.lineSeparator());
    }
    return text.toString();
  }
}
