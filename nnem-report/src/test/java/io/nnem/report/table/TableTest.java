package io.nnem.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.report.stats.Estimate;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableTest {
  private record Row(String name, int count, double value) {}

  private static final Table<Row> TABLE =
      Table.<Row>of()
          .with("name", Format.TEXT, Row::name)
          .with("count", Format.PLAIN, Row::count)
          .with(new Table.Column<>("value", "Value", Format.SIGNIFICANT_OR_EMPTY, Row::value));

  private final Locale locale = Locale.getDefault();

  @BeforeEach
  void aLocaleWithDecimalCommas() {
    Locale.setDefault(Locale.GERMANY);
  }

  @AfterEach
  void asBefore() {
    Locale.setDefault(locale);
  }

  @Test
  void csvQuotesWhatNeedsIt_andIsReadAsItWasWritten() throws IOException {
    List<Row> rows =
        List.of(
            new Row("plain name", 1, 1234.5678),
            new Row("a, \"b\"\nc", 20, 1.5e-9),
            new Row("none", 0, Double.NaN));
    String csv = Csv.of(TABLE, rows);

    assertThat(csv)
        .isEqualTo(
            """
            name,count,value
            plain name,1,1234.57
            "a, ""b""
            c",20,1.5E-9
            none,0,
            """);
    assertThat(Csv.rows(csv))
        .hasSize(4)
        .element(2)
        .isEqualTo(List.of("a, \"b\"\nc", "20", "1.5E-9"));
    assertThat(csv).endsWith(Csv.line(TABLE, rows.get(2)));
  }

  @Test
  void onATerminalColumnsLineUp_numbersOnTheRight() {
    assertThat(Text.of(TABLE, List.of(new Row("a", 5, 0.25), new Row("longer", 12000, 3))).lines())
        .containsExactly("name    count  Value", "a           5   0.25", "longer  12000      3");
  }

  @Test
  void aNameIsInertOnATerminal() {
    Row hostile = new Row("a\n\u001b[31m<b> \"c\"", 5, 0.25);
    assertThat(Text.of(TABLE, List.of(hostile)).lines())
        .hasSize(2)
        .last()
        .isEqualTo("a [31m<b> \"c\"      5   0.25");
  }

  @Test
  void numbersHaveNoDigitsThatSayNothing() {
    assertThat(text(Format.SHARE, 2.0 / 3)).isEqualTo("0.666667");
    assertThat(text(Format.SHARE, 1e-9)).isEqualTo("0");
    assertThat(text(Format.SIGNIFICANT, 2.302585093)).isEqualTo("2.30259");
    assertThat(text(Format.SIGNIFICANT, Double.NaN)).isEqualTo("NaN");
    assertThat(text(Format.fixed(2), -0.125)).isEqualTo("\u22120.13");
    assertThat(text(Format.fixed(2), Double.NaN)).isEqualTo("\u2013");
    assertThat(text(Format.GROUPED, 1234567L)).isEqualTo("1,234,567");
    assertThat(Format.percent(-0.0001)).isEqualTo("0.0");
  }

  @Test
  void estimatesShowTheirInterval_ifTheyHaveOne() {
    Estimate three = new Estimate(3, 0.5, 0.25, 0.75);
    Estimate one = Estimate.of(new double[] {0.5});

    assertThat(text(Format.estimate(3), three)).isEqualTo("0.500 \u00b1 0.250");
    assertThat(text(Format.estimate(3), one)).isEqualTo("0.500");
    assertThat(text(Format.estimate(3), Estimate.of(new double[] {Double.NaN, Double.NaN})))
        .isEqualTo("\u2013");
    assertThat(text(Format.PERCENT_INTERVAL, three)).isEqualTo("25.0 to 75.0");
    assertThat(text(Format.PERCENT_INTERVAL, one)).isEqualTo("\u2013");
  }

  private static <V> String text(Format<? super V> format, V value) {
    return format.words().apply(value).toString();
  }
}
