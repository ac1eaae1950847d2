package io.nnem.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AxisTest {
  @Test
  void ticksAreAtRoundNumbers() {
    assertThat(texts(Axis.linear("x", 0, 2525)))
        .containsExactly("0", "500", "1,000", "1,500", "2,000", "2,500");
    assertThat(texts(Axis.linear("x", 0.53, 1.01, 0.1)))
        .containsExactly("0.6", "0.7", "0.8", "0.9", "1.0");
    assertThat(texts(Axis.linear("x", 0.9, 1, 0.05))).containsExactly("0.90", "0.95", "1.00");
    assertThat(Axis.linear("x", 3, 3).ticks()).as("an empty range becomes one").isNotEmpty();
  }

  @Test
  void logarithmicTicksAreWhereTheyAreWanted() {
    assertThat(texts(Axis.logOf("x", 500, 2000, 500))).containsExactly("500", "2,000");
    assertThat(texts(Axis.log("x", 0.93, 9, 1, 2, 4, 8, 16))).containsExactly("1", "2", "4", "8");
    assertThat(texts(Axis.logOf("x", 168, 3304).rounded()))
        .containsExactly("200", "500", "1,000", "2,000");
    assertThat(texts(Axis.logOf("x", 1, 1e7).rounded()))
        .contains("1", "10", "1,000,000")
        .doesNotContain("2");
  }

  @Test
  void anAxisFitsItsNumbers() {
    Axis rates = Axis.fitting("x", 1e-4, 1e-2, 1e-3, Double.NaN);
    assertThat(rates.log()).isTrue();
    assertThat(texts(rates)).containsExactly("1e-4", "0.001", "0.01");
    assertThat(texts(Axis.fitting("x", 3, 1, 2))).containsExactly("1", "2", "3");
    assertThat(Axis.fitting("x", 0, 1000).log()).as("0 has no logarithm").isFalse();
    assertThat(texts(Axis.fitting("x", 7))).containsExactly("7");
    assertThat(texts(Axis.fitting("x", IntStream.range(0, 60).asDoubleStream().toArray())))
        .hasSizeLessThan(10);
    assertThat(Axis.fitting("x").ticks()).as("of nothing").isEmpty();
  }

  @Test
  void placesAreSharesOfTheAxis() {
    assertThat(Axis.linear("x", 10, 20).place(12.5)).isEqualTo(0.25);
    assertThat(Axis.log("x", 1, 100).place(10)).isCloseTo(0.5, within(1e-12));
    assertThat(Axis.names("x", java.util.List.of("a", "b")).place(1)).isEqualTo(0.75);
  }

  @Test
  void anAxisThatCannotBeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Axis.log("age", 0, 5))
        .withMessage("The axis \"age\" cannot run from 0.0 to 5.0.");
    assertThatIllegalArgumentException().isThrownBy(() -> Axis.linear("x", Double.NaN, 5));
  }

  private static java.util.List<String> texts(Axis axis) {
    return axis.ticks().stream().map(Axis.Tick::text).toList();
  }
}
