package io.nnem.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nnem.bench.run.Growth.Of;
import io.nnem.bench.run.Growth.Row;
import io.nnem.bench.work.Condition;
import io.nnem.bench.work.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrowthTest {

  private static Row row(int n, double millis) {
    return new Row(
        Of.CAPACITY, Condition.BACKPROP, new Shape(n, 8, 784, 256, 64), millis, 100L * n);
  }

  @Test
  void theExponentIsTheSlopeOfTheLogarithms() {
    List<Row> rows = List.of(row(1000, 0.5), row(10_000, 5 * Math.sqrt(10)), row(100_000, 500));
    assertThat(Growth.exponent(rows, Row::millis)).isCloseTo(1.5, within(1e-9));
    assertThat(Growth.exponent(rows, Row::bytes)).isCloseTo(1, within(1e-9));
  }

  @Test
  void theTableHasWhatWasMeasured() {
    assertThat(row(1000, 0.5).csv()).isEqualTo("capacity,backprop,1000,8,64,0.5000,100000");
    assertThat(Growth.table(List.of(row(1000, 0.5), row(10_000, 5000))))
        .isEqualTo(
            """
            | condition, by capacity | 1,000 | 10,000 | time ~ size^p | bytes ~ size^p |
            | --- | --- | --- | --- | --- |
            | `backprop` | 0.500 ms, 0.100 MB | 5,000 ms, 1.00 MB | 4.00 | 1.00 |

            """);
  }
}
