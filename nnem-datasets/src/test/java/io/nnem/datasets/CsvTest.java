package io.nnem.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

  @TempDir Path folder;

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("t.csv"), content);
  }

  private Table read(String content) throws IOException {
    return Csv.of(file(content)).label("kind").read();
  }

  private void refused(String content, UnaryOperator<Csv> how, String message) throws IOException {
    Path file = file(content);
    assertThatThrownBy(() -> how.apply(Csv.of(file)).read())
        .isInstanceOf(DatasetException.class)
        .hasMessageStartingWith(file + message);
  }

  private void refused(String content, String message) throws IOException {
    refused(content, csv -> csv, message);
  }

  @Test
  void readsNumbersAndLabels() throws IOException {
    Table table = read("a,kind,b\n1,moss,-2.5e3\n+.5,fern,7.\n");
    assertThat(table.columns().stream().map(Table.Column::name)).containsExactly("a", "b");
    assertThat(table.rows()).isDeepEqualTo(new float[][] {{1, -2500}, {0.5f, 7}});
    assertThat(table.labels()).containsExactly("moss", "fern");
    assertThat(table.classes()).containsExactly("fern", "moss");
  }

  /**
   * A BOM, quotes, doubled quotes, separators and ends of lines in quotes, blanks, CRLF, no end.
   */
  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void readsWhatPeoplesFilesHave(String end) throws IOException {
    String[] lines = {
      "\uFEFF\"a\" , \"the \"\"kind\"\"\",\tb",
      "",
      " 1 ,\"moss, wet\",2",
      "\t ",
      "\"3\",\"two\nlines\" , 4 ",
      "5,  plain words  ,6"
    };
    Path file = file(String.join(end, lines));
    Table table = Csv.of(file).label("the \"kind\"").read();
    assertThat(table.rows()).isDeepEqualTo(new float[][] {{1, 2}, {3, 4}, {5, 6}});
    assertThat(table.labels()).containsExactly("moss, wet", "two\nlines", "plain words");
  }

  @Test
  void readsWithoutHeader_byNumber_withAnotherSeparator_andGzipped() throws IOException {
    Path file = folder.resolve("t.csv.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("9;x;1\n8;y;2\n".getBytes(StandardCharsets.UTF_8));
    }
    Table table = Csv.of(file).withoutHeader().separator(';').label("2").without("1").read();
    assertThat(table.columns()).containsExactly(new Table.Column("3", List.of()));
    assertThat(table.rows()).isDeepEqualTo(new float[][] {{1}, {2}});
    assertThat(table.labels()).containsExactly("x", "y");
  }

  @Test
  void nominalValues_becomeColumns() throws IOException {
    String content = "kind,soil,code,n\na,clay,7,1\nb,sand,8,2\na,clay,7,3\n";
    Table table = Csv.of(file(content)).label("kind").nominal("code").read();
    assertThat(table.columns())
        .containsExactly(
            new Table.Column("soil", List.of("clay", "sand")),
            new Table.Column("code", List.of("7", "8")),
            new Table.Column("n", List.of()));
    assertThat(table.rows())
        .isDeepEqualTo(new float[][] {{1, 0, 1, 0, 1}, {0, 1, 0, 1, 2}, {1, 0, 1, 0, 3}});
  }

  @Test
  void anotherFileLikeIt_hasTheSameColumns_orIsRefused() throws IOException {
    Table first = Csv.of(file("kind,soil,n\na,clay,1\nb,sand,2\n")).label("kind").read();
    Path other = Files.writeString(folder.resolve("other.csv"), "soil,n\nsand,5\n");
    assertThat(Csv.of(other).like(first.columns()).read().rows())
        .isDeepEqualTo(new float[][] {{0, 1, 5}});
    Files.writeString(other, "soil,n\nsand,5\nloam,6\n");
    assertThatThrownBy(() -> Csv.of(other).like(first.columns()).read())
        .hasMessage(
            "%s, line 3, column 1: 'loam' in soil was not among its values before: clay, sand.",
            other);
    Files.writeString(other, "kind,n,soil\nb,5,sand\n");
    Csv turned = Csv.of(other).like(first.columns()).labelIfThere("kind");
    assertThat(turned.read().rows()).isDeepEqualTo(new float[][] {{0, 1, 5}});
    assertThat(turned.read().labels()).containsExactly("b");
    Files.writeString(other, "n,earth\n5,sand\n");
    assertThatThrownBy(() -> Csv.of(other).like(first.columns()).read())
        .hasMessageContaining("expected the columns soil, n, found earth, n");
  }

  @Test
  void aFileLikeIt_withoutNames_mayBeWithoutLabels() throws IOException {
    List<Table.Column> columns =
        Csv.of(file("1,a,2\n3,b,4\n")).withoutHeader().label("2").read().columns();
    Csv labelled = Csv.of(file("5,c,6\n")).withoutHeader().like(columns).labelIfThere("2");
    assertThat(labelled.read().labels()).containsExactly("c");
    Csv bare = Csv.of(file("5,6\n")).withoutHeader().like(columns).labelIfThere("2");
    assertThat(bare.read().labels()).isEmpty();
    assertThat(bare.read().rows()).isDeepEqualTo(new float[][] {{5, 6}});
    Csv wrong = Csv.of(file("5,c,6,7\n")).withoutHeader().like(columns).labelIfThere("2");
    assertThatThrownBy(wrong::read)
        .hasMessageContaining("expected the columns 1, 3, found 1, 3, 4");
  }

  @Test
  void missingValues_areRefused_keptOrImputed() throws IOException {
    String content = "a,soil,kind\n1,clay,x\n?,,y\n4,sand,y\n";
    refused(content, ", line 3, column 1: the value of a is missing ('?')");
    Path file = file(content);
    float[][] kept = Csv.of(file).label("kind").keepMissing().read().rows();
    assertThat(Arrays.deepToString(kept))
        .isEqualTo("[[1.0, 1.0, 0.0], [NaN, NaN, NaN], [4.0, 0.0, 1.0]]");
    assertThat(Csv.of(file).label("kind").imputeMissing().read().rows())
        .isDeepEqualTo(new float[][] {{1, 1, 0}, {2.5f, 0, 0}, {4, 0, 1}});
    assertThat(Csv.of(file).label("kind").missing("").nominal("a").keepMissing().read().columns())
        .contains(new Table.Column("a", List.of("1", "?", "4")));
    refused(
        "a,kind\n1,\n",
        csv -> csv.label("kind").imputeMissing(),
        ", line 2, column 2: the label is missing (''): fill it in, or leave the row out.");
  }

  @Test
  void labelsThatMayBeThere_areThereInAllRowsOrInNone() throws IOException {
    Csv blank = Csv.of(file("kind,a\n,1\n?,2\n")).labelIfThere("1");
    assertThat(blank.read().labels()).isEmpty();
    assertThat(blank.read().rows()).isDeepEqualTo(new float[][] {{1}, {2}});
    assertThat(blank.read().label()).contains("kind");
    assertThat(Csv.of(file("a\n1\n")).read().label()).isEmpty();
    List<String> mixed = List.of("kind,a\nx,1\n,2\n", "kind,a\n,1\nx,2\n");
    for (String content : mixed) {
      refused(
          content,
          csv -> csv.labelIfThere("kind"),
          ", line 3, column 1: some rows have a label and some have none: fill in all, or none.");
    }
    assertThatThrownBy(
            () -> Csv.of(file(mixed.get(1))).labelIfThere("kind").forEach(1, table -> {}))
        .hasMessageContaining("line 3");
  }

  @Test
  void aWrongNumberOfFields_isFoundInItsLine() throws IOException {
    StringBuilder content = new StringBuilder("a,b\n");
    for (int line = 2; line <= 70_000; line++) {
      content.append(line % 7 == 0 ? "\"1\",2\r\n" : "1,2\n");
    }
    refused(content + "1,2,3\n", ", line 70001: there are 3 fields, but the first line has 2.");
    refused(content + "1", ", line 70001: there are 1 fields, but the first line has 2.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void linesAreCounted_howeverTheyEnd(String end) throws IOException {
    refused(
        String.join(end, "a,b", "", "\"1\",\"2\"", "3,x", ""),
        ", line 4, column 2: 'x' in b is no number");
  }

  @Test
  void whatIsNotWellFormed_isRefused_withLineAndColumn() throws IOException {
    refused("a,b\n1,2\n3,x y\n", ", line 3, column 2: 'x y' in b is no number");
    refused("a,b\n1,2\n3,1e39\n", ", line 3, column 2: '1e39' in b is larger than a float can be.");
    for (String text : List.of("1f", "0x1p3", "Infinity", "1,5e", "--1", ".", "1e", "\u0661")) {
      refused("a\n1\n\"" + text + "\"\n", ", line 3, column 1: '" + text + "' in a is no number");
    }
    refused("a,b\n1,2\"\n", ", line 2, column 2: there is a quote within a field");
    refused("a,b\n\"1\"0,2\n", ", line 2, column 1: something follows a closing quote");
    refused("a,b\n\"x\ny\",1\n1,\"2\n\n", ", line 4, column 2: a quote is never closed.");
    refused("", ": there is nothing in it.");
    refused("a,b\n", ": there are 0 rows");
    refused("a,b,a\n1,2,3\n", ": columns 1 and 3 are both called 'a'");
    refused("a,b\n1,2\n", csv -> csv.label("c"), ": there is no column 'c'. There are: a, b; or");
    refused("a,b\n1,2\n", csv -> csv.label("3"), ": there is no column '3'.");
    Files.write(file(""), new byte[] {'a', '\n', 'b', '\n', (byte) 0xff, '\n'});
    assertThatThrownBy(() -> Csv.of(folder.resolve("t.csv")).read())
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("not in UTF-8");
    assertThatThrownBy(() -> Csv.of(folder).read())
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("cannot be read");
    assertThatIllegalArgumentException().isThrownBy(() -> Csv.of(folder).separator('"'));
  }

  @Test
  void whatWouldFillMemory_isRefused() throws IOException {
    String large = "x".repeat(CsvLexer.MOST_CHARACTERS + 1);
    refused("a\n\"" + large, ", line 2, column 1: a field has more than 1048576 characters");
    refused(",".repeat(CsvLexer.MOST_FIELDS), ", line 1: there are more than 65536 fields.");
    StringBuilder names = new StringBuilder("id,n\n");
    for (int i = 0; i <= 1000; i++) {
      names.append("row").append(i).append(",1\n");
    }
    refused(names.toString(), ", line 1002, column 1: 'row1000' in id is one value too many");
  }

  @Test
  void aFewRowsAtATime_areTheSameRows() throws IOException {
    Path file = file("kind,soil,n\na,clay,1\nb,sand,2\na,clay,?\nb,sand,4\na,clay,5\n");
    Table whole = Csv.of(file).label("kind").keepMissing().read();
    for (int count : List.of(2, 3, 4, 5, 6)) {
      List<Table> tables = new ArrayList<>();
      Csv.of(file).label("kind").keepMissing().forEach(count, tables::add);
      assertThat(tables).hasSize((5 + count - 1) / count);
      assertThat(tables).allMatch(table -> table.rows().length <= count);
      assertThat(tables).allMatch(table -> table.columns().equals(whole.columns()));
      assertThat(tables.stream().flatMap(table -> Arrays.stream(table.rows())))
          .usingElementComparator(Arrays::compare)
          .containsExactly(whole.rows());
      assertThat(tables.stream().flatMap(table -> Arrays.stream(table.labels())))
          .containsExactly(whole.labels());
    }
    List<float[]> bare = new ArrayList<>();
    Csv.of(file("1\n2\n")).withoutHeader().forEach(1, table -> bare.add(table.rows()[0]));
    assertThat(bare).usingElementComparator(Arrays::compare).containsExactly(row(1), row(2));
  }

  private static float[] row(float... values) {
    return values;
  }

  /** A pipe has no place to seek to, which the JDK's stream does not expect. */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aPipeIsRead() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Thread writer = new Thread(() -> write(pipe, "a\n" + "1\n".repeat(30_001)));
    writer.setDaemon(true); // it waits for ever if nobody reads
    writer.start();
    List<Table> tables = new ArrayList<>();
    Csv.of(pipe).forEach(2, tables::add);
    assertThat(tables).hasSize(15_001);
  }

  private static void write(Path pipe, String content) {
    try {
      Files.writeString(pipe, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void ofAFewRowsAtATime_theFirstSettleTheColumns_andWhatWasReadIsHandedOver() throws IOException {
    Path file = file("soil,n\nclay,1\nsand,2\nclay,3\nloam,4\n");
    List<Table> tables = new ArrayList<>();
    assertThatThrownBy(() -> Csv.of(file).forEach(2, tables::add))
        .isInstanceOf(DatasetException.class)
        .hasMessage(
            "%s, line 5, column 1: 'loam' in soil was not among its values before: clay, sand.",
            file);
    assertThat(tables).hasSize(1);
    Csv.of(file).like(Csv.of(file).read().columns()).forEach(2, tables::add);
    assertThat(tables.get(2).rows()).isDeepEqualTo(new float[][] {{1, 0, 0, 3}, {0, 0, 1, 4}});
    assertThatThrownBy(() -> Csv.of(file("a\n")).forEach(2, tables::add))
        .hasMessageContaining("there are 0 rows");
    assertThatIllegalArgumentException().isThrownBy(() -> Csv.of(file).forEach(0, tables::add));
    assertThatIllegalStateException()
        .isThrownBy(() -> Csv.of(file).imputeMissing().forEach(2, tables::add))
        .withMessageContaining("mean");
  }

  @Test
  void aTableIsADataSet() throws IOException {
    Table table = read("kind,a,b\noak,1,-2000\nfern,3,4\n");
    Dataset dataset = table.dataset("plants");
    assertThat(dataset).hasToString("plants: 2 observations of 1 x 2 in 2 classes");
    float[] out = new float[2];
    dataset.copyObservations(new int[] {0}, 0, 1, out);
    assertThat(out).containsExactly(1, -2000);
    assertThat(dataset.label(0)).isEqualTo(1);
    assertThat(dataset.label(1)).isZero();
    assertThat(dataset.checksum())
        .isNotEqualTo(read("kind,a,b\noak,1,-2000\nfern,3,5\n").dataset("plants").checksum());
    Table bare = Csv.of(file("a\n1\n")).read();
    assertThat(bare.labels()).isEmpty();
    assertThatIllegalStateException().isThrownBy(() -> bare.dataset("x"));
    Table gaps = Csv.of(file("kind,a\nx,?\ny,1\n")).label("kind").keepMissing().read();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> gaps.dataset("x"))
        .withMessageContaining("Observation 0 has NaN at place 0");
  }
}
