package io.nnem.report.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.util.List;

/** Tables as CSV: comma, line feed, quotes only where needed. */
public final class Csv {
  private static final CsvMapper CSV =
      CsvMapper.builder().enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING).build();
  private static final CsvSchema LINES = CsvSchema.emptySchema().withLineSeparator("\n");

  private Csv() {}

  /** A file: the head and a line for each row. */
  public static <R> String of(Table<R> table, List<R> rows) {
    StringBuilder text =
        new StringBuilder(line(table.columns().stream().map(Table.Column::key).toList()));
    rows.forEach(row -> text.append(line(table, row)));
    return text.toString();
  }

  /** One line of a file, with its line feed. */
  public static <R> String line(Table<R> table, R row) {
    return line(table.cells(row).stream().map(Words::toString).toList());
  }

  /** One line of texts, with its line feed. */
  public static String line(List<String> cells) {
    try {
      return CSV.writer(LINES).writeValueAsString(cells);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a line of a table could not be written", e);
    }
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it is no CSV
   */
  public static List<List<String>> rows(String text) throws IOException {
    try (MappingIterator<List<String>> rows =
        CSV.readerForListOf(String.class).with(CsvParser.Feature.WRAP_AS_ARRAY).readValues(text)) {
      return rows.readAll();
    }
  }
}
