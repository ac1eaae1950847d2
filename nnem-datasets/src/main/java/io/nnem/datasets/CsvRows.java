package io.nnem.datasets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The rows of a table while it is read: a number of each column, and the label. */
final class CsvRows {

  private final CsvLexer lexer;
  private final List<CsvColumn> columns;
  private final List<String> names;
  private final int label;
  private final boolean labelNeeded;
  private final boolean missingAllowed;
  private final Set<String> missing;
  private final List<float[]> rows = new ArrayList<>();
  private final List<String> labels = new ArrayList<>();
  private Boolean labelled; // null until the first row

  CsvRows(
      CsvLexer lexer,
      List<CsvColumn> columns,
      List<String> names,
      int label,
      boolean labelNeeded,
      boolean missingAllowed,
      Set<String> missing) {
    this.lexer = lexer;
    this.columns = columns;
    this.names = names;
    this.label = label;
    this.labelNeeded = labelNeeded;
    this.missingAllowed = missingAllowed;
    this.missing = missing;
  }

  /** Reads on until there are so many rows; false if there are none. */
  boolean read(int most) {
    while (rows.size() < most) {
      List<String> fields = lexer.record();
      if (fields == null) {
        break;
      }
      add(fields);
    }
    return !rows.isEmpty();
  }

  void add(List<String> fields) {
    if (fields.size() != names.size()) {
      throw lexer.error(
          "there are " + fields.size() + " fields, but the first line has " + names.size() + ".");
    }
    float[] row = new float[columns.size()];
    for (int i = 0; i < row.length; i++) {
      CsvColumn column = columns.get(i);
      String text = fields.get(column.place);
      if (!missing.contains(text)) {
        row[i] = column.read(text, lexer);
      } else if (missingAllowed) {
        row[i] = Float.NaN;
      } else {
        throw lexer.error(
            column.place + 1,
            "the value of "
                + column.name
                + " is missing ('"
                + text
                + "'): mend it, or have missing values kept or imputed.");
      }
    }
    if (label >= 0) {
      addLabel(fields.get(label));
    }
    rows.add(row);
  }

  private void addLabel(String text) {
    boolean there = !missing.contains(text);
    if (labelNeeded && !there) {
      throw lexer.error(
          label + 1, "the label is missing ('" + text + "'): fill it in, or leave the row out.");
    }
    if (labelled != null && labelled != there) {
      throw lexer.error(
          label + 1, "some rows have a label and some have none: fill in all, or none.");
    }
    labelled = there;
    if (there) {
      labels.add(text);
    }
  }

  /** The rows that were read, which are forgotten here. Its columns are those of the next, too. */
  Table table(boolean impute) {
    if (rows.isEmpty() || columns.isEmpty()) {
      throw new DatasetException(
          lexer.source
              + ": there are "
              + rows.size()
              + " rows of "
              + columns.size()
              + " columns beside the label: at least one of each is needed.");
    }
    List<Table.Column> done = columns.stream().map(CsvColumn::done).toList();
    long numbers = done.stream().mapToLong(Table.Column::width).sum();
    if (numbers * rows.size() > Integer.MAX_VALUE) {
      throw new DatasetException(
          lexer.source
              + ": "
              + rows.size()
              + " rows of "
              + numbers
              + " numbers are more than fit.");
    }
    float[][] all =
        rows.stream()
            .map(row -> expanded(row, done, (int) numbers, impute))
            .toArray(float[][]::new);
    if (impute) {
      fillWithMeans(all);
    }
    Table table =
        new Table(
            lexer.source,
            done,
            label < 0 ? null : names.get(label),
            all,
            labels.toArray(String[]::new));
    rows.clear();
    labels.clear();
    return table;
  }

  /** A nominal value becomes a 1 among zeros. */
  private static float[] expanded(
      float[] row, List<Table.Column> columns, int width, boolean noneOfThem) {
    float[] out = new float[width];
    int at = 0;
    for (int i = 0; i < row.length; i++) {
      Table.Column column = columns.get(i);
      if (column.values().isEmpty()) {
        out[at] = row[i];
      } else if (!Float.isNaN(row[i])) {
        out[at + (int) row[i]] = 1;
      } else if (!noneOfThem) {
        Arrays.fill(out, at, at + column.width(), Float.NaN);
      }
      at += column.width();
    }
    return out;
  }

  private static void fillWithMeans(float[][] rows) {
    for (int column = 0; column < rows[0].length; column++) {
      double sum = 0;
      int count = 0;
      for (float[] row : rows) {
        if (!Float.isNaN(row[column])) {
          sum += row[column];
          count++;
        }
      }
      for (float[] row : rows) {
        if (Float.isNaN(row[column])) {
          row[column] = count == 0 ? 0 : (float) (sum / count);
        }
      }
    }
  }
}
