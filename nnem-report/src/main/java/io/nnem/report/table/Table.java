package io.nnem.report.table;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The columns of a table; its rows come with the writer that writes it.
 *
 * @param <R> the type of the rows
 * @param columns from left to right
 */
public record Table<R>(List<Column<R, ?>> columns) {
  /** Makes the list unchangeable. */
  public Table {
    columns = List.copyOf(columns);
  }

  /**
   * A table without columns, to which they are added.
   *
   * @return the empty table
   */
  public static <R> Table<R> of() {
    return new Table<>(List.of());
  }

  /**
   * Adds a column that has one name for files and readers.
   *
   * @param name its key and its heading
   * @param format how its values are written
   * @param value what a row has in it
   * @return a new table, with the column on the right
   */
  public <V> Table<R> with(
      String name, Format<? super V> format, Function<? super R, ? extends V> value) {
    return with(new Column<R, V>(name, name, format, value));
  }

  /**
   * Adds a column.
   *
   * @param column the column
   * @return a new table, with the column on the right
   */
  public Table<R> with(Column<R, ?> column) {
    return new Table<>(Stream.concat(columns.stream(), Stream.of(column)).toList());
  }

  /**
   * The cells of a row.
   *
   * @param row the row
   * @return as many as there are columns
   */
  public List<Words> cells(R row) {
    return columns.stream().map(column -> column.cell(row)).toList();
  }
}
