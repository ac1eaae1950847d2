package io.nnem.report.table;

import java.util.ArrayList;
import java.util.List;

/** Tables for a terminal. */
public final class Text {
  private Text() {}

  /** Headings and a line for each row, with columns that line up; numbers stand on the right. */
  public static <R> String of(Table<R> table, List<R> rows) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(table.columns().stream().map(Table.Column::heading).toList());
    rows.forEach(row -> lines.add(table.cells(row).stream().map(Words::toString).toList()));
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder padded = new StringBuilder();
      for (int i = 0; i < line.size(); i++) {
        int column = i;
        int width = lines.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
        String gap = " ".repeat(width - line.get(i).length());
        boolean right = table.columns().get(i).format().number();
        padded.append(i == 0 ? "" : "  ").append(right ? gap + line.get(i) : line.get(i) + gap);
      }
      text.append(padded.toString().stripTrailing()).append(System.lineSeparator());
    }
    return text.toString();
  }
}
