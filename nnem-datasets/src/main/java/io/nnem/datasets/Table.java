package io.nnem.datasets;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A table that was read from a file: rows of numbers, and a label for each if it has some. */
public final class Table {

  private final String source;
  private final List<Column> columns;
  private final String label; // null if there is none
  private final float[][] rows;
  private final String[] labels;

  /**
   * A column of the file.
   *
   * @param name its name
   * @param values of a nominal column, in the order of its columns in the table; none of a numeric
   *     one
   */
  public record Column(String name, List<String> values) {
    /** Copies the list. */
    public Column {
      values = List.copyOf(values);
    }

    /**
     * How many numbers of a row it has.
     *
     * @return 1 of a numeric column, one for each value of a nominal one
     */
    public int width() {
      return Math.max(1, values.size());
    }
  }

  Table(String source, List<Column> columns, String label, float[][] rows, String[] labels) {
    this.source = source;
    this.columns = columns;
    this.label = label;
    this.rows = rows;
    this.labels = labels;
  }

  /**
   * The columns of the file, without the label and those that were left out.
   *
   * @return in the order of the file
   */
  public List<Column> columns() {
    return columns;
  }

  /**
   * The column that has the labels.
   *
   * @return its name, also where it was called by its number; empty if there is none
   */
  public Optional<String> label() {
    return Optional.ofNullable(label);
  }

  /**
   * The rows.
   *
   * @return the arrays themselves, since they may be large: read them, or own them
   */
  public float[][] rows() {
    return rows;
  }

  /**
   * The label of each row.
   *
   * @return the array itself; empty if no column with labels was named
   */
  public String[] labels() {
    return labels;
  }

  /**
   * The labels there are.
   *
   * @return each once, in the order of the alphabet: the classes of {@link #dataset}
   */
  public List<String> classes() {
    return Arrays.stream(labels).distinct().sorted().toList();
  }

  /**
   * The same as a data set, whose observations are lines of one row.
   *
   * @param name the name used in reports
   * @return the data set
   * @throws IllegalStateException if there are no labels
   * @throws IllegalArgumentException if values are missing
   */
  public Dataset dataset(String name) {
    if (labels.length == 0) {
      throw new IllegalStateException(
          source + " was read without labels: say which column has them.");
    }
    List<String> classes = classes();
    int width = rows[0].length;
    float[] values = new float[rows.length * width];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, values, row * width, width);
    }
    int[] numbers = Arrays.stream(labels).mapToInt(classes::indexOf).toArray();
    return Datasets.of(name, 1, width, classes.size(), values, numbers);
  }

  @Override
  public String toString() {
    return source + ": " + rows.length + " rows of " + rows[0].length + " numbers";
  }
}
