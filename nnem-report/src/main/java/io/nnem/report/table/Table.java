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
  /**
   * A column.
   *
   * @param <R> the type of the rows
   * @param <V> the type of the values
   * @param key its name in a file
   * @param heading its name for a reader
   * @param format how the values are written
   * @param value what a row has in it
   */
  public record Column<R, V>(
      String key,
      String heading,
      Format<? super V> format,
      Function<? super R, ? extends V> value) {
    Words cell(R row) {
      return format.words().apply(value.apply(row));
    }
  }

  /** Makes the list unchangeable. */
  public Table {
    columns = List.copyOf(columns);
  }

  /** A table without columns, to which they are added. */
  public static <R> Table<R> of() {
    return new Table<>(List.of());
  }

  /** The same table with one more column on the right, that has one name for files and readers. */
  public <V> Table<R> with(
      String name, Format<? super V> format, Function<? super R, ? extends V> value) {
    return with(new Column<R, V>(name, name, format, value));
  }

  /** The same table with one more column on the right. */
  public Table<R> with(Column<R, ?> column) {
    return new Table<>(Stream.concat(columns.stream(), Stream.of(column)).toList());
  }

  /** What is written in a row, from left to right. */
  public List<Words> cells(R row) {
    return columns.stream().map(column -> column.cell(row)).toList();
  }
}
