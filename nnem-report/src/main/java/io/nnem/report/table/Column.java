package io.nnem.report.table;

import java.util.function.Function;

/**
 * A column of a table.
 *
 * @param <R> the type of the rows
 * @param <V> the type of the values
 * @param key its name in a file
 * @param heading its name for a reader
 * @param format how the values are written
 * @param value what a row has in it
 */
public record Column<R, V>(
    String key, String heading, Format<? super V> format, Function<? super R, ? extends V> value) {
  /**
   * What is written in a row.
   *
   * @param row the row
   * @return the cell
   */
  public Words cell(R row) {
    return format.words().apply(value.apply(row));
  }
}
