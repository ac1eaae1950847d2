package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.core.Addressing;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link TensorsContract} asks of readings. */
abstract class ReadingLaws<T> extends DenseLaws<T> {

  /** Both normalisations, and a temperature that makes weights steep. */
  static final List<Addressing> ADDRESSINGS =
      List.of(Addressing.softmax(0.1), Addressing.softmax(1), Addressing.sum());

  @ParameterizedTest
  @CsvSource({"1,1,1,1", "1,13,207,1", "13,207,13,3", "207,13,1,13", "13,1,13,2", "3,4098,13,10"})
  final void reading_agreesWithTheReference_thereAndBack(int b, int n, int d, int v) {
    for (Addressing addressing : ADDRESSINGS) {
      for (boolean views : new boolean[] {false, true}) {
        for (boolean withQueries : new boolean[] {false, true}) {
          try (BackendBench<T> bench = new BackendBench<>(tensors(), views, "reading")) {
            // Keeps the sum of 1 + s well above zero, where its rounding would be all there is.
            double low = d == 1 ? 0.1 : -0.5;
            Twin<T> queries = bench.random("queries", b, d, low, 1);
            Twin<T> keys = bench.random("keys", n, d, low, 1);
            read(bench, addressing, queries, keys, v, withQueries);
            bench.assertBordersUntouched();
          }
        }
      }
    }
  }

  private void read(
      BackendBench<T> bench,
      Addressing addressing,
      Twin<T> queries,
      Twin<T> keys,
      int v,
      boolean withQueries) {
    int b = bench.reference.rows(queries.reference());
    int n = bench.reference.rows(keys.reference());
    int d = bench.reference.columns(keys.reference());
    Twin<T> values = bench.random("values", n, v, -1, 1);
    Twin<T> summary = bench.random("summary", b, 2, -9, 9);
    Twin<T> out = bench.random("output", b, v, -9, 9);
    bench.mine.read(
        addressing, queries.mine(), keys.mine(), values.mine(), summary.mine(), out.mine());
    bench.reference.read(
        addressing,
        queries.reference(),
        keys.reference(),
        values.reference(),
        summary.reference(),
        out.reference());
    double steepness = Math.max(1, 1 / addressing.temperature());
    bench.assertSame(summary, steepness * n * bench.tolerance(d));
    bench.assertSame(out, steepness * bench.tolerance(n));

    // Both ways back start from the same reading.
    level(bench, summary, b * 2);
    level(bench, out, b * v);
    Twin<T> outGradient = bench.random("outGradient", b, v, -1, 1);
    Twin<T> keyGradient = bench.random(addressing + " keyGradient", n, d, -9, 9);
    Twin<T> keyWeights = bench.random(addressing + " keyWeights", n, 1, -9, 9);
    Twin<T> queryGradient = bench.random(addressing + " queryGradient", b, d, -9, 9);
    bench.mine.readBackward(
        addressing,
        queries.mine(),
        keys.mine(),
        values.mine(),
        summary.mine(),
        out.mine(),
        outGradient.mine(),
        keyGradient.mine(),
        keyWeights.mine(),
        withQueries ? queryGradient.mine() : null);
    bench.reference.readBackward(
        addressing,
        queries.reference(),
        keys.reference(),
        values.reference(),
        summary.reference(),
        out.reference(),
        outGradient.reference(),
        keyGradient.reference(),
        keyWeights.reference(),
        withQueries ? queryGradient.reference() : null);
    // In one dimension q - s k is zero: what is left is rounding, so there is nothing to compare.
    boolean nothing = d == 1 || n == 1;
    if (!nothing) {
      bench.assertSame(keyGradient, 4 * bench.tolerance(b * v));
    }
    if (!nothing || !withQueries) {
      bench.assertSame(queryGradient, 4 * bench.tolerance(n * v));
    }
    bench.assertSame(keyWeights, steepness * b * bench.tolerance(d));
    bench.assertExactlySame(summary);
    bench.assertExactlySame(out);
    bench.assertExactlySame(queries);
    bench.assertExactlySame(keys);
    bench.assertExactlySame(values);
    bench.assertExactlySame(outGradient);
  }

  private void level(BackendBench<T> bench, Twin<T> twin, int elements) {
    float[] floats = new float[elements];
    bench.reference.copyOut(twin.reference(), floats);
    bench.mine.copyIn(floats, twin.mine());
    bench.reference.copyIn(floats, twin.reference());
  }

  @Test
  final void reading_atTheEndsOfTheTemperatures_isTheBestOrTheMean() {
    for (int b : new int[] {2, 16}) {
      try (BackendBench<T> bench = new BackendBench<>(tensors(), false, "temperatures")) {
        Twin<T> queries = bench.random("queries", b, 5, -1, 1);
        Twin<T> keys = bench.random("keys", 207, 5, -1, 1);
        for (double temperature :
            new double[] {Addressing.LOWEST_TEMPERATURE, Addressing.HIGHEST_TEMPERATURE}) {
          Addressing addressing = Addressing.softmax(temperature);
          Twin<T> values = bench.random("values", 207, 3, -1, 1);
          Twin<T> summary = bench.zeros("summary", b, 2);
          Twin<T> out = bench.zeros(addressing + " output", b, 3);
          bench.mine.read(
              addressing, queries.mine(), keys.mine(), values.mine(), summary.mine(), out.mine());
          bench.reference.read(
              addressing,
              queries.reference(),
              keys.reference(),
              values.reference(),
              summary.reference(),
              out.reference());
          bench.assertSame(out, bench.tolerance(207));
        }
      }
    }
  }

  @Test
  final void reading_ofRowsOfZeros_isFinite() {
    for (Addressing addressing : ADDRESSINGS) {
      try (BackendBench<T> bench = new BackendBench<>(tensors(), false, "zeros")) {
        Twin<T> queries = bench.with("queries", 3, 5, i -> i < 5 ? 0 : i % 3 - 0.5);
        Twin<T> keys = bench.with("keys", 4, 5, i -> i >= 5 && i < 10 ? 0 : i % 4 - 0.5);
        read(bench, addressing, queries, keys, 2, true);
      }
    }
  }

  @Test
  final void reading_weightsSumToOne_andNoneIsNegative() {
    for (Addressing addressing : ADDRESSINGS) {
      try (BackendBench<T> bench = new BackendBench<>(tensors(), false, "weights")) {
        Twin<T> queries = bench.random("queries", 13, 7, -1, 1);
        Twin<T> keys = bench.random("keys", 207, 7, -1, 1);
        T ones = bench.with("values", 207, 1, i -> 1).mine();
        T summary = bench.zeros("summary", 13, 2).mine();
        T out = bench.zeros("output", 13, 1).mine();
        T keyGradient = bench.zeros("keyGradient", 207, 7).mine();
        T keyWeights = bench.zeros("keyWeights", 207, 1).mine();
        bench.mine.read(addressing, queries.mine(), keys.mine(), ones, summary, out);
        bench.mine.readBackward(
            addressing,
            queries.mine(),
            keys.mine(),
            ones,
            summary,
            out,
            bench.zeros("outGradient", 13, 1).mine(),
            keyGradient,
            keyWeights,
            null);
        for (int i = 0; i < 13; i++) {
          assertThat(Math.abs(bench.mine.get(out, i, 0) - 1))
              .isLessThanOrEqualTo(bench.tolerance(207));
        }
        double sum = 0;
        for (int j = 0; j < 207; j++) {
          double weight = bench.mine.get(keyWeights, j, 0);
          assertThat(weight).isNotNegative();
          sum += weight;
        }
        assertThat(Math.abs(sum - 13)).isLessThanOrEqualTo(13 * bench.tolerance(207));
      }
    }
  }
}
