package io.nnem.datasets;

import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Reads a table from a file of comma-separated values (RFC 4180, in UTF-8, also gzipped): what is
 * not as it should be is an error with file, line and column.
 *
 * <pre>{@code
 * Table letters = Csv.of(path).label("lettr").read();
 * float[][] rows = letters.rows();
 * String[] labels = letters.labels();
 * }</pre>
 *
 * <p>A column is <em>numeric</em> if its first value is a number. Any other is <em>nominal</em>:
 * each of its values becomes a column of the table that is 1 where the value stands and 0
 * elsewhere, in the order in which they appear. A column that is meant otherwise is named to {@link
 * #nominal}. Lines of nothing but blanks are skipped, and blanks around a value do not belong to
 * it.
 *
 * <p>A column is called by its name in the header, or by its number, from 1 on.
 */
public final class Csv {

  private enum Missing {
    REFUSED,
    NAN,
    MEAN
  }

  private final Path file;
  private boolean header = true;
  private char separator = ',';
  private String label;
  private boolean labelNeeded = true;
  private final Set<String> nominal = new HashSet<>();
  private final Set<String> without = new HashSet<>();
  private Set<String> tokens = Set.of("", "?", "NA", "NaN");
  private Missing missing = Missing.REFUSED;
  private List<Table.Column> expected;

  private Csv(Path file) {
    this.file = file;
  }

  /**
   * Starts to say how a file is to be read.
   *
   * @param file the file
   * @return with a header, commas, and no label
   */
  public static Csv of(Path file) {
    return new Csv(file);
  }

  /**
   * The first line is data already; columns are called by their number.
   *
   * @return this
   */
  public Csv withoutHeader() {
    header = false;
    return this;
  }

  /**
   * What stands between values: a comma unless said.
   *
   * @param character for instance a semicolon or a tab
   * @return this
   * @throws IllegalArgumentException if it is a quote or ends lines
   */
  public Csv separator(char character) {
    if (character == '"' || character == '\n' || character == '\r') {
      throw new IllegalArgumentException("Values cannot be separated by quotes or ends of lines.");
    }
    separator = character;
    return this;
  }

  /**
   * The column that has the labels.
   *
   * @param column its name or number
   * @return this
   */
  public Csv label(String column) {
    label = column;
    return this;
  }

  /**
   * The column that has the labels, in a file that may be without it, or have it blank: then there
   * are none.
   *
   * @param column its name or number
   * @return this
   */
  public Csv labelIfThere(String column) {
    labelNeeded = false;
    return label(column);
  }

  /**
   * Columns whose values are names, also where they look like numbers.
   *
   * @param columns their names or numbers
   * @return this
   */
  public Csv nominal(String... columns) {
    nominal.addAll(Arrays.asList(columns));
    return this;
  }

  /**
   * Columns to leave out, such as a number for each row.
   *
   * @param columns their names or numbers
   * @return this
   */
  public Csv without(String... columns) {
    without.addAll(Arrays.asList(columns));
    return this;
  }

  /**
   * What stands for a missing value: nothing, {@code ?}, {@code NA} and {@code NaN} unless said.
   *
   * @param values exactly as they stand there
   * @return this
   */
  public Csv missing(String... values) {
    tokens = Set.of(values);
    return this;
  }

  /**
   * Missing values are NaN in the table. Unless said they are an error.
   *
   * @return this
   */
  public Csv keepMissing() {
    missing = Missing.NAN;
    return this;
  }

  /**
   * Missing values are replaced by the mean of their column, in which those of a nominal column
   * count as none of its values. Unless said they are an error.
   *
   * @return this
   */
  public Csv imputeMissing() {
    missing = Missing.MEAN;
    return this;
  }

  /**
   * The columns must be those of another table, so that rows of both mean the same: a nominal value
   * that the other did not have is an error. Where columns have names, they may stand in another
   * order; the table has them in the other's.
   *
   * @param columns of what was read before
   * @return this
   */
  public Csv like(List<Table.Column> columns) {
    expected = List.copyOf(columns);
    return this;
  }

  /**
   * Reads the file.
   *
   * @return the table
   * @throws DatasetException if it cannot be read, or is not as it should be
   */
  public Table read() {
    try (Reader in = open()) {
      CsvRows rows = rows(in);
      rows.read(Integer.MAX_VALUE);
      return rows.table(missing == Missing.MEAN);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * Reads the file a few rows at a time, so that it may be longer than what fits in memory, or a
   * pipe that others still write to. What the columns are is settled by the first rows: a nominal
   * value that was not among them is an error, unless {@link #like} has told of it.
   *
   * @param count rows of each table but the last, at least 1
   * @param consumer gets the tables, all with the same columns
   * @throws DatasetException if the file cannot be read, or is not as it should be; the tables
   *     before were handed over
   * @throws IllegalArgumentException if the count is less than 1
   * @throws IllegalStateException if missing values are to be imputed, since nobody knows the mean
   *     of a column before its end
   */
  public void forEach(int count, Consumer<Table> consumer) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "There are no tables of " + count + " rows: ask for 1 or more at a time.");
    }
    if (missing == Missing.MEAN) {
      throw new IllegalStateException(
          "The mean of a column is not known before its end: keep missing values, and leave them to"
              + " who learns from them.");
    }
    try (Reader in = open()) {
      CsvRows rows = rows(in);
      boolean more = rows.read(count);
      do {
        consumer.accept(rows.table(false)); // refuses a file without rows
        more = more && rows.read(count);
      } while (more);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private Reader open() throws IOException {
    InputStream raw = new Piped(Files.newInputStream(file));
    try {
      return new BufferedReader(
          new InputStreamReader(
              IdxReader.unzipped(raw),
              StandardCharsets.UTF_8
                  .newDecoder()
                  .onMalformedInput(CodingErrorAction.REPORT)
                  .onUnmappableCharacter(CodingErrorAction.REPORT)));
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  /** The JDK's stream of a pipe throws "Illegal seek" where it only should not know. */
  private static final class Piped extends FilterInputStream {
    Piped(InputStream in) {
      super(in);
    }

    @Override
    public int available() {
      try {
        return super.available();
      } catch (IOException e) {
        return 0;
      }
    }
  }

  private DatasetException unreadable(IOException e) {
    return new DatasetException(file + ": it cannot be read (" + e + ").", e);
  }

  private CsvRows rows(Reader in) {
    CsvLexer lexer = new CsvLexer(in, file.toString(), separator);
    List<String> first = lexer.record();
    if (first == null) {
      throw new DatasetException(file + ": there is nothing in it.");
    }
    List<String> names = names(first);
    int labels = labels(names);
    Set<Integer> left = found(names, without);
    Set<Integer> nominals = found(names, nominal);
    List<CsvColumn> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (i != labels && !left.contains(i)) {
        columns.add(new CsvColumn(names.get(i), i, nominals.contains(i)));
      }
    }
    expect(columns);
    CsvRows rows =
        new CsvRows(lexer, columns, names, labels, labelNeeded, missing != Missing.REFUSED, tokens);
    if (!header) {
      rows.add(first);
    }
    return rows;
  }

  private List<String> names(List<String> first) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      String number = Integer.toString(i + 1);
      String name = header && !first.get(i).isEmpty() ? first.get(i) : number;
      if (names.contains(name)) {
        throw new DatasetException(
            file
                + ": columns "
                + (names.indexOf(name) + 1)
                + " and "
                + number
                + " are both called '"
                + name
                + "': rename one.");
      }
      names.add(name);
    }
    return names;
  }

  /** Where columns have no names, a label that is not there is told by their number. */
  private int labels(List<String> names) {
    if (label == null) {
      return -1;
    }
    if (labelNeeded) {
      return find(names, label);
    }
    boolean none = !header && expected != null && names.size() == expected.size();
    return none ? -1 : place(names, label);
  }

  private static int place(List<String> names, String column) {
    int named = names.indexOf(column);
    return named >= 0
        ? named
        : IntStream.range(0, names.size())
            .filter(i -> column.equals(Integer.toString(i + 1)))
            .findFirst()
            .orElse(-1);
  }

  private int find(List<String> names, String column) {
    int place = place(names, column);
    if (place < 0) {
      throw new DatasetException(
          file
              + ": there is no column '"
              + column
              + "'. There are: "
              + String.join(", ", names)
              + "; or say its number, from 1 to "
              + names.size()
              + ".");
    }
    return place;
  }

  private Set<Integer> found(List<String> names, Set<String> columns) {
    Set<Integer> places = new HashSet<>();
    columns.forEach(column -> places.add(find(names, column)));
    return places;
  }

  private void expect(List<CsvColumn> columns) {
    if (expected == null) {
      return;
    }
    List<String> theirs = expected.stream().map(Table.Column::name).toList();
    if (header) {
      columns.sort(Comparator.comparingInt(column -> theirs.indexOf(column.name)));
    }
    List<String> ours = columns.stream().map(column -> column.name).toList();
    if (header ? !ours.equals(theirs) : ours.size() != theirs.size()) {
      throw new DatasetException(
          file
              + ": expected the columns "
              + String.join(", ", theirs)
              + ", found "
              + String.join(", ", ours)
              + ".");
    }
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).expect(expected.get(i));
    }
  }
}
