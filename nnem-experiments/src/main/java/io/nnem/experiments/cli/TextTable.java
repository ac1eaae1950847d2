package io.nnem.experiments.cli;

import java.util.ArrayList;
import java.util.List;

/** Columns of text. */
final class TextTable {
  private TextTable() {}

  /** Lines with columns that line up; those from {@code firstNumber} on are aligned right. */
  static String of(List<String> headings, List<List<String>> rows, int firstNumber) {
    List<List<String>> all = new ArrayList<>();
    all.add(headings);
    all.addAll(rows);
    int[] widths = new int[headings.size()];
    for (List<String> row : all) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : all) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String gap = " ".repeat(widths[i] - row.get(i).length());
        line.append(i == 0 ? "" : "  ");
        line.append(i < firstNumber ? row.get(i) + gap : gap + row.get(i));
      }
      text.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
    return text.toString();
  }
}
